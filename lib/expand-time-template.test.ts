import { expect, test } from "vitest";
import { expandTimeTemplate } from "@/lib/expand-time-template";

test("every placeholder is filled in UTC, each time it stands there, and others stay", () => {
  const at = new Date("2026-07-01T03:00:00+02:00");
  expect(expandTimeTemplate("https://a/{YYYY}/{MM}/{DD}/w_{YYYY}{MM}{DD}Z{HH}00_{x}.nc", at)).toBe(
    "https://a/2026/07/01/w_20260701Z0100_{x}.nc",
  );
});
