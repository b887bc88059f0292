import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { removeHome } from "@/test/fixtures/remove-home";
import { runCli } from "@/test/fixtures/run-cli";

/** The ignition point lies on the slope of Vesuvius, inside the demonstration weather. */
const request = { lat: "40.80", lon: "14.42", hours: "24" };
const startAfterCycleHours = 6;

export type DemonstrationHost = {
  /** Runs a smoke request of 24 h to its end. */
  smoke(inputs: Readonly<Record<string, string>>): Promise<{ firstLayerMs: number; totalMs: number }>;
  /** Version of the database. */
  postgres(): Promise<string>;
};

/** A fresh installation that has computed its demonstration weather; gone when the work is done. */
export async function onDemonstrationWeather<T>(work: (host: DemonstrationHost) => Promise<T>): Promise<T> {
  const home = mkdtempSync(join(tmpdir(), "nereus-bench-"));
  const env = { NEREUS_HOME: home };
  try {
    const weather = await run(["run", "demo-weather", "--wait", "--json"], env);
    const { cycle }: { cycle: string } = await run(["show", String(weather.runId), "--json"], env);
    const begin = Date.parse(cycle.replace(/Z$/, ":00:00Z")) + startAfterCycleHours * 3_600_000;
    const start = new Date(begin).toISOString();
    return await work({
      async smoke(inputs) {
        const all = Object.entries({ ...request, start, ...inputs });
        const args = all.flatMap(([key, value]) => ["--input", `${key}=${value}`]);
        return (await run(["run", "smoke", ...args, "--wait", "--json"], env)).timings;
      },
      async postgres() {
        const { checks }: { checks: { id: string; message: string }[] } = await run(["doctor", "--json"], env);
        return checks.find(({ id }) => id === "database")?.message ?? "unknown";
      },
    });
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
