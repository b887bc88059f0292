import { asId, type SiteId } from "@/lib/ids";
import { waitPool } from "@/lib/pipeline/wait-pool";
import { webPool } from "@/lib/pipeline/web-pool";
import type { Config } from "@/server/config";
import type { Site } from "@/server/engine/engine";
import { localConnection } from "@/server/executors/connection/local";
import { containerLauncher } from "@/server/executors/container/container-launcher";
import type { ContainerOptions } from "@/server/executors/container/container-options";
import { pacePolls } from "@/server/executors/pace-polls";
import { runners } from "@/server/executors/registry";
import type { WebAccess } from "@/server/executors/web/web-access";
import { withWeb } from "@/server/executors/with-web";
import { askServer } from "@/server/storage/ask-server";
import { openSocket } from "@/server/storage/open-socket";
import { programProvider } from "@/server/storage/provide-program";
import { connectSite } from "@/server/worker/connect-site";
import { runnerOfSite } from "@/server/worker/runner-of-site";

/** Tasks that write what they waited for, or fetch it, at once. */
const waitSlots = 32;
/** Requests and websockets at once: a few connections of one process. */
const webSlots = 32;

/** The places where this worker runs work: this machine, and those of the configuration. */
export function buildSites(config: Config): readonly Site[] {
  const local: Site = {
    id: asId<SiteId>("local"),
    connection: localConnection(),
    runner: withWeb(runners.process(), runners.web(webAccess(config.waits.privateHosts))),
    ...launcherFor(config.containers),
    scratchRoot: config.scratchPath,
    pools: { ...config.slots, [waitPool]: waitSlots, [webPool]: webSlots },
    programs: { node: process.execPath, locate: async (program) => `${config.programsPath}/${program}.mjs` },
  };
  return [local, ...Object.entries(config.sites).map(([name, site]) => buildSite(config, name, site))];
}

/** Web servers, under the rule of the sensors about private addresses. */
const webAccess = (privateHosts: readonly string[]): WebAccess => ({
  ask: (url, question) => askServer(url, { ...question, privateHosts }),
  open: (url, wish) => openSocket(url, { ...wish, privateHosts }),
});

const launcherFor = (options: ContainerOptions | undefined): Pick<Site, "launcher"> =>
  options === undefined ? {} : { launcher: containerLauncher(options) };

function buildSite(config: Config, name: string, site: Config["sites"][string]): Site {
  const connection = connectSite(site);
  return {
    id: asId<SiteId>(name),
    connection,
    runner: pacePolls(runnerOfSite(connection, site)),
    ...launcherFor(site.containers),
    scratchRoot: site.scratch,
    pools: site.pools,
    caps: site.caps,
    programs: { node: site.node, locate: programProvider(connection, config.programsPath, `${site.scratch}/programs`) },
  };
}
