import { expect, test } from "vitest";
import { framePairs } from "@/lib/formats/sequence/frame-pair";
import { type FrameRef, mergeTimes } from "@/lib/formats/sequence/merge-times";

const at = (hour: number) => new Date(Date.UTC(2026, 6, 1, hour)).toISOString();
const file = (name: string, ...hours: readonly number[]) => ({ name, timesUtc: hours.map(at) });
const shown = (frames: readonly FrameRef[]) => frames.map((frame) => `${frame.file}.${frame.record}`).join(" ");

test("one file per hour and several hours per file are the same sequence", () => {
  const single = mergeTimes([file("a", 0), file("b", 1), file("c", 2)]);
  const joined = mergeTimes([file("a", 0, 1, 2)]);
  expect(single.frames.map(({ validAtUtc }) => validAtUtc)).toEqual(joined.frames.map(({ validAtUtc }) => validAtUtc));
  expect(shown(single.frames)).toBe("0.0 1.0 2.0");
});

test("where files overlap the later one counts, and records out of order are put in order", () => {
  expect(shown(mergeTimes([file("a", 0, 1, 2), file("b", 2, 3)]).frames)).toBe("0.0 0.1 1.0 1.1");
  expect(shown(mergeTimes([file("restart", 2, 1)]).frames)).toBe("0.1 0.0");
});

test("a file that grew and files without records leave the earlier frames in place", () => {
  const before = mergeTimes([file("a", 0, 1), file("b")]);
  const after = mergeTimes([file("a", 0, 1), file("b", 2), file("c")]);
  expect(after.frames.slice(0, 2)).toEqual(before.frames);
  expect(mergeTimes([])).toEqual({ frames: [], gaps: [] });
});

test("a missing file is a gap", () => {
  expect(mergeTimes([file("a", 0, 1), file("c", 4), file("d", 5)]).gaps).toEqual([
    { afterUtc: at(1), beforeUtc: at(4), hours: 3 },
  ]);
  expect(mergeTimes([file("a", 0, 3, 6)]).gaps).toEqual([]);
});

function aWalk(hours: readonly number[], fails: readonly string[] = []) {
  const loads: string[] = [];
  const pairs = framePairs(mergeTimes([file("a", ...hours)]).frames, {
    maxGapHours: 3,
    load: async ({ record }) => {
      loads.push(String(record));
      if (fails.includes(String(record))) throw new Error("no disk");
      return record;
    },
  });
  return { loads, time: (hour: number) => pairs.at(Date.parse(at(0)) + hour * 3_600_000) };
}

test("a walk forward loads every frame once, the next one before it is needed", async () => {
  const { loads, time } = aWalk([0, 1, 2, 3]);
  expect(await time(0.25)).toEqual({ before: 0, after: 1, fraction: 0.25 });
  expect(loads).toEqual(["0", "1", "2"]);
  await time(0.5);
  expect(await time(1.5)).toEqual({ before: 1, after: 2, fraction: 0.5 });
  expect(await time(3)).toEqual({ before: 3, after: 3, fraction: 0 });
  expect(loads).toEqual(["0", "1", "2", "3"]);
});

test("a frame that was let go is loaded again", async () => {
  const { loads, time } = aWalk([0, 1, 2, 3, 4, 5]);
  await time(0);
  await time(4.5);
  await time(0);
  expect(loads.filter((record) => record === "0")).toHaveLength(2);
});

test("a failed prefetch matters only when its frame is needed", async () => {
  const { time } = aWalk([0, 1, 2], ["2"]);
  expect(await time(0.5)).toMatchObject({ before: 0, after: 1 });
  await expect(time(1.5)).rejects.toThrow("no disk");
});

test.each([
  [-0.5, "start-outside-times"],
  [9.5, "start-outside-times"],
  [4, "met-gap-too-long"],
])("hour %d is refused as %s", async (hour, code) => {
  await expect(aWalk([0, 1, 9]).time(hour)).rejects.toMatchObject({ code });
});
