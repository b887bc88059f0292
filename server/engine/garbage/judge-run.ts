import { neededArtifacts } from "@/lib/dag/needed-artifacts";
import { judgeArtifact, retentionOf, type Verdict } from "@/lib/dag/retention";
import { isTerminalRun } from "@/lib/dag/state";
import type { RunId } from "@/lib/ids";
import type { Collector } from "@/server/engine/garbage/collector";
import { nodeOfPipeline, readPinnedPipeline } from "@/server/engine/pinned-pipeline";
import { readAskedElsewhere } from "@/server/store/asked-elsewhere";
import { type KeptFile, readForeignFiles, readKeptFiles } from "@/server/store/collected";
import { readReusablePlaces } from "@/server/store/content-key";
import { readNodes } from "@/server/store/dag-state";
import { readPins } from "@/server/store/pin";
import type { Reader } from "@/server/store/reader";
import type { RunRow } from "@/server/store/run";

/** A file of a run and what keeps it. */
export type JudgedFile = { readonly file: KeptFile; readonly verdict: Verdict };

/** What the files of a run may be wanted for beyond their own run. */
export type Wanted = {
  /** `attempt/path` of files that artifacts of other runs refer to. */
  readonly foreign: ReadonlySet<string>;
  /** `pipeline/node` whose files other pipelines, or other cycles, ask for; true while a run that does is live. */
  readonly asked: ReadonlyMap<string, boolean>;
};

export async function readWanted(db: Reader, runId: RunId): Promise<Wanted> {
  return { foreign: await readForeignFiles(db, runId), asked: await readAskedElsewhere(db) };
}

/** Counts who refers to each file of a run that is still there. The caller holds the run where the answer matters. */
export async function judgeRun(
  db: Reader,
  of: { readonly run: RunRow; readonly wanted: Wanted },
  collector: Pick<Collector, "policy" | "now">,
): Promise<readonly JudgedFile[]> {
  const { run, wanted } = of;
  const files = await readKeptFiles(db, run.id);
  if (files.length === 0) return [];
  const { definition, graph } = await readPinnedPipeline(db, run.versionHash);
  const runEndedWhole = run.state === "completed" && run.completeness === "complete";
  const needed = neededArtifacts({
    ...{ graph, runState: run.state, nodes: await readNodes(db, run.id) },
    mayBeRetried: !runEndedWhole,
  });
  const pins = await readPins(db, run.id);
  const reusable = await readReusablePlaces(db, run.id, new Date(0));
  const judged = files.map((file) => {
    const asked = wanted.asked.get(`${run.pipelineId}/${file.nodeId}`);
    const own = retentionOf(nodeOfPipeline(definition, file.nodeId), file.path);
    const keeping = {
      // What other runs may ask for is kept for them as long as history is.
      retention: own === "scratch" && asked !== undefined ? ("history" as const) : own,
      isSuperseded: file.isSuperseded,
      neededBy: needed.get(file.nodeId) ?? [],
      isPinned: pins.some(({ nodeId }) => nodeId === null || nodeId === file.nodeId),
      reusableSince: reusable.get(`${file.scratch}/${file.path}`) ?? null,
      isWantedElsewhere: isLent(file, wanted) || asked === true,
      runEndedAt: isTerminalRun(run.state) ? run.endedAt : null,
      runEndedWhole,
    };
    return { file, verdict: judgeArtifact(keeping, collector.policy, collector.now()) };
  });
  return holdTogether(judged);
}

/** Who borrows a file holds it for its own run, never the other way round: else both would hold each other for ever. */
const isLent = ({ isBorrowed, attemptId, path }: KeptFile, { foreign }: Wanted): boolean =>
  !isBorrowed && foreign.has(`${attemptId}/${path}`);

/** One file can count for several tasks: what holds it for one of them holds it for all. */
function holdTogether(judged: readonly JudgedFile[]): readonly JudgedFile[] {
  const placeOf = ({ attemptId, path }: KeptFile) => `${attemptId}/${path}`;
  const holding = judged.filter(({ verdict }) => verdict.holders.length > 0);
  const held = new Map(holding.map(({ file, verdict }) => [placeOf(file), verdict]));
  return judged.map(({ file, verdict }) => ({
    file,
    verdict: verdict.holders.length > 0 ? verdict : (held.get(placeOf(file)) ?? verdict),
  }));
}
