import { expandTimeTemplate } from "@/lib/expand-time-template";
import type { Binding } from "@/lib/pipeline/binding";
import type { WebNode } from "@/lib/pipeline/definition";
import type { HttpBody } from "@/lib/pipeline/web-node";

/**
 * Everything of a web node that is found out when its task starts, by names that a person understands: `url`,
 * `query lat`, `header accept`, `body`, `body field lat`, `message 1`.
 * @param at  the cycle of the run, else its start, UTC: fills the times of the address
 */
export function webBindings(node: WebNode, at: Date): Readonly<Record<string, Binding>> {
  const { url, query, headers } = addressOf(node);
  return {
    url: { from: "expression", expression: expandTimeTemplate(url, at) },
    ...named("query", query),
    ...named("header", headers),
    ...(node.kind === "http" ? bodyBindings(node.request.body) : messageBindings(node.send)),
  };
}

/** Where a web node goes, and with what. */
export const addressOf = (node: WebNode) => (node.kind === "http" ? node.request : node.connect);

function bodyBindings(body: HttpBody | null): Readonly<Record<string, Binding>> {
  if (body === null || body.kind === "file") return {};
  return body.kind === "text" ? { body: body.text } : named("body field", body.fields);
}

const messageBindings = (messages: readonly Binding[]): Readonly<Record<string, Binding>> =>
  Object.fromEntries(messages.map((message, index) => [`message ${index + 1}`, message]));

const named = (what: string, bindings: Readonly<Record<string, Binding>>): Readonly<Record<string, Binding>> =>
  Object.fromEntries(Object.entries(bindings).map(([name, binding]) => [`${what} ${name}`, binding]));
