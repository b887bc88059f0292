import { appendFile } from "node:fs/promises";
import { join } from "node:path";
import { manifestName, type OutputDescription } from "@/lib/pipeline/output-manifest";

/** Tells the engine about a file of this job; call it before the file gets its final name. */
export async function describeOutput(
  out: string,
  description: OutputDescription & { readonly path: string },
): Promise<void> {
  await appendFile(join(out, manifestName), `${JSON.stringify(description)}\n`);
}
