import { expect, test } from "vitest";
import { input, literal } from "@/lib/pipeline/define-pipeline";
import { http, publish } from "@/lib/pipeline/define-web";
import type { WebNode } from "@/lib/pipeline/definition";
import { resolveWebJob } from "@/lib/web/resolve-web-job";

const resolve = (node: WebNode, values: Readonly<Record<string, unknown>>, secret: string | null = null) =>
  resolveWebJob(node, {
    values: { url: "https://example.org/a b", ...values },
    secret,
    key: "k1",
    fileOf: (name) => `/in/${name}`,
  });
const ask = (more: Partial<Parameters<typeof http>[1]> = {}) => http("ask", { url: "https://example.org/", ...more });

test("values of the query are encoded, lists repeated, and what has no value is left out", () => {
  const values = {
    "query q": "a&b=ü",
    "query n": [1, 2],
    "query none": null,
    "header accept": "text/csv",
    "header x": null,
  };
  const job = resolve(ask(), values);
  expect(job.url).toBe("https://example.org/a%20b?q=a%26b%3D%C3%BC&n=1&n=2");
  expect(job.headers).toEqual({ accept: "text/csv" });
});

test("a method that changes something carries the key, unless it has its own or wants none", () => {
  const keyOf = (more: Parameters<typeof ask>[0], values = {}) => resolve(ask(more), values).headers["idempotency-key"];
  expect(keyOf({ method: "POST" })).toBe("k1");
  expect(keyOf({})).toBeUndefined();
  expect(keyOf({ method: "POST", idempotencyKey: false })).toBeUndefined();
  const own = resolve(ask({ method: "POST", headers: { "Idempotency-Key": input("id") } }), {
    "header Idempotency-Key": "mine",
  });
  expect(own).toMatchObject({ headers: { "Idempotency-Key": "mine" }, repeatable: true });
});

test("bodies are text as it is, JSON of the fields that have a value, or a file", () => {
  const json = ask({ method: "POST", body: { kind: "json", fields: { a: input("a"), b: input("b") } } });
  const values = { "body field a": { deep: [1] }, "body field b": null };
  expect(resolve(json, values)).toMatchObject({
    body: { text: '{"a":{"deep":[1]}}' },
    headers: { "content-type": "application/json" },
  });
  const text = ask({ method: "POST", body: { kind: "text", text: literal("x"), mimeType: "text/plain" } });
  expect(resolve(text, { body: "a\nb" })).toMatchObject({ body: { text: "a\nb" } });
  const file = ask({ method: "PUT", body: { kind: "file", input: "map", mimeType: "image/tiff" } });
  expect(resolve(file, {})).toMatchObject({ body: { path: "/in/map" } });
});

test.each([
  [{ kind: "bearer", secret: "T" } as const, { authorization: "Bearer pä" }],
  [{ kind: "basic", user: "me", secret: "T" } as const, { authorization: "Basic bWU6cMOk" }],
  [{ kind: "header", header: "X-Key", secret: "T" } as const, { "x-key": "pä" }],
])("%o keeps its secret apart", (auth, secretHeaders) => {
  const job = resolve(ask({ auth }), {}, "pä");
  expect(job).toMatchObject({ secretHeaders, headers: {} });
  expect(job.hidden).toContain("pä");
});

test("what no header can carry and what is no address are refused, without the secret", () => {
  expect(() => resolve(ask(), { "header x": "a\r\nb" })).toThrow("header x");
  expect(() => resolve(ask(), { url: "https://me:pass@example.org/" })).toThrow("user or password");
  const wrong = () => resolve(ask({ auth: { kind: "bearer", secret: "T" } }), {}, "s3cret\n");
  expect(wrong).toThrow("value of T");
  expect(wrong).not.toThrow("s3cret");
});

test("a secret goes to no other server than that of the definition", () => {
  const auth = { kind: "bearer", secret: "T" } as const;
  const elsewhere = () => resolve(ask({ auth }), { url: "https://evil.example.net/" }, "s3cret");
  expect(elsewhere).toThrow("https://evil.example.net is not https://example.org");
  expect(() => resolve(ask({ auth, url: "https:///{input.host}/" }), {}, "s3cret")).toThrow("secret goes along");
  expect(resolve(ask({ auth }), {}, "s3cret").url).toBe("https://example.org/a%20b");
});

test("messages go as text or JSON, without those that have no value", () => {
  const node = publish("tell", {
    url: "wss://example.org/",
    messages: [literal("a"), input("none"), literal({ b: 1 })],
  });
  const job = resolve(node, { url: "wss://example.org/", "message 1": "a", "message 2": null, "message 3": { b: 1 } });
  expect(job).toMatchObject({
    kind: "websocket",
    url: "wss://example.org/",
    messages: ["a", '{"b":1}'],
    repeatable: false,
  });
});
