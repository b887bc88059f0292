import type { WrfFrame } from "@/lib/formats/wrf/frame";
import { frameWindow } from "@/lib/formats/wrf/frame-window";
import { readFrame } from "@/lib/formats/wrf/read-frame";
import { readInventory } from "@/lib/formats/wrf/read-inventory";
import { type MetField, metField } from "@/lib/transport/met-field";
import { type MetPair, metPair } from "@/lib/transport/met-pair";
import { openDataset } from "@/server/formats/open-dataset";

/** All frames of a WRF file, with their times in seconds after the first. */
export type WrfFile = {
  readonly frames: readonly WrfFrame[];
  readonly fields: readonly MetField[];
  readonly seconds: readonly number[];
  /** One pair from each frame to the next. */
  readonly pairs: readonly MetPair[];
};

const opened = new Map<string, Promise<WrfFile>>();

/** Reads a file once, however many cases ask for it. */
export function wrfFile(path: string): Promise<WrfFile> {
  const known = opened.get(path) ?? read(path);
  opened.set(path, known);
  return known;
}

async function read(path: string): Promise<WrfFile> {
  const file = { path, sizeBytes: 0, sha256: null };
  const { frames: entries } = await readInventory([{ file, open: () => openDataset(path) }], "file");
  const dataset = await openDataset(path);
  const frames: WrfFrame[] = [];
  for (const entry of entries) frames.push(await readFrame(dataset, entry, frameWindow(entry.grid)));
  await dataset.close();
  const first = Date.parse(entries[0]?.validAtUtc ?? "");
  const seconds = entries.map((entry) => (Date.parse(entry.validAtUtc) - first) / 1000);
  const fields = frames.map(metField);
  const pairs = fields.slice(1).map((after, k) => {
    const before = fields[k] ?? after;
    return metPair(before, after, { fromSeconds: seconds[k] ?? 0, toSeconds: seconds[k + 1] ?? 0 });
  });
  return { frames, fields, seconds, pairs };
}
