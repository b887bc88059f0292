import { answerDagon } from "@/server/api/dagon/answer-dagon";
import { portalHost } from "@/server/services/portal-host";

type Context = { params: Promise<{ token: string }> };

/** `/api/dagon/<token>/...`: what DAGonStar scripts call as their `[dagon_service] route`. */
async function answer(request: Request, { params }: Context): Promise<Response> {
  const { database } = await portalHost();
  return answerDagon(database.db, request, (await params).token);
}

export const GET = answer;
export const HEAD = answer;
export const POST = answer;
export const PUT = answer;
export const DELETE = answer;
