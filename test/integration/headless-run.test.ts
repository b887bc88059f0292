import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { removeHome } from "@/test/fixtures/remove-home";
import { runCli } from "@/test/fixtures/run-cli";

let home = "";
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), "nereus-headless-"));
});
afterAll(() => removeHome(home));

const nereus = (...args: string[]) => runCli(args, { NEREUS_HOME: home });

test("without a server a run is done by a worker in this process, and its files are named", async () => {
  const { code, stdout, stderr } = await nereus("run", "demo-weather", "--input", "hours=2", "--wait", "--json");
  expect(code, stderr).toBe(0);
  const result = JSON.parse(stdout);
  expect(result).toMatchObject({ state: "completed", completeness: "complete", products: [{ id: "demo-weather" }] });
  expect(result.timings.firstLayerMs).toBeLessThan(result.timings.totalMs);
  expect(result.products[0].zarr).toContain(join(home, "store"));
});

test("a point outside the weather is refused and nothing is queued", async () => {
  const inputs = ["lat=10", "lon=14.4", "start=2026-07-01T00:00:00Z"].flatMap((input) => ["--input", input]);
  const { code, stdout } = await nereus("run", "smoke", ...inputs, "--json");
  expect(code).toBe(1);
  expect(JSON.parse(stdout).error.code).toMatch(/point-outside-domain|start-outside-times/);
  expect(JSON.parse((await nereus("runs", "--pipeline", "smoke", "--json")).stdout)).toEqual([]);
});

test("a file that is no weather is refused by its name before anything is queued", async () => {
  const inputs = ["lat=40.8", "lon=14.4", "start=2026-07-01T00:00:00Z", "met=README.md"];
  const { code, stdout } = await nereus("run", "smoke", ...inputs.flatMap((input) => ["--input", input]), "--json");
  expect(code).toBe(1);
  expect(JSON.parse(stdout).error.code).toBe("format-unknown");
  expect(JSON.parse((await nereus("runs", "--pipeline", "smoke", "--json")).stdout)).toEqual([]);
});
