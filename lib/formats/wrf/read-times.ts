import { NereusError } from "@/lib/errors";
import { decodeTimes } from "@/lib/formats/cf-time";
import type { Dataset } from "@/lib/formats/dataset";
import { readUnpacked } from "@/lib/formats/packing";

/**
 * Valid times of all records, ISO 8601 UTC. The `Times` strings come first: XTIME has no units in older files and
 * counts from another start after a restart.
 * @throws time-undefined; file-truncated, format-invalid
 */
export async function readWrfTimes(dataset: Dataset): Promise<string[]> {
  if (dataset.variables.has("Times")) return readTimeStrings(dataset);
  const xtime = dataset.variables.get("XTIME");
  if (xtime === undefined)
    throw new NereusError("time-undefined", { file: dataset.name, problem: "it has neither Times nor XTIME" });
  const values = await readUnpacked(dataset, "XTIME");
  const units = xtime.attributes.units;
  const hasEpoch = typeof units === "string" && units.includes("since");
  return decodeTimes(values, { units: hasEpoch ? units : sinceStart(dataset), file: dataset.name });
}

async function readTimeStrings(dataset: Dataset): Promise<string[]> {
  const bytes = await dataset.readRaw("Times");
  const length = dataset.variables.get("Times")?.shape.at(-1) ?? 19;
  return Array.from({ length: bytes.length / length }, (_, record) => {
    const text = String.fromCharCode(...bytes.subarray(record * length, (record + 1) * length)).replace(/\0.*$/, "");
    return parseTime(dataset, text.trim());
  });
}

/** WRF writes `2005-08-28_12:00:00`, FLEXPART-WRF `20050828_120000`. */
function parseTime(dataset: Dataset, text: string): string {
  const match = /^(\d{4})-?(\d\d)-?(\d\d)[_T ](\d\d):?(\d\d):?(\d\d)/.exec(text);
  const [, year, month, day, hour, minute, second] = match ?? [];
  const iso = match === null ? "" : `${year}-${month}-${day}T${hour}:${minute}:${second}Z`;
  if (Number.isNaN(Date.parse(iso)))
    throw new NereusError("time-undefined", { file: dataset.name, problem: `Times holds “${text}”` });
  return iso;
}

function sinceStart(dataset: Dataset): string | undefined {
  const start = dataset.attributes.SIMULATION_START_DATE ?? dataset.attributes.START_DATE;
  return typeof start === "string" ? `minutes since ${start.replace("_", " ")}` : undefined;
}
