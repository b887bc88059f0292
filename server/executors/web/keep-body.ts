import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { NereusError } from "@/lib/errors";
import { hasErrorCode } from "@/server/executors/connection/has-error-code";
import type { WebReply } from "@/server/executors/web/web-access";

/** What came of a body. `text` is null when nobody needs it. */
export type KeptBody = { readonly sizeBytes: number; readonly sha256: string; readonly text: string | null };

/** Fields are taken from bodies up to this size, bytes. */
const mostJsonBytes = 16 * 1024 ** 2;

/**
 * Reads a body to its end, into a file that appears by rename where it is saved.
 * @param wish.needsText  keeps it in memory as well, up to 16 MiB
 * @throws {NereusError} web-answer-too-large; server-silent (retryable) when it breaks off or is shorter than announced;
 *   disk-full (retryable)
 */
export async function keepBody(
  reply: WebReply,
  url: string,
  wish: {
    readonly method: string;
    readonly mostBytes: number;
    readonly saveAs: string | null;
    readonly needsText: boolean;
  },
): Promise<KeptBody> {
  const limitBytes = wish.needsText ? Math.min(wish.mostBytes, mostJsonBytes) : wish.mostBytes;
  const tooLarge = new NereusError("web-answer-too-large", { url, limitBytes });
  const announced = announcedBytes(reply, wish.method);
  if (announced > limitBytes) {
    reply.body.destroy();
    throw tooLarge;
  }
  const hash = createHash("sha256");
  const pieces: Uint8Array[] = [];
  let sizeBytes = 0;
  async function* counted() {
    for await (const piece of reply.body) {
      sizeBytes += piece.length;
      if (sizeBytes > limitBytes) throw tooLarge;
      hash.update(piece);
      if (wish.needsText) pieces.push(piece);
      yield piece;
    }
    if (sizeBytes < announced) throw new Error(`only ${sizeBytes} of ${announced} bytes came`);
  }
  try {
    await (wish.saveAs === null ? drain(counted()) : save(counted(), wish.saveAs));
  } catch (error) {
    reply.body.destroy();
    throw reasonOf(error, url);
  }
  const text = wish.needsText ? Buffer.concat(pieces).toString("utf8") : null;
  return { sizeBytes, sha256: hash.digest("hex"), text };
}

/** NaN where nothing is announced: what tells the size that a GET would bring is no body. Source: RFC 9110, 8.6. */
function announcedBytes({ status, headers }: WebReply, method: string): number {
  const bringsNone = method === "HEAD" || status === 204 || status === 304;
  return bringsNone ? Number.NaN : Number(headers["content-length"] ?? Number.NaN);
}

async function drain(pieces: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const _ of pieces);
}

async function save(pieces: AsyncIterable<Uint8Array>, path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const part = `${path}.part`;
  try {
    await pipeline(Readable.from(pieces), createWriteStream(part, { flush: true }));
  } catch (error) {
    await rm(part, { force: true });
    if (hasErrorCode(error, "ENOSPC", "EDQUOT"))
      throw new NereusError("disk-full", { path: part }, { cause: error, retryable: true });
    throw error;
  }
  await rename(part, path);
}

function reasonOf(error: unknown, url: string): unknown {
  if (error instanceof NereusError) return error;
  const problem = error instanceof Error ? error.message : String(error);
  return new NereusError("server-silent", { url, problem }, { cause: error, retryable: true });
}

/** The path of a body that is saved below `out/`. */
export const savedPath = (out: string, save: string | null): string | null => (save === null ? null : join(out, save));
