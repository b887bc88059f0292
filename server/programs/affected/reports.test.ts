import { expect, test } from "vitest";
import { discAround } from "@/lib/geo/cell-shares";
import type { AreaExposure } from "@/lib/transport/area-exposure";
import { affectedCsv, affectedGeoJson, affectedKml } from "@/server/programs/affected/reports";

const exposure = {
  ...{ arrivalHour: 2, highestUgM3: 20.123, highestHour: 3, highestMeanUgM3: 12 },
  ...{ hoursAbove: [2, 1, 0, 0, 0, 0], knownShare: 1, isBelowDetection: false },
};
const polygons = [discAround([14, 40], 500)];
const rows = [
  { name: '=HYPERLINK("x"), "farm"', polygons, exposure },
  { name: "far <away>", polygons, exposure: null },
];
const times = {
  hourEnd: (hour: number | null) => (hour === null ? "" : `2026-07-01T0${hour}:00:00Z`),
  coveredUntil: "",
};

test("the table tells when and how much, and no cell is a formula", () => {
  const [head, first, second] = affectedCsv(rows, times).split("\r\n");
  expect(head).toBe(
    "name,status,arrival_utc,highest_pm25_ug_m3,highest_utc,highest_area_mean_pm25_ug_m3,hours_above_10,hours_above_15," +
      "hours_above_25,hours_above_35,hours_above_50,hours_above_150,known_share,covered_until_utc",
  );
  expect(first).toBe(
    `"'=HYPERLINK(""x""), ""farm""",smoke,2026-07-01T02:00:00Z,20.12,2026-07-01T03:00:00Z,12,2,1,0,0,0,0,1,`,
  );
  expect(second).toBe("far <away>,outside,,,,,,,,,,,0,");
});

test("the map files close their rings and escape their names", () => {
  const { features } = JSON.parse(affectedGeoJson(rows, times));
  const [ring] = features[0].geometry.coordinates[0];
  expect(ring).toHaveLength(65);
  expect(ring[0]).toEqual(ring[64]);
  expect(affectedKml(rows, times)).toContain("<name>far &lt;away&gt;</name>");
});

test("what is not known is not told as no smoke", () => {
  const clean = { ...exposure, arrivalHour: null, highestHour: null, highestUgM3: 0, highestMeanUgM3: 0 };
  const lineOf = (more: Partial<AreaExposure>) => {
    const row = { name: "a", polygons, exposure: { ...clean, hoursAbove: [0, 0, 0, 0, 0, 0], ...more } };
    return affectedCsv([row], { ...times, coveredUntil: "2026-07-01T06:00:00Z" }).split("\r\n")[1];
  };
  const until = "2026-07-01T06:00:00Z";
  expect(lineOf({})).toBe(`a,no smoke,,0,,0,0,0,0,0,0,0,1,${until}`);
  expect(lineOf({ isBelowDetection: true })).toMatch(/^a,below detection,/);
  expect(lineOf({ knownShare: 0.9996 })).toBe(`a,partly known,,0,,0,0,0,0,0,0,0,0.999,${until}`);
  expect(lineOf({ knownShare: 0, highestUgM3: null })).toBe(`a,not known,,,,0,,,,,,,0,${until}`);
});

test("characters that XML forbids do not reach the map file", () => {
  const named = [{ name: "a\u0000\u0008b\ud800c\uffff\u{1f525}\t", polygons, exposure: null }];
  expect(affectedKml(named, times)).toContain("<name>abc\u{1f525}\t</name>");
});
