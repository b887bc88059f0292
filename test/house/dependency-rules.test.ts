import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { plants } from "@/test/house/planted-imports";

type Rules = { forbidden: { name: string }[] };
const rules: Rules = createRequire(import.meta.url)(resolve(".dependency-cruiser.cjs"));
let house = "";
let reported: { rule: string; from: string }[] = [];

beforeAll(() => {
  house = mkdtempSync(join(tmpdir(), "nereus-house-"));
  for (const name of [".dependency-cruiser.cjs", "tsconfig.json", "package.json"])
    copyFileSync(name, join(house, name));
  symlinkSync(resolve("node_modules"), join(house, "node_modules"));
  for (const { path, text, beside } of plants)
    for (const [at, content] of Object.entries({ ...beside, [path]: text })) plant(at, content);
  reported = cruise();
});
afterAll(() => rmSync(house, { recursive: true }));

function plant(path: string, text: string): void {
  mkdirSync(dirname(join(house, path)), { recursive: true });
  writeFileSync(join(house, path), text);
}

function cruise(): { rule: string; from: string }[] {
  const command = resolve("node_modules/dependency-cruiser/bin/dependency-cruise.mjs");
  const options = ["--config", ".dependency-cruiser.cjs", "--output-type", "json", "app", "server", "lib", "pipelines"];
  const { stdout } = spawnSync(process.execPath, [command, ...options, "drizzle"], { cwd: house, encoding: "utf8" });
  const result: { summary: { violations: { rule: { name: string }; from: string }[] } } = JSON.parse(stdout);
  return result.summary.violations.map(({ rule, from }) => ({ rule: rule.name, from }));
}

test("every rule has its planted import", () => {
  expect(plants.map(({ rule }) => rule).sort()).toEqual(rules.forbidden.map(({ name }) => name).sort());
});

test.each(plants)("$rule reports $path", ({ rule, path }) => {
  expect(reported).toContainEqual({ rule, from: path });
});
