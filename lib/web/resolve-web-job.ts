import { NereusError } from "@/lib/errors";
import { textOf } from "@/lib/expression/text-of";
import { canonicalJson } from "@/lib/pipeline/canonical-json";
import type { HttpNode, WebNode, WebsocketNode } from "@/lib/pipeline/definition";
import { fixedOrigin } from "@/lib/pipeline/fixed-origin";
import { isKeyHeader, isRepeatable, isSafeMethod } from "@/lib/pipeline/is-repeatable";
import { addressProblem } from "@/lib/pipeline/wait-problem";
import { addressOf } from "@/lib/pipeline/web-bindings";
import type { WebAuth } from "@/lib/pipeline/web-node";
import type { HttpJob, SocketJob, WebJob } from "@/lib/web/web-job";

/** What is known when a task of a web node starts. */
export type WebFacts = {
  /** Of its bindings, by the names of `webBindings`. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Value of the variable that its `auth` names; null without one. */
  readonly secret: string | null;
  /** For the header `Idempotency-Key`. */
  readonly key: string;
  /** The one file of an input, where it is staged. */
  fileOf(input: string): string;
};

/**
 * The job of a web node: address with query, headers, body and messages as they will be sent.
 * @throws {NereusError} web-request-invalid for what no server can be asked
 */
export function resolveWebJob(node: WebNode, facts: WebFacts): WebJob {
  const refuse = (problem: string): never => {
    throw new NereusError("web-request-invalid", { node: node.id, problem });
  };
  const common = {
    node: node.id,
    url: resolveUrl(node, facts, refuse),
    headers: resolveHeaders(facts.values, refuse),
    ...resolveAuth(addressOf(node).auth, facts.secret, refuse),
    resend: node.resend,
  };
  return node.kind === "http" ? httpJob(node, common, facts) : socketJob(node, common, facts);
}

type Common = Omit<HttpJob, "kind" | "method" | "body" | "answer" | "repeatable">;
type Refuse = (problem: string) => never;

function httpJob(node: HttpNode, common: Common, facts: WebFacts): HttpJob {
  const { request, answer } = node;
  const { method, body, idempotencyKey } = request;
  const hasOwnKey = Object.keys(common.headers).some(isKeyHeader);
  const key: Record<string, string> =
    idempotencyKey && !isSafeMethod(method) && !hasOwnKey ? { "idempotency-key": facts.key } : {};
  const mimeType = body === null ? null : body.kind === "json" ? "application/json" : body.mimeType;
  const hasType = Object.keys(common.headers).some((name) => name.toLowerCase() === "content-type");
  const type: Record<string, string> = mimeType === null || hasType ? {} : { "content-type": mimeType };
  return {
    ...common,
    ...{ kind: "http", method, answer, repeatable: isRepeatable(request) },
    headers: { ...type, ...common.headers, ...key },
    body: resolveBody(body, facts),
  };
}

function socketJob(node: WebsocketNode, common: Common, { values }: WebFacts): SocketJob {
  const messages = node.send.flatMap((_, index) => {
    const value = values[`message ${index + 1}`];
    return value === null || value === undefined ? [] : [wordOf(value)];
  });
  const { protocols } = node.connect;
  return { ...common, kind: "websocket", protocols, messages, listen: node.listen, repeatable: node.repeatable };
}

function resolveBody(body: HttpNode["request"]["body"], { values, fileOf }: WebFacts): HttpJob["body"] {
  if (body === null) return null;
  if (body.kind === "file") return { path: fileOf(body.input) };
  if (body.kind === "text") return { text: wordOf(values.body ?? "") };
  return { text: canonicalJson(Object.fromEntries(valuesOf(values, "body field "))) };
}

/** Values are percent-encoded where they go into the query; the text of the address is taken as it is. */
function resolveUrl(node: WebNode, { values }: WebFacts, refuse: Refuse): string {
  const text = textOf(values.url ?? "");
  const schemes = node.kind === "http" ? (["http", "https"] as const) : (["ws", "wss"] as const);
  const wrong = addressProblem(text.replaceAll(/[{}]/g, encodeURIComponent), { schemes });
  if (wrong !== null) return refuse(wrong.problem);
  const url = new URL(text);
  const { url: template, auth } = addressOf(node);
  const origin = fixedOrigin(template);
  if (auth !== null && url.origin !== origin)
    return refuse(`a secret goes along, and ${url.origin} is not ${origin ?? "the server of its definition"}`);
  url.hash = "";
  for (const [name, value] of valuesOf(values, "query "))
    for (const one of Array.isArray(value) ? value : [value]) url.searchParams.append(name, wordOf(one));
  return url.href;
}

function resolveHeaders(values: WebFacts["values"], refuse: Refuse): Record<string, string> {
  const headers = valuesOf(values, "header ").map(([name, value]): readonly [string, string] => {
    const text = wordOf(value);
    return isHeaderText(text) ? [name, text] : refuse(`the value of header ${name} holds what no header can carry`);
  });
  return Object.fromEntries(headers);
}

function resolveAuth(
  auth: WebAuth | null,
  secret: string | null,
  refuse: Refuse,
): Pick<WebJob, "secretHeaders" | "hidden"> {
  if (auth === null || secret === null) return { secretHeaders: {}, hidden: [] };
  if (!isHeaderText(secret)) return refuse(`the value of ${auth.secret} holds what no header can carry`);
  const [name, value] = authHeader(auth, secret);
  return { secretHeaders: { [name]: value }, hidden: [...new Set([secret, value, value.replace(/^\w+ /, "")])] };
}

function authHeader(auth: WebAuth, secret: string): readonly [string, string] {
  if (auth.kind === "bearer") return ["authorization", `Bearer ${secret}`];
  if (auth.kind === "header") return [auth.header.toLowerCase(), secret];
  const bytes = new TextEncoder().encode(`${auth.user}:${secret}`);
  return ["authorization", `Basic ${btoa(String.fromCharCode(...bytes))}`];
}

/** Those that have a value, without the beginning of their names. */
const valuesOf = (values: WebFacts["values"], prefix: string): readonly (readonly [string, unknown])[] =>
  Object.entries(values).flatMap(([name, value]) =>
    name.startsWith(prefix) && value !== null && value !== undefined
      ? [[name.slice(prefix.length), value] as const]
      : [],
  );

const wordOf = (value: unknown): string => (typeof value === "string" ? value : canonicalJson(value));

/** Source: RFC 9110, 5.5. */
const isHeaderText = (text: string): boolean => /^[\t\x20-\x7e\x80-\xff]*$/.test(text);
