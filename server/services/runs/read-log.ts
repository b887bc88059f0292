import { open } from "node:fs/promises";
import { join } from "node:path";
import { isLiveAttempt } from "@/lib/dag/state";
import { NereusError } from "@/lib/errors";
import { type AttemptId, asId } from "@/lib/ids";
import type { ServiceContext } from "@/server/services/context";
import { demand } from "@/server/services/permissions";
import { findAttempt } from "@/server/store/attempt";

export type LogPart = { readonly text: string; readonly nextOffset: number; readonly ended: boolean };

const pageBytes = 64 * 1024;

/**
 * At most 64 KiB of what an attempt wrote, from a byte offset; cut between characters. `ended` is true once there is
 * nothing more to come.
 * @throws {NereusError} attempt-unknown, not-permitted
 */
export async function readLog(
  ctx: ServiceContext,
  from: { readonly attemptId: string; readonly stream: "stdout" | "stderr"; readonly offset: number },
): Promise<LogPart> {
  demand(ctx.actor, "read logs");
  const attempt = await findAttempt(ctx.db, asId<AttemptId>(from.attemptId));
  if (attempt === null) throw new NereusError("attempt-unknown", { attempt: from.attemptId });
  const bytes = await readPage(join(attempt.scratch, from.stream), Math.max(0, from.offset));
  const whole = bytes.subarray(0, bytes.length === pageBytes ? wholeCharacters(bytes) : bytes.length);
  const ended = !isLiveAttempt(attempt.state) && bytes.length < pageBytes;
  return { text: whole.toString("utf8"), nextOffset: from.offset + whole.length, ended };
}

async function readPage(path: string, offset: number): Promise<Buffer> {
  const file = await open(path, "r").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
  if (file === null) return Buffer.alloc(0);
  try {
    const buffer = Buffer.alloc(pageBytes);
    const { bytesRead } = await file.read(buffer, 0, pageBytes, offset);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** Length without a character that the end cuts: its first byte is at most three before the end. */
function wholeCharacters(bytes: Buffer): number {
  for (let back = 1; back <= 4 && back <= bytes.length; back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return bytes.length - back + 1;
    if (byte >= 0xc0) return bytes.length - back;
  }
  return bytes.length;
}
