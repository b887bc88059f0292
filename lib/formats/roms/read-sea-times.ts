import { decodeTimes } from "@/lib/formats/cf-time";
import type { Dataset } from "@/lib/formats/dataset";
import { readUnpacked } from "@/lib/formats/packing";

const names = ["ocean_time", "scrum_time", "time"] as const;

/** Name of the variable that holds the times of an ocean file; null where there is none. */
function seaTimeVariable(dataset: Dataset): string | null {
  return names.find((name) => dataset.variables.has(name)) ?? null;
}

/**
 * Valid times of the records of an ocean file, ISO 8601 UTC.
 * @param epochUtc  start of counting where the file itself names none (CROCO); null = such a file is refused
 * @throws time-undefined
 */
export async function readSeaTimes(dataset: Dataset, epochUtc: string | null): Promise<readonly string[]> {
  const name = seaTimeVariable(dataset);
  if (name === null) return [];
  const attributes = dataset.variables.get(name)?.attributes ?? {};
  const text = (value: unknown) => (typeof value === "string" ? value : undefined);
  const given = text(attributes.units);
  const hasEpoch = given !== undefined && / since /.test(given);
  const assumed = `${(given ?? "seconds").trim().split(/\s/)[0] || "seconds"} since ${epochUtc?.replace("T", " ").replace(/(\.\d+)?Z$/, "")}`;
  const units = hasEpoch || epochUtc === null ? given : assumed;
  const calendar = text(attributes.calendar);
  return decodeTimes(await readUnpacked(dataset, name), { units, calendar, file: dataset.name });
}
