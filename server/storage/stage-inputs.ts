import { posix } from "node:path";
import { NereusError } from "@/lib/errors";
import type { Connection } from "@/server/executors/connection/connection";
import { mapConcurrently } from "@/server/storage/map-concurrently";
import { requireInnerPath } from "@/server/storage/require-inner-path";
import { requireInside } from "@/server/storage/require-inside";

/** One file to be given to an attempt. */
export type StagedInput = {
  /** Folder that the file must lie in, `out/` of the producer's attempt, and its path below. */
  readonly root: string;
  readonly path: string;
  /** Path below `in/` of the consumer. */
  readonly to: string;
  /** As the pipeline wrote it, for the message when the file is not there. */
  readonly reference: string;
};

const stagedAtOnce = 8;

/**
 * Puts inputs below `<scratch>/in/` as hard links, else reflinks or copies, each whole or absent. Doing it again
 * changes nothing.
 * @throws {NereusError} path-leaves-scratch; input-missing; disk-full (retryable)
 */
export async function stageInputs(
  connection: Connection,
  attempt: { readonly scratch: string; readonly token: string; readonly node: string },
  inputs: readonly StagedInput[],
  signal?: AbortSignal,
): Promise<void> {
  const inFolder = `${attempt.scratch}/in`;
  const targets = inputs.map((input) => `${inFolder}/${requireInnerPath(input.to)}`);
  for (const folder of new Set([inFolder, ...targets.map((target) => posix.dirname(target))])) {
    await connection.makeFolder(folder, signal);
  }
  await mapConcurrently(inputs, stagedAtOnce, async (input) => {
    const source = await requireInside(connection, input.root, input.path, signal);
    if (source === null) {
      throw new NereusError("input-missing", { node: attempt.node, reference: input.reference });
    }
    await connection.place(source, `${inFolder}/${input.to}`, attempt.token, signal);
  });
}
