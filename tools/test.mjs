// `npm test`: everything that can be checked. `--quick` (npm run verify) leaves out what needs a worker or a browser,
// `--long` takes the long modes. The last line sums all steps: `N passed, N failed`.
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { demandNode, ensureInstalled } from "../server/cli/install-packages.mjs";
import { aptLine, installPackages, missingPackages } from "./system-tools.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const reports = join(root, "node_modules/.cache/nereus-test");
const inCi = process.env.CI === "true";
const isQuick = process.argv.includes("--quick");
const env = { ...process.env, ...(process.argv.includes("--long") ? { NEREUS_LONG: "1" } : {}) };
const total = { passed: 0, failed: 0, skipped: [], broken: [] };

demandNode();
ensureInstalled();
if (!isQuick) provideSystemTools();
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });

// Programs and command line are run by tests as they are run in production: bundled.
await check("bundle", ["tools/build.mjs", "--bundles"]);
if (isQuick) {
  await Promise.all([
    staticChecks(),
    vitest("unit").then(() => vitest("integration", ["test/house", "test/integration/database.test.ts"])),
  ]);
} else {
  await staticChecks();
  await vitest("unit");
  await vitest("integration");
  if (hasTests("test/e2e")) {
    await check("build", ["tools/build.mjs"]);
    await vitest("e2e");
  }
}
finish();

async function staticChecks() {
  await check("lint", ["node_modules/@biomejs/biome/bin/biome", "check", ".", "--diagnostic-level=error"]);
  await check("types", ["node_modules/typescript/bin/tsc", "--noEmit"]);
  await check("deps", ["tools/deps.mjs"]);
  await check("knip", ["node_modules/knip/bin/knip.js"]);
}

/** One command that passes or fails as a whole; it speaks only when it fails. */
async function check(name, args) {
  const startedAt = performance.now();
  const { code, output } = await run(args, "pipe");
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(`${code === 0 ? "ok    " : "FAILED"} ${name} (${seconds} s)`);
  if (code === 0) total.passed += 1;
  else {
    total.failed += 1;
    total.broken.push(name);
    console.log(output);
  }
}

async function vitest(project, filters = []) {
  const report = join(reports, `${project}.json`);
  const args = ["node_modules/vitest/vitest.mjs", "run", "--project", project, ...filters, "--passWithNoTests"];
  const { code } = await run(
    [...args, "--reporter=default", "--reporter=json", `--outputFile.json=${report}`],
    "inherit",
  );
  const result = existsSync(report) ? JSON.parse(readFileSync(report, "utf8")) : { testResults: [] };
  const tests = result.testResults.flatMap((file) => file.assertionResults);
  const count = (...states) => tests.filter(({ status }) => states.includes(status)).length;
  total.passed += count("passed");
  total.skipped.push(...tests.filter(({ status }) => ["skipped", "pending", "todo"].includes(status)).map(nameOf));
  total.broken.push(...tests.filter(({ status }) => status === "failed").map(reasonOf));
  // A file that cannot be loaded fails without a failed test, and so does an error outside any test.
  const unloaded = result.testResults.filter(
    ({ status, assertionResults }) => status === "failed" && !assertionResults.some((test) => test.status === "failed"),
  );
  total.broken.push(...unloaded.map(({ name, message }) => reasonOf({ fullName: name, failureMessages: [message] })));
  const failed = count("failed");
  total.failed += code !== 0 && failed === 0 ? 1 : failed;
  if (code !== 0) total.broken.push(`vitest ${project}`);
}

function nameOf({ fullName, meta }) {
  return meta?.skipReason ? `${fullName} (${meta.skipReason})` : fullName;
}

/** Repeated at the very end, where it is still seen when only the tail of a long log is kept. */
function reasonOf({ fullName, failureMessages }) {
  const firstLines = (failureMessages[0] ?? "").split("\n").slice(0, 12);
  return [fullName, ...firstLines].join("\n    ");
}

function run(args, stdio) {
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: ["ignore", stdio, stdio] });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (chunk) => {
      output += chunk;
    });
  return new Promise((done) => {
    child.on("error", (error) => done({ code: 1, output: error.message }));
    child.on("close", (code) => done({ code, output }));
  });
}

/** Only CI and who asks for it get packages installed; everybody else gets the line to type. */
function provideSystemTools() {
  const missing = missingPackages();
  if (missing.length === 0) return;
  const mayInstall = (inCi || process.env.NEREUS_INSTALL === "1") && process.getuid?.() === 0;
  if (mayInstall && installPackages(missing)) return;
  console.log(`Tests that need ${missing.join(", ")} are skipped. To run them, as root:\n  ${aptLine(missing)}`);
}

function hasTests(folder) {
  return existsSync(join(root, folder)) && readdirSync(join(root, folder)).some((name) => name.endsWith(".test.ts"));
}

function finish() {
  for (const name of total.skipped) console.log(`skipped: ${name}`);
  for (const name of total.broken) console.log(`failed: ${name}`);
  // In CI everything a test needs is there, so a skip hides something.
  const failed = total.failed + (inCi ? total.skipped.length : 0);
  const skipped = inCi || total.skipped.length === 0 ? "" : `, ${total.skipped.length} skipped`;
  console.log(`${total.passed} passed, ${failed} failed${skipped}`);
  process.exit(failed === 0 ? 0 : 1);
}
