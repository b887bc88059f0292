import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { appRouter } from "@/server/api/app-router";
import { isSameOrigin } from "@/server/api/same-origin";
import { createApiContext } from "@/server/api/trpc";

/** All calls of the portal; pages of other origins get nothing. */
async function answer(request: Request): Promise<Response> {
  if (!isSameOrigin(request.headers)) return new Response("Forbidden", { status: 403 });
  return await fetchRequestHandler({
    endpoint: "/api/trpc",
    req: request,
    router: appRouter,
    createContext: () => createApiContext(request.headers),
    responseMeta: () => ({ headers: new Headers({ "cache-control": "no-store" }) }),
  });
}

export { answer as GET, answer as POST };
