import { BlockList, isIP } from "node:net";

/**
 * Ranges that are no part of the public Internet, or lead back into a private one.
 * Source: IANA special-purpose address registries for IPv4 and IPv6 (RFC 6890 and its updates).
 */
const ranges: readonly (readonly [string, number])[] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
  ["::", 96],
  ["64:ff9b::", 96],
  ["64:ff9b:1::", 48],
  ["100::", 64],
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["fc00::", 7],
  ["fe80::", 10],
  ["fec0::", 10],
  ["ff00::", 8],
];

const blocked = new BlockList();
for (const [address, bits] of ranges) blocked.addSubnet(address, bits, address.includes(":") ? "ipv6" : "ipv4");

/** True for an address that a request from outside must not make us ask: loopback, link-local, private, reserved. */
export function isPrivateAddress(address: string): boolean {
  const version = isIP(address);
  // What cannot be read is not asked either. A mapped IPv4 address counts as what it maps.
  return version === 0 || blocked.check(address, version === 6 ? "ipv6" : "ipv4");
}
