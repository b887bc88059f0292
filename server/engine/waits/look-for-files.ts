import { createHash } from "node:crypto";
import { z } from "zod";
import type { FileWatch } from "@/lib/pipeline/sensor";
import { type Look, secondsAfter, type WaitScene } from "@/server/engine/waits/look";
import { textOfWatch } from "@/server/engine/waits/text-of-watch";
import { lookAtFiles, type SeenFile } from "@/server/storage/look-at-files";

const seenSchema = z.object({ mark: z.string(), sinceMs: z.number() });

/** Files that a record names one by one; of more it tells the count. */
const mostNamed = 1000;

/**
 * Waits for files of this machine that have stopped growing.
 * @throws {NereusError} path-not-allowed, pattern-too-wide, expression-failed
 */
export async function lookForFiles(scene: WaitScene, watch: FileWatch): Promise<Look> {
  const { engine, wait, now } = scene;
  const pattern = await textOfWatch(scene, watch.pattern);
  const files = await lookAtFiles(pattern, engine.outlook.fileRoots);
  const mark = markOf(files);
  const before = seenSchema.safeParse(wait.seen);
  const sinceMs = before.success && before.data.mark === mark ? before.data.sinceMs : now.getTime();
  const seen = { mark, sinceMs };
  if (files.length < watch.leastFiles) {
    const reason = `${pattern}: ${files.length} of at least ${watch.leastFiles} files`;
    return { kind: "wait", dueAt: secondsAfter(now, watch.everySeconds), seen, reason };
  }
  const leftSeconds = watch.stableSeconds - (now.getTime() - sinceMs) / 1000;
  if (leftSeconds > 0) {
    const dueAt = secondsAfter(now, Math.min(watch.everySeconds, leftSeconds));
    return { kind: "wait", dueAt, seen, reason: `${pattern}: its files must stay the same for ${leftSeconds} s more` };
  }
  return { kind: "found", record: recordOf(pattern, files) };
}

const markOf = (files: readonly SeenFile[]): string => createHash("sha256").update(JSON.stringify(files)).digest("hex");

function recordOf(pattern: string, files: readonly SeenFile[]) {
  const named = files.slice(0, mostNamed).map(({ path, sizeBytes, modifiedMs }) => ({
    ...{ path, sizeBytes },
    modifiedAt: new Date(modifiedMs).toISOString(),
  }));
  const sizeBytes = files.reduce((sum, file) => sum + file.sizeBytes, 0);
  return { pattern, path: files[0]?.path ?? null, count: files.length, sizeBytes, files: named };
}
