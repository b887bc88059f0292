import { readFile } from "node:fs/promises";
import type { ServerHostKeyAlgorithm } from "ssh2";
import { NereusError } from "@/lib/errors";
import { hasErrorCode } from "@/server/executors/connection/has-error-code";
import {
  findPinnedKeys,
  fingerprint,
  type HostKey,
  hostName,
  readHostKey,
} from "@/server/executors/connection/known-hosts";
import type { SshHost } from "@/server/executors/connection/ssh-options";

/** The pinned keys of a host and what they say of the key that it shows. */
export type HostKeyCheck = {
  /** Algorithms to ask for, those of pinned keys first: a host with several keys must show the pinned one. */
  readonly algorithms: ServerHostKeyAlgorithm[];
  /** Null when the key is pinned, else why it is refused. */
  verify(wire: Buffer): NereusError | null;
};

const algorithmsOf: Readonly<Record<string, readonly ServerHostKeyAlgorithm[]>> = {
  "ssh-ed25519": ["ssh-ed25519"],
  "ecdsa-sha2-nistp256": ["ecdsa-sha2-nistp256"],
  "ecdsa-sha2-nistp384": ["ecdsa-sha2-nistp384"],
  "ecdsa-sha2-nistp521": ["ecdsa-sha2-nistp521"],
  "ssh-rsa": ["rsa-sha2-512", "rsa-sha2-256"],
};

/**
 * Reads the pins of a host. An unknown or changed key is an administrator's decision: it is refused with its fingerprint.
 * Source: EXECUTION.md, section 5, H1.
 */
export async function checkHostKey(host: SshHost): Promise<HostKeyCheck> {
  const pinned = findPinnedKeys(await readPins(host.knownHostsPath), host.host, host.port);
  const first = pinned.flatMap(({ type }) => algorithmsOf[type] ?? []);
  const all = Object.values(algorithmsOf).flat();
  return {
    algorithms: [...new Set([...first, ...all])],
    verify(wire) {
      const shown = readHostKey(wire);
      if (pinned.some(({ base64 }) => base64 === shown.base64)) return null;
      return pinned.length === 0 ? unknownKey(host, shown) : changedKey(host, { shown, pinned });
    },
  };
}

function unknownKey(host: SshHost, shown: HostKey): NereusError {
  const name = hostName(host.host, host.port);
  const command = `echo '${name} ${shown.type} ${shown.base64}' >>'${host.knownHostsPath}'`;
  return new NereusError("host-key-unknown", { host: name, fingerprint: fingerprint(shown), command });
}

function changedKey(host: SshHost, keys: { readonly shown: HostKey; readonly pinned: readonly HostKey[] }) {
  return new NereusError("host-key-changed", {
    host: hostName(host.host, host.port),
    fingerprint: fingerprint(keys.shown),
    expected: keys.pinned.map(fingerprint).join(", "),
    file: host.knownHostsPath,
  });
}

/** No file pins nothing. */
async function readPins(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (hasErrorCode(error, "ENOENT")) return "";
    throw error;
  }
}
