import { NereusError } from "@/lib/errors";
import type { ByteSource } from "@/lib/formats/byte-source";
import type { Dataset } from "@/lib/formats/dataset";
import { type PlumeField, plumeDataset } from "@/lib/formats/dispersion/plume-dataset";

/** Largest file that is read: 1000 x 1000 cells take about 20 MB. */
const maxBytes = 200 * 1024 * 1024;

/** True when the bytes start a GEO.DAT file of CALMET. */
export function isGeoDat(head: Uint8Array): boolean {
  return String.fromCharCode(...head.subarray(0, 8)) === "GEO.DAT ";
}

/**
 * Opens the land use and terrain of CALMET (GEO.DAT): variables `land_use` (categories) and `terrain` (metres), rows
 * from the north as written.
 * @throws format-invalid naming the line; file-truncated where values are absent
 * Source: CALMET User's Guide, table "GEO.DAT file format".
 */
export async function openGeoDat(source: ByteSource): Promise<Dataset> {
  if (source.sizeBytes > maxBytes)
    throw new NereusError("unsupported-feature", {
      file: source.name,
      feature: `GEO.DAT of ${source.sizeBytes} bytes`,
    });
  const text = new TextDecoder("latin1").decode(await source.read(0, source.sizeBytes));
  const lines = new Lines(source, text.split(/\r?\n/));
  const [, comments] = [lines.next(), Number(lines.next())];
  for (let i = 0; i < comments; i += 1) lines.next();
  const projection = lines.next().trim();
  const grid = readGrid(lines);
  const landUse = readLandUse(lines, grid);
  const factor = lines.numbers(1)[0] ?? 1;
  const terrain = lines.values(grid.nX * grid.nY, "terrain heights").map((value) => value * factor);
  const field = (name: string, units: string, values: Float32Array): PlumeField => ({
    name,
    dimensions: ["y", "x"],
    shape: [grid.nY, grid.nX],
    attributes: { units },
    read: async () => values,
  });
  return plumeDataset(source, {
    format: "geo-dat",
    dimensions: { x: grid.nX, y: grid.nY },
    attributes: {
      projection: `${projection} ${grid.zone}`.trim(),
      x_origin_km: Float64Array.of(grid.xKm),
      y_origin_km: Float64Array.of(grid.yKm),
      cell_km: Float64Array.of(grid.dXKm, grid.dYKm),
    },
    timesUtc: [],
    fields: [field("land_use", "1", landUse), field("terrain", "m", terrain)],
  });
}

/** Lines one after the other; numbers may run over several of them. */
class Lines {
  #at = 0;

  constructor(
    readonly source: ByteSource,
    readonly lines: readonly string[],
  ) {}

  next(): string {
    const line = this.lines[this.#at];
    if (line === undefined) throw this.invalid("the file ends here");
    this.#at += 1;
    return line;
  }

  invalid(problem: string): NereusError {
    return new NereusError("format-invalid", { file: this.source.name, place: `line ${this.#at + 1}`, problem });
  }

  /** The first numbers of the next line; words may follow them. */
  numbers(count: number): number[] {
    const line = this.next();
    const numbers = line
      .trim()
      .split(/[\s,]+/)
      .slice(0, count)
      .map(Number);
    if (numbers.length < count || numbers.some(Number.isNaN)) {
      this.#at -= 1;
      throw this.invalid(`${count} numbers were expected, it reads “${line.trim().slice(0, 40)}”`);
    }
    return numbers;
  }

  /** So many numbers from the next lines on. */
  values(count: number, what: string): Float32Array {
    const out = new Float32Array(count);
    for (let filled = 0; filled < count; ) {
      const line = this.next();
      for (const word of line.split(/[\s,]+/)) {
        if (word === "" || filled >= count) continue;
        const value = Number(word);
        if (Number.isNaN(value)) {
          this.#at -= 1;
          throw this.invalid(`${what}: “${word.slice(0, 20)}” is no number (value ${filled + 1} of ${count})`);
        }
        out[filled] = value;
        filled += 1;
      }
    }
    return out;
  }
}

type Grid = { nX: number; nY: number; xKm: number; yKm: number; dXKm: number; dYKm: number; zone: string };

/** The lines of the projection differ; the grid is the first line of six numbers. */
function readGrid(lines: Lines): Grid {
  const before: string[] = [];
  for (;;) {
    const line = lines.next();
    const numbers = line.trim().split(/\s+/).map(Number);
    const [nX = 0, nY = 0, xKm = 0, yKm = 0, dXKm = 0, dYKm = 0] = numbers;
    if (numbers.length < 6 || numbers.slice(0, 6).some(Number.isNaN)) {
      before.push(line.trim());
      continue;
    }
    if (!Number.isInteger(nX) || !Number.isInteger(nY) || nX < 1 || nY < 1 || nX * nY > 50_000_000)
      throw lines.invalid(`a grid of ${nX} x ${nY} is not plausible`);
    lines.next();
    return { nX, nY, xKm, yKm, dXKm, dYKm, zone: before[0] ?? "" };
  }
}

/** Option 1 brings categories of its own: their number, then their list. */
function readLandUse(lines: Lines, { nX, nY }: Grid): Float32Array {
  const [option = 0] = lines.numbers(1);
  if (option === 1) {
    const [categories = 0] = lines.numbers(1);
    lines.values(Math.min(categories, 1000), "land-use categories");
  }
  return lines.values(nX * nY, "land use");
}
