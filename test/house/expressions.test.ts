import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { pipes } from "@/lib/expression/pipes";

test("docs/expressions.md tells of every pipe, and of no other", () => {
  const table = /## Pipes\n(.*?)\n## /s.exec(readFileSync("docs/expressions.md", "utf8"))?.[1] ?? "";
  const rows = [...table.matchAll(/^\| (`[^|]*`) \|/gm)].map(([, names]) => names ?? "");
  const told = rows.flatMap((row) => [...row.matchAll(/`(\w+)/g)].map(([, name]) => name));
  expect(told.sort()).toEqual([...pipes.keys()].sort());
});
