import { spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { readFolder } from "@/test/formats/read-folder";

// `npm run -s formats -- <folder> [--out f] [--verbose]`: reads every file that the folder's expected.json names and lets the
// folder's own check.mjs judge what was read.
const { values, positionals } = parseArgs({
  options: { out: { type: "string" }, verbose: { type: "boolean" } },
  allowPositionals: true,
});
const [folder] = positionals;
if (folder === undefined) {
  process.stderr.write("Usage: npm run -s formats -- <folder> [--out <results.json>] [--verbose]\n");
  process.exit(2);
}
const scratch = await mkdtemp(join(tmpdir(), "nereus-formats-"));
const resultsPath = resolve(values.out ?? join(scratch, "results.json"));
await writeFile(resultsPath, JSON.stringify(await readFolder(resolve(folder), scratch)));
const judge = [resolve(folder, "check.mjs"), resultsPath, resolve(folder), ...(values.verbose ? ["--verbose"] : [])];
const { status } = spawnSync(process.execPath, judge, { stdio: "inherit" });
await rm(scratch, { recursive: true, force: true });
process.exit(status ?? 1);
