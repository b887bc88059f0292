// Makes something only when a file it is made from has changed: a note in dist/ holds the hash it was made for.
import { createHash } from "node:crypto";
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");

/** Folders and files that the bundles are made from; the pages are made from them and more. */
export const SOURCES = ["server", "lib", "pipelines", "drizzle/schema", "package-lock.json", "tsconfig.json", "tools"];

/** @returns whether anything was done */
export async function whenChanged(name, { inputs, outputs, force }, make) {
  const hash = hashOf(inputs);
  const notePath = join(root, `dist/${name}.sha256`);
  const isCurrent = existsSync(notePath) && readFileSync(notePath, "utf8") === hash;
  if (!force && isCurrent && outputs.every((path) => existsSync(join(root, path)))) return false;
  demandWritable();
  // Removed first: a build that is interrupted is done again.
  rmSync(notePath, { force: true });
  await make();
  mkdirSync(join(root, "dist"), { recursive: true });
  writeFileSync(notePath, hash);
  return true;
}

/** A checkout of another user can be run when it has been built, not built. */
function demandWritable() {
  try {
    for (const path of [root, join(root, "dist")]) if (existsSync(path)) accessSync(path, constants.W_OK);
  } catch (error) {
    console.error(`The checkout ${root} must be built and cannot be written (${error.code}): run as its owner.`);
    process.exit(1);
  }
}

/** sha256 over paths and contents; the version of Node counts, tests do not. */
function hashOf(inputs) {
  const hash = createHash("sha256").update(process.versions.node);
  for (const path of inputs.flatMap(filesBelow).sort())
    hash.update(`\0${path}\0`).update(readFileSync(join(root, path)));
  return hash.digest("hex");
}

function filesBelow(path) {
  const full = join(root, path);
  if (!existsSync(full)) return [];
  if (statSync(full).isFile()) return /\.test\.tsx?$/.test(path) ? [] : [path];
  return readdirSync(full).flatMap((name) => filesBelow(join(path, name)));
}
