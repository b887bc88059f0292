import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isAbsent, reference } from "@/test/fixtures/reference";
import { removeHome } from "@/test/fixtures/remove-home";
import { runCli } from "@/test/fixtures/run-cli";

let home = "";
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), "nereus-ensemble-"));
});
afterAll(() => removeHome(home));

type Stats = { readonly variables: Readonly<Record<string, { readonly min: number; readonly max: number }>> };
type Result = { state: string; completeness: string; products: Product[]; runId: string };
type Product = { readonly id: string; readonly stats: Stats };

async function smoke(request: Readonly<Record<string, string | number>>): Promise<Map<string, Stats["variables"]>> {
  const areas = JSON.stringify({ type: "FeatureCollection", features: [] });
  const inputs = Object.entries({ ...request, areas }).flatMap(([name, value]) => ["--input", `${name}=${value}`]);
  const { code, stdout, stderr } = await runCli(["run", "smoke", ...inputs, "--wait", "--json"], { NEREUS_HOME: home });
  expect(code, stderr).toBe(0);
  const { state, completeness, products, runId }: Result = JSON.parse(stdout);
  const run = JSON.parse((await runCli(["show", runId, "--json"], { NEREUS_HOME: home })).stdout);
  expect(run.tasks.find(({ nodeId }: { nodeId: string }) => nodeId === "affected")?.state).toBe("completed");
  expect({ state, completeness }).toEqual({ state: "completed", completeness: "complete" });
  return new Map(products.map(({ id, stats }) => [id, stats.variables]));
}

const katrina = { lat: 24.2, lon: -90, start: "2005-08-28T12:00:00Z", met: "data/wrf/katrina_d01_mercator.nc" };
const tibet = { lat: 30, lon: 87, start: "2005-09-21T01:30:00Z", met: "data/wrf/tibet_d01_lambert_allvars.nc" };

describe.skipIf(isAbsent("data/wrf"))("real weather files (data/wrf)", () => {
  test.each([
    ["a moving nest", katrina],
    ["a Lambert grid", tibet],
  ])("%s drives a run, its summary and its ensemble", async (_, { met, ...request }) => {
    const few = { hours: 3, areaHa: 5000, particles: 2000, members: 7, memberParticles: 800 };
    const products = await smoke({ ...request, ...few, met: reference(met) });
    expect([...products.keys()].sort()).toEqual(["smoke", "smoke-ensemble", "smoke-ensemble-summary", "smoke-summary"]);
    const summary = products.get("smoke-summary") ?? {};
    // The highest hour of the summary is the highest of the hours; packing rounds both.
    expect(summary.pm25_maximum?.max).toBeCloseTo(products.get("smoke")?.pm25?.max ?? Number.NaN, 1);
    expect(summary.hours_above_10?.max).toBeGreaterThanOrEqual(1);
    expect(summary.arrival_1?.min).toBe(1);
    const ensemble = products.get("smoke-ensemble") ?? {};
    expect(ensemble.pm25_p90?.max).toBeGreaterThan(ensemble.pm25_p50?.max ?? Number.NaN);
    expect(ensemble.probability_10).toMatchObject({ min: 0, max: 1 });
    expect(ensemble.probability_150?.max).toBeLessThanOrEqual(ensemble.probability_10?.max ?? 0);
    expect(products.get("smoke-ensemble-summary")?.arrival_probability?.max).toBe(1);
  });

  test("without members the run stands alone and is complete", async () => {
    const { met, ...request } = katrina;
    const products = await smoke({ ...request, hours: 1, particles: 500, members: 0, met: reference(met) });
    expect([...products.keys()].sort()).toEqual(["smoke", "smoke-summary"]);
  });
});
