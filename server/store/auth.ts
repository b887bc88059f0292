import { betterAuth } from "better-auth";
import { drizzleAdapter } from "better-auth/adapters/drizzle";
import { hashPassword, verifyPassword } from "better-auth/crypto";
import * as accounts from "@/drizzle/schema/accounts";
import type { Database } from "@/server/store/database";

/** Shortest password that is accepted, characters. */
export const passwordMinLength = 10;
const DAY_SECONDS = 24 * 3600;

export type AuthOptions = {
  readonly secret: string;
  /** With https the session cookie is sent over TLS only. */
  readonly baseUrl: string;
  /** Proxies to pass over in `x-forwarded-for`, whose last entry is the peer itself (`believeOnlyProxies`). */
  readonly trustedProxies?: readonly string[];
};

/**
 * The accounts library behind one door: it keeps sessions and checks passwords. Accounts, roles and new passwords are
 * written by our own services, so that the permission table and the audit log hold for them too; sign-up is closed.
 */
export function createAuth(db: Database, { secret, baseUrl, trustedProxies = [] }: AuthOptions) {
  const auth = betterAuth({
    secret,
    baseURL: baseUrl,
    basePath: "/api/auth",
    database: drizzleAdapter(db, { provider: "pg", schema: accounts }),
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: passwordMinLength },
    session: { expiresIn: 14 * DAY_SECONDS, updateAge: DAY_SECONDS },
    // The route lets only requests of its own origin through, whatever name the portal is reached by.
    trustedOrigins: (request) => (request ? [new URL(request.url).origin, request.headers.get("origin") ?? ""] : []),
    rateLimit: { enabled: true, window: 60, max: 100, customRules: { "/sign-in/email": { window: 60, max: 10 } } },
    advanced: {
      cookiePrefix: "nereus",
      useSecureCookies: baseUrl.startsWith("https:"),
      defaultCookieAttributes: { httpOnly: true, sameSite: "lax", path: "/" },
      ipAddress: { trustedProxies: [...trustedProxies] },
    },
    telemetry: { enabled: false },
    logger: { disabled: true },
  });
  return {
    /** Answers sign-in and sign-out; sets and clears the session cookie. */
    handle: (request: Request): Promise<Response> => auth.handler(request),
    /** Id and token of the session that the cookie names; null when there is none or it has ended. */
    readSession: async (headers: Headers): Promise<{ userId: string; token: string } | null> => {
      const found = await auth.api.getSession({ headers });
      return found ? { userId: found.user.id, token: found.session.token } : null;
    },
  };
}
export type Auth = ReturnType<typeof createAuth>;

export { hashPassword, verifyPassword };
