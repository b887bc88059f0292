import { answerDagon } from "@/server/api/dagon/answer-dagon";
import { portalHost } from "@/server/services/portal-host";

type Context = { params: Promise<{ token: string }> };

/** `/api/dagon/<token>/...`: what DAGonStar scripts call as their `[dagon_service] route`. */
async function answer(request: Request, { params }: Context): Promise<Response> {
  const { token } = await params;
  const { database } = await portalHost();
  // The names in the address may be encoded or not, so they are read from it as it was sent.
  const [, path = ""] = new URL(request.url).pathname.split(`/dagon/${token}/`);
  return answerDagon(database.db, request, { secret: token, path });
}

export const GET = answer;
export const HEAD = answer;
export const POST = answer;
export const PUT = answer;
