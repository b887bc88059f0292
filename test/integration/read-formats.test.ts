import { execFile, spawnSync } from "node:child_process";
import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { expect, test } from "vitest";
import type { MetInventory } from "@/lib/formats/wrf/inventory";
import { openDataset } from "@/server/formats/open-dataset";
import { isAbsent, reference } from "@/test/fixtures/reference";

const run = promisify(execFile);
const katrina = "data/wrf/katrina_d01_mercator.nc";
const hasNcdump = spawnSync("ncdump", ["-h"]).error === undefined;

const dumped: [string, readonly string[]][] = [
  [katrina, ["U10", "XLAT", "PH"]],
  ["data/wrf/tibet_d01_lambert_allvars_cdf2.nc", ["U", "PBLH", "ISLTYP"]],
  ["data/roms/nordic4_avg_3days_cdf2.nc", ["zeta", "ocean_time"]],
  ["data/roms/nordic4_avg_3days_cdf5.nc", ["zeta", "mask_rho"]],
  ["data/ocean/gebco_2020_tile.nc", ["elevation", "lat"]],
];

for (const [file, names] of dumped)
  test.skipIf(isAbsent(file) || !hasNcdump)(`${file} holds what ncdump prints`, async () => {
    const dataset = await openDataset(reference(file));
    const { stdout } = await run("ncdump", ["-p", "9,17", "-v", names.join(","), reference(file)], {
      maxBuffer: 2 ** 28,
    });
    for (const name of names) {
      const text = new RegExp(`\\n ${name} =([^;]*);`).exec(stdout.slice(stdout.indexOf("\ndata:")))?.[1] ?? "";
      const wanted = text.split(",").map((one) => one.trim());
      const got = await dataset.readRaw(name);
      expect(got.length, name).toBe(wanted.length);
      const differs = got.findIndex(
        (value, at) => wanted[at] !== "_" && Number(wanted[at]) !== value && !isRounded(value, wanted[at]),
      );
      expect(differs, `${name}[${differs}]: ${got[differs]}, ncdump ${wanted[differs]}`).toBe(-1);
    }
    await dataset.close();
  });

test.skipIf(isAbsent(katrina))(`a bundled program opens NetCDF-4 with no packages beside it (${katrina})`, async () => {
  const folder = await mkdtemp(join(tmpdir(), "nereus-bundled-"));
  await build({
    entryPoints: { inspect: "server/programs/inspect/main.ts" },
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20.19",
    outdir: folder,
    outExtension: { ".js": ".mjs" },
    banner: {
      js: "import { createRequire as nodeRequire } from 'node:module'; const require = nodeRequire(import.meta.url);",
    },
    logLevel: "error",
  });
  const params = { files: [reference(katrina)], source: "file" };
  await writeFile(join(folder, "job.json"), JSON.stringify({ program: "inspect", params, inputs: {}, out: folder }));
  await run(process.execPath, [join(folder, "inspect.mjs"), join(folder, "job.json")], { cwd: folder, env: {} });
  const inventory: MetInventory = JSON.parse(await readFile(join(folder, "inventory.json"), "utf8"));
  expect(inventory.frames).toHaveLength(4);
});

/** ncdump prints 9 digits of a float32, which name it exactly; -0 and NaN have spellings of their own. */
function isRounded(value: number, text: string | undefined): boolean {
  if (text === "NaN" || text === "NaNf") return Number.isNaN(value);
  return Math.fround(Number(text)) === Math.fround(value);
}
