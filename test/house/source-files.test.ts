import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const LONGEST_FILE = 400;
const sources = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], { encoding: "utf8" })
  .split("\n")
  .filter((path) => /\.(ts|tsx|mjs|cjs)$/.test(path) && existsSync(path));

test(`no source file is longer than ${LONGEST_FILE} lines, tables of data excepted`, () => {
  const long = sources
    .filter((path) => !path.startsWith("lib/messages/"))
    .map((path) => ({ path, lines: readFileSync(path, "utf8").split("\n").length - 1 }))
    .filter(({ lines }) => lines > LONGEST_FILE);
  expect(long).toEqual([]);
});

test("only the configuration reads the environment", () => {
  const readers = sources
    .filter((path) => /^(app|server|lib|pipelines)\//.test(path) && path.endsWith(".ts") && !path.endsWith(".test.ts"))
    .filter((path) => readFileSync(path, "utf8").includes("process.env"));
  expect(readers).toEqual(["server/config.ts"]);
});

test("no barrel and no drawer for odds and ends", () => {
  const names = /(^|\/)(utils?|helpers?|common|misc|index)\.(ts|tsx)$/;
  expect(sources.filter((path) => names.test(path) && !path.startsWith("lib/messages/"))).toEqual([]);
});
