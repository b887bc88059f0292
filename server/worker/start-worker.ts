import { createHash } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { hostname } from "node:os";
import type { Logger } from "pino";
import type { PipelineId } from "@/lib/ids";
import type { PipelineModule } from "@/lib/pipeline/pipeline-module";
import { type Config, readSecret } from "@/server/config";
import { commitProduct } from "@/server/engine/commit-product";
import { type Engine, newMemory, type ProductKeeper, type Site } from "@/server/engine/engine";
import { collectGarbage } from "@/server/engine/garbage/collect-garbage";
import type { ProductDeps } from "@/server/engine/product-deps";
import { cancelRequested, reconcile, renewLeases, settleEnded } from "@/server/engine/reconcile";
import { reconcileCoverage, settleProducts } from "@/server/engine/settle-products";
import { startStepper } from "@/server/engine/start-stepper";
import { stopEngine } from "@/server/engine/stop-engine";
import { watchWaits } from "@/server/engine/waits/watch-waits";
import { wakeDue } from "@/server/engine/wake-due";
import { localConnection } from "@/server/executors/connection/local";
import { removeOldPreviews } from "@/server/services/previews/preview-folder";
import { type Database, openDatabase } from "@/server/store/database";
import type { WakeUp } from "@/server/store/enqueue";
import { migrate } from "@/server/store/migrate";
import { beatWorker, registerWorker } from "@/server/store/worker";
import { buildCollector } from "@/server/worker/build-collector";
import { buildMetRefresher } from "@/server/worker/build-met-refresher";
import { buildOutlook } from "@/server/worker/build-outlook";
import { buildSites } from "@/server/worker/build-sites";
import { fireSchedules } from "@/server/worker/fire-schedules";
import { sitePoller } from "@/server/worker/poll-sites";
import { type Loop, startLoop } from "@/server/worker/start-loop";
import { startQueue } from "@/server/worker/start-queue";

export type RunningWorker = {
  /** Orderly: local jobs end, their tasks are ready again, nothing counts as a failure. */
  stop(): Promise<void>;
};

/** Between two looks at live local jobs, ms; most news comes earlier, by file events. */
const pollMs = 150;
const heartbeatMs = 15_000;
const reconcileMs = 30_000;
/** While nobody knows of some attempts whether they were submitted, ms. */
const doubtMs = 5000;
/** Between two looks at folders and addresses of weather, ms. */
const metRefreshMs = 120_000;
/** After the start, ms. */
const firstGarbageMs = 60_000;
/** Products that changed within this before the start may have lost their `coverage.json` to a crash, ms. */
const coverageWindowMs = 3_600_000;

/**
 * Brings a worker to life: database, sites, queue, loops. Several may share a database; each has a name of its own.
 * @param config.databaseUrl  must be set
 * @throws {NereusError} database-unreachable, database-too-old
 */
export async function startWorker(
  config: Config,
  options: {
    readonly log: Logger;
    readonly sites?: readonly Site[];
    /** Pipelines that run nodes may name; the registered ones when absent. */
    readonly findModule?: (pipelineId: string) => PipelineModule | null;
  },
): Promise<RunningWorker> {
  if (config.databaseUrl === null) throw new Error("a worker needs the address of its database");
  const { log } = options;
  await migrate(config.databaseUrl);
  await mkdir(config.scratchPath, { recursive: true });
  const database = openDatabase(config.databaseUrl, { maxConnections: 12 });
  const { db } = database;
  const now = () => new Date();
  const workerId = nameWorker(config);
  await registerWorker(db, { id: workerId, host: hostname(), pid: process.pid, at: now() });

  const tools: Tools = { db, log, now };
  const loops = new Map<LoopName, Loop>();
  const stopping = new AbortController();
  const engine: Engine = {
    ...{ db, workerId, log, now },
    sites: options.sites ?? buildSites(config),
    products: keepProducts(config, tools),
    memory: newMemory(),
    secretOf: (name) => readSecret(config, name),
    tell: (report) => stepper.tell(report),
    wakeStart: () => stepper.wake(),
    wakePoll: () => loops.get("poll-site")?.wake(),
    wakeDue: () => loops.get("due")?.wake(),
    wakeWatch: () => loops.get("watch")?.wake(),
    outlook: buildOutlook(hostContext(config, tools), { signal: stopping.signal, findModule: options.findModule }),
  };
  const stepping = openDatabase(config.databaseUrl, { maxConnections: 2 });
  const stepper = startStepper(engine, stepping.db);
  for (const [name, work] of worksOf(engine, { config, tools, signal: stopping.signal })) {
    loops.set(
      name,
      startLoop(work, (error) => tellFailure(log, { error, name, stopping: stopping.signal.aborted })),
    );
  }
  const wake = (name: LoopName | WakeUp) => (name === "start-ready" ? stepper.wake() : loops.get(name)?.wake());
  const queue = await startQueue({ database, workerId, wake, log, now });
  await reconcileCoverage(productDeps(config, tools), new Date(now().getTime() - coverageWindowMs));
  for (const name of ["repair", "beat", "due", "watch", "timer", "weather", "garbage"] as const) wake(name);
  log.info({ workerId }, "worker started");

  let stopped: Promise<void> | null = null;
  const stop = async () => {
    engine.memory.stopping = true;
    stopping.abort();
    await queue.stop();
    await Promise.all([...loops.values()].map((loop) => loop.stop()));
    // What a step under way hands out is started, and then interrupted with the rest.
    await stepper.stop();
    await stopEngine(engine);
    await stepper.stop();
    await Promise.all([stepping.close(), database.close()]);
    log.info({ workerId }, "worker stopped");
  };
  return {
    stop: () => {
      stopped ??= stop();
      return stopped;
    },
  };
}

type LoopName = Exclude<WakeUp, "start-ready"> | "repair" | "beat" | "due" | "weather" | "garbage";
type Tools = { readonly db: Database; readonly log: Logger; now(): Date };

/** What the worker does again and again; each tells when it wants to be called next. */
function worksOf(
  engine: Engine,
  around: { readonly config: Config; readonly tools: Tools; readonly signal: AbortSignal },
): readonly (readonly [LoopName, () => Promise<number | null>])[] {
  const { config, tools, signal } = around;
  const host = hostContext(config, tools);
  const poll = sitePoller(engine);
  const refresher = buildMetRefresher(config, tools);
  const collector = buildCollector(config, tools, engine.sites);
  return [
    ["poll-site", async () => ((await poll()) > 0 ? pollMs : null)],
    ["sweep", () => sweep(engine)],
    ["repair", () => reconcile(engine).then(() => (hasDoubts(engine) ? doubtMs : reconcileMs))],
    ["beat", () => beat(engine)],
    ["due", () => wakeDue(engine)],
    ["watch", () => watchWaits(engine)],
    ["timer", () => fireSchedules(host, tools.log)],
    [
      "garbage",
      afterStart(async () => {
        await removeOldPreviews(config, tools.now().getTime());
        await collectGarbage(collector);
        return config.retention.everyMinutes * 60_000;
      }),
    ],
    ["weather", () => refresher.refresh(signal).then(() => metRefreshMs)],
  ];
}

const hasDoubts = ({ memory }: Engine): boolean => [...memory.doubts.values()].some(({ size }) => size > 0);

/** What people asked for. */
async function sweep(engine: Engine): Promise<null> {
  await cancelRequested(engine);
  await settleEnded(engine);
  return null;
}

const hostContext = (config: Config, { db, now }: Tools) => ({ db, now, actor: { kind: "host" } as const, config });

/** Not at once: a worker that has just started has more urgent work. */
function afterStart(work: () => Promise<number>): () => Promise<number> {
  let isFirst = true;
  return async () => {
    if (!isFirst) return work();
    isFirst = false;
    return firstGarbageMs;
  };
}

function tellFailure(
  log: Logger,
  what: { readonly error: unknown; readonly name: LoopName; readonly stopping: boolean },
): void {
  if (!what.stopping) log.error({ err: what.error, work: what.name }, "the worker failed and tries again");
}

/** The same after every start: what the last process of this home left behind is taken up at once. */
function nameWorker(config: Config): string {
  return `${hostname()}-${createHash("sha256").update(config.homePath).digest("hex").slice(0, 8)}`;
}

async function beat(engine: Engine): Promise<number> {
  await beatWorker(engine.db, engine.workerId, engine.now());
  await renewLeases(engine);
  return heartbeatMs;
}

function productDeps(config: Config, { db, log, now }: Tools): ProductDeps {
  return {
    ...{ db, log, now },
    connection: localConnection(),
    storePath: config.storePath,
    metSourcesOf: (pipelineId) => sourcesMadeBy(config.metSources, pipelineId),
    seaSourcesOf: (pipelineId) => sourcesMadeBy(config.seaSources, pipelineId),
  };
}

function sourcesMadeBy(sources: Config["metSources"], pipelineId: PipelineId): readonly string[] {
  return Object.entries(sources)
    .filter(([, source]) => source.kind === "pipeline" && source.pipeline === pipelineId)
    .map(([name]) => name);
}

function keepProducts(config: Config, tools: Tools): ProductKeeper {
  const deps = productDeps(config, tools);
  return {
    commit: (ref) => commitProduct(deps, ref),
    settle: (runId, generation) => settleProducts(deps, runId, generation),
  };
}
