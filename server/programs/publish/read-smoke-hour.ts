import { NereusError } from "@/lib/errors";
import { decodeTimes } from "@/lib/formats/cf-time";
import type { Dataset } from "@/lib/formats/dataset";
import { readUnpacked } from "@/lib/formats/packing";
import type { LatLonGrid } from "@/lib/geo/grid";
import type { PlannedProduct } from "@/lib/map/product-schema";
import type { HourFields } from "@/server/programs/publish/hour-fields";

/**
 * The published variables of an hour that a model wrote on the product's own longitude-latitude grid, row 0 south.
 * @throws {NereusError} grid-mismatch, variable-missing, time-undefined
 */
export async function readSmokeHour(dataset: Dataset, product: PlannedProduct): Promise<HourFields> {
  const { grid } = product;
  if (grid.kind !== "latlon")
    throw new NereusError("unsupported-feature", { file: dataset.name, feature: `hours on a ${grid.kind} grid` });
  await requireAxis(dataset, "lat", { first: grid.lat0, step: grid.dLat, count: grid.nY });
  await requireAxis(dataset, "lon", { first: grid.lon0, step: grid.dLon, count: grid.nX });
  const values: Record<string, Float32Array> = {};
  for (const { name } of product.variables) values[name] = await readField(dataset, name, grid);
  return { validAtUtc: await readValidTime(dataset), values };
}

async function readField(dataset: Dataset, name: string, grid: LatLonGrid): Promise<Float32Array> {
  const field = Float32Array.from(await readUnpacked(dataset, name));
  if (field.length !== grid.nY * grid.nX)
    throw new NereusError("grid-mismatch", {
      file: dataset.name,
      variable: name,
      got: `${field.length} values`,
      want: `one step of ${grid.nY} x ${grid.nX}`,
    });
  return field;
}

async function requireAxis(
  dataset: Dataset,
  name: string,
  axis: { readonly first: number; readonly step: number; readonly count: number },
): Promise<void> {
  const values = await readUnpacked(dataset, name);
  const last = axis.first + (axis.count - 1) * axis.step;
  const isClose = (value: number | undefined, wanted: number) =>
    Math.abs((value ?? Number.NaN) - wanted) < axis.step / 100;
  if (values.length === axis.count && isClose(values[0], axis.first) && isClose(values[values.length - 1], last))
    return;
  throw new NereusError("grid-mismatch", {
    file: dataset.name,
    variable: name,
    got: `${values.length} from ${values[0]} to ${values[values.length - 1]}`,
    want: `${axis.count} from ${axis.first} to ${last}`,
  });
}

async function readValidTime(dataset: Dataset): Promise<string> {
  const attributes = dataset.variables.get("time")?.attributes ?? {};
  const text = (value: unknown) => (typeof value === "string" ? value : undefined);
  const time = { units: text(attributes.units), calendar: text(attributes.calendar), file: dataset.name };
  const times = decodeTimes(await readUnpacked(dataset, "time"), time);
  const [only] = times;
  if (only !== undefined && times.length === 1) return only;
  throw new NereusError("time-undefined", { file: dataset.name, problem: `it holds ${times.length} times, not one` });
}
