import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bandPolygons } from "@/lib/formats/vector/band-polygons";
import type { IndexPolygon, IndexRing, NodeField } from "@/lib/formats/vector/node-field";

const above = (from: number) => ({ from, below: Number.POSITIVE_INFINITY });

describe("bands of a field", () => {
  test("a cone's band is a ring whose area is that of its linear interpolation", () => {
    const field = fieldOf(81, 81, (x, y) => 40 - Math.hypot(x - 40, y - 40));
    const [ring, ...others] = bandPolygons(field, { from: 10, below: 20 });
    expect([others.length, ring?.holes.length]).toEqual([0, 1]);
    const wanted = Math.PI * (30 ** 2 - 20 ** 2);
    expect(Math.abs(areaOf(ring ? [ring] : []) - wanted) / wanted).toBeLessThan(0.002);
    for (const [x, y] of ring?.outer ?? []) expect(Math.hypot(x - 40, y - 40)).toBeCloseTo(30, 1);
  });

  test("crossings lie where linear interpolation has them", () => {
    const field = fieldOf(3, 2, (x) => [0, 10, 30][x] ?? 0);
    expect(bandPolygons(field, { from: 2.5, below: 15 })).toEqual([
      {
        outer: expect.arrayContaining([
          [0.25, 0],
          [1, 0],
          [1.25, 0],
          [1.25, 1],
          [1, 1],
          [0.25, 1],
        ]),
        holes: [],
      },
    ]);
  });

  test("a value equal to a level belongs to the band that begins there", () => {
    const field = fieldOf(3, 3, () => 5);
    expect(areaOf(bandPolygons(field, above(5)))).toBe(4);
    expect(bandPolygons(field, { from: 0, below: 5 })).toEqual([]);
  });

  test("a missing value takes the four squares around it out and nothing else", () => {
    const field = fieldOf(5, 5, (x, y) => (x === 2 && y === 2 ? Number.NaN : 1));
    const polygons = bandPolygons(field, above(0));
    expect(polygons).toHaveLength(1);
    expect(polygons[0]?.holes).toHaveLength(1);
    expect(areaOf(polygons)).toBe(12);
  });

  test("a saddle is joined or parted by the mean of its corners", () => {
    const saddle = (middle: number) => ({ nX: 2, nY: 2, values: Float64Array.of(4 + middle, 0, 0, 4 + middle) });
    expect(bandPolygons(saddle(-1), above(2))).toHaveLength(2);
    expect(bandPolygons(saddle(1), above(2))).toHaveLength(1);
  });

  test("an island in a lake in an island is two polygons", () => {
    const field = fieldOf(
      21,
      21,
      (x, y) => [3, 3, 3, 1, 1, 1, 3, 3, 3, 3, 1][Math.max(Math.abs(x - 10), Math.abs(y - 10))] ?? 0,
    );
    const polygons = bandPolygons(field, above(2));
    expect(polygons.map(({ holes }) => holes.length).sort()).toEqual([0, 1]);
  });
});

test("bands of any field with holes part its area, in rings that are simple and turn the right way", () => {
  const cell = fc.oneof({ weight: 6, arbitrary: fc.integer({ min: 0, max: 4 }) }, fc.constant(Number.NaN));
  const fields = fc
    .tuple(fc.integer({ min: 2, max: 7 }), fc.integer({ min: 2, max: 7 }))
    .chain(([nX, nY]) =>
      fc
        .array(cell, { minLength: nX * nY, maxLength: nX * nY })
        .map((values): NodeField => ({ nX, nY, values: Float64Array.from(values) })),
    );
  fc.assert(
    fc.property(fields, (field) => {
      const levels = [Number.NEGATIVE_INFINITY, 0.5, 1.5, 2, 3.7, Number.POSITIVE_INFINITY];
      const bands = levels.slice(1).map((below, at) => bandPolygons(field, { from: levels[at] ?? 0, below }));
      const total = bands.reduce((sum, polygons) => sum + areaOf(polygons), 0);
      expect(total).toBeCloseTo(wholeSquares(field), 9);
      for (const { outer, holes } of bands.flat()) {
        for (const ring of [outer, ...holes]) expect(new Set(ring.map(String)).size).toBe(distinctSteps(ring));
        expect(signedArea(outer)).toBeGreaterThan(0);
        for (const hole of holes) expect(signedArea(hole)).toBeLessThan(0);
        expect(signedArea(outer) + holes.reduce((sum, hole) => sum + signedArea(hole), 0)).toBeGreaterThan(-1e-9);
      }
    }),
    { numRuns: 300 },
  );
});

function fieldOf(nX: number, nY: number, value: (x: number, y: number) => number): NodeField {
  return { nX, nY, values: Float64Array.from({ length: nX * nY }, (_, at) => value(at % nX, Math.floor(at / nX))) };
}

/** Points that follow one another at the same place count once. */
const distinctSteps = (ring: IndexRing): number =>
  ring.filter((point, at) => String(point) !== String(ring[(at + 1) % ring.length])).length;

function signedArea(ring: IndexRing): number {
  return ring.reduce((sum, [x, y], at) => {
    const [nextX, nextY] = ring[(at + 1) % ring.length] ?? [x, y];
    return sum + (x * nextY - nextX * y) / 2;
  }, 0);
}

const areaOf = (polygons: readonly IndexPolygon[]): number =>
  polygons.flatMap(({ outer, holes }) => [outer, ...holes]).reduce((sum, ring) => sum + signedArea(ring), 0);

function wholeSquares({ nX, nY, values }: NodeField): number {
  let count = 0;
  for (let y = 0; y < nY - 1; y += 1)
    for (let x = 0; x < nX - 1; x += 1) {
      const corners = [0, 1, nX, nX + 1].map((step) => values[y * nX + x + step] ?? Number.NaN);
      if (!corners.some(Number.isNaN)) count += 1;
    }
  return count;
}
