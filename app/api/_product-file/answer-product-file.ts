import { isNereusError } from "@/lib/errors";
import { lengthHeader } from "@/server/api/keep-length";
import { portalContext } from "@/server/services/portal-context";
import { openProductFile, type ProductFile } from "@/server/services/products/open-product-file";

export type FileRequest = {
  readonly productId: string;
  /** `latest` or `<runId>-g<generation>`. */
  readonly run: string;
  /** Below the product's folder. */
  readonly path: string;
  /** Sent as a file to keep under this name; absent for what programs read in place. */
  readonly downloadName?: string;
  /** The address was one that gives another file later, although the file itself stays. */
  readonly mayChange?: boolean;
};

/**
 * Answers with a file of the store, or a part of it. Addresses with a run never change and say so; `latest` and the
 * coverage document are asked again each time by their ETag; what is missing may come yet, so it is never kept.
 */
export async function answerProductFile(request: Request, file: FileRequest): Promise<Response> {
  const { service } = await portalContext(request.headers);
  const range = request.headers.get("range");
  try {
    const found = await openProductFile(service, { ...file, range });
    const headers = headersOf(found, {
      ...file,
      isShared: service.actor.kind === "anonymous",
      nowMs: service.now().getTime(),
    });
    if (matches(request.headers.get("if-none-match"), found.etag)) return new Response(null, { status: 304, headers });
    const status = found.range ? 206 : 200;
    headers.set(lengthHeader, String(found.range ? found.range.to - found.range.from + 1 : found.sizeBytes));
    return new Response(request.method === "HEAD" ? null : webStream(found), { status, headers });
  } catch (error) {
    const status = statusOf(error);
    if (status === null) throw error;
    return new Response(null, { status, headers: { "cache-control": "no-store" } });
  }
}

function headersOf(found: ProductFile, file: FileRequest & { isShared: boolean; nowMs: number }): Headers {
  const reach = file.isShared ? "public" : "private";
  const headers = new Headers({
    "content-type": found.contentType,
    etag: found.etag,
    "last-modified": new Date(found.modifiedAt).toUTCString(),
    "accept-ranges": "bytes",
    // Chunks are gzip inside: nobody on the way compresses or changes them again.
    "cache-control":
      found.immutable && !file.mayChange
        ? `${reach}, max-age=31536000, immutable, no-transform`
        : "no-cache, no-transform",
  });
  // Only where the answer is asked for anew: a kept copy would tell the age of another day.
  if (found.runStartUtc && !found.immutable)
    headers.set("x-run-age", String(ageSeconds(found.runStartUtc, file.nowMs)));
  if (found.range) headers.set("content-range", `bytes ${found.range.from}-${found.range.to}/${found.sizeBytes}`);
  if (file.downloadName) headers.set("content-disposition", `attachment; filename="${file.downloadName}"`);
  return headers;
}

/** Whole seconds since the first hour of a run; a run that begins later has no age yet. */
const ageSeconds = (startUtc: string, nowMs: number): number =>
  Math.max(0, Math.floor((nowMs - Date.parse(startUtc)) / 1000));

const matches = (sent: string | null, etag: string): boolean =>
  sent !== null && sent.split(",").some((each) => each.trim().replace(/^W\//, "") === etag.replace(/^W\//, ""));

/** Node declares its web streams apart from the platform's although they are the same objects. */
function webStream(file: ProductFile): BodyInit {
  return file.stream() as unknown as BodyInit;
}

function statusOf(error: unknown): 404 | 416 | null {
  if (isNereusError(error, "product-unknown") || isNereusError(error, "product-file-unknown")) return 404;
  return isNereusError(error, "range-not-satisfiable") ? 416 : null;
}
