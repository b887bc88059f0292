import { describe, expect, test } from "vitest";
import { output } from "@/lib/pipeline/define-pipeline";
import { addListing, finishedFiles, isOutput, type Sightings } from "@/lib/pipeline/finished-files";

const file = (path: string, sizeBytes = 1, modifiedMs = 0) => ({ path, sizeBytes, modifiedMs });
const listed = (...paths: readonly string[]): Sightings =>
  addListing(
    new Map(),
    paths.map((path) => file(path)),
    0,
  );

describe("a stable file", () => {
  const rule = output("*.nc", { commit: "stable", stable: { listings: 3, seconds: 2 } });
  const look = (seen: Sightings, atMs: number, sizeBytes = 1, modifiedMs = 0) =>
    addListing(seen, [file("a.nc", sizeBytes, modifiedMs)], atMs);

  test("is finished after so many equal listings and so many seconds", () => {
    const first = look(new Map(), 0);
    const second = look(first, 1000);
    const third = look(second, 1900);
    expect([first, second, third].map((seen) => finishedFiles(rule, seen, 1900))).toEqual([[], [], []]);
    expect(finishedFiles(rule, look(third, 2000), 2000)).toEqual(["a.nc"]);
    expect(finishedFiles(rule, look(second, 5000), 5000)).toEqual(["a.nc"]);
    expect(finishedFiles(rule, second, 5000)).toEqual([]);
  });
  test.each([
    ["grows", 2, 0],
    ["is written in place", 1, 7],
  ])("starts anew when it %s", (_, sizeBytes, modifiedMs) => {
    const seen = look(look(look(new Map(), 0), 1000), 2000, sizeBytes, modifiedMs);
    expect(finishedFiles(rule, seen, 2000)).toEqual([]);
    expect(seen.get("a.nc")).toMatchObject({ listings: 1, sinceMs: 2000 });
  });
  test("that vanished and came back is a new one", () => {
    const seen = look(addListing(look(look(new Map(), 0), 1000), [], 2000), 9000);
    expect(finishedFiles(rule, seen, 9000)).toEqual([]);
  });
});

describe("a file of a sequence", () => {
  const rule = output("**/*.nc", { commit: "next-file" });
  test("is finished when a later one exists, the last never", () => {
    expect(finishedFiles(rule, listed("h1.nc", "h2.nc", "h3.nc"), 0)).toEqual(["h1.nc", "h2.nc"]);
    expect(finishedFiles(rule, listed("h1.nc"), 0)).toEqual([]);
  });
  test("is ordered by the number in its name", () => {
    expect(finishedFiles(rule, listed("h10.nc", "h9.nc"), 0)).toEqual(["h9.nc"]);
  });
  test("has no part in the sequence of another folder, nor in that of temporary names", () => {
    expect(finishedFiles(rule, listed("d01/h1.nc", "d02/h2.nc", "d01/h2.nc.part"), 0)).toEqual([]);
  });
});

describe("a marked file", () => {
  test("is finished with its marker, which is no output itself", () => {
    const rule = output("**", { commit: "marker" });
    const seen = listed("a.nc", "a.nc.done", "b.nc");
    expect(finishedFiles(rule, seen, 0)).toEqual(["a.nc"]);
    expect([...seen.keys()].filter((path) => isOutput(rule, path, [...seen.keys()]))).toEqual(["a.nc", "b.nc"]);
  });
  test.each([
    ["ok/{name}.ok", "out/a.nc", "ok/a.nc.ok"],
    ["_SUCCESS", "out/a.nc", "_SUCCESS"],
    ["{path}.$&", "a.nc", "a.nc.$&"],
  ])("finds %s", (marker, path, wanted) => {
    const rule = output("**/*.nc", { commit: "marker", marker });
    expect(finishedFiles(rule, listed(path), 0)).toEqual([]);
    expect(finishedFiles(rule, listed(path, wanted), 0)).toEqual([path]);
  });
});

test("before the end only the rules of a running job count, and temporary names never", () => {
  const seen = listed("a.nc", "b.nc.tmp", "c.nc.part-t1");
  expect(finishedFiles(output("*"), seen, 0)).toEqual([]);
  expect(finishedFiles(output("*", { commit: "on-rename" }), seen, 0)).toEqual(["a.nc"]);
  expect([...seen.keys()].filter((path) => isOutput(output("*"), path, [...seen.keys()]))).toEqual(["a.nc"]);
});
