import { decodeTimes } from "@/lib/formats/cf-time";
import type { Dataset, Variable } from "@/lib/formats/dataset";
import { readUnpacked } from "@/lib/formats/packing";
import { readWrfTimes } from "@/lib/formats/wrf/read-times";

/**
 * Valid times of a data set of any format, ISO 8601 UTC, in the order of the file; empty where it has no time axis.
 * WRF's `Times` strings come before a CF time variable.
 * @throws time-undefined where there is a time axis without an epoch or with an unknown calendar; what `readRaw` throws
 */
export async function readTimes(dataset: Dataset): Promise<readonly string[]> {
  if (dataset.timesUtc !== undefined) return dataset.timesUtc;
  if (dataset.variables.get("Times")?.dtype === "char") return readWrfTimes(dataset);
  const variable = timeVariable(dataset);
  if (variable === undefined || variable.shape.includes(0)) return [];
  const { units, calendar } = variable.attributes;
  const values = await readUnpacked(dataset, variable.name);
  return decodeTimes(values, { units: asText(units), calendar: asText(calendar), file: dataset.name });
}

/** Names of time axes by how sure they are; other variables count when their units have an epoch. */
const timeNames = ["time", "ocean_time", "scrum_time", "XTIME"];

function timeVariable(dataset: Dataset): Variable | undefined {
  const numeric = [...dataset.variables.values()].filter(({ dtype, shape }) => dtype !== "char" && shape.length <= 1);
  const named = timeNames.map((name) => numeric.find((one) => one.name.toLowerCase() === name.toLowerCase()));
  const standard = numeric.find(({ attributes }) => attributes.standard_name === "time");
  const withEpoch = numeric.find(({ attributes }) => / since /i.test(asText(attributes.units) ?? ""));
  return named.find((one) => one !== undefined) ?? standard ?? withEpoch;
}

function asText(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
