import { expect, test } from "vitest";
import { italianProblem } from "@/lib/messages/it/problems";
import { command, input, literal, ref, secret } from "@/lib/pipeline/define-pipeline";
import { http, publish, subscribe } from "@/lib/pipeline/define-web";
import type { HttpNode, NodeDefinition } from "@/lib/pipeline/definition";
import { webProblem } from "@/lib/pipeline/web-problem";

const url = "https://api.example.org/jobs/{YYYY}/{input.name}";
const bearer = { kind: "bearer", secret: "API_TOKEN" } as const;
const ask = (more: Partial<Parameters<typeof http>[1]> = {}) => http("ask", { url, ...more });
const hear = (more: Partial<Parameters<typeof subscribe>[1]> = {}) =>
  subscribe("hear", { url: "wss://sea.example.org/", seconds: 60, ...more });

test.each<[string, NodeDefinition]>([
  ["a plain GET", ask()],
  ["a POST with a secret", ask({ method: "POST", body: { kind: "json", fields: { a: input("a") } }, auth: bearer })],
  [
    "a file that is an input",
    ask({
      ...{ method: "PUT", body: { kind: "file", input: "map", mimeType: "image/tiff" } },
      inputs: { map: ref("workflow:///make/map.tif") },
    }),
  ],
  ["a POST without a key, done once", ask({ method: "POST", idempotencyKey: false })],
  [
    "a POST with a key of its own",
    ask({ method: "POST", idempotencyKey: false, headers: { "Idempotency-Key": input("id") }, retries: 2 }),
  ],
  ["a subscription", hear({ send: [literal({ topic: "waves" })], count: 3 })],
  ["a publication", publish("tell", { url: "ws://sea.example.org/", messages: [input("a")] })],
  ["another kind", command("c", { command: "true" })],
])("%s can be done", (_, node) => expect(webProblem(node)).toBeNull());

test.each<[string, string, NodeDefinition]>([
  ["request, url", "no http or https", ask({ url: "ftp://example.org/" })],
  ["request, url", "user or password", ask({ url: "https://a:b@example.org/" })],
  ["request, url", "name of the server", ask({ url: "https://{input.host}/", auth: bearer })],
  ["request, url", "name of the server", ask({ url: "https:///{input.host}/x", auth: bearer })],
  ["request, url", "name of the server", ask({ url: "https://example.org{input.more}/", auth: bearer })],
  ["connect, url", "no ws or wss", hear({ url: "https://example.org/" })],
  ["request, headers Authorization", "auth", ask({ headers: { Authorization: literal("Bearer x") } })],
  ["request, headers Host", "cannot be set", ask({ headers: { Host: literal("x") } })],
  ["request, headers a b", "no name", ask({ headers: { "a b": literal("x") } })],
  ["request, auth", "no name of a variable", ask({ auth: { kind: "bearer", secret: "the token itself" } })],
  ["request, auth", "colon", ask({ auth: { kind: "basic", user: "a:b", secret: "PASSWORD" } })],
  ["header x-key", "only by auth", ask({ headers: { "x-key": secret("API_TOKEN") } })],
  ["request, body", "has no body", ask({ body: { kind: "json", fields: {} } })],
  ["request, body", "no input “map”", ask({ method: "PUT", body: { kind: "file", input: "map", mimeType: "a/b" } })],
  ["answer, statuses", "99", ask({ statuses: [99] })],
  ["answer, fields id", "JSON pointer", ask({ fields: { id: "job.id" } })],
  ["answer, save", "no path", ask({ save: "../x" })],
  ["answer, save", "another meaning", ask({ save: "record.json" })],
  ["answer", "HEAD", ask({ method: "HEAD", save: "x" })],
  ["answer, mostBytes", "from 1", ask({ mostBytes: 0 })],
  ["retry", "idempotency key", ask({ method: "POST", idempotencyKey: false, retries: 1 })],
  ["retry", "all counts", ask({ method: "POST", idempotencyKey: false, retriesByFailure: { timeout: 1 } })],
  ["retry", "repeatable", publish("tell", { url: "ws://x.org/", messages: [literal("a")], crashRetries: 1 })],
  ["send", "neither", publish("tell", { url: "ws://x.org/", messages: [] })],
  ["listen, count", "whole number", hear({ count: 0 })],
  ["listen, until", "at least one rule", hear({ until: [] })],
  ["listen, seconds", "below timeoutSeconds", hear({ seconds: 100, timeoutSeconds: 50 })],
  ["resend", "from 0", ask({ resend: { count: -1 } })],
  ["cache", "changes", { ...ask(), cache: { salt: "" } } satisfies HttpNode],
  [
    "outputs",
    "record.json",
    { ...ask(), outputs: [{ pattern: "x", commit: "on-exit", required: true }] } satisfies HttpNode,
  ],
])("%s: %s", (field, problem, node) => {
  const found = webProblem(node);
  expect(found).toEqual({ field, problem: expect.stringContaining(problem) });
  expect(italianProblem(found?.problem ?? "")).not.toBe(found?.problem);
});
