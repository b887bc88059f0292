import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { isNereusError } from "@/lib/errors";
import type { CaseFiles } from "@/test/science/answer";
import { Given } from "@/test/science/given";
import { kinds } from "@/test/science/kinds";

export type ScienceCheck = {
  readonly path: string;
  readonly expect: unknown;
  readonly abs?: number;
  readonly rel?: number;
  readonly sigma?: { readonly se: number; readonly k: number };
  readonly op?: string;
  readonly metric?: string;
};
export type ScienceCase = {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly given: unknown;
  readonly checks: readonly ScienceCheck[];
};
export type AnsweredCase = ScienceCase & { readonly result: unknown; readonly ms: number };

/** Answers cases one after the other; a case that cannot be answered has `{ error: { code, message } }` as its result. */
export async function answerCases(cases: readonly ScienceCase[], folder: string): Promise<readonly AnsweredCase[]> {
  const beside = [join(folder, "data"), join(dirname(folder), "data"), folder];
  const files = {
    casePath: (name: string) => join(folder, name),
    dataPath: (name: string) => beside.map((path) => join(path, name)).find(existsSync) ?? join(folder, name),
  };
  const answered: AnsweredCase[] = [];
  for (const one of cases) {
    const started = performance.now();
    const result = await answer(one, files);
    answered.push({ ...one, result, ms: performance.now() - started });
  }
  return answered;
}

async function answer({ kind, given }: ScienceCase, files: CaseFiles): Promise<unknown> {
  const known = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
  if (known === undefined) return { error: { code: "kind-unknown", message: `no rule for cases of kind “${kind}”` } };
  try {
    return await known(new Given(given), files);
  } catch (error) {
    const code = isNereusError(error) ? error.code : "case-failed";
    return { error: { code, message: error instanceof Error ? error.message : String(error) } };
  }
}
