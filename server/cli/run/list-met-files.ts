import { resolve } from "node:path";
import { NereusError } from "@/lib/errors";

const HOUR_MS = 3_600_000;

/**
 * The files that `--input met=` means: a path stands for itself; a template with {YYYY} {MM} {DD} {HH} for one file per
 * hour that the run needs.
 * @throws {NereusError} `input-invalid` when a template is given without a usable start
 */
export function listMetFiles(
  met: string,
  window: { readonly start?: unknown; readonly hours?: unknown },
): readonly string[] {
  const isAddress = /^https?:\/\//.test(met);
  if (!met.includes("{")) return [isAddress ? met : resolve(met)];
  const start = Date.parse(String(window.start));
  if (Number.isNaN(start))
    throw new NereusError("input-invalid", { field: "start", problem: "is needed to fill the template of met" });
  const hours = Number(window.hours ?? 24);
  const first = Math.floor(start / HOUR_MS);
  const last = Math.ceil(start / HOUR_MS + (Number.isFinite(hours) ? hours : 24));
  const at = Array.from({ length: last - first + 1 }, (_, index) => new Date((first + index) * HOUR_MS).toISOString());
  return [...new Set(at.map((time) => fill(isAddress ? met : resolve(met), time)))];
}

/** @param time  ISO 8601 UTC */
function fill(template: string, time: string): string {
  const parts: Readonly<Record<string, string>> = {
    YYYY: time.slice(0, 4),
    MM: time.slice(5, 7),
    DD: time.slice(8, 10),
    HH: time.slice(11, 13),
  };
  return template.replace(/\{(YYYY|MM|DD|HH)\}/g, (whole, name: string) => parts[name] ?? whole);
}
