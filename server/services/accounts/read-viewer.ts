import type { UserId } from "@/lib/ids";
import type { Role } from "@/lib/roles";
import type { Actor } from "@/server/services/context";
import { type PortalHost, portalHost } from "@/server/services/portal-host";
import { findAccount, findOrganisation } from "@/server/store/account";
import type { Database } from "@/server/store/database";

/** The person behind a request as the screens show them. */
export type Viewer = {
  readonly userId: UserId;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly mustChangePassword: boolean;
  /** Session that the request came with. */
  readonly sessionToken: string;
};

/** Who is signed in; null for everyone else. The role is read at each request, so a change holds at once. */
export async function readViewer(
  headers: Headers,
  host: () => Promise<Pick<PortalHost, "auth" | "database">> = portalHost,
): Promise<Viewer | null> {
  if (!headers.get("cookie")?.includes("nereus.session_token")) return null;
  const { auth, database } = await host();
  const session = await auth.readSession(headers);
  if (session === null) return null;
  const account = await findAccount(database.db, session.userId);
  if (account === null) return null;
  const { id, name, email, role, mustChangePassword } = account;
  return { userId: id, name, email, role, mustChangePassword, sessionToken: session.token };
}

/** Who asks, for the permission table. Until a one-time password is replaced its owner may do nothing else. */
export async function actorOf(viewer: Viewer, db: Database): Promise<Actor> {
  if (viewer.mustChangePassword) return { kind: "anonymous" };
  const organisationId = await findOrganisation(db, viewer.userId);
  return { kind: "user", userId: viewer.userId, role: viewer.role, organisationId };
}
