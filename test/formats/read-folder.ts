import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { NereusError } from "@/lib/errors";
import type { DescribedFile, DescribedVariable, FileDescription } from "@/lib/formats/file-description";
import { renderError } from "@/lib/messages/render-error";
import { describeContained, type FileToDescribe } from "@/server/executors/describe-contained";
import { programsPath } from "@/test/fixtures/programs-path";

/** What the judge of a folder reads about one file. */
type FileResult =
  | { format: string; dims: FileDescription["dimensions"]; times_utc: readonly string[]; variables: object }
  | { error: { code: string; message: string } };

const processes = 2;

/** Reads every file named in the folder's `expected.json`, in contained processes. */
export async function readFolder(folder: string, scratch: string): Promise<Record<string, FileResult>> {
  const expected = parseExpected(await readFile(join(folder, "expected.json"), "utf8"));
  const queue = Object.entries(expected).map(([name, { variables }]): FileToDescribe => {
    const samples = Object.entries(variables ?? {}).map(([key, one]) => [
      sampleKey(key),
      (one.samples ?? []).map(({ index }) => index),
    ]);
    return { path: join(folder, name), name, samples: Object.fromEntries(samples) };
  });
  const results: Record<string, FileResult> = {};
  const work = async (worker: number) => {
    for (let file = queue.shift(); file !== undefined; file = queue.shift())
      results[file.name] = await readOne(file, join(scratch, `worker-${worker}`));
  };
  await Promise.all(Array.from({ length: processes }, (_, worker) => work(worker)));
  return results;
}

/** The judge does not compare a leading slash and NUL bytes; GRIB fields go by their number. */
function sampleKey(name: string): string {
  const plain = name.replace(/\0/g, "").replace(/^\/+/, "");
  return /^\d+:/.exec(plain)?.[0] ?? plain;
}

type Expected = Record<string, { variables?: Record<string, { samples?: { index: number[] }[] }> }>;

function parseExpected(text: string): Expected {
  return JSON.parse(text);
}

async function readOne(file: FileToDescribe, scratch: string): Promise<FileResult> {
  try {
    const [described] = await describeContained([file], { programsPath, scratch, statistics: true });
    return described === undefined ? failed("it was not read") : toResult(described);
  } catch (error) {
    return failed(String(error));
  }
}

/** A defect of ours: the judge fails the code `internal` on every file. */
function failed(message: string): FileResult {
  return { error: { code: "internal", message } };
}

function toResult({ outcome }: DescribedFile): FileResult {
  if ("error" in outcome) {
    const { code, fields } = outcome.error;
    return { error: { code, message: renderError(new NereusError(code, fields), "en") } };
  }
  const { format, dimensions, timesUtc, variables } = outcome.description;
  return { format, dims: dimensions, times_utc: timesUtc, variables: Object.fromEntries(variables.map(toEntry)) };
}

function toEntry({ name, shape, statistics }: DescribedVariable): [string, object] {
  return [name, { shape, ...statistics }];
}
