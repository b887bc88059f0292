import { eq } from "drizzle-orm";
import fc from "fast-check";
import { pino } from "pino";
import { expect, test } from "vitest";
import { node as nodeTable, run as runTable, task as taskTable } from "@/drizzle/schema/engine";
import { type DagArtifact, type DagEvent, type DagTask, dagLimits } from "@/lib/dag/dag-state";
import { buildGraph } from "@/lib/dag/graph";
import { type MemoryRun, startMemoryRun } from "@/lib/dag/memory-run";
import { isTerminalTask } from "@/lib/dag/state";
import { type ArtifactId, type AttemptId, asId, type NodeId, type RunId, type SiteId, type TaskId } from "@/lib/ids";
import { command, ref } from "@/lib/pipeline/define-pipeline";
import type { NodeDefinition } from "@/lib/pipeline/definition";
import { waitPool } from "@/lib/pipeline/wait-pool";
import { type Engine, newMemory } from "@/server/engine/engine";
import { transition } from "@/server/engine/transition";
import { planRun } from "@/server/services/runs/plan-run";
import type { ClaimedTask } from "@/server/store/claimed-task";
import type { Database } from "@/server/store/database";
import { insertHandMade } from "@/server/store/hand-made";
import { mintStamp } from "@/server/store/mint-id";
import { listStuckRuns } from "@/server/store/run";
import { type StepReport, step } from "@/server/store/step";
import { aPipeline } from "@/test/fixtures/a-pipeline";
import { freshDatabase } from "@/test/fixtures/database";
import { noOutlook } from "@/test/fixtures/no-outlook";
import { type RandomStep, randomNodes, randomSteps } from "@/test/fixtures/random-run";

/** The short mode plays the same sequences each time, the long one others each time. */
const isLong = process.env.NEREUS_LONG === "1";
const sequences = isLong ? 10_000 : 100;

test("the transition in the database and the pure planner come to the same state", { timeout: 3_600_000 }, async () => {
  await using database = await freshDatabase();
  let count = 0;
  await fc.assert(
    fc.asyncProperty(randomNodes, randomSteps, fc.infiniteStream(fc.boolean()), async (nodes, steps, losses) => {
      count += 1;
      const twin = await startTwins(database.db, nodes, { mark: `p${count}`, loses: () => losses.next().value });
      await twin.compare();
      for (const one of steps) {
        await twin.play(one);
        await twin.compare();
      }
    }),
    { numRuns: sequences, ...(isLong ? {} : { seed: 20_261_127 }) },
  );
});

test("a group whose first artifact a rerun has thrown away has the same key in both", async () => {
  await using database = await freshDatabase();
  const over = (node: string) => ({ in0: ref(`workflow:///${node}/`, { role: "main" }) });
  const nodes = [
    command("n0", { command: "true" }),
    command("n1", { fan: "single", inputs: over("n0"), command: "true" }),
    command("n2", { fan: "grouped", inputs: over("n1"), command: "true" }),
  ];
  const steps: readonly RandomStep[] = [
    { op: "complete", pick: 0, files: ["d/e.nc"] },
    { op: "rerun-node", pick: 0, downstream: false },
    { op: "complete", pick: 0, files: [] },
    { op: "complete", pick: 0, files: ["c.txt"] },
  ];
  const twin = await startTwins(database.db, nodes, { mark: "group", loses: () => false });
  for (const one of steps) await twin.play(one);
  await twin.compare();
});

/** One run twice: in memory, and in the database with attempts as a worker would have them. */
async function startTwins(
  db: Database,
  nodes: readonly NodeDefinition[],
  options: { readonly mark: string; readonly loses: () => boolean },
) {
  const { definition } = aPipeline(nodes.slice(0, 1));
  const pipeline = { ...definition, nodes };
  const graph = buildGraph(pipeline);
  const memory = startMemoryRun(graph);
  const engine = anEngine(db);
  const rest = { cycle: null, organisationId: null, requestedBy: null, idempotencyKey: null };
  const plan = { definition: pipeline, versionHash: options.mark, input: {}, at: new Date(), ...rest };
  const runId = await db.transaction((tx) => planRun(tx, plan));
  if (runId === null) throw new Error("the run was not made");
  memory.send({ kind: "start" });
  memory.claim();
  const attempts = new Map<TaskId, ClaimedTask["attempt"]>();
  let made = 0;

  /** Claims whatever is ready, as a worker does, and lets the pure planner go on where the database says so. */
  const advance = async (reports: readonly StepReport[] = []) => {
    const at = new Date();
    const claimOf = (pool: string) => ({
      ...{ site: asId<SiteId>("s"), pool, slots: 10_000, most: 1000, scratchRoot: "/s", workerId: "w" },
      ...{ leaseUntil: at, stamp: mintStamp(at) },
    });
    const claims = [claimOf("light"), claimOf(waitPool)];
    const result = await step(db, { reports, claims, at, fanLimit: dagLimits.fan });
    for (const { task, attempt } of result.claimed.flat()) attempts.set(task.id, attempt);
    // A worker that dies here leaves it to the next reconcile.
    const lost = options.loses();
    for (const id of lost ? [] : result.needs) await transition(engine, id, { event: { kind: "reconcile" } });
    if (lost)
      for (const id of await listStuckRuns(db))
        if (id === runId) await transition(engine, id, { event: { kind: "reconcile" } });
    if (result.needs.length > 0) await claimAll();
  };
  const claimAll = () => advance();
  await claimAll();

  const inDatabase = (id: TaskId): TaskId => asId<TaskId>(`${runId}.${id}`);
  const play = async (one: RandomStep): Promise<void> => {
    const state = memory.state();
    const wanted = one.op === "release-task" ? "held" : one.op === "due" ? "waiting" : "running";
    const open = [...state.tasks.values()].filter((task) => task.state === wanted);
    const task = "pick" in one ? open[one.pick % Math.max(1, open.length)] : undefined;
    const event = eventOf(one, { memory, task, number: () => ++made });
    if (event === null) return;
    memory.send(event);
    memory.claim();
    await sendToDatabase(event);
    await claimAll();
  };

  const sendToDatabase = async (event: DagEvent): Promise<void> => {
    const attempt = "taskId" in event ? attempts.get(inDatabase(event.taskId)) : undefined;
    if (event.kind === "artifacts" || event.kind === "completed") {
      const files = event.artifacts.map(({ id, path, sizeBytes }) => ({
        ...{ id: asId<ArtifactId>(`${runId}/${id}`), path, sizeBytes: sizeBytes ?? 0, sha256: "0" },
      }));
      await advance([{ runId, attemptId: attempt?.id ?? asId<AttemptId>("none"), kind: event.kind, files }]);
    } else if (event.kind === "failed" || event.kind === "crashed" || event.kind === "interrupted") {
      const end = { state: "ended", endedAt: new Date() } as const;
      const told =
        event.kind === "interrupted"
          ? event
          : ({ kind: "failed", failure: event.kind === "failed" ? "exit" : "lost", reason: event.reason } as const);
      if (attempt) await transition(engine, runId, { report: { attemptId: attempt.id, event: told, attempt: end } });
    } else {
      if (event.kind === "set-outputs") await giveOutputs(event);
      await transition(engine, runId, { event: named(event, inDatabase) });
    }
  };

  /** As an operator's service does: the rows come before the decision. */
  const giveOutputs = ({ taskId, artifacts }: Extract<DagEvent, { kind: "set-outputs" }>) =>
    db.transaction((tx) =>
      insertHandMade(
        tx,
        { runId, taskId: inDatabase(taskId), at: new Date() },
        {
          attempt: null,
          outputs: artifacts.map(({ id, path, sizeBytes }) => ({
            ...{ id: asId<ArtifactId>(`${runId}/${id}`), path, sizeBytes: sizeBytes ?? 0, sha256: "0" },
            ...{ mimeType: null, metadata: {}, attemptId: asId<AttemptId>("none") },
          })),
        },
      ),
    );

  const compare = async (): Promise<void> => {
    expect(await dumpDatabase(db, runId)).toEqual(dumpMemory(memory));
  };
  return { play, compare };
}

type Around = { readonly memory: MemoryRun; readonly task: DagTask | undefined; number(): number };

function eventOf(one: RandomStep, { memory, task, number }: Around): DagEvent | null {
  const { graph, tasks } = memory.state();
  switch (one.op) {
    case "cancel":
      return { kind: "cancel", reason: "enough" };
    case "retry":
    case "reconcile":
      return { kind: one.op };
    case "hold":
    case "release":
      return { kind: one.op, scope: { kind: "run" } };
    case "hold-node":
    case "release-node":
    case "force":
    case "rerun-node": {
      const node = graph.nodes[one.pick % graph.nodes.length];
      if (node === undefined) return null;
      if (one.op === "force") return { kind: "force", nodeId: node.id };
      if (one.op !== "rerun-node")
        return { kind: one.op === "hold-node" ? "hold" : "release", scope: { kind: "node", nodeId: node.id } };
      const ended = [...tasks.values()].filter(({ nodeId, state }) => nodeId === node.id && isTerminalTask(state));
      return { kind: "rerun", taskIds: ended.map(({ id }) => id), downstream: one.downstream };
    }
    default:
      return task === undefined ? null : taskEvent(one, task, number);
  }
}

function taskEvent(one: Extract<RandomStep, { pick: number }>, task: DagTask, number: () => number): DagEvent | null {
  switch (one.op) {
    case "complete":
    case "stream":
    case "set-outputs": {
      const files = "files" in one ? one.files : ["a.nc", "s.nc"];
      const artifacts = files.map(
        (path): DagArtifact => ({
          id: asId<ArtifactId>(`a${number()}`),
          ...{ nodeId: task.nodeId, taskId: task.id, path, originId: task.originId, sizeBytes: path.length },
          ...{ mimeType: null, metadata: {}, key: task.key === "" ? path : `${task.key}/${path}` },
        }),
      );
      if (one.op === "set-outputs") return { kind: one.op, taskId: task.id, artifacts };
      return { kind: one.op === "complete" ? "completed" : "artifacts", taskId: task.id, artifacts };
    }
    case "fail":
      return { kind: "failed", taskId: task.id, reason: "no" };
    case "crash":
      return { kind: "crashed", taskId: task.id, reason: "gone" };
    case "interrupt":
      return { kind: "interrupted", taskId: task.id };
    case "skip":
    case "expire":
    case "due":
      return { kind: one.op, taskIds: [task.id] };
    case "priority":
      return { kind: one.op, scope: { kind: "tasks", taskIds: [task.id] }, value: one.pick };
    case "release-task":
      return { kind: "release", scope: { kind: "tasks", taskIds: [task.id] } };
    default:
      return null;
  }
}

/** The same event with the task ids of the database. */
function named(event: DagEvent, inDatabase: (id: TaskId) => TaskId): DagEvent {
  if ("taskIds" in event) return { ...event, taskIds: event.taskIds.map(inDatabase) };
  if (event.kind === "set-outputs") return { ...event, taskId: inDatabase(event.taskId) };
  if ("scope" in event && event.scope.kind === "tasks")
    return { ...event, scope: { ...event.scope, taskIds: event.scope.taskIds.map(inDatabase) } };
  return event;
}

function dumpMemory(memory: MemoryRun) {
  const { run, nodes, tasks } = memory.state();
  return {
    run: { state: run.state, generation: run.generation },
    nodes: Object.fromEntries(nodes),
    tasks: Object.fromEntries([...tasks.values()].map(({ id, ...task }) => [id, shownOf(task)])),
  };
}

async function dumpDatabase(db: Database, runId: RunId) {
  const [run] = await db.select().from(runTable).where(eq(runTable.id, runId));
  const nodes = await db.select().from(nodeTable).where(eq(nodeTable.runId, runId));
  const tasks = await db.select().from(taskTable).where(eq(taskTable.runId, runId));
  const local = <Id extends string>(id: Id | null): Id | null =>
    id === null ? null : (id.slice(runId.length + 1) as Id);
  return {
    run: { state: run?.state, generation: run?.generation },
    nodes: Object.fromEntries(
      nodes.map(({ nodeId, state, tasksTotal, tasksLeft, tasksFailed, partial, held }) => [
        nodeId as NodeId,
        { state, tasksTotal, tasksLeft, tasksFailed, partial, held },
      ]),
    ),
    tasks: Object.fromEntries(
      tasks
        .filter(({ superseded }) => !superseded)
        .map((task) => [
          local(task.id),
          shownOf({
            ...task,
            // A group whose artifact is gone has its identifier for a key.
            key: task.key.replace(`${runId}/`, ""),
            ...{ inputArtifactId: local(task.inputArtifactId), originId: local(task.originId) },
          }),
        ]),
    ),
  };
}

/** From its claim on, a task runs as far as the planner is concerned. */
const shownOf = (task: Omit<DagTask, "id">) => ({
  nodeId: task.nodeId,
  key: task.key,
  position: task.position,
  state: ["staging", "submitted"].includes(task.state) ? "running" : task.state,
  failures: task.failures,
  generation: task.generation,
  inputArtifactId: task.inputArtifactId,
  originId: task.originId,
});

function anEngine(db: Database): Engine {
  return {
    ...{ db, sites: [], workerId: "w", memory: newMemory(), log: pino({ level: "silent" }), now: () => new Date() },
    products: { commit: async () => undefined, settle: async () => undefined },
    tell: async () => true,
    wakeStart: () => undefined,
    wakePoll: () => undefined,
    wakeDue: () => undefined,
    wakeWatch: () => undefined,
    secretOf: () => null,
    outlook: noOutlook,
  };
}
