import { NereusError } from "@/lib/errors";
import type { Dataset } from "@/lib/formats/dataset";
import { readUnpacked } from "@/lib/formats/packing";
import type { SeaGrid } from "@/lib/formats/roms/sea-grid";

const metresPerDegree = (6_371_000 * Math.PI) / 180;

/**
 * Reads the fixed part of a ROMS, CROCO or WaComM native file. Levels and their stretching may be variables, packed or not,
 * or global attributes; without stretching (WaComM native) the levels are shares of the depth. A mask that is 0
 * everywhere means that the file has none. Cells per metre come from the places where the file does not give them.
 * @throws variable-missing; sea-field-invalid for a depth in the sea that is missing or not positive, or a place that is missing
 * Source: ROMS vertical S-coordinate, CROCO output; checked against roms-sample and the upwelling case of ROMS.
 */
export async function readSeaGrid(dataset: Dataset): Promise<SeaGrid> {
  const [nEta = 0, nXi = 0] = dataset.variables.get("h")?.shape.slice(-2) ?? [];
  const h = await readPlane(dataset, "h");
  const mask = await readMask(dataset, nEta * nXi);
  const places = await readPlaces(dataset);
  demandSound(dataset.name, { h, mask, lon: places.lon, lat: places.lat });
  const s = await levels(dataset, ["s_rho", "sc_r"]);
  const c = (await optionalLevels(dataset, ["Cs_r", "Cs_rho"])) ?? s;
  const isShare = c === s;
  const sW = (await optionalLevels(dataset, ["s_w", "sc_w"])) ?? between(s);
  const cW = isShare ? sW : await edgesOf(dataset, sW.length, c);
  const transform = isShare || (await scalar(dataset, "Vtransform")) === 2 ? 2 : 1;
  const metrics = await readMetrics(dataset, { nXi, nEta, ...places });
  const uAxes = dataset.variables.get("u")?.dimensions.slice(-1) ?? [];
  return {
    nXi,
    nEta,
    ...places,
    h,
    mask,
    angle: dataset.variables.has("angle") ? await readPlane(dataset, "angle") : new Float64Array(nEta * nXi),
    ...metrics,
    stretching: { transform, criticalDepthM: isShare ? 0 : ((await scalar(dataset, "hc")) ?? 0) },
    s,
    c,
    sW,
    cW,
    currentsInMiddle: uAxes[0] === "eta_xi" || uAxes[0] === "xi_rho",
  };
}

type Fixed = Readonly<Record<"h" | "lon" | "lat", Float64Array>> & { readonly mask: Uint8Array };

function demandSound(file: string, { h, mask, lon, lat }: Fixed): void {
  const count = (isBad: (cell: number) => boolean) =>
    mask.reduce((sum, sea, at) => sum + (sea && isBad(at) ? 1 : 0), 0);
  const refuse = (variable: string, cells: number, problem: string) => {
    if (cells > 0) throw new NereusError("sea-field-invalid", { file, variable, cells, problem });
  };
  refuse(
    "h",
    count((at) => Number.isNaN(h[at])),
    "missing in the sea",
  );
  refuse(
    "h",
    count((at) => (h[at] ?? 0) <= 0),
    "a depth of the sea that is not positive",
  );
  refuse(
    "lon_rho, lat_rho",
    count((at) => Number.isNaN((lon[at] ?? 0) + (lat[at] ?? 0))),
    "missing in the sea",
  );
}

async function readPlaces(dataset: Dataset) {
  if (dataset.variables.has("lon_rho") && dataset.variables.has("lat_rho")) {
    const [lon, lat] = [await readPlane(dataset, "lon_rho"), await readPlane(dataset, "lat_rho")];
    return { lon, lat, isPlane: false };
  }
  if (!dataset.variables.has("x_rho") || !dataset.variables.has("y_rho")) throw missing(dataset, "lon_rho and lat_rho");
  const [x, y] = [await readPlane(dataset, "x_rho"), await readPlane(dataset, "y_rho")];
  return { lon: x.map((m) => m / metresPerDegree), lat: y.map((m) => m / metresPerDegree), isPlane: true };
}

type Places = { readonly nXi: number; readonly nEta: number; readonly lon: Float64Array; readonly lat: Float64Array };

async function readMetrics(dataset: Dataset, { nXi, nEta, lon, lat }: Places) {
  if (dataset.variables.has("pm") && dataset.variables.has("pn"))
    return { pm: await readPlane(dataset, "pm"), pn: await readPlane(dataset, "pn") };
  const lengthM = (at: number, to: number) => {
    const east = ((lon[to] ?? 0) - (lon[at] ?? 0)) * Math.cos(((lat[at] ?? 0) * Math.PI) / 180);
    return Math.hypot(east, (lat[to] ?? 0) - (lat[at] ?? 0)) * metresPerDegree;
  };
  const pm = Float64Array.from(lon, (_, at) => {
    const low = at % nXi === nXi - 1 ? at - 1 : at;
    return 1 / lengthM(low, low + 1);
  });
  const pn = Float64Array.from(lon, (_, at) => {
    const low = Math.trunc(at / nXi) === nEta - 1 ? at - nXi : at;
    return 1 / lengthM(low, low + nXi);
  });
  return { pm, pn };
}

async function readMask(dataset: Dataset, cells: number): Promise<Uint8Array> {
  if (!dataset.variables.has("mask_rho")) return new Uint8Array(cells).fill(1);
  const mask = Uint8Array.from(await readPlane(dataset, "mask_rho"), (value) => Number(value > 0.5));
  return mask.some((value) => value === 1) ? mask : mask.fill(1);
}

/** A plane of the last two dimensions. */
async function readPlane(dataset: Dataset, name: string): Promise<Float64Array> {
  const shape = dataset.variables.get(name)?.shape;
  if (shape === undefined) throw missing(dataset, name);
  const count = [...shape.slice(0, -2).map(() => 1), ...shape.slice(-2)];
  return readUnpacked(dataset, name, { start: shape.map(() => 0), count });
}

async function edgesOf(dataset: Dataset, count: number, c: Float64Array): Promise<Float64Array> {
  const given = await optionalLevels(dataset, ["Cs_w"]);
  return given !== null && given.length === count ? given : between(c);
}

/** Edges half-way between the levels, from -1 to 0. */
function between(levelsAt: Float64Array): Float64Array {
  const inner = Array.from(levelsAt.subarray(1), (value, k) => (value + (levelsAt[k] ?? 0)) / 2);
  return Float64Array.from([-1, ...inner, 0]);
}

async function levels(dataset: Dataset, names: readonly string[]): Promise<Float64Array> {
  const found = await optionalLevels(dataset, names);
  if (found === null || found.length === 0) throw missing(dataset, names.join(" or "));
  return found;
}

async function optionalLevels(dataset: Dataset, names: readonly string[]): Promise<Float64Array | null> {
  const variable = names.find((name) => dataset.variables.has(name));
  if (variable !== undefined) return readUnpacked(dataset, variable);
  const attribute = names.map((name) => dataset.attributes[name]).find((value) => value !== undefined);
  return attribute === undefined || typeof attribute === "string" ? null : Float64Array.from(attribute);
}

async function scalar(dataset: Dataset, name: string): Promise<number | null> {
  if (dataset.variables.has(name)) return (await readUnpacked(dataset, name))[0] ?? null;
  const attribute = dataset.attributes[name];
  if (attribute === undefined) return null;
  return typeof attribute === "string" ? Number.parseFloat(attribute) : (attribute[0] ?? null);
}

function missing(dataset: Dataset, variable: string): NereusError {
  const present = [...dataset.variables.keys()].slice(0, 20).join(", ");
  return new NereusError("variable-missing", { file: dataset.name, variable, present });
}
