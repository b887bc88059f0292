import { undoDelta } from "@/lib/map/decode-chunk";
import { toMercator } from "@/lib/map/mercator";
import { buildMesh } from "@/lib/map/mesh";
import { drawnInteger } from "@/lib/map/sample-field";
import type { FieldDrawing } from "@/test/e2e/field-page";
import type { RealField } from "@/test/portal/real-field";
import { storeField } from "@/test/portal/store-field";

export type GoldenFigures = {
  /** Coloured pixels where the rule of the map draws nothing. */
  readonly bleeding: number;
  /** Blank pixels where the rule of the map draws the field. */
  readonly blank: number;
  readonly coloured: number;
  readonly empty: number;
};

/** What is looked at: a square of the map around a cell, its side in cells. */
export type GoldenView = { readonly x: number; readonly y: number; readonly sideCells: number };

const sidePixels = 512;

/** Draws a part of a real field with the map's own mesh and shader and compares every pixel with the rule of the map. */
export async function goldenFigures(
  field: RealField,
  view: GoldenView,
  draw: (drawing: FieldDrawing) => Promise<{ readonly pixels: readonly number[] }>,
): Promise<GoldenFigures> {
  const { transform, variable, values } = field;
  const integers = undoDelta(await storeField(field), variable.packing.dtype, values.length);
  const mesh = buildMesh(transform);
  const box = squareAround(field, view);
  const scale = 2 / box.side;
  const [fromX, fromY] = [mesh.origin[0] - box.x, mesh.origin[1] - box.y];
  const { pixels } = await draw({
    ...{ dtype: variable.packing.dtype, stored: [...integers], nX: transform.nX, nY: transform.nY },
    fill: variable.packing.fill,
    bounds: [-40_000],
    colours: [200, 30, 30, 255],
    ...{ transparentBelow: false, showCells: false, pixelsPerCell: 1 },
    view: {
      sidePixels,
      matrix: [scale, 0, 0, 0, 0, -scale, 0, 0, 0, 0, 1, 0, fromX * scale, -fromY * scale, 0, 1],
      mesh: {
        positions: [...mesh.positions],
        gridIndices: [...mesh.gridIndices],
        triangles: [...mesh.triangles],
      },
    },
  });
  const rule = (gridX: number, gridY: number) =>
    drawnInteger(integers, transform, { gridX, gridY, fill: variable.packing.fill }) !== null;
  return count(pixels, (column, row) => {
    const x = box.x + ((column + 0.5) / sidePixels - 0.5) * box.side;
    const y = box.y - ((row + 0.5) / sidePixels - 0.5) * box.side;
    const [gridX, gridY] = transform.toIndex(x * 360 - 180, latitudeOf(y));
    const near = nudges.map(([right, up]) => rule(gridX + right, gridY + up));
    return near.every((drawn) => drawn === near[0]) ? (near[0] ?? null) : null;
  });
}

/** A drawn position may be 0.02 cells off, so a pixel that near to the edge of the field may be either. */
const nudges = [
  [0, 0],
  [0.02, 0],
  [-0.02, 0],
  [0, 0.02],
  [0, -0.02],
] as const;

function count(pixels: readonly number[], isDrawn: (column: number, row: number) => boolean | null): GoldenFigures {
  const seen = { bleeding: 0, blank: 0, coloured: 0, empty: 0 };
  for (let at = 0; at < sidePixels * sidePixels; at += 1) {
    const isColoured = (pixels[at * 4 + 3] ?? 0) > 0;
    const wanted = isDrawn(at % sidePixels, Math.floor(at / sidePixels));
    if (isColoured) seen.coloured += 1;
    else seen.empty += 1;
    if (wanted === false && isColoured) seen.bleeding += 1;
    if (wanted === true && !isColoured) seen.blank += 1;
  }
  return seen;
}

/** Mercator middle and side of the square. */
function squareAround({ transform }: RealField, { x, y, sideCells }: GoldenView) {
  const at = (gridX: number, gridY: number) => toMercator(...transform.toLonLat(gridX, gridY));
  const [middleX, middleY] = at(x, y);
  const [nextX, nextY] = at(x + 1, y);
  return { x: middleX, y: middleY, side: Math.hypot(nextX - middleX, nextY - middleY) * sideCells };
}

const latitudeOf = (y: number): number => (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI;
