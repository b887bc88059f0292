import { lookup } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import { NereusError } from "@/lib/errors";
import { isPrivateAddress } from "@/server/storage/private-address";

/**
 * How the name of an address is looked up. The address that a name leads to is checked at the moment of connecting, so that
 * no name can lead to another one later.
 * @param privateHosts  names or addresses, or host:port, that may be asked although they are private
 * @returns undefined for a host that is allowed as it is
 * @throws {NereusError} address-refused for a private address
 */
export function guardAddress(url: URL, privateHosts: readonly string[]): LookupFunction | undefined {
  const host = url.hostname.replace(/^\[|\]$/g, "");
  if (privateHosts.includes(host) || privateHosts.includes(url.host)) return undefined;
  if (isIP(host) !== 0 && isPrivateAddress(host)) throw refuse(url.origin, host);
  return publicLookup;
}

/** A name of which any address is private is not asked at all. */
const publicLookup: LookupFunction = (host, options, done) => {
  lookup(host, { ...options, all: true }, (error, addresses) => {
    if (error) return done(error, "", 0);
    const bad = addresses.find(({ address }) => isPrivateAddress(address));
    if (bad) return done(refuse(host, bad.address), "", 0);
    const [first] = addresses;
    if (options.all) return done(null, addresses);
    return done(null, first?.address ?? "", first?.family ?? 0);
  });
};

function refuse(url: string, address: string): NereusError {
  const problem = `${address} is a private address; an administrator can allow its host in waits.privateHosts`;
  return new NereusError("address-refused", { url, problem });
}
