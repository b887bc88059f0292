import { assertNever } from "@/lib/assert-never";
import type { RandomStream } from "@/lib/transport/random-stream";

type Point = readonly [number, number];

/** Ground that gives off smoke, in projection coordinates, m. */
export type BurningGround =
  | { readonly kind: "disc"; readonly x: number; readonly y: number; readonly radiusM: number }
  /** A line of fire through two points or more. */
  | { readonly kind: "line"; readonly points: readonly Point[] }
  /** A simple polygon, not closed by a repeated point. */
  | { readonly kind: "polygon"; readonly points: readonly Point[] }
  /** A front that moves from one line to another over the fire's duration; both have the same number of points. */
  | { readonly kind: "front"; readonly from: readonly Point[]; readonly to: readonly Point[] };

/**
 * A place on burning ground, evenly over its area or length.
 * @param share  part of the fire's duration that has passed, 0..1; only a front asks for it
 * @returns projection coordinates, m
 */
export function placeOnGround(ground: BurningGround, random: RandomStream, share: number): Point {
  switch (ground.kind) {
    case "disc": {
      const [east, north] = inUnitDisc(random);
      return [ground.x + east * ground.radiusM, ground.y + north * ground.radiusM];
    }
    case "line":
      return alongLine(ground.points, random.uniform());
    case "polygon":
      return inPolygon(ground.points, random);
    case "front":
      return alongLine(
        ground.from.map(([x, y], n) => {
          const [toX, toY] = ground.to[n] ?? [x, y];
          return [x + share * (toX - x), y + share * (toY - y)];
        }),
        random.uniform(),
      );
    default:
      return assertNever(ground);
  }
}

/** Rejection: at most a few tries. */
function inUnitDisc(random: RandomStream): Point {
  for (;;) {
    const east = 2 * random.uniform() - 1;
    const north = 2 * random.uniform() - 1;
    if (east * east + north * north <= 1) return [east, north];
  }
}

function alongLine(points: readonly Point[], share: number): Point {
  const lengths = points.slice(1).map(([x, y], n) => {
    const [fromX, fromY] = points[n] ?? [x, y];
    return Math.sqrt((x - fromX) ** 2 + (y - fromY) ** 2);
  });
  let left = share * lengths.reduce((sum, length) => sum + length, 0);
  let piece = 0;
  while (piece < lengths.length - 1 && left > (lengths[piece] ?? 0)) {
    left -= lengths[piece] ?? 0;
    piece += 1;
  }
  const [x, y] = points[piece] ?? [0, 0];
  const [toX, toY] = points[piece + 1] ?? [x, y];
  const along = (lengths[piece] ?? 0) > 0 ? left / (lengths[piece] ?? 1) : 0;
  return [x + along * (toX - x), y + along * (toY - y)];
}

/** Rejection in the polygon's rectangle; a sliver that is never met gives its first corner. */
function inPolygon(points: readonly Point[], random: RandomStream): Point {
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const [west, south] = [Math.min(...xs), Math.min(...ys)];
  const [width, height] = [Math.max(...xs) - west, Math.max(...ys) - south];
  for (let attempt = 0; attempt < 10_000; attempt += 1) {
    const place: Point = [west + width * random.uniform(), south + height * random.uniform()];
    if (isInside(points, place)) return place;
  }
  return points[0] ?? [0, 0];
}

/** Even-odd rule. */
function isInside(points: readonly Point[], [x, y]: Point): boolean {
  let inside = false;
  for (const [n, [x1, y1]] of points.entries()) {
    const [x0, y0] = points[(n + points.length - 1) % points.length] ?? [x1, y1];
    if (y0 > y !== y1 > y && x < x0 + ((y - y0) / (y1 - y0)) * (x1 - x0)) inside = !inside;
  }
  return inside;
}
