import { rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { inspectFiles } from "@/server/programs/inspect/inspect-files";
import { inspectJob } from "@/server/programs/inspect/job";
import { runProgram } from "@/server/programs/run-program";

// Opens files of unknown origin, so it runs contained; writes out/inventory.json (type MetInventory).
await runProgram(inspectJob, async ({ params, out }, log) => {
  const inventory = await inspectFiles(params.files, { source: params.source, scratchPath: out, log });
  const path = join(out, "inventory.json");
  await writeFile(`${path}.part`, `${JSON.stringify(inventory, null, 1)}\n`);
  await rename(`${path}.part`, path);
  log(
    `${inventory.frames.length} frames, ${inventory.frames[0]?.validAtUtc} to ${inventory.frames.at(-1)?.validAtUtc}`,
  );
});
