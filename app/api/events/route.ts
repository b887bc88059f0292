import { answerError } from "@/server/api/answer-error";
import { eventStream, eventStreamHeaders, resumeAfter } from "@/server/api/event-stream";
import { portalContext } from "@/server/services/portal-context";
import { followEvents } from "@/server/services/runs/follow-events";
import { getRun } from "@/server/services/runs/get-run";

export const dynamic = "force-dynamic";

/** `GET /api/events?run=<id>&after=<event id>`: what happens to a run, as server-sent events. */
export async function GET(request: Request): Promise<Response> {
  try {
    const query = new URL(request.url).searchParams;
    const { service } = await portalContext(request.headers);
    const { id: runId } = await getRun(service, query.get("run") ?? "");
    const gone = new AbortController();
    request.signal.addEventListener("abort", () => gone.abort(), { once: true });
    const after = resumeAfter(request.headers.get("last-event-id"), query.get("after"));
    const events = followEvents(service, { runId, after, signal: gone.signal });
    return new Response(
      eventStream(events, () => gone.abort()),
      { headers: eventStreamHeaders },
    );
  } catch (error) {
    return answerError(error, request.headers);
  }
}
