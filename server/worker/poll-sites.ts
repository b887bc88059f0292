import { isNereusError } from "@/lib/errors";
import type { SiteId } from "@/lib/ids";
import type { Engine, Site } from "@/server/engine/engine";
import { pollSite } from "@/server/engine/poll-site";

/**
 * Looks at every site, each at its own pace: one that is slow or unreachable holds up no other, and its jobs stay as
 * they are.
 * @returns a function that gives the number of jobs in flight as far as known, and looks under way
 */
export function sitePoller(engine: Engine): () => Promise<number> {
  const live = new Map<SiteId, number>();
  const looking = new Set<SiteId>();
  const unreachable = new Set<SiteId>();

  const look = async (site: Site) => {
    if (looking.has(site.id)) return;
    looking.add(site.id);
    try {
      live.set(site.id, await pollSite(engine, site));
      if (unreachable.delete(site.id)) engine.log.info({ site: site.id }, "the site answers again");
    } catch (error) {
      if (!isNereusError(error)) throw error;
      // Told once: a site may be away for hours.
      if (!unreachable.has(site.id)) engine.log.warn({ site: site.id, err: error }, "the site does not answer");
      unreachable.add(site.id);
      live.set(site.id, Math.max(1, live.get(site.id) ?? 0));
    } finally {
      looking.delete(site.id);
    }
  };
  const tell = (site: Site) => (error: unknown) =>
    engine.log.error({ err: error, site: site.id }, "a look at a site failed");

  return async () => {
    const [near, far] = [true, false].map((here) =>
      engine.sites.filter(({ runner }) => (runner.name === "process") === here),
    );
    for (const site of far ?? []) void look(site).catch(tell(site));
    for (const site of near ?? []) await look(site);
    // A look that is still under way may find jobs: without it a worker that has just started would go to sleep.
    return [...live.values()].reduce((sum, count) => sum + count, looking.size);
  };
}
