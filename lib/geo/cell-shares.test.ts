import { describe, expect, test } from "vitest";
import { cellShares, discAround, insideShare, type PolygonRings } from "@/lib/geo/cell-shares";
import type { LonLat } from "@/lib/geo/ring-shares";

const grid = { kind: "latlon", nX: 40, nY: 40, lon0: 14, lat0: 40, dLon: 0.01, dLat: 0.01 } as const;
const wholeOf = (polygon: PolygonRings) => cellShares([polygon], grid).reduce((sum, { areaM2 }) => sum + areaM2, 0);
const square = (west: number, south: number, side: number): LonLat[] => [
  [west, south],
  [west + side, south],
  [west + side, south + side],
  [west, south + side],
];

describe("the cells of a polygon", () => {
  test("have together the area of a disc, whatever cells it lies on", () => {
    // A polygon of 64 corners has 0.9984 of the disc's area; the length of a degree changes within it by 0.05 %.
    for (const radiusM of [500, 3000])
      expect(wholeOf(discAround([14.2, 40.2], radiusM)) / (Math.PI * radiusM ** 2)).toBeCloseTo(0.9984, 3);
  });

  test("a quarter of each of four cells is a quarter", () => {
    const shares = cellShares([[square(14.1, 40.1, 0.01)]], grid);
    expect(shares.map(({ cell }) => cell)).toEqual([410, 411, 450, 451]);
    const [one] = cellShares([[square(14.095, 40.095, 0.01)]], grid);
    for (const { areaM2 } of shares) expect(areaM2 / (one?.areaM2 ?? 1)).toBeCloseTo(0.25, 3);
  });

  test("holes, bays and the turn of the ring are told apart", () => {
    const side = wholeOf([square(14.1, 40.1, 0.1)]);
    expect(wholeOf([square(14.1, 40.1, 0.1).reverse()])).toBeCloseTo(side, 3);
    expect(wholeOf([square(14.1, 40.1, 0.1), square(14.12, 40.12, 0.05)]) / side).toBeCloseTo(0.75, 3);
    const bay: LonLat[] = [
      ...square(14.1, 40.1, 0.1).slice(0, 3),
      [14.15, 40.2],
      [14.15, 40.13],
      [14.12, 40.2],
      [14.1, 40.2],
    ];
    expect(wholeOf([bay]) / side).toBeCloseTo(1 - (0.5 * 0.03 * 0.07) / 0.01, 3);
  });

  test("none are there outside the grid, and only its part at the edge", () => {
    expect(cellShares([[square(20, 50, 0.1)]], grid)).toEqual([]);
    expect(wholeOf([square(13.895, 40.1, 0.2)]) / wholeOf([square(14.1, 40.1, 0.2)])).toBeCloseTo(0.5, 3);
  });

  test("under two polygons of one area count once", () => {
    const twice = [[square(14.095, 40.095, 0.1)], [square(14.145, 40.095, 0.1)]];
    const ground = cellShares(twice, grid).reduce((sum, { areaM2 }) => sum + areaM2, 0);
    expect(ground / wholeOf([square(14.095, 40.095, 0.1)])).toBeCloseTo(1.5, 6);
  });

  test("are found for an outline of 20 000 corners that crosses all rows of a large grid", () => {
    const large = { ...grid, nX: 300, nY: 300 };
    const teeth = Array.from({ length: 19_998 }, (_, at): LonLat => [14 + (at / 19_998) * 2.9, at % 2 ? 40.1 : 42.9]);
    const outline = [...teeth, [16.9, 40], [14, 40]] satisfies LonLat[];
    const shares = cellShares([[outline]], large);
    expect(insideShare([[outline]], large)).toBeCloseTo(1, 6);
    const inside = shares.filter(({ cell }) => cell % 300 > 0 && cell % 300 < 290);
    const middle = inside.filter(({ cell }) => Math.floor(cell / 300) === 150);
    // Teeth cover a linear part of each row: half of it between their tips and their feet.
    const whole = cellShares([[square(14.995, 41.495, 0.01)]], large)[0]?.areaM2 ?? Number.NaN;
    for (const { areaM2 } of middle) expect(areaM2 / whole).toBeCloseTo(0.5, 1);
  });

  test("tell how much of an area lies inside the grid", () => {
    expect(insideShare([[square(13.895, 40.1, 0.2)]], grid)).toBeCloseTo(0.5, 6);
    expect(insideShare([[square(14.1, 40.1, 0.2), square(14.15, 40.15, 0.05)]], grid)).toBeCloseTo(1, 9);
    expect(insideShare([[square(20, 50, 0.1)]], grid)).toBe(0);
  });
});
