import type { RunId } from "@/lib/ids";
import type { Engine } from "@/server/engine/engine";
import { findRun, type RunRow } from "@/server/store/run";

const mostKept = 5000;

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
  if (kept !== undefined && kept.generation >= attempt.generation) return kept.facts;
  const [oldest] = runs.keys();
  if (runs.size >= mostKept && oldest !== undefined) runs.delete(oldest);
  // Attempts that start together wait for one look.
  const facts = findFacts(engine, attempt.runId);
  runs.set(attempt.runId, { generation: attempt.generation, facts });
  facts.catch(() => runs.delete(attempt.runId));
  return facts;
}

async function findFacts(engine: Engine, runId: RunId): Promise<RunRow> {
  const run = await findRun(engine.db, runId);
  if (run === null) throw new Error(`an attempt of run ${runId} has no run`);
  return run;
}
