import { isSameOrigin } from "@/server/api/same-origin";
import { answerAuth } from "@/server/services/accounts/answer-auth";

/** Sign-in and sign-out. */
export async function POST(request: Request): Promise<Response> {
  if (!isSameOrigin(request.headers)) return new Response("Forbidden", { status: 403 });
  return (await answerAuth(request)) ?? new Response("Not found", { status: 404 });
}
