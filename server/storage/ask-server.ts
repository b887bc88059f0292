import { createReadStream } from "node:fs";
import { type ClientRequest, request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import { pipeline } from "node:stream/promises";
import { NereusError } from "@/lib/errors";
import { guardAddress } from "@/server/storage/guard-address";

export type Question = {
  readonly method: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text, or a file of this machine. */
  readonly body?: string | { readonly path: string };
  readonly timeoutSeconds: number;
  /** Names or addresses that may be asked although they are private. */
  readonly privateHosts: readonly string[];
  readonly signal?: AbortSignal;
};

export type Answer = {
  readonly status: number;
  /** By small letters. */
  readonly headers: Readonly<Record<string, string>>;
  /** Read it whole or destroy it. */
  readonly body: IncomingMessage;
};

const mostRedirects = 5;
const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/**
 * Asks a web server, and follows where it sends a GET or HEAD; each redirection is checked like the address itself.
 * @throws {NereusError} address-refused for what may not be asked; server-silent (retryable) for broken lines and timeouts
 */
export async function askServer(url: string, question: Question): Promise<Answer> {
  const deadline = AbortSignal.timeout(question.timeoutSeconds * 1000);
  const signal = question.signal === undefined ? deadline : AbortSignal.any([deadline, question.signal]);
  let target = readAddress(url);
  let { headers = {} } = question;
  for (let hop = 0; hop <= mostRedirects; hop += 1) {
    const response = await send(target, { ...question, headers, signal });
    const { location } = response.headers;
    const status = response.statusCode ?? 0;
    const follows = redirects.has(status) && location !== undefined && isSafe(question.method);
    if (!follows) return { status, headers: flatten(response.headers), body: response };
    response.destroy();
    const next = readAddress(URL.canParse(location, target) ? new URL(location, target).href : location);
    // A secret is for the server that it was given for.
    if (next.origin !== target.origin) headers = withoutSecrets(headers);
    target = next;
  }
  throw refused(url, `it leads on more than ${mostRedirects} times`);
}

const isSafe = (method: string): boolean => method === "GET" || method === "HEAD";

const refused = (url: string, problem: string) => new NereusError("address-refused", { url, problem });

function readAddress(text: string): URL {
  if (!URL.canParse(text)) throw refused(text, "it is no address");
  const url = new URL(text);
  if (url.protocol !== "http:" && url.protocol !== "https:") throw refused(text, "only http and https are asked");
  if (url.username !== "" || url.password !== "") throw refused(url.origin, "it holds a user or password");
  return url;
}

function send(url: URL, question: Question): Promise<IncomingMessage> {
  const { method, headers, body, privateHosts, signal } = question;
  const lookup = guardAddress(url, privateHosts);
  const options = { method, headers: { "accept-encoding": "identity", ...headers }, signal, agent: false as const };
  const begin = url.protocol === "https:" ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const asked: ClientRequest = begin(url, { ...options, lookup }, resolve);
    asked.on("error", (error) => reject(reasonOf(error, url, question)));
    if (typeof body === "object") pipeline(createReadStream(body.path), asked).catch((error) => asked.destroy(error));
    else asked.end(body);
  });
}

function reasonOf(error: Error, url: URL, question: Question): Error {
  if (error instanceof NereusError) return error;
  const isLate = error.name === "AbortError" || error.name === "TimeoutError";
  const problem = isLate ? `no answer within ${question.timeoutSeconds} s` : error.message || error.name;
  return new NereusError(
    "server-silent",
    { url: url.origin + url.pathname, problem },
    { cause: error, retryable: true },
  );
}

const flatten = (headers: IncomingMessage["headers"]): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(", ") : (value ?? "")]),
  );

const withoutSecrets = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => /^(accept|user-agent|if-|range)/i.test(name)));
