import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import * as adapter from "@/test/conformance/adapter";
import { isAbsent, reference } from "@/test/fixtures/reference";

type Checker = {
  readonly check: (
    adapters: object,
    folder: string,
    options: { readonly only: readonly string[]; readonly verbose: boolean; readonly log: (line: string) => void },
  ) => Promise<{ readonly passed: number; readonly failed: readonly { readonly id: string; readonly why: string }[] }>;
};

test.skipIf(isAbsent("conformance")).each(["filters", "expressions", "expression-errors", "graphs", "inputs", "runs"])(
  "every vector of %s holds (conformance)",
  async (file) => {
    const folder = reference("conformance");
    const { check }: Checker = await import(pathToFileURL(`${folder}/check.mjs`).href);
    const { passed, failed } = await check(adapter, folder, { only: [file], verbose: true, log: () => undefined });
    expect(failed).toEqual([]);
    expect(passed).toBeGreaterThan(0);
  },
);
