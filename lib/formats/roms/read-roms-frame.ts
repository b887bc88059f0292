import type { Dataset } from "@/lib/formats/dataset";
import { readUnpacked } from "@/lib/formats/packing";
import type { RomsFrame, RomsGrid } from "@/lib/formats/roms/roms-grid";
import { maskFaces } from "@/lib/transport/c-grid-current";

/**
 * Reads one record of a ROMS file onto the faces of the cells. In the file u (j, i) lies at (i + 1/2, j), v (j, i) at
 * (i, j + 1/2); a subset may cut one face more or less. The outermost faces, which a file does not hold, take the value of
 * the next one inward. Missing values and masked faces are 0: land may be packed as 0, which unpacks to a current.
 * @throws variable-missing, file-truncated, ...
 * Checked against roms-trajectory and roms-sample (packed file with negative scale factors).
 */
export async function readRomsFrame(dataset: Dataset, grid: RomsGrid, record: number): Promise<RomsFrame> {
  const { nXi, nEta, mask } = grid;
  const read = async (name: string) => {
    const shape = dataset.variables.get(name)?.shape ?? [];
    const values = await readUnpacked(dataset, name, {
      start: shape.map((_, axis) => (axis === 0 ? record : 0)),
      count: shape.map((length, axis) => (axis === 0 ? 1 : length)),
    });
    return {
      values: values.map((value) => (Math.abs(value) < 1e36 ? value : 0)),
      columns: shape.at(-1) ?? 0,
      rows: shape.at(-2) ?? 0,
    };
  };
  const [u, v] = [await read("u"), await read("v")];
  const levels = u.values.length / (u.columns * u.rows);
  const uWest = new Float64Array(levels * nEta * (nXi + 1));
  const vSouth = new Float64Array(levels * (nEta + 1) * nXi);
  for (let k = 0; k < levels; k += 1) {
    const faces = {
      uWest: uWest.subarray(k * nEta * (nXi + 1), (k + 1) * nEta * (nXi + 1)),
      vSouth: vSouth.subarray(k * (nEta + 1) * nXi, (k + 1) * (nEta + 1) * nXi),
    };
    fill(faces.uWest, { rows: nEta, columns: nXi + 1 }, (j, i) => take(u, k, j, i - 1));
    fill(faces.vSouth, { rows: nEta + 1, columns: nXi }, (j, i) => take(v, k, j - 1, i));
    maskFaces(grid, mask, faces);
  }
  return { zeta: (await read("zeta")).values, uWest, vSouth };
}

type Stored = { readonly values: Float64Array; readonly columns: number; readonly rows: number };

function take({ values, columns, rows }: Stored, k: number, j: number, i: number): number {
  const row = Math.min(Math.max(j, 0), rows - 1);
  const column = Math.min(Math.max(i, 0), columns - 1);
  return values[(k * rows + row) * columns + column] ?? 0;
}

function fill(
  target: Float64Array,
  { rows, columns }: { rows: number; columns: number },
  value: (j: number, i: number) => number,
): void {
  for (let j = 0; j < rows; j += 1) for (let i = 0; i < columns; i += 1) target[j * columns + i] = value(j, i);
}
