import type { HttpWatch } from "@/lib/pipeline/sensor";
import { readRetryAfter } from "@/lib/web/retry-after";
import { askServer } from "@/server/storage/ask-server";

/** What a server says of the version that it has. */
export type ResourceVersion = {
  readonly etag: string | null;
  readonly modified: string | null;
  readonly sizeBytes: number | null;
};

export type ResourceLook =
  | { readonly kind: "there"; readonly version: ResourceVersion }
  /** It has not changed since the version that was named. */
  | { readonly kind: "same" }
  | { readonly kind: "absent" }
  | { readonly kind: "unclear"; readonly problem: string; readonly retryAfterSeconds: number | null };

/**
 * Looks whether a resource is there, without reading it.
 * @param about.known       the version seen before, which the server is asked to compare
 * @param about.modifiedAfter  the server is asked for nothing older
 * @throws {NereusError} address-refused; server-silent (retryable)
 */
export async function lookAtResource(
  watch: Pick<HttpWatch, "url" | "method">,
  about: {
    readonly known: ResourceVersion | null;
    readonly modifiedAfter: Date | null;
    readonly timeoutSeconds: number;
    readonly privateHosts: readonly string[];
    readonly signal?: AbortSignal;
    readonly now: Date;
  },
): Promise<ResourceLook> {
  const { timeoutSeconds, privateHosts, signal } = about;
  const question = { method: watch.method, headers: conditionsOf(about), timeoutSeconds, privateHosts, signal };
  const { status, headers, body } = await askServer(watch.url, question);
  body.destroy();
  if (status === 304) return { kind: "same" };
  if (status === 404 || status === 410) return { kind: "absent" };
  if (status >= 200 && status < 300) return { kind: "there", version: versionOf(headers) };
  const retryAfterSeconds = readRetryAfter(headers["retry-after"], about.now);
  return { kind: "unclear", problem: `the server answered ${status}`, retryAfterSeconds };
}

type About = { readonly known: ResourceVersion | null; readonly modifiedAfter: Date | null };

function conditionsOf({ known, modifiedAfter }: About): Record<string, string> {
  const headers: Record<string, string> = {};
  if (known?.etag) headers["if-none-match"] = known.etag;
  const since = known?.modified ?? modifiedAfter?.toUTCString();
  if (since) headers["if-modified-since"] = since;
  return headers;
}

function versionOf(headers: Readonly<Record<string, string>>): ResourceVersion {
  const size = headers["content-length"];
  return {
    etag: headers.etag ?? null,
    modified: headers["last-modified"] ?? null,
    sizeBytes: size === undefined || !/^\d+$/.test(size) ? null : Number(size),
  };
}
