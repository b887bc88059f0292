import { createWriteStream } from "node:fs";
import { type Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { NereusError } from "@/lib/errors";
import type { FileDescription } from "@/lib/formats/file-description";
import { auditActor } from "@/server/services/audit-actor";
import { demand } from "@/server/services/permissions";
import { describePreview } from "@/server/services/previews/describe-preview";
import {
  keepPreviewFolder,
  makePreviewFolder,
  type PreviewContext,
  type PreviewFolder,
  removePreviewFolder,
} from "@/server/services/previews/preview-folder";
import { fetchResource } from "@/server/storage/fetch-resource";
import { addAudit } from "@/server/store/audit";

/** What a visitor wants to look into: bytes that are sent, or a public address. */
export type PreviewSource = { readonly name: string; readonly body: Readable } | { readonly url: string };

export type Preview = { readonly id: string; readonly description: FileDescription };

/** Most that is taken, bytes. */
const mostBytes = 256 * 1024 * 1024;

/**
 * Keeps a file for an hour and tells what it is and holds. It is opened by the contained program `inspect` alone.
 * @throws {NereusError} sign-in-required, not-permitted, upload-too-large, address-refused, server-silent, portal-busy,
 *   file-too-demanding, and what reading files throws
 */
export async function previewFile(ctx: PreviewContext, source: PreviewSource): Promise<Preview> {
  demand(ctx.actor, "preview files");
  const name = nameOf(source);
  const folder = await makePreviewFolder(ctx.config, { name, nowMs: ctx.now().getTime() });
  try {
    await take(source, folder);
    const description = await describePreview(ctx, folder);
    await keepPreviewFolder(ctx.config, ctx.actor, folder);
    await ctx.db.transaction((tx) =>
      addAudit(tx, { ...auditActor(ctx.actor), verb: "preview files", subject: `file:${name}` }),
    );
    return { id: folder.id, description };
  } catch (error) {
    await removePreviewFolder(ctx.config, folder);
    throw error;
  }
}

/** The last part of a name or address, as it may stand in messages. */
function nameOf(source: PreviewSource): string {
  const whole = "url" in source ? (URL.canParse(source.url) ? new URL(source.url).pathname : source.url) : source.name;
  const last =
    whole
      .split(/[\\/]/)
      .filter((part) => part !== "")
      .at(-1) ?? "";
  const plain = last.replace(/\p{C}/gu, "").slice(0, 120);
  return plain === "" ? "file" : plain;
}

async function take(source: PreviewSource, { path, name }: PreviewFolder): Promise<void> {
  if ("url" in source) {
    await fetchResource(source.url, path, { timeoutSeconds: 60, privateHosts: [], largestBytes: mostBytes });
    return;
  }
  let received = 0;
  const count = new Transform({
    transform(chunk: Buffer, _, done) {
      received += chunk.length;
      done(
        received > mostBytes ? new NereusError("upload-too-large", { file: name, limitBytes: mostBytes }) : null,
        chunk,
      );
    },
  });
  await pipeline(source.body, count, createWriteStream(path));
}
