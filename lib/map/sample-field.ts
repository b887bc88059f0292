import type { StoredIntegers } from "@/lib/map/decode-chunk";
import type { Packing } from "@/lib/map/product";

/** Size of a field whose row 0 lies in the south. */
export type FieldSize = { readonly nX: number; readonly nY: number };
/** Column and row of a cell, from the south-west. */
export type Cell = { readonly x: number; readonly y: number };

/** The cell whose square holds the fractional index, or null outside the grid. */
export function cellAt(size: FieldSize, gridX: number, gridY: number): Cell | null {
  // Adding 0 turns the -0 of a small negative index into 0, which is how the cell is written.
  const x = Math.round(gridX) + 0;
  const y = Math.round(gridY) + 0;
  return x >= 0 && y >= 0 && x < size.nX && y < size.nY ? { x, y } : null;
}

/** The published value of a cell in the product's own units, or null where there is no data. */
export function publishedValue(
  field: StoredIntegers,
  size: FieldSize,
  { cell, packing }: { cell: Cell; packing: Packing },
): number | null {
  const stored = field[cell.y * size.nX + cell.x];
  if (stored === undefined || stored === packing.fill) return null;
  return roundToStep(stored * packing.scale + packing.offset, packing.scale);
}

/**
 * What the map draws between centres: bilinear over the four cells around, fill dropped and the weights of the others
 * renormalised; nothing where less than half of the weight is valid. The reference of the shader.
 * @returns stored units (not yet scaled), or null where nothing is drawn
 */
export function drawnInteger(
  field: StoredIntegers,
  size: FieldSize,
  { gridX, gridY, fill }: { gridX: number; gridY: number; fill: number },
): number | null {
  if (gridX < -0.5 || gridY < -0.5 || gridX > size.nX - 0.5 || gridY > size.nY - 0.5) return null;
  const x0 = Math.floor(gridX);
  const y0 = Math.floor(gridY);
  let weightSum = 0;
  let valueSum = 0;
  for (const [right, up] of corners) {
    const x = Math.max(0, Math.min(size.nX - 1, x0 + right));
    const y = Math.max(0, Math.min(size.nY - 1, y0 + up));
    const stored = field[y * size.nX + x];
    if (stored === undefined || stored === fill) continue;
    const weight = (right ? gridX - x0 : 1 - gridX + x0) * (up ? gridY - y0 : 1 - gridY + y0);
    weightSum += weight;
    valueSum += weight * stored;
  }
  return weightSum >= 0.5 ? valueSum / weightSum : null;
}

const corners = [
  [0, 0],
  [1, 0],
  [0, 1],
  [1, 1],
] as const;

/** 100 x 0.1 is 10, not 10.000000000000002: takes away what binary fractions add below a thousandth of a step. */
function roundToStep(value: number, step: number): number {
  const digits = Math.max(0, Math.min(12, Math.ceil(-Math.log10(step)) + 3));
  return Number(value.toFixed(digits));
}
