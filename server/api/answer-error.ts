import { TRPCError } from "@trpc/server";
import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import { mapError, trpcCodeOf } from "@/server/api/map-error";
import { localeOf } from "@/server/api/trpc";

/** The answer of a plain route that failed: the same codes and sentences as those of a call. */
export function answerError(error: unknown, headers: Headers): Response {
  const status = getHTTPStatusCodeFromError(new TRPCError({ code: trpcCodeOf(error) }));
  return Response.json(mapError(error, localeOf(headers)), { status, headers: { "cache-control": "no-store" } });
}
