import { expect, test } from "vitest";
import { pointCsv } from "@/lib/map/point-csv";
import { aProduct } from "@/test/fixtures/a-product";

test("the hours of a place are lines of numbers with what they are before them", () => {
  const place = { lat: 40.85, lon: 14.27, cell: { x: 3, y: 2 } };
  const csv = pointCsv(aProduct({ demonstration: true }), place, [
    { name: "Wind", unit: "m/s", values: [3.14159, null], decimals: 1 },
    { name: 'Rain, "1 h"', unit: "mm", values: [0, undefined], decimals: 2 },
  ]);
  expect(csv.split("\r\n")).toEqual([
    "# product smoke, run r1, generation 1",
    "# place 40.8500 N 14.2700 E, cell 3 2",
    "# CC-BY-4.0; Nereus, test product",
    "# demonstration data: made up, not a forecast",
    'time_utc,Wind (m/s),"Rain, ""1 h"" (mm)"',
    "2026-07-01T01:00:00Z,3.1,0.00",
    "2026-07-01T02:00:00Z,,",
    "",
  ]);
});
