import { createHash, createHmac } from "node:crypto";

/** A pinned key of a host, as `known_hosts` writes it: type and the key itself in base64. */
export type HostKey = { readonly type: string; readonly base64: string };

/**
 * The keys that a `known_hosts` text pins for a host; plain, bracketed and hashed names, `*` and `?` patterns and `!`
 * exceptions as in sshd(8). Revoked keys and those of certificate authorities pin nothing.
 */
export function findPinnedKeys(text: string, host: string, port: number): readonly HostKey[] {
  const name = hostName(host, port);
  return text.split("\n").flatMap((line) => {
    const [names = "", type = "", base64 = ""] = line.trim().split(/\s+/);
    if (names.startsWith("#") || names.startsWith("@") || base64 === "") return [];
    return matchesNames(names, name) ? [{ type, base64 }] : [];
  });
}

/** `host`, or `[host]:port` where the port is not 22. */
export const hostName = (host: string, port: number): string => (port === 22 ? host : `[${host}]:${port}`);

/** Reads the type out of a key as it comes over the wire: a length of four bytes, then the name. */
export function readHostKey(wire: Buffer): HostKey {
  return { type: wire.toString("ascii", 4, 4 + wire.readUInt32BE(0)), base64: wire.toString("base64") };
}

/** `SHA256:...` as ssh-keygen -l prints it. */
export function fingerprint(key: HostKey): string {
  const digest = createHash("sha256").update(Buffer.from(key.base64, "base64")).digest("base64");
  return `SHA256:${digest.replace(/=+$/, "")}`;
}

function matchesNames(names: string, name: string): boolean {
  const [, marker, salt = "", digest] = names.split("|");
  if (names.startsWith("|")) {
    if (marker !== "1") return false;
    return createHmac("sha1", Buffer.from(salt, "base64")).update(name).digest("base64") === digest;
  }
  const patterns = names.split(",");
  if (patterns.some((pattern) => pattern.startsWith("!") && matchesPattern(pattern.slice(1), name))) return false;
  return patterns.some((pattern) => matchesPattern(pattern, name));
}

function matchesPattern(pattern: string, name: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`, "i").test(name);
}
