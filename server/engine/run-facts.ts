import type { RunId } from "@/lib/ids";
import type { Engine } from "@/server/engine/engine";
import { findRun, type RunRow } from "@/server/store/run";

const mostKept = 500;

/**
 * What does not change of a run while one of its attempts lives: version, input, cycle, organisation, generation. State
 * and times in it may be old. Read once for all attempts of a generation.
 */
export async function readRunFacts(
  engine: Engine,
  attempt: { readonly runId: RunId; readonly generation: number },
): Promise<RunRow> {
  const { runs } = engine.memory;
  const kept = runs.get(attempt.runId);
  if (kept !== undefined && kept.generation >= attempt.generation) return kept;
  const run = await findRun(engine.db, attempt.runId);
  if (run === null) throw new Error(`an attempt of run ${attempt.runId} has no run`);
  if (runs.size >= mostKept) runs.clear();
  runs.set(run.id, run);
  return run;
}
