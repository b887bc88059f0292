import { expect, test } from "vitest";
import { type BurningGround, placeOnGround } from "@/lib/transport/burning-ground";
import { RandomStream } from "@/lib/transport/random-stream";

const count = 20_000;

test("a disc is covered evenly: half of its area lies beyond 0.707 of the radius", () => {
  const places = placesOn({ kind: "disc", x: 100, y: -50, radiusM: 40 });
  const far = places.filter(([x, y]) => Math.hypot(x - 100, y + 50) > 40 * Math.SQRT1_2).length;
  expect(Math.abs(far / count - 0.5)).toBeLessThan(4 * Math.sqrt(0.25 / count));
  expect(Math.max(...places.map(([x, y]) => Math.hypot(x - 100, y + 50)))).toBeLessThanOrEqual(40);
});

test("a line of two legs is covered by length", () => {
  const places = placesOn({
    kind: "line",
    points: [
      [0, 0],
      [300, 0],
      [300, 100],
    ],
  });
  const onFirst = places.filter(([, y]) => y === 0).length;
  expect(Math.abs(onFirst / count - 0.75)).toBeLessThan(4 * Math.sqrt(0.1875 / count));
});

test("a polygon with a notch is covered by area, and its notch is not", () => {
  // An L: the square of 200 m without its north-eastern quarter.
  const places = placesOn({
    kind: "polygon",
    points: [
      [0, 0],
      [200, 0],
      [200, 100],
      [100, 100],
      [100, 200],
      [0, 200],
    ],
  });
  expect(places.filter(([x, y]) => x > 100 && y > 100)).toEqual([]);
  const north = places.filter(([, y]) => y > 100).length;
  expect(Math.abs(north / count - 1 / 3)).toBeLessThan(4 * Math.sqrt(2 / 9 / count));
});

test("a front has moved half of its way at half of the time", () => {
  const front = {
    kind: "front",
    from: [
      [0, 0],
      [0, 100],
    ],
    to: [
      [500, 0],
      [300, 100],
    ],
  } as const;
  for (const [x, y] of placesOn(front, 0.5)) expect(x).toBeCloseTo(250 - y, 6);
});

function placesOn(ground: BurningGround, share = 0) {
  const random = new RandomStream(3, 2);
  return Array.from({ length: count }, (_, particle) => {
    random.seek(particle, 0, 0);
    return placeOnGround(ground, random, share);
  });
}
