import { NereusError } from "@/lib/errors";
import type { Reporter } from "@/server/services/external/reporter";
import type { Database, Tx } from "@/server/store/database";
import { type ExternalRunRow, findExternalRun } from "@/server/store/external-run";

/** What every report is given: who reports, and when it came. */
export type ReportContext = { readonly db: Database; readonly reporter: Reporter; readonly at: Date };

/**
 * A change of one run of the reporter, in one transaction.
 * @throws {NereusError} external-run-unknown for a run that is not there or that another token reports
 */
export async function withExternalRun<T>(
  ctx: ReportContext,
  runId: string,
  change: (tx: Tx, run: ExternalRunRow) => Promise<T>,
): Promise<T> {
  return ctx.db.transaction(async (tx) => {
    const run = await findExternalRun(tx, ctx.reporter.tokenId, runId);
    if (run === null) throw new NereusError("external-run-unknown", { run: runId });
    return change(tx, run);
  });
}
