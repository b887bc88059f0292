import type { FileDescription } from "@/lib/formats/file-description";
import type { PreviewPlane } from "@/lib/formats/preview/preview-plane";

/** A file that was looked into, and under what its planes are asked for. */
export type FoundFile = { readonly id: string; readonly description: FileDescription };
/** A refusal as the portal words it. */
export type Refused = { readonly sentence: string };

/** Sends a file, or an address in the query, and hears what it is. */
export async function askPreview(query: Record<string, string>, body?: File): Promise<FoundFile | Refused> {
  const response = await fetch(`/api/preview?${new URLSearchParams(query)}`, { method: "POST", body });
  return readAnswer<FoundFile>(response);
}

/** One plane of a variable of a file that was sent. */
export async function askPlane(
  id: string,
  wanted: { readonly variable: string; readonly indices: readonly number[] },
  signal: AbortSignal,
): Promise<PreviewPlane | Refused> {
  const query = new URLSearchParams({ variable: wanted.variable, indices: wanted.indices.join(",") });
  return readAnswer<PreviewPlane>(await fetch(`/api/preview/${id}?${query}`, { signal }));
}

/** Both kinds of answers are made by routes of ours. */
async function readAnswer<Answer>(response: Response): Promise<Answer | Refused> {
  return await response.json();
}
