import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { isNereusError, NereusError } from "@/lib/errors";
import type { DescribedFile } from "@/lib/formats/file-description";
import { runContained } from "@/server/executors/run-contained";

export type FileToDescribe = {
  readonly path: string;
  /** What messages call it. */
  readonly name: string;
  /** Indices by variable whose values are wanted. */
  readonly samples?: Readonly<Record<string, readonly (readonly number[])[]>>;
};

export type DescribeRequest = {
  readonly programsPath: string;
  /** Folder that one process after the other works in; the caller removes it. */
  readonly scratch: string;
  /** Whether every value is read and summed up. */
  readonly statistics: boolean;
  /** Time for one file by the clock; default 30, more for what has to be downloaded. Its processor time is 10 s. */
  readonly fileSeconds?: number;
  readonly signal?: AbortSignal;
};

/** Limits of DESIGN.md section 5 for one file that nobody vouches for. */
const cpuSeconds = 10;
/** On an idle machine the processor time runs out first; this ends what waits without working. */
const defaultSeconds = 30;
const heapMb = 256;
/** Node itself takes about 130 MiB of this; the rest is heap, buffers and the memory of WebAssembly. */
const dataMb = 512;

/**
 * Describes files in contained processes, several per process since starting one costs more than most files do. The
 * file that ends a process, or that one does not finish in its time, is refused, and the next process goes on after it.
 * @returns one outcome per file, in their order
 * @throws program-failed for a defect of the reader itself
 */
export async function describeContained(
  files: readonly FileToDescribe[],
  request: DescribeRequest,
): Promise<DescribedFile[]> {
  const { fileSeconds = defaultSeconds } = request;
  const done: DescribedFile[] = [];
  // A process that was stopped is followed by one for a single file, so that each has its whole time.
  for (let isAlone = files.length === 1; done.length < files.length; ) {
    const batch = isAlone ? files.slice(done.length, done.length + 1) : files.slice(done.length);
    const { finished, stopped } = await describeBatch(batch, request);
    done.push(...finished);
    const culprit = batch[finished.length];
    if (culprit !== undefined && isAlone) {
      const error = { code: "file-too-demanding", fields: { file: culprit.name, limit: stopped ?? "" } } as const;
      done.push({ name: culprit.name, elapsedSeconds: fileSeconds, outcome: { error } });
    }
    isAlone = culprit !== undefined && !isAlone;
  }
  return done;
}

type Batch = { readonly finished: DescribedFile[]; readonly stopped: string | null };

async function describeBatch(files: readonly FileToDescribe[], request: DescribeRequest): Promise<Batch> {
  const { programsPath, scratch, statistics, signal, fileSeconds = defaultSeconds } = request;
  let stopped: string | null = null;
  try {
    await runContained({
      programsPath,
      program: "inspect",
      params: { describe: files, statistics },
      scratch,
      timeoutSeconds: fileSeconds * Math.min(files.length, 6),
      cpuSeconds: cpuSeconds * Math.min(files.length, 6),
      heapMb,
      dataMb,
      signal,
    });
  } catch (error) {
    stopped = limitOf(error, fileSeconds);
    if (stopped === null) throw error;
  }
  const text = await readFile(join(scratch, "out", "described.jsonl"), "utf8");
  const lines = text.split("\n").slice(0, -1);
  return { finished: lines.map(parseLine), stopped };
}

/** Which limit ended the process; null for a failure that no limit explains. */
function limitOf(error: unknown, fileSeconds: number): string | null {
  if (isNereusError(error, "command-timed-out")) return `${fileSeconds} s`;
  if (!(error instanceof NereusError) || !isNereusError(error, "program-failed")) return null;
  const { exitCode, signal, stderrTail } = error.fields;
  if (signal === "SIGXCPU") return `${cpuSeconds} s`;
  const isOutOfMemory = signal !== null || exitCode === 134 || /out of memory|allocation failed/i.test(stderrTail);
  return isOutOfMemory ? `${dataMb} MiB of memory` : null;
}

/** Written by our own program of the same version. */
function parseLine(line: string): DescribedFile {
  return JSON.parse(line);
}
