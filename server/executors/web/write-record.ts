import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { manifestName } from "@/lib/pipeline/output-manifest";
import type { WebTask } from "@/server/executors/web/web-task";

/**
 * Writes `record.json` and what filters and bindings may read of it: its metadata, and the type of the file beside it.
 */
export async function writeRecord(
  { out, conceal }: Pick<WebTask, "out" | "conceal">,
  what: {
    readonly record: Readonly<Record<string, unknown>>;
    readonly metadata: Readonly<Record<string, unknown>>;
    readonly saved: { readonly path: string; readonly mimeType: string | null } | null;
  },
): Promise<void> {
  const { record, metadata, saved } = what;
  const lines: object[] = [{ path: "record.json", mimeType: "application/json", metadata }];
  if (saved !== null && saved.mimeType !== null) lines.push({ path: saved.path, mimeType: saved.mimeType });
  const manifest = lines.map((line) => `${JSON.stringify(conceal(line))}\n`).join("");
  await writeFile(join(out, manifestName), manifest);
  await writeFile(join(out, "record.json"), `${JSON.stringify(conceal(record), null, 1)}\n`);
}

/** The type that a header names, where it is one that a file can have; null for none. */
export function mimeTypeOf(contentType: string | undefined): string | null {
  const [type = ""] = (contentType ?? "").split(";");
  return /^[\w!#$&^.+-]{1,60}\/[\w!#$&^.+-]{1,60}$/.test(type.trim()) ? type.trim().toLowerCase() : null;
}
