// Builds what `npm start` runs: the bundles in dist/ and the web server in .next/standalone, each only when a file it is
// made from has changed. `node tools/build.mjs [--force] [--bundles]`.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundleWhenChanged } from "./bundle.mjs";
import { SOURCES, whenChanged } from "./when-changed.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const CONFIGURATION = [
  "next.config.ts",
  "tsconfig.next.json",
  "postcss.config.mjs",
  "package.json",
  "proxy.ts",
  "instrumentation.ts",
];
const force = process.argv.includes("--force");

await bundleWhenChanged({ force });
if (!process.argv.includes("--bundles")) {
  const inputs = [...SOURCES, "app", "public", ...CONFIGURATION];
  await whenChanged("web", { inputs, outputs: [".next/standalone/server.js"], force }, buildWeb);
}

/** The static files are copied beside the server: the build leaves them out. */
async function buildWeb() {
  const next = join(root, "node_modules/next/dist/bin/next");
  const child = spawn(process.execPath, [next, "build"], {
    cwd: root,
    stdio: ["ignore", 2, 2],
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", NODE_ENV: "production" },
  });
  // Whoever ends this script ends the build too.
  const forward = (signal) => child.kill(signal);
  process.once("SIGTERM", forward).once("SIGINT", forward);
  const [code] = await once(child, "exit");
  process.removeListener("SIGTERM", forward).removeListener("SIGINT", forward);
  if (code !== 0) {
    console.error(`next build ended with exit code ${code}; its words stand above`);
    process.exit(1);
  }
  const standalone = join(root, ".next/standalone");
  if (existsSync(join(root, "public"))) cpSync(join(root, "public"), join(standalone, "public"), { recursive: true });
  cpSync(join(root, ".next/static"), join(standalone, ".next/static"), { recursive: true });
}
