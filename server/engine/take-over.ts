import { componentChanges, contentKeyOf } from "@/lib/dag/content-key";
import type { EarlierAttempt, KeptOutput, ReuseDecision } from "@/lib/dag/reuse";
import type { ScriptNode } from "@/lib/pipeline/definition";
import { contentOfTask, sha256Of } from "@/server/engine/content-of-task";
import type { Engine, Site } from "@/server/engine/engine";
import type { ParamFacts } from "@/server/engine/resolve-params";
import { scratchNames } from "@/server/executors/runner";
import { placeKept } from "@/server/storage/place-kept";
import type { AttemptRef } from "@/server/store/attempt";
import type { ClaimedTask } from "@/server/store/claimed-task";
import {
  type ContentKeyRow,
  findLastOfNode,
  findReusable,
  saveContentKey,
  wasTriedBefore,
} from "@/server/store/content-key";
import type { FinishedFile } from "@/server/store/step";

type Prepared = {
  readonly node: ScriptNode;
  readonly task: ClaimedTask["task"];
  readonly attempt: AttemptRef;
  readonly facts: ParamFacts & { readonly run: Pick<ContentKeyRow, "pipelineId"> };
};

/** Earlier attempts of one key that are looked at: their files may be gone. */
const mostTried = 3;

/**
 * Puts what an equal attempt has made before into the `out/` of this one, and writes down why, or why its work has to be
 * done: the first time, again on purpose, or because something differs from the last attempt of the node.
 * @returns the files; null when the work has to be done
 * Source: EXECUTION.md, section 9.
 */
export async function takeOver(
  engine: Engine,
  site: Site,
  prepared: Prepared,
): Promise<readonly FinishedFile[] | null> {
  const { task, attempt, facts } = prepared;
  const { components, changedInput } = await contentOfTask(engine, site, prepared);
  const key = changedInput === null ? contentKeyOf(components, sha256Of) : null;
  const row = {
    ...{ attemptId: attempt.id, runId: attempt.runId, pipelineId: facts.run.pipelineId, nodeId: task.nodeId },
    ...{ taskId: task.id, taskKey: task.key, key, components, createdAt: engine.now() },
  };
  const { decision, outputs } = await decide(engine, site, { attempt, row, changedInput });
  await saveContentKey(engine.db, { ...row, decision });
  return outputs?.map(finishedFile) ?? null;
}

type Decided = { readonly decision: ReuseDecision; readonly outputs: readonly KeptOutput[] | null };
type NewRow = Omit<ContentKeyRow, "decision" | "completedAt" | "outputs">;

async function decide(
  engine: Engine,
  site: Site,
  what: { readonly attempt: AttemptRef; readonly row: NewRow; readonly changedInput: string | null },
): Promise<Decided> {
  const { attempt, row, changedInput } = what;
  const work = (decision: ReuseDecision): Decided => ({ decision, outputs: null });
  if (row.key === null) return work({ kind: "input-changed", path: changedInput ?? "" });
  if (attempt.number > 1 && (await wasTriedBefore(engine.db, row.taskId, attempt.generation)))
    return work({ kind: "again" });
  let gone: Decided | null = null;
  for (const earlier of await findReusable(engine.db, row.key, mostTried)) {
    const missing = await placeAll(engine, site, { attempt, outputs: earlier.outputs });
    if (missing === null) return { decision: { kind: "reused", from: attemptOf(earlier) }, outputs: earlier.outputs };
    gone ??= work({ kind: "outputs-gone", from: attemptOf(earlier), path: missing });
  }
  return gone ?? work(await compare(engine, row));
}

/** @returns the first file that is not there as it was, with nothing left of the others; null when all are in place */
async function placeAll(
  engine: Engine,
  site: Site,
  what: { readonly attempt: AttemptRef; readonly outputs: readonly KeptOutput[] },
): Promise<string | null> {
  const { scratch, token } = what.attempt;
  const outFolder = `${scratch}/${scratchNames.outputs}`;
  await site.connection.makeFolder(outFolder);
  for (const output of what.outputs) {
    const from = engine.sites.find(({ id }) => id === output.site);
    const root = `${output.scratch}/${scratchNames.outputs}`;
    const source = from && { connection: from.connection, root };
    const target = { connection: site.connection, folder: outFolder, token };
    if (source && (await placeKept(source, target, output))) continue;
    engine.log.info({ path: output.path, site: output.site }, "a kept file is not there as it was");
    await site.connection.remove(outFolder);
    return output.path;
  }
  return null;
}

async function compare(engine: Engine, row: NewRow): Promise<ReuseDecision> {
  const last = await findLastOfNode(engine.db, row);
  if (last === null) return { kind: "first" };
  const from = attemptOf(last);
  const changes = componentChanges(last.components, row.components);
  return changes.length > 0 ? { kind: "changed", from, changes } : { kind: "unfinished", from };
}

const attemptOf = ({ runId, taskId, attemptId, completedAt, createdAt }: ContentKeyRow): EarlierAttempt => ({
  ...{ runId, taskId, attemptId },
  at: (completedAt ?? createdAt).toISOString(),
});

const finishedFile = ({ path, sizeBytes, sha256, mimeType, metadata }: KeptOutput): FinishedFile => ({
  ...{ path, sizeBytes, sha256, metadata },
  ...(mimeType === null ? {} : { mimeType }),
});
