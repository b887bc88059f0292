import { portalHost } from "@/server/services/portal-host";

/** All that the accounts library may answer by itself; everything else goes through our services. */
const open: ReadonlySet<string> = new Set(["/api/auth/sign-in/email", "/api/auth/sign-out"]);

/** Sign-in and sign-out: checks the password, sets or clears the session cookie. Null for any other path. */
export async function answerAuth(request: Request): Promise<Response | null> {
  if (request.method !== "POST" || !open.has(new URL(request.url).pathname)) return null;
  const { auth } = await portalHost();
  return await auth.handle(request);
}
