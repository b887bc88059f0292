import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BenchmarkFigures } from "@/test/bench/benchmark-figures";
import { median } from "@/test/bench/median";
import { removeHome } from "@/test/fixtures/remove-home";
import { runCli } from "@/test/fixtures/run-cli";

/** The ignition point lies on the slope of Vesuvius, inside the demonstration weather. */
const REQUEST = { lat: "40.80", lon: "14.42", hours: "24" };
const START_AFTER_CYCLE_HOURS = 6;
const ROUNDS = 3;

type Timings = { readonly firstLayerMs: number; readonly totalMs: number };

/**
 * From request to first layer and to the end of a 24 h smoke run on the demonstration weather, on a fresh installation:
 * medians of three runs. The weather is computed first and is not in the figures.
 */
export async function smoke(particles = "20000"): Promise<BenchmarkFigures> {
  const home = mkdtempSync(join(tmpdir(), "nereus-bench-"));
  const env = { NEREUS_HOME: home };
  try {
    const weather = await run(["run", "demo-weather", "--wait", "--json"], env);
    const { cycle }: { cycle: string } = await run(["show", String(weather.runId), "--json"], env);
    const begin = Date.parse(cycle.replace(/Z$/, ":00:00Z")) + START_AFTER_CYCLE_HOURS * 3_600_000;
    const inputs = { ...REQUEST, particles, start: new Date(begin).toISOString() };
    const args = Object.entries(inputs).flatMap(([key, value]) => ["--input", `${key}=${value}`]);
    const rounds: Timings[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const { timings } = await run(["run", "smoke", ...args, "--wait", "--json"], env);
      rounds.push(timings);
    }
    const { checks }: { checks: { id: string; message: string }[] } = await run(["doctor", "--json"], env);
    return {
      figures: {
        firstLayerSeconds: median(rounds.map(({ firstLayerMs }) => firstLayerMs)) / 1000,
        smokeSeconds: median(rounds.map(({ totalMs }) => totalMs)) / 1000,
      },
      postgres: checks.find(({ id }) => id === "database")?.message ?? "unknown",
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
