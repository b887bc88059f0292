// Checks who imports whom (.dependency-cruiser.cjs). A tool that reads no file reports no violation, so every source file
// that exists must be among those it read.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const FOLDERS = ["app", "server", "lib", "pipelines", "drizzle", "test"].filter((name) => existsSync(join(root, name)));

const command = [join(root, "node_modules/dependency-cruiser/bin/dependency-cruise.mjs"), ...FOLDERS];
const { stdout, stderr, status } = spawnSync(
  process.execPath,
  [...command, "--config", ".dependency-cruiser.cjs", "--output-type", "json"],
  { cwd: root, encoding: "utf8", maxBuffer: 256 * 1024 * 1024 },
);
if (!stdout.startsWith("{")) {
  console.error(stderr || `dependency-cruiser ended with exit code ${status}`);
  process.exit(1);
}
const { modules, summary } = JSON.parse(stdout);
for (const { rule, from, to } of summary.violations) console.error(`${rule.severity} ${rule.name}: ${from} -> ${to}`);
const read = new Set(modules.map(({ source }) => source));
const unread = FOLDERS.flatMap(sourcesBelow).filter((path) => !read.has(path));
for (const path of unread) console.error(`error not-read: ${path}`);
const failed = summary.error > 0 || unread.length > 0;
console.log(`${modules.length} modules read, ${summary.error} violations, ${unread.length} not read`);
process.exit(failed ? 1 : 0);

function sourcesBelow(folder) {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return sourcesBelow(path);
    return /\.(ts|tsx|mjs)$/.test(entry.name) && !entry.name.endsWith(".d.ts") ? [path] : [];
  });
}
