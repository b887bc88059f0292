import { sql } from "drizzle-orm";
import { z } from "zod";
import type { ArtifactId, AttemptId, RunId, SiteId } from "@/lib/ids";
import { type ClaimColumns, type ClaimedTask, readClaimed } from "@/server/store/claimed-task";
import type { Reader } from "@/server/store/reader";

/** A file that an attempt has finished, with the id that it gets when it is committed. */
export type FinishedFile = {
  readonly path: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly mimeType?: string;
  readonly metadata?: Readonly<Record<string, unknown>>;
};

/** What an attempt tells of its task. */
export type StepReport = {
  readonly runId: RunId;
  readonly attemptId: AttemptId;
  readonly kind: "submitted" | "running" | "artifacts" | "completed";
  readonly jobId?: string;
  readonly startedAt?: Date;
  readonly endedAt?: Date;
  readonly exitCode?: number;
  readonly signal?: string | null;
  readonly maxRssBytes?: number | null;
  readonly files?: readonly (FinishedFile & { readonly id: ArtifactId })[];
};

/** What a worker may take of the ready tasks of a pool. */
export type StepClaim = {
  readonly site: SiteId;
  readonly pool: string;
  readonly slots: number;
  /** Most tasks of one step. */
  readonly most: number;
  readonly scratchRoot: string;
  readonly workerId: string;
  readonly leaseUntil: Date;
  /** Begins the ids of the new attempts. */
  readonly stamp: string;
};

export type StepResult = {
  /** Places in `reports` of those that counted; the others came from attempts that may no longer speak. */
  readonly accepted: ReadonlySet<number>;
  /** Runs that only the pure planner can move on. */
  readonly needs: readonly RunId[];
  /** Runs that have completed. */
  readonly ended: readonly RunId[];
  /** New ready tasks. */
  readonly made: number;
  /** By claim, in the order of `claims`. */
  readonly claimed: readonly (readonly ClaimedTask[])[];
};

const runs = z.array(z.string()).transform((ids) => ids as RunId[]);
const resultSchema = z.object({
  report: z.object({ accepted: z.array(z.number()), needs: runs, ended: runs, made: z.number() }),
  // Columns of our own function.
  claimed: z.array(z.custom<ClaimColumns>()),
});

/**
 * Takes in reports and hands out ready tasks, in one round trip and one commit (`drizzle/functions/step.sql`).
 * @param step.reports  at most one of an attempt
 */
export async function step(
  db: Reader,
  given: {
    readonly reports: readonly StepReport[];
    readonly claims: readonly StepClaim[];
    readonly at: Date;
    readonly fanLimit: number;
  },
): Promise<StepResult> {
  const reports = JSON.stringify(given.reports);
  const claims = JSON.stringify(given.claims);
  const { rows } = await db.execute(
    sql`select nereus_step(${reports}::jsonb, ${claims}::jsonb, ${given.at.toISOString()}::timestamptz, ${given.fanLimit}) as result`,
  );
  const { report, claimed } = resultSchema.parse(rows[0]?.result);
  return { ...report, accepted: new Set(report.accepted), claimed: claimed.map(readClaimed) };
}
