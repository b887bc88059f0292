import { and, eq, inArray, isNotNull, min, sql } from "drizzle-orm";
import { node, run } from "@/drizzle/schema/engine";
import { runSource } from "@/drizzle/schema/waits";
import { shiftCycle } from "@/lib/cycle/shift-instant";
import { edgeKey, type Graph, type GraphInput } from "@/lib/dag/graph";
import { isMatch } from "@/lib/dag/is-match";
import type { SourceView } from "@/lib/dag/run-view";
import type { NodeState } from "@/lib/dag/state";
import { asId, type CyclePoint, type NodeId, type PipelineId, type RunId } from "@/lib/ids";
import { type PlacedArtifact, readPlacedArtifacts } from "@/server/store/artifact";
import type { Tx } from "@/server/store/database";
import { enqueue } from "@/server/store/enqueue";
import type { Reader } from "@/server/store/reader";
import { findRunOfCycle, type RunRow } from "@/server/store/run";

export type SourceRow = typeof runSource.$inferSelect;
type OfCycle = Pick<RunRow, "id" | "pipelineId" | "cycle">;

/** Writes what a new run waits for in other runs; a run without a cycle finds nothing there. */
export async function insertSources(tx: Tx, of: OfCycle, what: { readonly graph: Graph; readonly at: Date }) {
  const { graph, at } = what;
  const rows = graph.nodes.flatMap(({ id: nodeId, inputs }) =>
    inputs.flatMap((input) => {
      const wanted = wantedOf(of, input);
      if (wanted === null) return [];
      const seconds = input.patience?.deadlineSeconds;
      const deadlineAt = seconds === undefined ? null : new Date(at.getTime() + seconds * 1000);
      const id = `${of.id}/${edgeKey(nodeId, input.name)}`;
      return [{ ...wanted, id, runId: of.id, nodeId, input: input.name, deadlineAt, dueAt: at }];
    }),
  );
  if (rows.length === 0) return;
  await tx.insert(runSource).values(rows);
  await enqueue(tx, "watch");
}

/** The other run that an input leads to; null for one of this run. */
function wantedOf({ pipelineId, cycle }: OfCycle, { external }: GraphInput) {
  if (external === null || cycle === null) return null;
  const { workflow, cycleOffset } = external;
  const other = workflow === null ? pipelineId : asId<PipelineId>(workflow);
  return { pipelineId: other, cycle: shiftCycle(cycle, cycleOffset) };
}

/** Inputs whose other run is to be looked for now; nobody else looks at them until `lease`. */
export async function takeDueSources(
  db: Reader,
  of: { readonly now: Date; readonly lease: Date; readonly most: number },
): Promise<readonly SourceRow[]> {
  return db
    .update(runSource)
    .set({ dueAt: of.lease })
    .where(
      sql`${runSource.id} in (
        select s.id from run_source s
        where s.due_at <= ${of.now.toISOString()}::timestamptz
        order by s.due_at limit ${of.most} for update skip locked)`,
    )
    .returning();
}

/** What became of a look: the other run, that there will be none, or when to look again. */
export async function noteSource(
  db: Reader,
  id: string,
  note: Pick<SourceRow, "sourceRunId" | "isSubstitute" | "isExpired" | "dueAt">,
): Promise<void> {
  await db.update(runSource).set(note).where(eq(runSource.id, id));
}

export async function readNextSource(db: Reader): Promise<Date | null> {
  const [row] = await db
    .select({ at: min(runSource.dueAt) })
    .from(runSource)
    .where(isNotNull(runSource.dueAt));
  return row?.at ?? null;
}

/** The newest run of a pipeline, among the cycles from one to another, of which a node stands in one of these states. */
export async function findUsableRun(
  db: Reader,
  of: {
    readonly pipelineId: PipelineId;
    readonly from: CyclePoint;
    readonly to: CyclePoint;
    readonly nodeId: NodeId;
    readonly states: readonly NodeState[];
  },
): Promise<RunId | null> {
  // `2026-07-01T00Z` names the same hour as its minutes do, and comes before them.
  const moment = (cycle: unknown) => sql`replace(replace(${cycle}, 'Z', ':00Z'), ':00:00Z', ':00Z')::timestamptz`;
  const [row] = await db
    .select({ id: run.id })
    .from(run)
    .innerJoin(node, and(eq(node.runId, run.id), eq(node.nodeId, of.nodeId), inArray(node.state, [...of.states])))
    .where(
      and(
        eq(run.pipelineId, of.pipelineId),
        of.from === of.to
          ? eq(run.cycle, of.to)
          : sql`${moment(run.cycle)} between ${moment(sql`${of.from}::text`)} and ${moment(sql`${of.to}::text`)}`,
      ),
    )
    .orderBy(sql`${moment(run.cycle)} desc`)
    .limit(1);
  return row?.id ?? null;
}

/** What a run takes of other runs. */
export type External = {
  /** By `node/input`, and by `node/input/fallback` for what an earlier cycle made. */
  readonly artifacts: ReadonlyMap<string, readonly PlacedArtifact[]>;
  readonly substitutes: ReadonlySet<string>;
  /** `node/input` of those whose deadline has passed without any. */
  readonly expired: readonly string[];
};

const nothing: External = { artifacts: new Map(), substitutes: new Set(), expired: [] };

/** Artifacts of other runs that inputs of a run lead to, as far as they have been found. */
export async function readExternal(db: Reader, of: OfCycle, graph: Graph): Promise<External> {
  if (!graph.readsOtherRuns) return nothing;
  const rows = await db.select().from(runSource).where(eq(runSource.runId, of.id));
  const artifacts = new Map<string, readonly PlacedArtifact[]>();
  for (const { id: nodeId, inputs } of graph.nodes) {
    for (const input of inputs) {
      const key = edgeKey(nodeId, input.name);
      const source = rows.find((row) => row.nodeId === nodeId && row.input === input.name)?.sourceRunId ?? null;
      if (source !== null) artifacts.set(key, await readMatches(db, source, input));
      const earlier = input.fallback?.kind === "cycle" ? await findEarlier(db, of, input) : null;
      if (earlier !== null) artifacts.set(`${key}/fallback`, await readMatches(db, earlier, input));
    }
  }
  const named = (some: readonly SourceRow[]) => some.map((row) => `${row.nodeId}/${row.input}`);
  return {
    artifacts,
    substitutes: new Set(named(rows.filter(({ isSubstitute }) => isSubstitute))),
    expired: named(rows.filter(({ isExpired }) => isExpired)),
  };
}

async function readMatches(db: Reader, runId: RunId, { node: nodeId, path }: GraphInput) {
  return (await readPlacedArtifacts(db, runId, [nodeId])).filter((artifact) => isMatch(path, artifact.path));
}

/** The run that a fallback names, where its node has ended. */
async function findEarlier(db: Reader, of: OfCycle, input: GraphInput): Promise<RunId | null> {
  if (of.cycle === null || input.fallback?.kind !== "cycle") return null;
  const { pipelineId, cycle } = wantedOf(of, input) ?? { pipelineId: of.pipelineId, cycle: of.cycle };
  const earlier = shiftCycle(cycle, input.fallback.offset);
  const range = { pipelineId, from: earlier, to: earlier, nodeId: input.node };
  return findUsableRun(db, { ...range, states: ["completed", "partial"] });
}

/** True when the run of that pipeline and cycle is there and goes on. */
export async function isUnderWay(db: Reader, pipelineId: PipelineId, cycle: CyclePoint): Promise<boolean> {
  const other = await findRunOfCycle(db, pipelineId, cycle);
  return other !== null && ["pending", "running", "held"].includes(other.state);
}

/** The other runs of which a run takes artifacts. */
export async function readSources(db: Reader, runId: RunId): Promise<readonly SourceView[]> {
  return db
    .select({
      ...{ nodeId: runSource.nodeId, input: runSource.input, isSubstitute: runSource.isSubstitute },
      ...{ runId: run.id, pipelineId: run.pipelineId, cycle: run.cycle },
    })
    .from(runSource)
    .innerJoin(run, eq(run.id, runSource.sourceRunId))
    .where(eq(runSource.runId, runId))
    .orderBy(runSource.id);
}
