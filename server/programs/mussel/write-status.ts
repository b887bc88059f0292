import { mkdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { bulletinHtml, bulletinText, statusCsv } from "@/lib/farms/bulletin";
import type { FarmsFile } from "@/lib/farms/farm-series";
import { classLimits, predictStatus } from "@/lib/farms/predicted-status";
import { seriesCsv } from "@/lib/farms/series-csv";
import type { StatusReport } from "@/lib/farms/status-report";
import { modelVersion } from "@/lib/transport/model-version";
import type { MusselJob } from "@/server/programs/mussel/job";
import type { ProgramLog } from "@/server/programs/run-program";

/**
 * Writes what a run says of its farms: `predicted-status.json`, the bulletin as HTML and text in both languages, one table
 * of the days and one of the hours.
 */
export async function writeStatus({ params, inputs, out }: MusselJob, log: ProgramLog): Promise<void> {
  const file = await readFarms(inputs.model);
  const report: StatusReport = {
    model: modelVersion,
    runId: params.runId,
    seed: params.seed,
    demonstration: params.product.demonstration,
    degraded: params.product.degraded,
    limitsMpnPer100g: [...classLimits],
    farms: mutable(predictStatus(file, params)),
  };
  await mkdir(out, { recursive: true });
  const files: Readonly<Record<string, string>> = {
    "bulletin.en.html": bulletinHtml(report, "en"),
    "bulletin.it.html": bulletinHtml(report, "it"),
    "bulletin.en.txt": bulletinText(report, "en"),
    "bulletin.it.txt": bulletinText(report, "it"),
    "status.csv": statusCsv(report),
    "series.csv": seriesCsv(file),
    "predicted-status.json": `${JSON.stringify(report, null, 1)}\n`,
  };
  for (const [name, text] of Object.entries(files)) {
    await writeFile(join(out, `${name}.part`), text);
    await rename(join(out, `${name}.part`), join(out, name));
  }
  log(`${report.farms.length} farms, ${report.farms[0]?.days.length ?? 0} days`);
}

/** Written by the program `bacteria` of the same version; the input is the file or the folder that holds it. */
async function readFarms(path: string): Promise<FarmsFile> {
  const file = (await stat(path)).isDirectory() ? join(path, "farms.json") : path;
  return JSON.parse(await readFile(file, "utf8"));
}

const mutable = (farms: ReturnType<typeof predictStatus>): StatusReport["farms"] =>
  structuredClone(farms) as StatusReport["farms"];
