import { expect, test } from "vitest";
import { imageProblem } from "@/lib/pipeline/container";

const sha = "a".repeat(64);

test.each([
  `docker.io/library/python@sha256:${sha}`,
  `registry.example.org:5000/wrf/run@sha256:${sha}`,
  "localhost/nereus-test",
  "localhost/models/wrf:4.7",
  "/images/wrf 4.7.sif",
])("%s is pinned", (image) => expect(imageProblem(image)).toBeNull());

test.each([
  "python",
  "python:3.12",
  "docker.io/library/python:latest",
  `x@sha256:${sha}0`,
  "--privileged",
  "/a/../b",
  "localhost/-x",
  "",
  "/",
])("%s is not", (image) => expect(imageProblem(image)).toContain("by digest"));
