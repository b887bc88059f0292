import { actorOf, readViewer, type Viewer } from "@/server/services/accounts/read-viewer";
import type { ServiceContext } from "@/server/services/context";
import { portalHost } from "@/server/services/portal-host";

/** The context of a web request: who asks, by its session cookie, and what the services need. */
export async function portalContext(headers: Headers): Promise<{ service: ServiceContext; viewer: Viewer | null }> {
  const { config, database } = await portalHost();
  const viewer = await readViewer(headers);
  const actor = viewer === null ? ({ kind: "anonymous" } as const) : await actorOf(viewer, database.db);
  return { service: { db: database.db, actor, now: () => new Date(), config }, viewer };
}
