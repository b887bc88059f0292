import type { WrfFrame } from "@/lib/formats/wrf/frame";

/**
 * Mean rain rate between two frames, mm h-1, [nY, nX] of the later frame's window. The earlier sum is taken at the same
 * place (a nest may have moved); where it lies outside the earlier window, or the sum fell because the model was
 * restarted, the later sum alone counts.
 */
export function rainRate(before: WrfFrame, after: WrfFrame): Float32Array {
  const hours = (Date.parse(after.validAtUtc) - Date.parse(before.validAtUtc)) / 3_600_000;
  const [shiftI, shiftJ] = [
    (after.grid.x0 - before.grid.x0) / before.grid.dX + after.window.i0 - before.window.i0,
    (after.grid.y0 - before.grid.y0) / before.grid.dY + after.window.j0 - before.window.j0,
  ];
  return after.accumulatedRainMm.map((sum, at) => {
    const [i, j] = [at % after.window.nX, Math.floor(at / after.window.nX)];
    const earlier = bilinear(before, i + shiftI, j + shiftJ);
    const fallen = earlier === null || earlier > sum ? sum : sum - earlier;
    return fallen / hours;
  });
}

/** Null outside the window; a place within a thousandth of a cell of its edge counts as inside. */
function bilinear({ window: { nX, nY }, accumulatedRainMm }: WrfFrame, x: number, y: number): number | null {
  if (x < -1e-3 || y < -1e-3 || x > nX - 1 + 1e-3 || y > nY - 1 + 1e-3) return null;
  const i = Math.min(Math.max(Math.floor(x), 0), Math.max(nX - 2, 0));
  const j = Math.min(Math.max(Math.floor(y), 0), Math.max(nY - 2, 0));
  const [fx, fy] = [x - i, y - j];
  const value = (dj: number, di: number) =>
    accumulatedRainMm[Math.min(j + dj, nY - 1) * nX + Math.min(i + di, nX - 1)] ?? 0;
  return (1 - fy) * ((1 - fx) * value(0, 0) + fx * value(0, 1)) + fy * ((1 - fx) * value(1, 0) + fx * value(1, 1));
}
