import { expect, test } from "vitest";
import { pauseBeforeRestart } from "@/server/cli/start/pause-before-restart";

test("a child that keeps ending waits longer each time, up to half a minute, and is never given up", () => {
  const pauses: number[] = [];
  for (let count = 0; count < 10; count += 1) pauses.push(pauseBeforeRestart(pauses.at(-1) ?? 0, 100));
  expect(pauses).toEqual([200, 400, 800, 1600, 3200, 6400, 12_800, 25_600, 30_000, 30_000]);
});

test("a child that ran for ten seconds starts again at once", () => {
  expect(pauseBeforeRestart(30_000, 10_000)).toBe(200);
});
