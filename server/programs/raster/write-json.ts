import { rename, writeFile } from "node:fs/promises";

/** Writes a document that appears whole, by rename. */
export async function writeJson(path: string, document: unknown): Promise<void> {
  await writeFile(`${path}.part`, `${JSON.stringify(document, null, 1)}\n`);
  await rename(`${path}.part`, path);
}
