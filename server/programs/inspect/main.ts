import { rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describeFiles } from "@/server/programs/inspect/describe-files";
import { inspectFiles } from "@/server/programs/inspect/inspect-files";
import { inspectSea } from "@/server/programs/inspect/inspect-sea";
import { inspectJob } from "@/server/programs/inspect/job";
import { writePlane } from "@/server/programs/inspect/write-plane";
import { runProgram } from "@/server/programs/run-program";

// Opens files of unknown origin, so it runs contained; writes out/inventory.json (type MetInventory, or SeaInventory of
// ocean files) about what can drive runs, out/described.jsonl (type DescribedFile, one per line) about files of any kind, or
// out/plane.json (type PreviewPlane) with a variable to look at.
await runProgram(inspectJob, async ({ params, out }, log) => {
  if ("describe" in params) return describeFiles(params, join(out, "described.jsonl"));
  if ("plane" in params) return writePlane(params, join(out, "plane.json"));
  const inventory =
    "sea" in params
      ? await inspectSea(params, { scratchPath: out, log })
      : await inspectFiles(params.files, { source: params.source, scratchPath: out, log });
  const path = join(out, "inventory.json");
  await writeFile(`${path}.part`, `${JSON.stringify(inventory, null, 1)}\n`);
  await rename(`${path}.part`, path);
  log(
    `${inventory.frames.length} frames, ${inventory.frames[0]?.validAtUtc} to ${inventory.frames.at(-1)?.validAtUtc}`,
  );
});
