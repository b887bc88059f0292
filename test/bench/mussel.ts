import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BenchmarkFigures } from "@/test/bench/benchmark-figures";
import { benchOutfalls } from "@/test/bench/mussel-outfalls";
import { removeHome } from "@/test/fixtures/remove-home";
import { runCli } from "@/test/fixtures/run-cli";

/**
 * A run of bacteria of 72 h from 231 outfalls with 100 particles an hour each, from the request to the bulletin and the last
 * map, on a fresh installation. The demonstration sea is computed first and is not in the figure.
 */
export async function mussel(): Promise<BenchmarkFigures> {
  const home = mkdtempSync(join(tmpdir(), "nereus-bench-"));
  const env = { NEREUS_HOME: home };
  try {
    const sea = await run(["run", "demo-sea", "--input", "hoursBefore=0", "--wait", "--json"], env);
    const { cycle }: { cycle: string } = await run(["show", String(sea.runId), "--json"], env);
    const outfalls = join(home, "outfalls.json");
    writeFileSync(outfalls, JSON.stringify(benchOutfalls()));
    const inputs = [
      `start=${cycle.replace(/Z$/, ":00:00Z")}`,
      ...["hours=72", "spinUpHours=0", "particlesPerHour=100", `outfalls=@${outfalls}`],
    ];
    const args = inputs.flatMap((input) => ["--input", input]);
    const { timings } = await run(["run", "mussel", ...args, "--wait", "--json"], env);
    return {
      figures: { musselSeconds: timings.totalMs / 1000, musselFirstLayerSeconds: timings.firstLayerMs / 1000 },
      postgres: "embedded",
    };
  } finally {
    removeHome(home);
  }
}

/** The JSON that a command prints; a command that fails stops the benchmark with what it said. */
async function run(args: readonly string[], env: Readonly<Record<string, string>>) {
  const { code, stdout, stderr } = await runCli(args, env);
  if (code !== 0) throw new Error(`nereus ${args.join(" ")} ended with ${code}: ${stderr}`);
  return JSON.parse(stdout);
}
