import { bilinear } from "@/lib/geo/bilinear";
import { undoDelta } from "@/lib/map/decode-chunk";
import { toMercator } from "@/lib/map/mercator";
import { buildMesh, meshToleranceCells, type ReprojectionMesh } from "@/lib/map/mesh";
import { cellAt, publishedValue } from "@/lib/map/sample-field";
import type { RealField } from "@/test/portal/real-field";
import { storeField } from "@/test/portal/store-field";

export type ProbeFigures = {
  readonly probes: number;
  /** Probes that read another cell, or a value more than half a published step from the file's. */
  readonly wrong: number;
  /** Largest difference of a read value from the file's, in published steps. */
  readonly largestSteps: number;
  /** Largest distance of a drawn point from where the file's own coordinates put it, in cells. */
  readonly largestPositionCells: number;
};

type Place = { readonly x: number; readonly y: number };

/**
 * Asks for the value at random places of a grid as the cursor does, after the field went through the store. Where a place
 * lies is told by the file's own coordinates, bilinear between four centres, not by the grid that the map worked out.
 */
export async function probeField(field: RealField, probes = 10_000): Promise<ProbeFigures> {
  const { transform, values } = field;
  const { packing } = field.variable;
  const integers = undoDelta(await storeField(field), packing.dtype, values.length);
  const mesh = buildMesh(transform);
  const random = aRandom(7);
  let [wrong, largestSteps, largestPositionCells] = [0, 0, 0];
  for (let probe = 0; probe < probes; probe += 1) {
    const at = { x: random() * (transform.nX - 1), y: random() * (transform.nY - 1) };
    const { lon, lat } = placeIn(field, at);
    const cell = cellAt(transform, ...transform.toIndex(lon, lat));
    const source = cell ? (values[cell.y * transform.nX + cell.x] ?? Number.NaN) : Number.NaN;
    const read = cell && publishedValue(integers, transform, { cell, packing });
    const steps = read === null ? 0 : Math.abs(read - source) / packing.scale;
    // The file's float32 values are half a step away at most; a thousandth is left for their last bit.
    const isValue = read === null ? Number.isNaN(source) : steps <= 0.501;
    if (cell === null || !holds(cell, at) || !isValue) wrong += 1;
    else largestSteps = Math.max(largestSteps, steps);
    largestPositionCells = Math.max(largestPositionCells, drawnOffsetCells(field, mesh, at));
  }
  return { probes, wrong, largestSteps, largestPositionCells };
}

const holds = (cell: Place, at: Place): boolean =>
  Math.max(Math.abs(cell.x - at.x), Math.abs(cell.y - at.y)) <= 0.5 + meshToleranceCells;

function placeIn({ transform, lon, lat }: RealField, { x, y }: Place) {
  const size = { columns: transform.nX, rows: transform.nY };
  return { lon: bilinear({ values: lon, ...size }, x, y), lat: bilinear({ values: lat, ...size }, x, y) };
}

/** Distance of the point that the mesh draws at fractional indices from where the file has it, in cells. */
function drawnOffsetCells(field: RealField, mesh: ReprojectionMesh, at: Place): number {
  const mercator = (place: Place) => {
    const { lon, lat } = placeIn(field, place);
    return toMercator(lon, lat);
  };
  const [x, y] = mercator(at);
  const [drawnX, drawnY] = drawnAt(mesh, field.transform, at);
  const cell = Math.min(
    ...[
      { x: Math.floor(at.x), y: at.y },
      { x: at.x, y: Math.floor(at.y) },
    ].map((low, axis) => {
      const [x0, y0] = mercator(low);
      const [x1, y1] = mercator(axis === 0 ? { x: low.x + 1, y: low.y } : { x: low.x, y: low.y + 1 });
      return Math.hypot(x1 - x0, y1 - y0);
    }),
  );
  // A grid may be drawn one turn of the world away from its file's longitudes.
  const dX = drawnX - x - Math.round(drawnX - x);
  return Math.hypot(dX, drawnY - y) / cell;
}

/** Mercator of fractional indices by the triangles of the mesh, as the graphics card interpolates them. */
function drawnAt(mesh: ReprojectionMesh, { nX, nY }: { nX: number; nY: number }, at: Place): readonly [number, number] {
  const { squares, positions, origin } = mesh;
  const [column, row] = [((at.x + 0.5) / nX) * squares, ((at.y + 0.5) / nY) * squares];
  const [i, j] = [Math.min(squares - 1, Math.floor(column)), Math.min(squares - 1, Math.floor(row))];
  const [u, v] = [column - i, row - j];
  const vertex = (up: number, right: number, axis: number) =>
    positions[((j + up) * (squares + 1) + i + right) * 2 + axis] ?? Number.NaN;
  const along = (axis: 0 | 1) => {
    const [sw, se, nw, ne] = [vertex(0, 0, axis), vertex(0, 1, axis), vertex(1, 0, axis), vertex(1, 1, axis)];
    return (
      origin[axis] + (u + v <= 1 ? sw + u * (se - sw) + v * (nw - sw) : ne + (1 - u) * (nw - ne) + (1 - v) * (se - ne))
    );
  };
  return [along(0), along(1)];
}

/** The same numbers at every run (mulberry32). */
function aRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
