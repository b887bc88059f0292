import { dagLimits } from "@/lib/dag/dag-state";
import { type ArtifactId, asId, type SiteId } from "@/lib/ids";
import { command } from "@/lib/pipeline/define-pipeline";
import type { ClaimedTask } from "@/server/store/claimed-task";
import { mintId, mintStamp } from "@/server/store/mint-id";
import { step } from "@/server/store/step";
import type { BenchmarkFigures } from "@/test/bench/benchmark-figures";
import { type BenchHost, withBenchHost } from "@/test/bench/engine/bench-host";
import { median } from "@/test/bench/median";
import { aPipeline } from "@/test/fixtures/a-pipeline";

const COMPLETIONS = 2000;
/** Tasks of one node; a larger run has more nodes. */
const WIDTH = 10_000;
const SIZES = [1000, 10_000, 100_000] as const;

/**
 * The cost of one completion, from the report to the commit, inside runs of 1,000, 10,000 and 100,000 tasks: medians of
 * 2,000 completions each, taken in turn so that all meet the same machine.
 */
export function engineFlat(): Promise<BenchmarkFigures> {
  return withBenchHost(async (host) => {
    const runs: { readonly size: number; readonly tasks: readonly ClaimedTask[]; readonly ms: number[] }[] = [];
    for (const size of SIZES) runs.push({ size, tasks: await startFan(host, size), ms: [] });
    for (let index = 0; index < COMPLETIONS; index += 1) {
      for (const { tasks, ms } of runs) {
        // A run of 1,000 tasks is used up before the end and then rests.
        const task = tasks[index];
        if (task !== undefined) ms.push(await complete(host, task));
      }
    }
    const [k1 = 0, k10 = 0, k100 = 0] = runs.map(({ ms }) => median(ms));
    const figures = { p50Ms1k: k1, p50Ms10k: k10, p50Ms100k: k100, ratio100kTo1k: k100 / k1 };
    return { figures, postgres: host.postgres };
  });
}

/** A run of so many tasks that wait for their reports; their pool is their own. */
async function startFan(host: BenchHost, size: number): Promise<readonly ClaimedTask[]> {
  const pool = `pool${size}`;
  const nodes = Array.from({ length: Math.ceil(size / WIDTH) }, (_, n) =>
    command(`each${n}`, { fan: "single", inputs: { part: { ...part } }, command: "true", pool }),
  );
  const { runId } = await host.request(aPipeline([command("split", { command: "true", pool }), ...nodes]));
  const [root] = await claim(host, pool);
  if (root === undefined) throw new Error(`run ${runId} has no first task`);
  const now = new Date();
  const files = Array.from({ length: Math.min(size, WIDTH) }, (_, n) => ({
    ...{ id: asId<ArtifactId>(mintId("a", now)), path: `part${n}.nc`, sizeBytes: 0, sha256: "0" },
  }));
  await take(host, { runId, attemptId: root.attempt.id, kind: "completed", files });
  return claim(host, pool);
}

const part = {
  reference: "workflow:///split/*.nc",
  ...{ stream: false, role: null, filter: null, quorum: null, fallback: null, acceptPartial: false },
};

async function complete(host: BenchHost, { task, attempt }: ClaimedTask): Promise<number> {
  const begin = performance.now();
  await take(host, { runId: task.runId, attemptId: attempt.id, kind: "completed", files: [] });
  return performance.now() - begin;
}

const take = (host: BenchHost, report: Parameters<typeof step>[1]["reports"][number]) =>
  step(host.ctx.db, { reports: [report], claims: [], at: new Date(), fanLimit: dagLimits.fan });

async function claim(host: BenchHost, pool: string): Promise<readonly ClaimedTask[]> {
  const at = new Date();
  const offer = { site: asId<SiteId>("bench"), pool, slots: 1_000_000, most: COMPLETIONS, scratchRoot: "/bench" };
  const claims = [{ ...offer, workerId: "bench", leaseUntil: at, stamp: mintStamp(at) }];
  const { claimed } = await step(host.ctx.db, { reports: [], claims, at, fanLimit: dagLimits.fan });
  return claimed[0] ?? [];
}
