import { setTimeout as wait } from "node:timers/promises";
import { assertNever } from "@/lib/assert-never";
import type { DagonCall } from "@/lib/external/parse-dagon-call";
import { log } from "@/server/api/log";
import { addExternalDependency } from "@/server/services/external/add-external-dependency";
import { takeTurn } from "@/server/services/external/rate-limit";
import type { ReportContext } from "@/server/services/external/report-context";
import { queueReport, writeOrQueue } from "@/server/services/external/report-queue";
import { reportStatus } from "@/server/services/external/report-status";
import { findReporter, findReporterOrNull, hashSecret } from "@/server/services/external/reporter";
import { updateExternalTask } from "@/server/services/external/update-external-task";

type ReportCall = Extract<DagonCall, { readonly kind: "status" | "update" | "dependency" }>;

/**
 * Answers what a running script tells: written at once, or kept while the database is away or the token has told too much,
 * and then written with the time at which it came. The script goes on in every case but a wrong token or workflow.
 * @throws {NereusError} dagon-token-unknown, external-run-unknown, external-task-unknown, report-invalid
 */
export async function answerReport(
  db: ReportContext["db"],
  call: ReportCall,
  told: { readonly secret: string; readonly at: Date },
): Promise<Response> {
  const { secret, at } = told;
  // Before anything is kept for it: whoever has no token fills neither the queue nor the limiter.
  const reporter = await findReporterOrNull(db, secret);
  const secretHash = hashSecret(secret);
  const turnMs = takeTurn(secretHash, at.getTime());
  const report = {
    secretHash,
    about: `${secretHash}/${call.workflow}`,
    giveUp: (error: unknown) => log.error({ err: error, call }, "a report was given up"),
    write: async () => write({ db, reporter: reporter ?? (await findReporter(db, secret)), at }, call),
  };
  if (turnMs !== null) await wait(turnMs);
  const isLate = turnMs === null || reporter === null;
  const isKept = isLate ? queueReport(report) : await writeOrQueue(report);
  if (isKept) return Response.json({ status: "ok" }, { headers: { "cache-control": "no-store" } });
  const message = "Too many reports wait to be written; send it again later.";
  return Response.json({ status: "error", message }, { status: 429, headers: { "retry-after": "5" } });
}

function write(ctx: ReportContext, call: ReportCall): Promise<void> {
  switch (call.kind) {
    case "status":
      return reportStatus(ctx, call.workflow, call);
    case "update":
      return updateExternalTask(ctx, call.workflow, call);
    case "dependency":
      return addExternalDependency(ctx, call.workflow, call);
    default:
      return assertNever(call);
  }
}
