import { subscribe } from "node:diagnostics_channel";
import { IncomingMessage } from "node:http";
import { BlockList, isIP, isIPv6 } from "node:net";

/** What only a proxy may say about a request. */
const proxyHeaders = [
  "forwarded",
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-port",
  "x-forwarded-proto",
  "x-real-ip",
] as const;

/**
 * Makes every HTTP server of this process believe what a request says about its way only when it comes from one of the
 * proxies. Afterwards `x-forwarded-for` always ends with the address of the peer, so that nobody can pass for another:
 * the limit of sign-ins counts by it. Node tells of a request here before any handler sees it.
 * @param proxies  addresses or CIDR ranges
 */
export function believeOnlyProxies(proxies: readonly string[]): void {
  const trusted = new BlockList();
  for (const proxy of proxies) {
    const [address = "", prefix] = proxy.split("/");
    const family = isIPv6(address) ? "ipv6" : "ipv4";
    if (prefix === undefined) trusted.addAddress(address, family);
    else trusted.addSubnet(address, Number(prefix), family);
  }
  subscribe("http.server.request.start", (message) => {
    const request = typeof message === "object" && message !== null && "request" in message ? message.request : null;
    if (request instanceof IncomingMessage) correctHeaders(request, trusted);
  });
}

function correctHeaders({ headers, socket }: IncomingMessage, trusted: BlockList): void {
  const peer = socket.remoteAddress ?? "";
  const isProxy = isIP(peer) !== 0 && trusted.check(peer, isIPv6(peer) ? "ipv6" : "ipv4");
  const told = headers["x-forwarded-for"];
  if (!isProxy) for (const name of proxyHeaders) delete headers[name];
  headers["x-forwarded-for"] = isProxy && told ? `${told}, ${peer}` : peer;
}
