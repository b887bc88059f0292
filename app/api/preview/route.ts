import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import { answerError } from "@/server/api/answer-error";
import { isSameOrigin } from "@/server/api/same-origin";
import { portalContext } from "@/server/services/portal-context";
import { type PreviewSource, previewFile } from "@/server/services/previews/preview-file";

/** `POST /api/preview?name=<file name>` with the file as body, or `?url=<address>`: what it is and holds. */
export async function POST(request: Request): Promise<Response> {
  if (!isSameOrigin(request.headers)) return new Response("Forbidden", { status: 403 });
  try {
    const { service } = await portalContext(request.headers);
    return Response.json(await previewFile(service, sourceOf(request)), { headers: { "cache-control": "no-store" } });
  } catch (error) {
    return answerError(error, request.headers);
  }
}

function sourceOf(request: Request): PreviewSource {
  const query = new URL(request.url).searchParams;
  const url = query.get("url");
  if (url !== null) return { url };
  const body = request.body === null ? Readable.from([]) : Readable.fromWeb(nodeStream(request.body));
  return { name: query.get("name") ?? "", body };
}

/** Node declares its web streams apart from the platform's although they are the same objects. */
function nodeStream(body: NonNullable<Request["body"]>): ReadableStream {
  return body as unknown as ReadableStream;
}
