import { type MetField, surfaceFields } from "@/lib/transport/met-field";

/** One surface quantity of a frame at a place, bilinear; beyond the edge the value of the edge holds. */
export function surfaceAt(field: MetField, x: number, y: number, offset: number): number {
  const i = Math.min(Math.max((x - field.x0) / field.dX, 0), field.nX - 1);
  const j = Math.min(Math.max((y - field.y0) / field.dY, 0), field.nY - 1);
  const i0 = Math.min(Math.trunc(i), field.nX - 2);
  const j0 = Math.min(Math.trunc(j), field.nY - 2);
  const fi = i - i0;
  const fj = j - j0;
  const at = (j0 * field.nX + i0) * surfaceFields.count + offset;
  const north = at + field.nX * surfaceFields.count;
  const south = (1 - fi) * (field.surface[at] ?? 0) + fi * (field.surface[at + surfaceFields.count] ?? 0);
  const upper = (1 - fi) * (field.surface[north] ?? 0) + fi * (field.surface[north + surfaceFields.count] ?? 0);
  return (1 - fj) * south + fj * upper;
}
