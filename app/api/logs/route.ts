import { z } from "zod";
import { answerError } from "@/server/api/answer-error";
import { portalContext } from "@/server/services/portal-context";
import { readLog } from "@/server/services/runs/read-log";

const query = z.object({
  attempt: z.string().max(100),
  stream: z.enum(["stdout", "stderr"]),
  offset: z.coerce.number().int().min(0),
});

/** `GET /api/logs?attempt=<id>&stream=stdout&offset=0`: the next part of what an attempt wrote. */
export async function GET(request: Request): Promise<Response> {
  try {
    const { attempt, stream, offset } = query.parse(Object.fromEntries(new URL(request.url).searchParams));
    const { service } = await portalContext(request.headers);
    const part = await readLog(service, { attemptId: attempt, stream, offset });
    return Response.json(part, { headers: { "cache-control": "no-store" } });
  } catch (error) {
    return answerError(error, request.headers);
  }
}
