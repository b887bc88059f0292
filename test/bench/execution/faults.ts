import { mkdtempSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { RunView } from "@/lib/dag/run-view";
import { isTerminalRun } from "@/lib/dag/state";
import { command } from "@/lib/pipeline/define-pipeline";
import { getRun } from "@/server/services/runs/get-run";
import { requestRun } from "@/server/services/runs/request-run";
import { readServerVersion } from "@/server/store/server-version";
import type { BenchmarkFigures } from "@/test/bench/benchmark-figures";
import { aFaultRig, type FaultRig, type Victim, victims } from "@/test/bench/execution/fault-rig";
import { aPipeline } from "@/test/fixtures/a-pipeline";
import { removeHome } from "@/test/fixtures/remove-home";
import { until } from "@/test/fixtures/until";

export type Campaign = {
  readonly jobs: number;
  /** Between two faults, ms. */
  readonly everyMs: number;
  /** How long a victim is away, at most, ms. A controller that is away for 10 s and more counts as lost. */
  readonly longestAwayMs: number;
  readonly withinSeconds: number;
};
const usual: Campaign = { jobs: 240, everyMs: 8000, longestAwayMs: 12_000, withinSeconds: 1500 };

/** Every so many-th job fails on purpose: calling it completed would be as wrong as the reverse. */
const failsEvery = 8;

/**
 * Jobs on a real cluster over a real SSH connection, while worker, sshd, controller, nodes and database are killed at random.
 * `lost`: jobs without the end that they should have had; `duplicates`: results that came of more than one attempt or work
 * that was done to its end twice; `misjudged`: failed jobs called completed and the reverse.
 */
export async function executionFaults(campaign: Campaign = usual): Promise<BenchmarkFigures> {
  const home = mkdtempSync(join(tmpdir(), "nereus-faults-"));
  const stopping = new AbortController();
  const rest = (ms: number) => pause(ms, undefined, { signal: stopping.signal }).catch(() => undefined);
  try {
    await using rig = await aFaultRig(home, rest);
    const ctx = { db: rig.database.db, config: rig.config, actor: { kind: "host" }, now: () => new Date() } as const;
    const begin = performance.now();
    const { runId } = await requestRun(ctx, {
      ...{ pipelineId: "test", input: {} },
      module: pipelineOf(campaign.jobs, `${rig.shared}/effects`),
    });
    const killing = killAtRandom(rig, campaign, stopping.signal, rest);
    try {
      const view = await until(
        "the run ends",
        async () => {
          rig.resumeNodes();
          const seen = await getRun(ctx, runId).catch(() => null);
          await pause(500);
          return seen !== null && isTerminalRun(seen.state) ? seen : null;
        },
        campaign.withinSeconds * 1000,
      );
      const seconds = (performance.now() - begin) / 1000;
      stopping.abort();
      const kills = await killing;
      const figures = { jobs: campaign.jobs, ...(await judge(view, `${rig.shared}/effects`)), kills, seconds };
      return { figures, postgres: await readServerVersion(rig.database.db) };
    } finally {
      stopping.abort();
      await killing;
    }
  } finally {
    removeHome(home);
  }
}

/** One file a job; the last thing that the work of a job does is to write into a file of its own that it was done. */
const pipelineOf = (jobs: number, effects: string) =>
  aPipeline([
    command("split", { command: `for n in $(seq ${jobs}); do echo $n >$n.txt; done` }),
    command("each", {
      ...{ fan: "single", pool: "cluster", memoryMb: 100, allowFailure: true, crashRetries: 20 },
      command: [
        "n=$(cat workflow:///split/*.txt)",
        `mkdir -p ${effects}`,
        "sleep 0.$((n * 7 % 10)); sleep $((n % 3))",
        `(( n % ${failsEvery} )) || { echo done >>${effects}/$n; exit 3; }`,
        `echo $((n * n)) >square; echo done >>${effects}/$n`,
      ].join("\n"),
    }),
  ]);

async function killAtRandom(
  rig: FaultRig,
  { everyMs, longestAwayMs }: Campaign,
  signal: AbortSignal,
  rest: (ms: number) => Promise<void | undefined>,
): Promise<number> {
  const away = new Map<Victim, Promise<void>>();
  let kills = 0;
  for (; !signal.aborted; kills += 1) {
    await rest(everyMs * (0.5 + Math.random()));
    if (signal.aborted) break;
    // Each victim in turn, so that a short campaign meets all of them; several may be away at once.
    const victim = victims[kills % victims.length] ?? "worker";
    await away.get(victim);
    away.set(victim, rig.faults[victim](Math.random() ** 2 * longestAwayMs));
  }
  await Promise.all(away.values());
  return kills;
}

async function judge(view: RunView, effects: string) {
  const tasks = view.tasks.filter(({ nodeId }) => nodeId === "each");
  const made = new Map<string, number>();
  for (const { taskId, path } of view.artifacts) if (path === "square") made.set(taskId, (made.get(taskId) ?? 0) + 1);
  let lost = view.tasks.find(({ nodeId }) => nodeId === "split")?.state === "completed" ? 0 : 1;
  let duplicates = 0;
  let misjudged = 0;
  for (const task of tasks) {
    const n = Number.parseInt(task.key, 10);
    const fails = n % failsEvery === 0;
    const ends = (await readFile(`${effects}/${n}`, "utf8").catch(() => "")).split("\n").length - 1;
    if (ends > 1 || (made.get(task.id) ?? 0) > 1) duplicates += 1;
    if (ends === 0) lost += 1;
    const wasJudged = fails
      ? task.state === "failed" && task.attempts.at(-1)?.exitCode === 3
      : task.state === "completed";
    if (!wasJudged || (!fails && made.get(task.id) !== 1)) misjudged += 1;
  }
  return { lost, duplicates, misjudged, attempts: tasks.reduce((sum, { attempts }) => sum + attempts.length, 0) };
}
