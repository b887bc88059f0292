import { setTimeout as wait } from "node:timers/promises";
import { assertNever } from "@/lib/assert-never";
import { isNereusError, type NereusError } from "@/lib/errors";
import { type DagonCall, parseDagonCall } from "@/lib/external/parse-dagon-call";
import { renderError } from "@/lib/messages/render-error";
import { answerReport } from "@/server/api/dagon/answer-report";
import { readDagonTarget } from "@/server/api/dagon/keep-targets";
import { readBody } from "@/server/api/dagon/read-body";
import { mapError } from "@/server/api/map-error";
import { addExternalTask } from "@/server/services/external/add-external-task";
import { createExternalRun } from "@/server/services/external/create-external-run";
import { describeWorkflow, findWorkflow, listWorkflows } from "@/server/services/external/describe-workflows";
import { takeTurn } from "@/server/services/external/rate-limit";
import type { ReportContext } from "@/server/services/external/report-context";
import { findReporter, hashSecret } from "@/server/services/external/reporter";
import { subscribeExternal } from "@/server/services/external/subscribe-external";

/**
 * Answers a call of a DAGonStar script as DagOnService does; errors are JSON with a message, in English as its own.
 * @param secret  of the token in the address
 */
export async function answerDagon(db: ReportContext["db"], request: Request, secret: string): Promise<Response> {
  const call = parseDagonCall({ method: request.method, ...readDagonTarget(request.headers) });
  if (call.kind === "wrong") return refuse(call.status, call.message);
  const at = new Date();
  try {
    if (call.kind === "status" || call.kind === "update" || call.kind === "dependency")
      return await answerReport(db, call, { secret, at });
    const reporter = await findReporter(db, secret);
    const turnMs = takeTurn(hashSecret(secret), at.getTime());
    if (turnMs === null) return refuse(429, "Too many calls; wait a few seconds.", { "retry-after": "5" });
    await wait(turnMs);
    return await answerCall({ db, reporter, at }, call, request);
  } catch (error) {
    if (isNereusError(error)) return refuse(statusOf(error), renderError(error, "en"));
    return refuse(500, mapError(error, "en").sentence);
  }
}

type Answered = Exclude<DagonCall, { readonly kind: "status" | "update" | "dependency" }>;

async function answerCall(ctx: ReportContext, call: Answered, request: Request): Promise<Response> {
  switch (call.kind) {
    case "check":
      return answer({ status: "ok" });
    case "create":
      return answer(await createExternalRun(ctx, await readBody(request)), 201);
    case "add-task":
      await addExternalTask(ctx, call.workflow, await readBody(request));
      return answer({ message: "ok" }, 201);
    case "find":
      return new Response(await findWorkflow(ctx, call.name), {
        headers: { ...noStore, "content-type": "text/plain" },
      });
    case "list":
      return answer(await listWorkflows(ctx));
    case "workflow":
      return answer(await describeWorkflow(ctx, call.workflow));
    case "task":
      return answerTask(ctx, call);
    case "subscribe":
      await subscribeExternal(ctx, call);
      return answer({ message: "ok" });
    default:
      return assertNever(call);
  }
}

async function answerTask(
  ctx: ReportContext,
  { workflow, task }: { readonly workflow: string; readonly task: string },
): Promise<Response> {
  const { tasks, host } = await describeWorkflow(ctx, workflow);
  const found = Object.hasOwn(tasks, task) ? tasks[task] : undefined;
  if (found === undefined) return refuse(404, `Workflow ${workflow} has no task “${task}”.`);
  return answer({ status: "ok", task: found, host });
}

function statusOf(error: NereusError): number {
  switch (error.code) {
    case "dagon-token-unknown":
      return 401;
    case "external-run-unknown":
    case "external-task-unknown":
      return 404;
    case "external-name-taken":
      return 409;
    default:
      return 400;
  }
}

const noStore = { "cache-control": "no-store" };

const answer = (body: unknown, status = 200): Response => Response.json(body, { status, headers: noStore });

function refuse(status: number, message: string, headers: Readonly<Record<string, string>> = {}): Response {
  const allow: Readonly<Record<string, string>> = status === 405 ? { allow: "GET, HEAD, POST, PUT" } : {};
  return Response.json({ status: "error", message }, { status, headers: { ...noStore, ...allow, ...headers } });
}
