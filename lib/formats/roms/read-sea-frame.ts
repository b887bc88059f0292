import { NereusError } from "@/lib/errors";
import type { Dataset } from "@/lib/formats/dataset";
import { readUnpacked } from "@/lib/formats/packing";
import { onEdges } from "@/lib/formats/roms/on-edges";
import type { SeaGrid, SeaWindow } from "@/lib/formats/roms/sea-grid";
import { maskFaces } from "@/lib/transport/c-grid-current";

/** One record of an ocean file in a window of its grid, SI units along the grid's axes, row-major. */
export type SeaFrame = {
  readonly levels: number;
  /** Height of the surface, m, [nY, nX]. */
  readonly zeta: Float32Array;
  /** m s-1 on the west faces, [levels, nY, nX + 1], and on the south faces, [levels, nY + 1, nX]; masked faces are 0. */
  readonly uWest: Float32Array;
  readonly vSouth: Float32Array;
  /** True vertical velocity, m s-1, and diffusivity, m2 s-1, on the edges of the levels, [levels + 1, nY, nX]. */
  readonly w: Float32Array | null;
  readonly diffusivity: Float32Array | null;
  /** Means over the sea of the window: at the surface, degrees Celsius; share of sea water, percent; W m-2. */
  readonly temperatureC: number | null;
  readonly percentSeaWater: number | null;
  readonly lightWm2: number | null;
};

/** A current above this is a mistake of units, m s-1. */
const fastestMs = 20;
const saltOfSeaWater = 35;

/**
 * Reads one record. In a ROMS file u (j, i) lies at (i + 1/2, j), v (j, i) at (i, j + 1/2); a subset may cut one face more or
 * less, and the outermost faces take the value of the next one inward. Land may be packed as a plausible number: only the
 * mask tells.
 * @param mask  of the window
 * @throws sea-field-invalid for a value that is missing between two cells of sea, or a current above 20 m s-1
 */
export async function readSeaFrame(
  dataset: Dataset,
  { grid, window, mask, record }: { grid: SeaGrid; window: SeaWindow; mask: Uint8Array; record: number },
): Promise<SeaFrame> {
  const at = { dataset, window, record };
  const { nX, nY } = window;
  const u = await readBox(at, "u", { di: -1, dj: 0, nX: nX + 1, nY });
  const v = await readBox(at, "v", { di: 0, dj: -1, nX, nY: nY + 1 });
  const levels = grid.s.length;
  const uWest = grid.currentsInMiddle ? betweenColumns(u, nX + 1) : u;
  const vSouth = grid.currentsInMiddle ? betweenRows(v, { nX, rows: nY + 1 }) : v;
  for (let k = 0; k < levels; k += 1) {
    const faces = {
      uWest: uWest.subarray(k * nY * (nX + 1), (k + 1) * nY * (nX + 1)),
      vSouth: vSouth.subarray(k * (nY + 1) * nX, (k + 1) * (nY + 1) * nX),
    };
    maskFaces({ nXi: nX, nEta: nY }, mask, faces);
    calmRim(faces, window);
  }
  demandSound(dataset.name, { u: uWest, v: vSouth });
  const cells = { di: 0, dj: 0, nX, nY };
  const optional = async (name: string) => (dataset.variables.has(name) ? await readBox(at, name, cells) : null);
  const edges = (values: Float32Array | null) => (values === null ? null : onEdges(values, { levels, size: nX * nY }));
  const surface = (values: Float32Array | null) =>
    values === null ? null : seaMean(values.subarray(values.length - nX * nY), mask);
  const zeta = (await optional("zeta")) ?? new Float32Array(nX * nY);
  const salt = surface(await optional("salt"));
  return {
    levels,
    zeta: zeta.map((value) => (Number.isNaN(value) ? 0 : value)),
    uWest,
    vSouth,
    w: edges(await optional("w")),
    diffusivity: edges((await optional("AKt")) ?? (await optional("AKs"))),
    temperatureC: surface(await optional("temp")),
    percentSeaWater: salt === null ? null : Math.min(100, Math.max(0, (100 * salt) / saltOfSeaWater)),
    lightWm2: surface(await optional("swrad")),
  };
}

type Place = { readonly dataset: Dataset; readonly window: SeaWindow; readonly record: number };
type Box = { readonly di: number; readonly dj: number; readonly nX: number; readonly nY: number };

/** A variable over cells from the window's first plus (dj, di); beyond the file's edge the value of the edge. */
async function readBox({ dataset, window, record }: Place, name: string, box: Box): Promise<Float32Array> {
  const shape = dataset.variables.get(name)?.shape ?? [];
  const [rows = 1, columns = 1] = shape.slice(-2);
  const levels = shape.length > 3 ? (shape[1] ?? 1) : 1;
  const range = (first: number, count: number, length: number) => {
    const low = Math.min(Math.max(first, 0), length - 1);
    return { low, count: Math.min(Math.max(first + count - 1, 0), length - 1) - low + 1 };
  };
  const i = range(window.i0 + box.di, box.nX, columns);
  const j = range(window.j0 + box.dj, box.nY, rows);
  const hasTime = shape.length > 2;
  const start = [...(hasTime ? [record] : []), ...(shape.length > 3 ? [0] : []), j.low, i.low];
  const count = [...(hasTime ? [1] : []), ...(shape.length > 3 ? [levels] : []), j.count, i.count];
  const values = await readUnpacked(dataset, name, { start, count });
  const out = new Float32Array(levels * box.nY * box.nX);
  let to = 0;
  for (let k = 0; k < levels; k += 1)
    for (let row = 0; row < box.nY; row += 1) {
      const from = Math.min(Math.max(window.j0 + box.dj + row - j.low, 0), j.count - 1);
      for (let column = 0; column < box.nX; column += 1, to += 1) {
        const across = Math.min(Math.max(window.i0 + box.di + column - i.low, 0), i.count - 1);
        const value = values[(k * j.count + from) * i.count + across] ?? Number.NaN;
        out[to] = Math.abs(value) < 1e36 ? value : Number.NaN;
      }
    }
  return out;
}

/** Values on the faces from those in the middle of the cells; at the far rim that of the last cell. */
function betweenColumns(values: Float32Array, nX: number): Float32Array {
  return values.map((value, at) => (at % nX === nX - 1 ? value : (value + (values[at + 1] ?? value)) / 2));
}

function betweenRows(values: Float32Array, { nX, rows }: { nX: number; rows: number }): Float32Array {
  return values.map((value, at) =>
    Math.trunc(at / nX) % rows === rows - 1 ? value : (value + (values[at + nX] ?? value)) / 2,
  );
}

/** The outermost faces repeat the next one inward, which may belong to land and hold nothing. */
function calmRim({ uWest, vSouth }: { uWest: Float32Array; vSouth: Float32Array }, { nX, nY }: SeaWindow): void {
  const calm = (faces: Float32Array, at: number) => {
    if (Number.isNaN(faces[at])) faces[at] = 0;
  };
  for (let j = 0; j < nY; j += 1) for (const i of [0, nX]) calm(uWest, j * (nX + 1) + i);
  for (let i = 0; i < nX; i += 1) for (const j of [0, nY]) calm(vSouth, j * nX + i);
}

function demandSound(file: string, fields: Readonly<Record<string, Float32Array>>): void {
  for (const [variable, values] of Object.entries(fields)) {
    let [missing, fast] = [0, 0];
    for (const value of values) {
      if (Number.isNaN(value)) missing += 1;
      else if (Math.abs(value) > fastestMs) fast += 1;
    }
    const refuse = (cells: number, problem: string) => {
      if (cells > 0) throw new NereusError("sea-field-invalid", { file, variable, cells, problem });
    };
    refuse(missing, "missing in the sea");
    refuse(fast, `a current above ${fastestMs} m/s`);
  }
}

function seaMean(values: Float32Array, mask: Uint8Array): number | null {
  let [sum, count] = [0, 0];
  for (const [cell, value] of values.entries()) {
    if (mask[cell] !== 1 || Number.isNaN(value)) continue;
    sum += value;
    count += 1;
  }
  return count === 0 ? null : sum / count;
}
