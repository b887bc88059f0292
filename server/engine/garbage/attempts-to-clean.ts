import { isTerminalRun } from "@/lib/dag/state";
import type { readEndedAttempts } from "@/server/store/collected";
import type { RunRow } from "@/server/store/run";

export type EndedAttempt = Awaited<ReturnType<typeof readEndedAttempts>>[number];

const hourMs = 3_600_000;

/**
 * Attempts whose work folders may be cleaned now, and when the next one may: at once those that ended well, the others
 * after a while, since somebody may want to see what they worked on. Once more when the run has ended: a rerun may have
 * left files behind that no artifact stands for any more.
 */
export function attemptsToClean(
  attempts: readonly EndedAttempt[],
  run: Pick<RunRow, "state" | "endedAt">,
  when: { readonly now: Date; readonly scratchHours: number },
): { readonly due: readonly EndedAttempt[]; readonly nextAt: Date | null } {
  const runEndedAt = isTerminalRun(run.state) ? run.endedAt : null;
  const open = attempts.filter(
    ({ cleanedAt }) => cleanedAt === null || (runEndedAt !== null && cleanedAt < runEndedAt),
  );
  const timed = open.map((attempt) => ({ attempt, at: cleanableAt(attempt, when.scratchHours) }));
  const later = timed.filter(({ at }) => at > when.now.getTime()).map(({ at }) => at);
  return {
    due: timed.filter(({ at }) => at <= when.now.getTime()).map(({ attempt }) => attempt),
    nextAt: later.length === 0 ? null : new Date(Math.min(...later)),
  };
}

function cleanableAt({ state, exitCode, endedAt }: EndedAttempt, scratchHours: number): number {
  const ended = endedAt?.getTime() ?? 0;
  return state === "ended" && exitCode === 0 ? ended : ended + scratchHours * hourMs;
}
