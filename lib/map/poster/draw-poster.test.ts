import { expect, test } from "vitest";
import { gridBounds } from "@/lib/map/grid-bounds";
import { gridTransform } from "@/lib/map/grid-transform";
import { toMercator } from "@/lib/map/mercator";
import { drawPoster } from "@/lib/map/poster/draw-poster";
import { drawnInteger } from "@/lib/map/sample-field";

const fill = -32_768;
const grid = {
  kind: "projected",
  nX: 40,
  nY: 30,
  projection: { name: "lambert", trueLat1: 40, trueLat2: 42, standLon: 14.5, lat0: 40.8, radiusM: 6_370_000 },
  x0: -97_500,
  y0: -72_500,
  dX: 5_000,
  dY: 5_000,
} as const;
const palette = { breaks: [0, 10], light: ["#010203", "#040506"], transparentBelow: false };
const nothing = { rings: [], coast: [] };

/** West half below 10, east half above, the northernmost rows without data. */
const integers = Int16Array.from({ length: 1200 }, (_, at) => (at >= 25 * 40 ? fill : at % 40 < 20 ? 0 : 20));
const packing = { dtype: "int16", scale: 1, offset: 0, fill } as const;

test("a poster has the class of the cell under every pixel, and the sea where there is none", () => {
  const poster = drawPoster({ grid, integers, packing, palette }, nothing);
  expect(Math.max(poster.width, poster.height)).toBe(760);
  const at = (x: number, y: number) => poster.colours[poster.pixels[pixelOf(x, y)] ?? -1];
  const corners = [gridTransform(grid).toLonLat(-0.5, -0.5), gridTransform(grid).toLonLat(39.5, 29.5)];
  expect(corners.flat().every(Number.isFinite)).toBe(true);
  function pixelOf(x: number, y: number): number {
    const bounds = [-0.5, 39.5].flatMap((i) => [-0.5, 29.5, 14.5].map((j) => gridTransform(grid).toLonLat(i, j)));
    const [west, north] = [
      Math.min(...bounds.map(([lon]) => lon)),
      Math.max(...bounds.map(([, lat]) => lat), gridTransform(grid).toLonLat(19.5, 29.5)[1]),
    ];
    const east = Math.max(...bounds.map(([lon]) => lon));
    const side = (toMercator(east, 0)[0] - toMercator(west, 0)[0]) / poster.width;
    const [mercatorX, mercatorY] = toMercator(...gridTransform(grid).toLonLat(x, y));
    const column = Math.floor((mercatorX - toMercator(west, 0)[0]) / side);
    return Math.floor((mercatorY - toMercator(0, north)[1]) / side) * poster.width + column;
  }
  expect(at(5, 5)).toEqual([1, 2, 3]);
  expect(at(35, 20)).toEqual([4, 5, 6]);
  expect(at(20, 28)).toEqual([0xdb, 0xe4, 0xea]);
});

test("land is under the field and the coast above it", () => {
  const box = [
    [10, 38],
    [20, 38],
    [20, 44],
    [10, 44],
    [10, 38],
  ];
  const land = {
    rings: [box],
    coast: [
      [
        [12, 40.8],
        [17, 40.8],
      ],
    ],
  };
  const { pixels } = drawPoster({ grid, integers, packing, palette }, land);
  const seen = new Set(pixels);
  expect([...seen].sort()).toEqual([1, 2, 3, 4, 5]);
});

test("a poster agrees with the rule of the map at every pixel, up to half a percent beside an edge", () => {
  const rough = Int16Array.from({ length: 1200 }, (_, at) => ((at * 7919) % 13 === 0 ? fill : (at * 31) % 20));
  const { width, height, pixels } = drawPoster({ grid, integers: rough, packing, palette }, nothing);
  const transform = gridTransform(grid);
  const [west, south, east, north] = gridBounds(transform);
  const [left, top] = toMercator(west, north);
  const [right, bottom] = toMercator(east, south);
  let wrong = 0;
  for (let at = 0; at < pixels.length; at += 1) {
    const x = left + (((at % width) + 0.5) / width) * (right - left);
    const y = top + ((Math.floor(at / width) + 0.5) / height) * (bottom - top);
    const latitude = (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI;
    const [gridX, gridY] = transform.toIndex(x * 360 - 180, latitude);
    const value = drawnInteger(rough, grid, { gridX, gridY, fill });
    const wanted = value === null ? 0 : value >= 10 ? 5 : 4;
    if (pixels[at] !== wanted) wrong += 1;
  }
  expect(wrong / pixels.length).toBeLessThan(0.005);
});
