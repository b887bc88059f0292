import { NereusError } from "@/lib/errors";
import type { Dataset } from "@/lib/formats/dataset";
import { readUnpacked } from "@/lib/formats/packing";
import type { RomsGrid } from "@/lib/formats/roms/roms-grid";

/**
 * Reads the fixed part of a ROMS or CROCO file. s and C may be variables, packed or not, or global attributes, under the
 * names of either model; a mask that is 0 everywhere means that the file has none.
 * @throws variable-missing, format-invalid (no level, no sea), file-truncated, ...
 * Source: ROMS vertical S-coordinate, CROCO output; checked against roms-sample.
 */
export async function readRomsGrid(dataset: Dataset): Promise<RomsGrid> {
  const [nEta = 0, nXi = 0] = dataset.variables.get("h")?.shape.slice(-2) ?? [];
  const plane = (name: string) => readPlane(dataset, name);
  const lon = await plane("lon_rho");
  const lat = await plane("lat_rho");
  const s = await levels(dataset, ["s_rho", "sc_r"]);
  const c = await levels(dataset, ["Cs_r", "Cs_rho"]);
  if (s.length !== c.length || s.length === 0)
    throw new NereusError("format-invalid", {
      file: dataset.name,
      place: "s_rho and Cs_r",
      problem: `${s.length} levels but ${c.length} values of the stretching`,
    });
  const transform = (await scalar(dataset, "Vtransform")) === 2 ? 2 : 1;
  return {
    nXi,
    nEta,
    lon,
    lat,
    h: await plane("h"),
    mask: await readMask(dataset, nEta * nXi),
    angle: dataset.variables.has("angle") ? await plane("angle") : new Float64Array(nEta * nXi),
    pm: await plane("pm"),
    pn: await plane("pn"),
    stretching: { transform, criticalDepthM: (await scalar(dataset, "hc")) ?? 0 },
    s,
    c,
  };
}

/** A plane of the last two dimensions. */
async function readPlane(dataset: Dataset, name: string): Promise<Float64Array> {
  const rank = dataset.variables.get(name)?.shape.length ?? 2;
  const shape = dataset.variables.get(name)?.shape ?? [];
  if (rank === 2) return readUnpacked(dataset, name);
  return readUnpacked(dataset, name, {
    start: shape.map(() => 0),
    count: [...shape.slice(0, -2).map(() => 1), ...shape.slice(-2)],
  });
}

async function readMask(dataset: Dataset, cells: number): Promise<Uint8Array> {
  if (!dataset.variables.has("mask_rho")) return new Uint8Array(cells).fill(1);
  const mask = Uint8Array.from(await readPlane(dataset, "mask_rho"), (value) => Number(value > 0.5));
  return mask.some((value) => value === 1) ? mask : mask.fill(1);
}

/** Values of a variable or of a global attribute under the first name that is there. */
async function levels(dataset: Dataset, names: readonly string[]): Promise<Float64Array> {
  const variable = names.find((name) => dataset.variables.has(name));
  if (variable !== undefined) return readUnpacked(dataset, variable);
  const attribute = names.map((name) => dataset.attributes[name]).find((value) => value !== undefined);
  if (attribute === undefined || typeof attribute === "string")
    throw new NereusError("variable-missing", {
      file: dataset.name,
      variable: names.join(" or "),
      present: [...dataset.variables.keys()].slice(0, 20).join(", "),
    });
  return Float64Array.from(attribute);
}

async function scalar(dataset: Dataset, name: string): Promise<number | null> {
  if (dataset.variables.has(name)) return (await readUnpacked(dataset, name))[0] ?? null;
  const attribute = dataset.attributes[name];
  if (attribute === undefined) return null;
  return typeof attribute === "string" ? Number.parseFloat(attribute) : (attribute[0] ?? null);
}
