import { NereusError } from "@/lib/errors";
import type { Dataset } from "@/lib/formats/dataset";
import { readSeaGrid } from "@/lib/formats/roms/read-sea-grid";
import { readSeaTimes } from "@/lib/formats/roms/read-sea-times";
import type { SeaGrid } from "@/lib/formats/roms/sea-grid";
import type { SeaInventory } from "@/lib/formats/roms/sea-inventory";
import { mergeTimes } from "@/lib/formats/sequence/merge-times";
import type { InventorySource } from "@/lib/formats/wrf/read-inventory";

/** Without these nothing moves; `h` and places are demanded by the grid. */
const needed = ["u", "v"] as const;
/** What is made from other things where it is missing. */
const derivable = ["w", "AKt", "zeta", "temp", "salt", "swrad", "mask_rho"] as const;

/**
 * Tells what a set of ocean files can drive; reads grid and times only. All files lie on one grid, and where two hold the
 * same time the later name counts.
 * @param options.source  configured name of the source, or `file`
 * @param options.epochUtc  start of counting for files that name none
 * @throws sea-unsuitable, met-no-records, grid-mismatch, time-undefined, sea-field-invalid, and what reading throws
 */
export async function readSeaInventory(
  sources: readonly InventorySource[],
  options: { readonly source: string; readonly epochUtc: string | null },
): Promise<SeaInventory> {
  const contents: FileContent[] = [];
  for (const one of sources) contents.push(await readOne(one, options.epochUtc));
  contents.sort((a, b) => compare(a.timesUtc[0] ?? "", b.timesUtc[0] ?? "") || compare(a.file.path, b.file.path));
  const [first] = contents;
  if (first === undefined) throw new NereusError("met-none-yet", { source: options.source });
  for (const { file, shape } of contents)
    if (shape !== first.shape)
      throw new NereusError("grid-mismatch", { file: file.path, variable: "h", got: shape, want: first.shape });
  const { frames } = mergeTimes(contents.map(({ file, timesUtc }) => ({ name: file.path, timesUtc })));
  return {
    source: options.source,
    files: contents.map(({ file }) => file),
    frames,
    derived: [...new Set(contents.flatMap(({ derived }) => derived))],
    bounds: first.bounds,
    spacingM: first.spacingM,
    demonstration: contents.some(({ demonstration }) => demonstration),
    runId: null,
  };
}

type FileContent = Pick<SeaInventory, "derived" | "bounds" | "spacingM" | "demonstration"> & {
  readonly file: InventorySource["file"];
  readonly timesUtc: readonly string[];
  readonly shape: string;
};

async function readOne({ file, open }: InventorySource, epochUtc: string | null): Promise<FileContent> {
  const dataset = await open();
  try {
    demandCurrents(dataset);
    const timesUtc = await readSeaTimes(dataset, epochUtc);
    if (timesUtc.length === 0) throw new NereusError("met-no-records", { file: dataset.name });
    const grid = await readSeaGrid(dataset);
    const missing = derivable.filter((name) => !isUsable(dataset, name, grid.s.length));
    const derived = [...missing, ...(grid.isPlane ? ["lon_rho"] : []), ...(epochUtc === null ? [] : ["epoch"])];
    const mark = dataset.attributes.nereus_demonstration;
    const demonstration = typeof mark === "string" ? mark === "1" : (mark?.[0] ?? 0) === 1;
    return { file, timesUtc, derived, demonstration, ...extentOf(grid) };
  } finally {
    await dataset.close();
  }
}

function demandCurrents(dataset: Dataset): void {
  const missing = needed.filter((name) => !dataset.variables.has(name));
  if (missing.length > 0) throw new NereusError("sea-unsuitable", { file: dataset.name, missing: missing.join(", ") });
}

/** What belongs on the edges of the levels is used from there and from the middles; with other levels it is as absent. */
function isUsable(dataset: Dataset, name: string, levels: number): boolean {
  const found = dataset.variables.get(name) ?? (name === "AKt" ? dataset.variables.get("AKs") : undefined);
  if (found === undefined || (name !== "w" && name !== "AKt")) return found !== undefined;
  return [levels, levels + 1].includes(found.shape.at(-3) ?? 0);
}

function extentOf({ lon, lat, pm, pn, nXi, nEta }: SeaGrid) {
  const lengths = Array.from(pm, (value, at) => 1 / Math.sqrt(value * (pn[at] ?? value))).sort((a, b) => a - b);
  const low = (values: Float64Array) => values.reduce((a, b) => Math.min(a, b), Infinity);
  const high = (values: Float64Array) => values.reduce((a, b) => Math.max(a, b), -Infinity);
  return {
    bounds: { south: low(lat), north: high(lat), west: low(lon), east: high(lon) },
    spacingM: lengths[lengths.length >> 1] ?? 1,
    shape: `${nEta} x ${nXi}`,
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
