import type { Coverage, Fragment, ProductDescription, StepCoverage } from "@/lib/map/product";

/** What a fragment changed; `newSteps` and `closed` are what is told to followers. */
export type CoverageChange = {
  readonly coverage: Coverage;
  readonly newSteps: readonly StepCoverage[];
  readonly closed: boolean;
};

/** The coverage of a product before its first step. */
export function emptyCoverage(description: Pick<ProductDescription, "times">, nowUtc: string): Coverage {
  return {
    state: "running",
    steps: [],
    expectedSteps: description.times.length,
    netcdf: null,
    cog: [],
    summary: null,
    updatedAtUtc: nowUtc,
  };
}

/**
 * Adds the steps of a fragment in order of time, each once, and takes over its closing. A step or a closing that is
 * there already is left as it is, so that merging twice changes nothing, the time of update included.
 */
export function mergeCoverage(
  before: Coverage,
  fragment: Pick<Fragment, "steps" | "closing">,
  nowUtc: string,
): CoverageChange {
  const known = new Set(before.steps.map((step) => step.index));
  const newSteps = fragment.steps
    .filter((step, i, all) => !known.has(step.index) && all.findIndex((other) => other.index === step.index) === i)
    .map((step) => ({ ...step, committedAtUtc: nowUtc }));
  const closed = fragment.closing !== null && before.netcdf === null;
  if (newSteps.length === 0 && !closed) return { coverage: before, newSteps, closed };

  const steps = [...before.steps, ...newSteps].sort((a, b) => a.index - b.index);
  const { netcdf, cog, summary } = closed && fragment.closing !== null ? fragment.closing : before;
  const whole = steps.length >= before.expectedSteps ? "complete" : "partial";
  const state = netcdf === null ? "running" : whole;
  return { coverage: { ...before, state, steps, netcdf, cog, summary, updatedAtUtc: nowUtc }, newSteps, closed };
}

/**
 * What remains of a product whose run ended without closing it: partial with what was published, failed without.
 */
export function settleCoverage(before: Coverage, nowUtc: string): Coverage {
  if (before.state !== "running") return before;
  return { ...before, state: before.steps.length > 0 ? "partial" : "failed", updatedAtUtc: nowUtc };
}
