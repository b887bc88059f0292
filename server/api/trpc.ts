import { initTRPC, TRPCError } from "@trpc/server";
import { isNereusError } from "@/lib/errors";
import { chooseLocale, localeCookie } from "@/lib/messages/choose-locale";
import type { Locale } from "@/lib/messages/messages";
import { mapError, trpcCodeOf } from "@/server/api/map-error";
import type { Viewer } from "@/server/services/accounts/read-viewer";
import type { ServiceContext } from "@/server/services/context";
import { portalContext } from "@/server/services/portal-context";

export type ApiContext = { readonly service: ServiceContext; readonly viewer: Viewer | null; readonly locale: Locale };

/** Context of a call: the session's actor and the language of its browser. */
export async function createApiContext(headers: Headers): Promise<ApiContext> {
  return { ...(await portalContext(headers)), locale: localeOf(headers) };
}

/** Language of a request by its cookie, then by its browser. */
export function localeOf(headers: Headers): Locale {
  const chosen = new RegExp(`(?:^|;\\s*)${localeCookie}=([a-z]+)`).exec(headers.get("cookie") ?? "")?.[1];
  return chooseLocale(chosen, headers.get("accept-language"));
}

const t = initTRPC.context<ApiContext>().create({
  errorFormatter: ({ shape, error, ctx }) => {
    const told = mapError(error, ctx?.locale ?? "en");
    const { stack: _server, ...data } = shape.data;
    return { ...shape, message: told.sentence, data: { ...data, nereus: told } };
  },
});

/** Gives expected failures their code; the formatter words them. */
const withErrorCodes = t.middleware(async ({ next }) => {
  const result = await next();
  if (!result.ok && isNereusError(result.error.cause))
    throw new TRPCError({ code: trpcCodeOf(result.error.cause), cause: result.error.cause });
  return result;
});

export const router = t.router;
/** A call that parses its input, asks one service and returns what it says. */
export const procedure = t.procedure.use(withErrorCodes);
