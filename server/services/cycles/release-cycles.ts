import type { Logger } from "pino";
import { decideReleases, type Release } from "@/lib/cycle/decide-releases";
import type { PipelineId } from "@/lib/ids";
import { renderError } from "@/lib/messages/render-error";
import type { ServiceContext } from "@/server/services/context";
import { cancelRun } from "@/server/services/runs/cancel-run";
import { requestRun } from "@/server/services/runs/request-run";
import {
  type CycleIntentRow,
  noteIntent,
  readLiveCycles,
  readRunahead,
  readWaitingCycles,
} from "@/server/store/cycle-intent";

/**
 * Starts the waiting cycles that may start now, and notes at the others why they wait. A process that dies between the
 * run and its note leaves the cycle waiting; asked again, the run is found, since a cycle has one run.
 * @returns how many cycles still wait
 */
export async function releaseCycles(ctx: ServiceContext, log: Logger): Promise<number> {
  const waiting = await readWaitingCycles(ctx.db);
  let left = 0;
  for (const pipelineId of new Set(waiting.map((one) => one.pipelineId))) {
    const own = waiting.filter((one) => one.pipelineId === pipelineId);
    const live = await readLiveCycles(ctx.db, pipelineId);
    // A cycle whose run is there already, by whomever, needs no place of its own.
    const begun = new Set(live.map(({ cycle }) => cycle));
    const asked = own.map((one) => ({ ...one, dueAt: one.dueAt.toISOString() }));
    const fresh = asked.filter(({ cycle }) => !begun.has(cycle));
    const decided = decideReleases(fresh, live, await readRunahead(ctx.db, pipelineId));
    for (const runId of decided.cancel) await cancelPrevious(ctx, runId, log);
    const linked = own.filter(({ cycle }) => begun.has(cycle)).map(({ cycle }) => ({ cycle, act: "start" as const }));
    for (const release of [...linked, ...decided.releases]) {
      const intent = own.find(({ cycle }) => cycle === release.cycle);
      if (intent && !(await carryOut(ctx, { intent, release, log, pipelineId }))) left += 1;
    }
  }
  return left;
}

/** @returns whether the cycle waits no longer */
async function carryOut(
  ctx: ServiceContext,
  what: { intent: CycleIntentRow; release: Release; log: Logger; pipelineId: PipelineId },
): Promise<boolean> {
  const { intent, release, log, pipelineId } = what;
  const { cycle, input } = intent;
  if (release.act !== "start") {
    const { reason, about } = release;
    const state = release.act === "skip" ? "skipped" : "waiting";
    if (state !== intent.state || reason !== intent.reason || about !== intent.about)
      await noteIntent(ctx.db, intent, { state, reason, about });
    return state === "skipped";
  }
  try {
    const { runId } = await requestRun(ctx, { pipelineId, input, cycle });
    await noteIntent(ctx.db, intent, { state: "started", reason: null, about: null, startedAt: ctx.now() });
    log.info({ pipelineId, cycle, runId }, "cycle started");
    return true;
  } catch (error) {
    log.error({ err: error, pipelineId, cycle }, "cycle did not start");
    await noteIntent(ctx.db, intent, { state: "waiting", reason: "refused", about: renderError(error, "en") });
    return false;
  }
}

async function cancelPrevious(ctx: ServiceContext, runId: string, log: Logger): Promise<void> {
  try {
    await cancelRun(ctx, { runId, reason: "a later cycle of its schedule has come" });
  } catch (error) {
    // It has ended meanwhile, or was asked to before.
    log.debug({ err: error, runId }, "previous cycle not cancelled");
  }
}
