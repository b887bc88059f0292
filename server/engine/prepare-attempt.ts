import { isNereusError, NereusError } from "@/lib/errors";
import type { JobNode } from "@/lib/pipeline/definition";
import { bringInputs } from "@/server/engine/bring-inputs";
import { commandEnvironment } from "@/server/engine/command-environment";
import type { Engine, Site } from "@/server/engine/engine";
import { givenResources } from "@/server/engine/given-resources";
import { inputEnvironment } from "@/server/engine/input-environment";
import { jobNodeOf, readPinnedPipeline } from "@/server/engine/pinned-pipeline";
import { type PlannedInput, planInputs } from "@/server/engine/plan-inputs";
import { readSeen } from "@/server/engine/read-seen";
import { bindingsOf, resolveParams } from "@/server/engine/resolve-params";
import { readRunFacts } from "@/server/engine/run-facts";
import { takeOver } from "@/server/engine/take-over";
import { webJobOf } from "@/server/engine/web-job-of";
import { writeJob } from "@/server/engine/write-job";
import { type JobRequest, type Launcher, scratchNames } from "@/server/executors/runner";
import { stageInputs } from "@/server/storage/stage-inputs";
import { findCollected, type PlacedArtifact } from "@/server/store/artifact";
import type { ClaimedTask } from "@/server/store/claimed-task";
import type { FinishedFile } from "@/server/store/step";

/**
 * Makes the scratch folder of a claimed task: inputs staged, `job.json` and `cmd.sh` written. Doing it again changes
 * nothing. Where the same work was done before, its files are put there instead.
 * @throws {NereusError} input-missing, input-collected, expression-failed, path-leaves-scratch, disk-full, container-not-here, and for web
 *   nodes web-not-here, web-request-invalid, secret-unknown
 */
export async function prepareAttempt(
  engine: Engine,
  site: Site,
  claimed: ClaimedTask,
): Promise<JobRequest | { readonly takenOver: readonly FinishedFile[] }> {
  const { task, attempt } = claimed;
  const run = await readRunFacts(engine, attempt);
  const { definition, graph } = await readPinnedPipeline(engine.db, run.versionHash);
  const node = jobNodeOf(definition, task.nodeId);
  const planned = graph.byId.get(task.nodeId);
  if (!planned) throw new Error(`pipeline ${definition.id} has no node ${task.nodeId}`);
  const { seen, made } = await readSeen(engine, { node: planned, graph, run }, claimed);
  const inputs = planInputs(graph, { node: planned, inputArtifactId: task.inputArtifactId }, seen);

  const { scratch, token } = attempt;
  const launcher = launcherOf(site, node);
  const folder = `${launcher?.inside ?? scratch}/${scratchNames.inputs}`;
  const facts = { run, inputs: planned.inputs, seen, made, planned: inputs, folder };
  const isWeb = node.kind === "http" || node.kind === "websocket";
  if (node.cache !== undefined && !isWeb) {
    const takenOver = await takeOver(engine, site, { node, task, attempt, facts });
    if (takenOver !== null) return { takenOver };
  }
  await site.connection.makeFolder(`${scratch}/${scratchNames.outputs}`);
  for (const { staged, place } of inputs) {
    if (staged.length === 0) await site.connection.makeFolder(`${scratch}/${scratchNames.inputs}/${place}`);
  }
  await stage(engine, site, { inputs, seen, target: { scratch, token, node: node.id } });
  const params = resolveParams({ ...facts, node: { params: bindingsOf(node, run) } });
  const given = await givenResources(engine, site, { attempt, node });
  const request = { token, scratch, cpus: node.cpus, ...given };
  if (isWeb)
    return { ...request, environment: {}, web: await webJobOf(engine, site, { node, attempt, params, inputs }) };
  const own = node.kind === "command" ? commandEnvironment(engine, site, { node, values: params }) : null;
  const environment = { ...own?.environment, ...inputEnvironment(inputs, folder) };
  const secrets = own?.secrets ?? {};
  const variables = Object.keys({ ...environment, ...secrets });
  const { memoryMb } = given;
  await writeJob({ ...{ site, scratch, token, node, params, inputs, folder, launcher }, memoryMb, variables });
  return { ...request, environment, secrets };
}

/** How the command of a node gets into its container; null for one that runs as it is. */
function launcherOf(site: Site, node: JobNode): Launcher | null {
  if (node.kind !== "command" || node.container === undefined) return null;
  if (site.launcher !== undefined) return site.launcher;
  throw new NereusError("container-not-here", { node: node.id, site: site.id });
}

/** A file that was removed since nobody needed it any more is told as such. */
async function stage(
  engine: Engine,
  site: Site,
  what: {
    readonly inputs: readonly PlannedInput[];
    readonly seen: ReadonlyMap<string, readonly PlacedArtifact[]>;
    readonly target: Parameters<typeof stageInputs>[1];
  },
): Promise<void> {
  const staged = what.inputs.flatMap((input) => input.staged);
  if (staged.length === 0) return;
  try {
    await stageInputs(site.connection, what.target, await bringInputs(engine, site, staged));
  } catch (error) {
    if (!isNereusError(error, "input-missing")) throw error;
    const ids = [...what.seen.values()].flat().map(({ id }) => id);
    const gone = await findCollected(engine.db, ids);
    if (gone === null) throw error;
    const { nodeId: producer, path, at } = gone;
    const fields = { node: what.target.node, path, producer, at: at.toISOString() };
    throw new NereusError("input-collected", fields, { cause: error });
  }
}
