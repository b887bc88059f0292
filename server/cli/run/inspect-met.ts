import { mkdtemp, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { SeaInventory } from "@/lib/formats/roms/sea-inventory";
import type { MetInventory } from "@/lib/formats/wrf/inventory";
import type { CommandContext } from "@/server/cli/command-context";
import { runContained } from "@/server/executors/run-contained";

/** One file is opened within the limit for hostile files; a folder or a download is given longer. */
const ONE_FILE_SECONDS = 10;
const MANY_FILES_SECONDS = 120;

/**
 * Makes the inventory of weather files in a contained child process, before anything is queued.
 * @throws {NereusError} what the program `inspect` reports about a file
 */
export async function inspectMet(context: CommandContext, files: readonly string[]): Promise<MetInventory> {
  return parseInventory(await inspect(context, files, { files, source: "file" }));
}

/** The same of ocean files. @param epochUtc  start of counting for files that name none */
export async function inspectSea(
  context: CommandContext,
  files: readonly string[],
  epochUtc: string | null,
): Promise<SeaInventory> {
  return parseInventory(await inspect(context, files, { sea: files, source: "file", epochUtc }));
}

async function inspect(
  { config, signal }: CommandContext,
  files: readonly string[],
  params: Readonly<Record<string, unknown>>,
): Promise<string> {
  const scratch = await mkdtemp(join(config.scratchPath, "inspect-"));
  try {
    const isOne = files.length === 1 && files[0]?.endsWith(".nc") && files[0].startsWith("/");
    await runContained({
      programsPath: config.programsPath,
      program: "inspect",
      params,
      scratch,
      timeoutSeconds: isOne ? ONE_FILE_SECONDS : MANY_FILES_SECONDS,
      signal,
    });
    return await readFile(join(scratch, "out", "inventory.json"), "utf8");
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Written by our own program of the same version. */
function parseInventory<Inventory extends MetInventory | SeaInventory>(text: string): Inventory {
  return JSON.parse(text);
}
