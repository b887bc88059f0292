import { subscribe } from "node:diagnostics_channel";
import { IncomingMessage } from "node:http";

const header = "x-nereus-dagon-target";
const route = /^\/api\/dagon\/(?<token>\w+)\/(?<target>.*)$/su;
const anyRoute = /^\/api\/dagon\//;

/**
 * Keeps what DAGonStar's clients ask for as they have sent it: they paste names and values into the address without encoding
 * them, and the web framework refuses such an address or tidies it up. The framework sees an address of one form instead.
 * Node tells of a request here before any handler sees it. To be called once.
 */
export function keepDagonTargets(): void {
  subscribe("http.server.request.start", (message) => {
    const request = typeof message === "object" && message !== null && "request" in message ? message.request : null;
    if (request instanceof IncomingMessage) keepTarget(request);
  });
}

/** Path and query behind the token, as they were sent. */
export function readDagonTarget(headers: Headers): { readonly path: string; readonly query: string } {
  const target = Buffer.from(headers.get(header) ?? "", "base64url").toString("utf8");
  const at = target.indexOf("?");
  return at < 0 ? { path: target, query: "" } : { path: target.slice(0, at), query: target.slice(at + 1) };
}

function keepTarget(request: IncomingMessage): void {
  // Nobody may send it.
  delete request.headers[header];
  const url = request.url ?? "";
  if (!anyRoute.test(url)) return;
  const { token = "unknown", target = "" } = route.exec(url)?.groups ?? {};
  request.headers[header] = Buffer.from(target, "latin1").toString("base64url");
  request.url = `/api/dagon/${token}/call`;
}
