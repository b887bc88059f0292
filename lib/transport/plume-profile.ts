import type { WrfFrame } from "@/lib/formats/wrf/frame";

const gravity = 9.81;
/** Depth above the boundary layer over which the stability is taken, m. */
const stabilityDepthM = 500;
const leastStability = 1e-6;

/**
 * Squared buoyancy frequency of the air just above the boundary layer, s-2, in the column nearest to a place: g/theta
 * d(theta)/dz between the layer's top and 500 m higher. Never below 1e-6.
 * @param x, y  projection coordinates, m; @param layerTopM  height of the boundary layer above ground, m
 */
export function stabilityAboveLayer(frame: WrfFrame, x: number, y: number, layerTopM: number): number {
  const { window, grid } = frame;
  const clamp = (value: number, last: number) => Math.min(Math.max(Math.round(value), 0), last);
  const i = clamp((x - grid.x0) / grid.dX - window.i0, window.nX - 1);
  const j = clamp((y - grid.y0) / grid.dY - window.j0, window.nY - 1);
  const column = j * window.nX + i;
  const level = window.nX * window.nY;
  const heights = Array.from({ length: frame.nZ }, (_, k) => frame.heightMassM[k * level + column] ?? 0);
  const thetas = Array.from({ length: frame.nZ }, (_, k) => frame.potentialTemperatureK[k * level + column] ?? 0);
  const low = interpolate(heights, thetas, layerTopM);
  const high = interpolate(heights, thetas, layerTopM + stabilityDepthM);
  return Math.max(((gravity / (0.5 * (low + high))) * (high - low)) / stabilityDepthM, leastStability);
}

function interpolate(heights: readonly number[], values: readonly number[], at: number): number {
  let k = 0;
  while (k < heights.length - 2 && (heights[k + 1] ?? 0) < at) k += 1;
  const [low = 0, high = 1] = [heights[k], heights[k + 1]];
  const [below = 0, above = 0] = [values[k], values[k + 1]];
  const share = Math.min(Math.max((at - low) / (high - low), 0), 1);
  return below + share * (above - below);
}
