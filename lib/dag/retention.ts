import { matchesGlob } from "@/lib/dag/glob";
import type { NodeDefinition, Retention } from "@/lib/pipeline/definition";

/** How long things are kept, days; `nereus.config.ts` sets it. */
export type RetentionPolicy = {
  /** Files of class `history`, from the end of their run. */
  readonly historyDays: number;
  /** Inputs of a run that did not end whole, so that it can be retried. */
  readonly retryDays: number;
  /** What cached tasks have made, so that others can take it over. */
  readonly reuseDays: number;
  /** Inputs and unfinished files of attempts that did not end well, hours. */
  readonly scratchHours: number;
};

/** What keeps the file of an artifact, or when it may go. */
export type Verdict = {
  /** Who or what refers to it, by name: `node consumer`, `pin`, `reuse`, `another run`, ... */
  readonly holders: readonly string[];
  /** The first moment at which time alone lets it go; null when time alone never does. */
  readonly freeAt: Date | null;
};

/** Facts about an artifact that decide whether its file is kept. */
export type Keeping = {
  readonly retention: Retention;
  readonly isSuperseded: boolean;
  /** Nodes that still need it. */
  readonly neededBy: readonly string[];
  readonly isPinned: boolean;
  /** When a cached task made it; null for other files. */
  readonly reusableSince: Date | null;
  /** Another run refers to this very file, or a live one may still ask for it. */
  readonly isWantedElsewhere: boolean;
  readonly runEndedAt: Date | null;
  readonly runEndedWhole: boolean;
};

const dayMs = 86_400_000;

/** The holder of a file that other runs want. */
export const wantedElsewhere = "another run";

/** The class of a file: of the first output that takes it, else of its node, else `history`. */
export function retentionOf(node: NodeDefinition, path: string): Retention {
  const output = node.outputs.find((one) => one.retention !== undefined && matchesGlob(one.pattern, path));
  return output?.retention ?? node.retention ?? "history";
}

/**
 * Whether the file of an artifact may go: it may when nothing holds it. Archive is for ever; history is as long as the
 * policy says after the end of its run; scratch, and what a rerun has put others in the place of, goes when nobody needs it.
 * Source: EXECUTION.md, G1 and G2.
 */
export function judgeArtifact(keeping: Keeping, policy: RetentionPolicy, now: Date): Verdict {
  const { runEndedAt, reusableSince } = keeping;
  const after = (from: Date | null, days: number) => (from === null ? null : new Date(from.getTime() + days * dayMs));
  const waits: (readonly [string, Date | null])[] = [];
  if (keeping.retention === "archive" && !keeping.isSuperseded) waits.push(["archive", null]);
  if (keeping.isPinned) waits.push(["pin", null]);
  if (keeping.isWantedElsewhere) waits.push([wantedElsewhere, null]);
  const retryUntil = keeping.runEndedWhole ? null : after(runEndedAt, policy.retryDays);
  if (!keeping.isSuperseded) for (const name of keeping.neededBy) waits.push([`node ${name}`, retryUntil]);
  if (reusableSince !== null) waits.push(["reuse", after(reusableSince, policy.reuseDays)]);
  if (keeping.retention === "history" && !keeping.isSuperseded)
    waits.push(["history", after(runEndedAt, policy.historyDays)]);
  const holding = waits.filter(([, until]) => until === null || until > now);
  const ends = holding.map(([, until]) => until);
  return {
    holders: holding.map(([name]) => name),
    freeAt: ends.includes(null) ? null : new Date(Math.max(now.getTime(), ...ends.map((end) => end?.getTime() ?? 0))),
  };
}
