import type { Dataset } from "@/lib/formats/dataset";
import { mergeTimes } from "@/lib/formats/sequence/merge-times";
import type { MetFile, MetFrame, MetInventory } from "@/lib/formats/wrf/inventory";
import { readWrfGrid } from "@/lib/formats/wrf/read-grid";
import { readWrfTimes } from "@/lib/formats/wrf/read-times";
import { checkWrfVariables, derivedVariables } from "@/lib/formats/wrf/wrf-variables";

/** A file to look at; it is opened for as long as that takes, so that hundreds of files need one handle. */
export type InventorySource = { readonly file: MetFile; open(): Promise<Dataset> };

/** Two files with a frame of the same time: the later file's was kept. */
export type DuplicateFrame = { readonly validAtUtc: string; readonly kept: string; readonly dropped: string };

/**
 * Tells what a set of WRF files can drive; reads coordinates and times only. Files come in order of their first frame
 * (then of their path); where two hold the same time, the later one counts, as a newer forecast does.
 * @param source configured name of the weather source, or `file`
 * @param onDuplicate told of each frame that was dropped
 * @throws met-unsuitable, met-no-records, unsupported-feature, grid-mismatch, time-undefined, and what reading throws
 */
export async function readInventory(
  sources: readonly InventorySource[],
  source: string,
  onDuplicate: (duplicate: DuplicateFrame) => void = () => undefined,
): Promise<MetInventory> {
  const contents: FileContent[] = [];
  for (const one of sources) contents.push(await readOne(one));
  contents.sort((a, b) => compare(a.firstTime, b.firstTime) || compare(a.file.path, b.file.path));
  const sequence = mergeTimes(
    contents.map(({ file, frames }) => ({ name: file.path, timesUtc: frames.map(({ validAtUtc }) => validAtUtc) })),
  );
  const frames = sequence.frames.flatMap(({ file, record }) => {
    const frame = contents[file]?.frames[record];
    return frame === undefined ? [] : [{ ...frame, file }];
  });
  tellDuplicates(contents, frames, onDuplicate);
  return {
    source,
    files: contents.map((content) => content.file),
    frames,
    derived: [...new Set(contents.flatMap((content) => content.derived))],
    demonstration: contents.some((content) => content.demonstration),
    runId: null,
  };
}

type FileContent = {
  readonly file: MetFile;
  readonly firstTime: string;
  readonly frames: readonly Omit<MetFrame, "file">[];
  readonly derived: readonly string[];
  readonly demonstration: boolean;
};

function tellDuplicates(
  contents: readonly FileContent[],
  kept: readonly MetFrame[],
  onDuplicate: (duplicate: DuplicateFrame) => void,
): void {
  const fileByTime = new Map(kept.map(({ validAtUtc, file }) => [validAtUtc, file]));
  for (const [index, { file, frames }] of contents.entries()) {
    for (const { validAtUtc } of frames) {
      const other = fileByTime.get(validAtUtc) ?? index;
      if (other !== index) onDuplicate({ validAtUtc, kept: contents[other]?.file.path ?? "", dropped: file.path });
    }
  }
}

async function readOne({ file, open }: InventorySource): Promise<FileContent> {
  const dataset = await open();
  try {
    const shape = checkWrfVariables(dataset);
    const times = await readWrfTimes(dataset);
    const frames: Omit<MetFrame, "file">[] = [];
    for (const [record, validAtUtc] of times.entries())
      frames.push({ validAtUtc, record, ...(await readWrfGrid(dataset, record, shape)) });
    const firstTime = times.reduce((first, time) => (compare(time, first) < 0 ? time : first), times[0] ?? "");
    const derived = derivedVariables(dataset);
    return { file, firstTime, frames, derived, demonstration: isDemonstration(dataset) };
  } finally {
    await dataset.close();
  }
}

/** Synthetic files of ours carry this mark. */
function isDemonstration(dataset: Dataset): boolean {
  const mark = dataset.attributes.nereus_demonstration;
  return typeof mark === "string" ? mark === "1" : (mark?.[0] ?? 0) === 1;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
