import { writeFile } from "node:fs/promises";
import { NereusError } from "@/lib/errors";
import { readPlane } from "@/lib/formats/preview/read-plane";
import { openFile } from "@/server/formats/open-file";
import type { PlaneParams } from "@/server/programs/inspect/job";

/**
 * Writes one plane of a variable of a file as JSON (type PreviewPlane).
 * @throws unsupported-feature for text; what opening and reading throw
 */
export async function writePlane({ plane: { path, name, ...wanted } }: PlaneParams, target: string): Promise<void> {
  const opened = await openFile({ path, name });
  if ("text" in opened) throw new NereusError("unsupported-feature", { file: name, feature: "a map of text" });
  try {
    await writeFile(target, JSON.stringify(await readPlane(opened.dataset, wanted)));
  } finally {
    await opened.dataset.close();
  }
}
