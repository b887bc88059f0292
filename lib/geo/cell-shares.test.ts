import { describe, expect, test } from "vitest";
import { cellShares, discAround, type LonLat } from "@/lib/geo/cell-shares";

const grid = { kind: "latlon", nX: 40, nY: 40, lon0: 14, lat0: 40, dLon: 0.01, dLat: 0.01 } as const;
const wholeOf = (polygon: Parameters<typeof cellShares>[0]) =>
  cellShares(polygon, grid).reduce((sum, { areaM2 }) => sum + areaM2, 0);
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
    const shares = cellShares([square(14.1, 40.1, 0.01)], grid);
    expect(shares.map(({ cell }) => cell)).toEqual([410, 411, 450, 451]);
    const [one] = cellShares([square(14.095, 40.095, 0.01)], grid);
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
    expect(cellShares([square(20, 50, 0.1)], grid)).toEqual([]);
    expect(wholeOf([square(13.895, 40.1, 0.2)]) / wholeOf([square(14.1, 40.1, 0.2)])).toBeCloseTo(0.5, 3);
  });
});
