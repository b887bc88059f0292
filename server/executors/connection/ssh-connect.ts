import { readFile } from "node:fs/promises";
import type { Duplex } from "node:stream";
import ssh2, { type Client } from "ssh2";
import { NereusError } from "@/lib/errors";
import { checkHostKey } from "@/server/executors/connection/host-key-check";
import { hostName } from "@/server/executors/connection/known-hosts";
import type { SshHost, SshOptions } from "@/server/executors/connection/ssh-options";

/** A client that is let in, and what ends it together with the hosts on its way. */
export type SshClient = { readonly client: Client; close(): void };

const missedSignsOfLife = 3;

/**
 * Connects to a login node, through its jump hosts when it has any.
 * @throws {NereusError} host-key-unknown, host-key-changed, ssh-login-refused, ssh-key-unreadable;
 *   site-unreachable (retryable) for everything that may pass
 */
export async function connectSsh(options: SshOptions): Promise<SshClient> {
  const opened: Client[] = [];
  const close = () => {
    for (const client of opened.reverse()) client.end();
  };
  try {
    const way = [...options.jumps, options];
    for (const host of way) {
      const before = opened.at(-1);
      const sock = before === undefined ? undefined : await forward(before, host);
      opened.push(await enter(host, options, sock));
    }
  } catch (error) {
    close();
    throw error;
  }
  const client = opened.at(-1);
  if (client === undefined) throw new Error("the way to a host has at least that host");
  return { client, close };
}

function forward(client: Client, to: SshHost): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    client.forwardOut("127.0.0.1", 0, to.host, to.port, (error, channel) => {
      if (error) reject(unreachable(to, error));
      else resolve(channel);
    });
  });
}

async function enter(host: SshHost, options: SshOptions, sock: Duplex | undefined): Promise<Client> {
  const [check, privateKey] = await Promise.all([checkHostKey(host), readIdentity(host)]);
  const client = new ssh2.Client();
  let refused: NereusError | null = null;
  return new Promise((resolve, reject) => {
    const fail = (error: Error) => {
      client.end();
      reject(refused ?? explain(host, error));
    };
    client.once("error", fail);
    client.once("close", () => fail(new Error("the connection was closed before the login")));
    client.once("ready", () => {
      client.removeAllListeners("error").removeAllListeners("close");
      // Errors of an open connection reach its channels; without a listener they would end the process.
      client.on("error", () => client.end());
      resolve(client);
    });
    client.connect({
      ...{ host: host.host, port: host.port, username: host.user, sock, privateKey },
      agent: host.agentSocket ?? undefined,
      readyTimeout: options.connectTimeoutSeconds * 1000,
      keepaliveInterval: options.keepAliveSeconds * 1000,
      keepaliveCountMax: missedSignsOfLife,
      algorithms: { serverHostKey: check.algorithms },
      hostVerifier: (key: Buffer) => {
        refused = check.verify(key);
        return refused === null;
      },
    });
  });
}

async function readIdentity({ identityPath }: SshHost): Promise<Buffer | undefined> {
  if (identityPath === null) return undefined;
  const refuse = (problem: string, cause?: unknown) =>
    new NereusError("ssh-key-unreadable", { path: identityPath, problem }, { cause });
  const key = await readFile(identityPath).catch((error: Error) => Promise.reject(refuse(error.message, error)));
  const parsed = ssh2.utils.parseKey(key);
  if (parsed instanceof Error) throw refuse(parsed.message, parsed);
  return key;
}

function explain(host: SshHost, error: Error): NereusError {
  if ("level" in error && error.level === "client-authentication") {
    const key = host.identityPath ?? (host.agentSocket === null ? "no key" : "the keys of the agent");
    const fields = { host: hostName(host.host, host.port), user: host.user, key };
    return new NereusError("ssh-login-refused", fields, { cause: error });
  }
  return unreachable(host, error);
}

function unreachable(host: SshHost, error: Error): NereusError {
  const fields = { place: hostName(host.host, host.port), problem: error.message };
  return new NereusError("site-unreachable", fields, { cause: error, retryable: true });
}
