import type { Engine, Site } from "@/server/engine/engine";
import { bringInput } from "@/server/storage/bring-input";
import { mapConcurrently } from "@/server/storage/map-concurrently";
import type { StagedInput } from "@/server/storage/stage-inputs";
import { transferFile } from "@/server/storage/transfer-file";

/** Files on their way to one task. */
const broughtAtOnce = 4;

/**
 * The inputs of a task as they lie at its site; those made elsewhere are fetched into its cache first. Where a file was
 * made shows by its folder: no two sites share a scratch root.
 */
export async function bringInputs(
  engine: Engine,
  site: Site,
  inputs: readonly StagedInput[],
): Promise<readonly StagedInput[]> {
  return mapConcurrently(inputs, broughtAtOnce, async (input) => {
    const maker = engine.sites.find(({ scratchRoot }) => input.root.startsWith(`${scratchRoot}/`));
    if (maker === undefined || maker.id === site.id) return input;
    const cacheRoot = `${site.scratchRoot}/.cache`;
    return bringInput(input, maker.connection, { connection: site.connection, cacheRoot });
  });
}

/** The `out/` of an attempt on this machine: where it was made elsewhere, a copy of all its files. */
export async function bringOutputsHome(engine: Engine, site: Site, outFolder: string): Promise<string> {
  const home = engine.sites.find(({ connection, runner }) => connection.kind === "local" && runner.name === "process");
  if (home === undefined || home.id === site.id) return outFolder;
  const folder = `${home.scratchRoot}/brought${outFolder.slice(site.scratchRoot.length)}`;
  const files = await site.connection.list(outFolder);
  await mapConcurrently(files, broughtAtOnce, ({ path }) =>
    transferFile(
      { connection: site.connection, path: `${outFolder}/${path}` },
      { connection: home.connection, path: `${folder}/${path}` },
      { mark: "home" },
    ),
  );
  return folder;
}
