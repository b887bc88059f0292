import { appendFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { isNereusError } from "@/lib/errors";
import { describeFile } from "@/server/programs/inspect/describe-file";
import type { DescribeParams } from "@/server/programs/inspect/job";

/**
 * Describes files one after the other. Each leaves its line when it is done, so that a file which ends the process is
 * known by the line that is absent.
 * @param path of the result: one line per file, a `DescribedFile` of `lib/formats/file-description.ts`
 */
export async function describeFiles({ describe, statistics }: DescribeParams, path: string): Promise<void> {
  await writeFile(path, "");
  for (const { samples, ...file } of describe) {
    const started = performance.now();
    const outcome = await describeFile(file, { statistics, samples, scratchPath: dirname(path) }).then(
      (description) => ({ description }),
      (error: unknown) => ({ error: describeFailure(error) }),
    );
    const elapsedSeconds = (performance.now() - started) / 1000;
    await appendFile(path, `${JSON.stringify({ name: file.name, elapsedSeconds, outcome }, spellInfinity)}\n`);
  }
}

/** A defect of ours ends the program with its stack: one bad reader may not pass for a bad file. */
function describeFailure(error: unknown) {
  if (isNereusError(error)) return { code: error.code, fields: error.fields };
  throw error;
}

/** JSON has no infinity and would write null, which here means a missing value. */
function spellInfinity(_: string, value: unknown): unknown {
  return value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY ? String(value) : value;
}
