import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { AnsweredCase, ScienceCase } from "@/test/science/answer-cases";
import { answerInThreads } from "@/test/science/answer-in-threads";
import { verificationPage } from "@/test/science/verification-page";

const files = ["analytic", "trajectories", "scenarios", "scores"];
const page = fileURLToPath(new URL("../../docs/verification.md", import.meta.url));

/** `npm run -s science -- <folder> [--out file] [--docs]`: answers every case of a folder, then asks the folder's judge. */
async function main(args: readonly string[]): Promise<number> {
  const outAt = args.indexOf("--out");
  const [folder] = args.filter((arg, at) => !arg.startsWith("--") && (outAt < 0 || at !== outAt + 1));
  if (folder === undefined || !files.every((name) => existsSync(join(folder, `${name}.json`)))) {
    process.stderr.write(
      `usage: npm run -s science -- <folder with ${files.join(".json, ")}.json> [--out file] [--docs]\n`,
    );
    return 2;
  }
  const out =
    outAt < 0 ? join(mkdtempSync(join(tmpdir(), "science-")), "results.json") : resolve(args[outAt + 1] ?? "");
  const only = args
    .find((arg) => arg.startsWith("--only="))
    ?.slice(7)
    .split(",");
  const cases: readonly ScienceCase[] = files
    .flatMap((name) => JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8")).cases)
    .filter(({ kind }) => only?.includes(kind) ?? true);
  const answered = await answerInThreads(cases, resolve(folder));
  writeFileSync(out, JSON.stringify(Object.fromEntries(answered.map(({ id, result }) => [id, result]))));
  if (args.includes("--docs")) writeFileSync(page, verificationPage(answered));
  reportSlow(answered);
  return (
    spawnSync(
      process.execPath,
      [join(folder, "check.mjs"), out, folder, ...args.filter((arg) => arg.startsWith("--only="))],
      { stdio: "inherit" },
    ).status ?? 2
  );
}

function reportSlow(answered: readonly AnsweredCase[]): void {
  const seconds = (ms: number) => (ms / 1000).toFixed(1);
  const slow = answered.filter(({ ms }) => ms > 1000).map(({ id, ms }) => `${id} ${seconds(ms)} s`);
  const whole = answered.reduce((sum, { ms }) => sum + ms, 0);
  process.stderr.write(`${answered.length} cases in ${seconds(whole)} s; longest: ${slow.join(", ")}\n`);
}

process.exitCode = await main(process.argv.slice(2));
