import { expect, test } from "vitest";
import { discAround } from "@/lib/geo/cell-shares";
import { affectedCsv, affectedGeoJson, affectedKml } from "@/server/programs/affected/reports";

const exposure = {
  ...{ arrivalHour: 2, highestUgM3: 20.123, highestHour: 3, highestMeanUgM3: 12 },
  hoursAbove: [2, 1, 0, 0, 0, 0],
};
const polygons = [discAround([14, 40], 500)];
const rows = [
  { name: '=HYPERLINK("x"), "farm"', polygons, exposure },
  { name: "far <away>", polygons, exposure: null },
];
const hourEnd = (hour: number | null) => (hour === null ? "" : `2026-07-01T0${hour}:00:00Z`);

test("the table tells when and how much, and no cell is a formula", () => {
  const [head, first, second] = affectedCsv(rows, hourEnd).split("\r\n");
  expect(head).toBe(
    "name,status,arrival_utc,highest_pm25_ug_m3,highest_utc,highest_area_mean_pm25_ug_m3,hours_above_10,hours_above_15," +
      "hours_above_25,hours_above_35,hours_above_50,hours_above_150",
  );
  expect(first).toBe(
    `"'=HYPERLINK(""x""), ""farm""",smoke,2026-07-01T02:00:00Z,20.12,2026-07-01T03:00:00Z,12,2,1,0,0,0,0`,
  );
  expect(second).toBe("far <away>,outside,,,,,,,,,,");
});

test("the map files close their rings and escape their names", () => {
  const { features } = JSON.parse(affectedGeoJson(rows, hourEnd));
  const [ring] = features[0].geometry.coordinates[0];
  expect(ring).toHaveLength(65);
  expect(ring[0]).toEqual(ring[64]);
  expect(affectedKml(rows, hourEnd)).toContain("<name>far &lt;away&gt;</name>");
});
