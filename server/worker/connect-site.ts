import type { Connection } from "@/server/executors/connection/connection";
import { localConnection } from "@/server/executors/connection/local";
import { sshConnection } from "@/server/executors/connection/ssh";
import { type SshHost, sshDefaults } from "@/server/executors/connection/ssh-options";
import { knownHostsOf, type ResolvedHost, type ResolvedSite } from "@/server/site-schema";

/** The way to a site of the configuration; nothing is opened yet. */
export function connectSite({ ssh }: ResolvedSite): Connection {
  if (ssh === undefined) return localConnection();
  return sshConnection({ ...sshDefaults, ...hostOf(ssh), jumps: ssh.jumps.map(hostOf) });
}

function hostOf(host: ResolvedHost): SshHost {
  const { port, user, identity = null, agentSocket } = host;
  return { host: host.host, port, user, identityPath: identity, agentSocket, knownHostsPath: knownHostsOf(host) };
}
