import { setImmediate as nextTurn } from "node:timers/promises";
import { dagLimits } from "@/lib/dag/dag-state";
import type { RunId } from "@/lib/ids";
import { type Engine, leaseUntil, type Site } from "@/server/engine/engine";
import { startAttempt } from "@/server/engine/start-attempt";
import { afterEnd, tellWaiters, transition } from "@/server/engine/transition";
import { mapConcurrently } from "@/server/storage/map-concurrently";
import type { ClaimedTask } from "@/server/store/claimed-task";
import { mintStamp } from "@/server/store/mint-id";
import type { Reader } from "@/server/store/reader";
import { type StepClaim, type StepReport, type StepResult, step } from "@/server/store/step";

/** Reports of one step: a burst is written together, and a step stays short. */
const mostReports = 500;
/** Tasks that one claim takes; more are taken by the next step. */
const mostClaimed = 512;
const startedAtOnce = 8;

export type Stepper = {
  /** Resolves when the report is written; false when the attempt may no longer speak for its task. */
  tell(report: StepReport): Promise<boolean>;
  /** Something may be ready to start. */
  wake(): void;
  /** Takes in what has been told, and hands out nothing more. */
  stop(): Promise<void>;
};

type Waiting = {
  readonly report: StepReport;
  readonly resolve: (accepted: boolean) => void;
  readonly reject: (error: unknown) => void;
};

/**
 * Takes the engine step by step: while one is under way, what attempts tell gathers for the next, so a burst of any
 * size costs few commits and a lone report costs one. What a step hands out is started and not waited for.
 * A step that left ready tasks behind is followed by others that only hand out, beside those that take reports in: the
 * two touch different rows, and a wide fan keeps two backends of the database busy.
 * @param db  best two connections of its own: one that has taken a step before has the plans of it
 */
export function startStepper(engine: Engine, db: Reader): Stepper {
  let waiting: Waiting[] = [];
  let woken = false;
  let running: Promise<void> | null = null;
  let handing: Promise<void> | null = null;

  const run = async () => {
    // What happens in the same turn belongs to the same step.
    await Promise.resolve();
    while (hasWork()) {
      woken = false;
      const { batch, rest } = takeBatch(waiting);
      waiting = rest;
      const { needs, isMoreReady } = await takeStep(engine, { db, batch, hands: handing === null });
      if (needs) woken = true;
      if (isMoreReady) handing ??= handOut();
    }
  };
  const hasWork = () => waiting.length > 0 || (woken && handing === null);
  const begin = () => {
    running ??= run().finally(() => {
      running = null;
      if (hasWork()) begin();
    });
  };
  const handOut = async () => {
    while ((await takeStep(engine, { db, batch: [], hands: true })).isMoreReady);
    handing = null;
    woken = true;
    begin();
  };
  return {
    tell: (report) =>
      new Promise((resolve, reject) => {
        waiting.push({ report, resolve, reject });
        begin();
      }),
    wake: () => {
      woken = true;
      begin();
    },
    stop: async () => {
      while (running !== null || handing !== null) await Promise.all([running, handing]);
    },
  };
}

/** At most one report of an attempt: a step takes all of them as of one moment. */
function takeBatch(waiting: readonly Waiting[]): { readonly batch: Waiting[]; readonly rest: Waiting[] } {
  const seen = new Set<string>();
  const batch: Waiting[] = [];
  const rest: Waiting[] = [];
  for (const one of waiting) {
    const { attemptId } = one.report;
    if (batch.length < mostReports && !seen.has(attemptId)) batch.push(one);
    else rest.push(one);
    seen.add(attemptId);
  }
  return { batch, rest };
}

type Stepped = {
  /** The pure planner was asked, and may have made tasks ready. */
  readonly needs: boolean;
  /** It handed out as much as one step may, so there may be more. */
  readonly isMoreReady: boolean;
};

/** @param what.hands  whether it is to hand out ready tasks */
async function takeStep(
  engine: Engine,
  what: { readonly db: Reader; readonly batch: readonly Waiting[]; readonly hands: boolean },
): Promise<Stepped> {
  const { db, batch, hands } = what;
  const offers = hands && !engine.memory.stopping ? offersOf(engine) : [];
  const request = { claims: offers.map(({ claim }) => claim), at: engine.now(), fanLimit: dagLimits.fan };
  let result: StepResult;
  try {
    result = await step(db, { ...request, reports: batch.map(({ report }) => report) });
  } catch (error) {
    if (batch.length <= 1) {
      batch[0]?.reject(error);
      if (batch.length === 0) engine.log.error({ err: error }, "ready tasks were not taken");
      return nothing;
    }
    // One report that cannot be written must not hold up the others.
    for (const one of batch) await takeStep(engine, { db, batch: [one], hands });
    return nothing;
  }
  for (const [n, { resolve }] of batch.entries()) resolve(result.accepted.has(n));
  for (const [n, tasks] of result.claimed.entries()) {
    const site = offers[n]?.site;
    for (const { attempt } of tasks) engine.memory.busy.add(attempt.id);
    // Once the next step is on its way: database and worker then work side by side.
    if (site && tasks.length > 0)
      follow(
        engine,
        nextTurn().then(() => startAll(engine, site, tasks)),
      );
  }
  await settle(engine, result);
  return {
    needs: result.needs.length > 0,
    isMoreReady: result.claimed.some((tasks) => tasks.length === mostClaimed),
  };
}

const nothing: Stepped = { needs: false, isMoreReady: false };

async function startAll(engine: Engine, site: Site, tasks: readonly ClaimedTask[]): Promise<void> {
  await mapConcurrently(tasks, startedAtOnce, async (claimed) => {
    const rest = await startAttempt(engine, site, claimed);
    // Not waited for: the more is told while a step is under way, the fewer steps it takes.
    follow(engine, endStart(engine, claimed, rest));
  });
}

async function endStart(engine: Engine, { task, attempt }: ClaimedTask, rest: () => Promise<boolean>): Promise<void> {
  const lives = await rest().catch((error: unknown) => {
    engine.log.error({ err: error, taskId: task.id }, "an attempt was neither started nor given up");
    return true;
  });
  engine.memory.busy.delete(attempt.id);
  if (lives) engine.wakePoll();
}

/** A stop waits for it. */
function follow(engine: Engine, work: Promise<unknown>): void {
  const { looks } = engine.memory;
  const look = work.then(() => undefined).finally(() => looks.delete(look));
  looks.add(look);
}

/** What each site may take of each pool. */
function offersOf(engine: Engine): readonly { readonly site: Site; readonly claim: StepClaim }[] {
  const { workerId } = engine;
  const stamp = mintStamp(engine.now());
  const until = leaseUntil(engine);
  return engine.sites.flatMap((site) =>
    Object.entries(site.pools).map(([pool, slots]) => ({
      site,
      claim: {
        ...{ site: site.id, pool, slots, most: mostClaimed, scratchRoot: site.scratchRoot },
        ...{ workerId, leaseUntil: until, stamp },
      },
    })),
  );
}

/** A failure here undoes nothing that was written: the next reconcile repairs it. */
async function settle(engine: Engine, result: StepResult): Promise<void> {
  const tries = [
    ...result.needs.map((runId) => ({
      runId,
      work: () => transition(engine, runId, { event: { kind: "reconcile" } }),
    })),
    ...result.ended.map((runId) => ({ runId, work: () => endWell(engine, runId) })),
  ];
  for (const { runId, work } of tries) {
    await work().catch((error: unknown) => engine.log.error({ err: error, runId }, "a run was not moved on"));
  }
  await tellWaiters(engine, result.ended).catch((error: unknown) =>
    engine.log.error({ err: error }, "what waits for ended runs was not woken"),
  );
}

const endWell = (engine: Engine, runId: RunId): Promise<void> =>
  afterEnd(engine, runId, { state: "completed", reason: null });
