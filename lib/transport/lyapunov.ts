import { type Flow, followPath, type PathOptions } from "@/lib/transport/follow-path";

/** How a flow stretches its neighbourhood over a time. */
export type Stretching = {
  /** Finite-time Lyapunov exponent: ln(largest singular value of the flow-map gradient) / |T|, 1/s. */
  readonly exponentPerSecond: number;
  /** Determinant of the gradient; 1 in an incompressible flow. */
  readonly determinant: number;
};

/**
 * Stretching of a plane flow at a point, from centred differences of the flow map; a backward path gives the attracting
 * structures.
 * @param halfWidth  distance of the four neighbours, in the flow's unit of length
 * Source: Shadden, Lekien and Marsden (2005); checked against ftle.
 */
export function stretchingAt(
  flow: Flow,
  [x = 0, y = 0]: readonly number[],
  { halfWidth, ...path }: PathOptions & { readonly halfWidth: number },
): Stretching {
  const end = (dx: number, dy: number) => followPath(flow, [x + dx, y + dy], path);
  const [east, west, north, south] = [end(halfWidth, 0), end(-halfWidth, 0), end(0, halfWidth), end(0, -halfWidth)];
  const slope = (ahead: readonly number[], behind: readonly number[], axis: number) =>
    ((ahead[axis] ?? 0) - (behind[axis] ?? 0)) / (2 * halfWidth);
  const [a, b] = [slope(east, west, 0), slope(north, south, 0)];
  const [c, d] = [slope(east, west, 1), slope(north, south, 1)];
  const determinant = a * d - b * c;
  const half = (a * a + b * b + c * c + d * d) / 2;
  const largest = Math.sqrt(half + Math.sqrt(Math.max(0, half * half - determinant * determinant)));
  return { exponentPerSecond: Math.log(largest) / Math.abs(path.toSeconds - path.fromSeconds), determinant };
}
