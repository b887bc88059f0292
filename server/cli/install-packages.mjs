// Installs the npm packages when they are missing or are not those of the lock file. Only node: modules here: it runs
// before anything is installed.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const OLDEST_NODE = [20, 19];

/** Ends the process with one sentence when Node is too old for what follows. */
export function demandNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  console.error(`Node ${process.versions.node} is too old: Nereus needs ${OLDEST_NODE.join(".")} or newer.`);
  process.exit(1);
}

/** Runs `npm ci` when needed; its words go to stderr, so that a result on stdout stays clean. */
export function ensureInstalled() {
  const stale = findStalePackage();
  if (stale === null) return;
  console.error(`Installing the npm packages (${stale}); the first time this takes a minute or two ...`);
  // `npm ci` refuses a lock file from which a registry without some platform's binaries left these out.
  const { status, error } = runNpm("ci");
  if (status === 0 || runNpm("install", "--no-save").status === 0) return;
  console.error(
    `The npm packages could not be installed${error ? `: ${error.message}` : ""}. Run "npm ci" to see why.`,
  );
  process.exit(1);
}

function runNpm(...words) {
  const args = [...words, "--include=dev", "--include=optional", "--no-audit", "--no-fund"];
  const npm = process.env.npm_execpath;
  const [command, argv] = npm?.endsWith(".js") ? [process.execPath, [npm, ...args]] : ["npm", args];
  return spawnSync(command, argv, { cwd: root, stdio: ["ignore", 2, 2] });
}

/** What npm noted about the installed packages is compared with the lock file: names, versions and checksums. */
function findStalePackage() {
  const notePath = join(root, "node_modules/.package-lock.json");
  if (!existsSync(notePath)) return "none is installed";
  const installed = JSON.parse(readFileSync(notePath, "utf8")).packages;
  const wanted = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages;
  for (const [path, entry] of Object.entries(wanted)) {
    const here = installed[path];
    // Packages for another platform are never installed.
    if (path === "" || entry.link || (here === undefined && entry.optional)) continue;
    if (here?.version !== entry.version || here?.integrity !== entry.integrity)
      return `${path.replace("node_modules/", "")} ${entry.version} is missing`;
  }
  return null;
}
