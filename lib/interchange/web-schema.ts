import { z } from "zod";
import { bindingSchema } from "@/lib/interchange/binding-schema";
import { ruleSchema } from "@/lib/interchange/rule-schema";
import { byKey, oneOf, type ShapeOf, strictObject } from "@/lib/interchange/strict-schema";
import { textSchema as text } from "@/lib/interchange/text-schema";
import {
  type HttpAnswer,
  type HttpRequest,
  httpMethods,
  type Resend,
  type SocketAddress,
  type SocketListening,
} from "@/lib/pipeline/web-node";

const bindings = z.record(z.string(), bindingSchema);

const auth = byKey(
  "kind",
  ["bearer", "basic", "header"],
  [
    strictObject({ kind: z.literal("bearer"), secret: text }),
    strictObject({ kind: z.literal("basic"), user: text, secret: text }),
    strictObject({ kind: z.literal("header"), header: text, secret: text }),
  ],
);

const body = byKey(
  "kind",
  ["text", "json", "file"],
  [
    strictObject({ kind: z.literal("text"), text: bindingSchema, mimeType: text }),
    strictObject({ kind: z.literal("json"), fields: bindings }),
    strictObject({ kind: z.literal("file"), input: text, mimeType: text }),
  ],
);

/** What an http node asks. */
export const requestSchema = strictObject({
  method: oneOf(httpMethods),
  url: text,
  query: bindings,
  headers: bindings,
  body: body.nullable(),
  auth: auth.nullable(),
  idempotencyKey: z.boolean(),
} satisfies ShapeOf<HttpRequest>);

/** What it keeps of the answer. */
export const answerSchema = strictObject({
  statuses: z.array(z.int()),
  mostBytes: z.int(),
  save: text.nullable(),
  fields: z.record(z.string().min(1).max(100), text),
  headers: z.array(text),
} satisfies ShapeOf<HttpAnswer>);

/** How often it is tried again. */
export const resendSchema = strictObject({ count: z.int(), delaySeconds: z.number() } satisfies ShapeOf<Resend>);

/** The websocket that a node opens. */
export const socketSchema = strictObject({
  url: text,
  query: bindings,
  headers: bindings,
  protocols: z.array(text),
  auth: auth.nullable(),
} satisfies ShapeOf<SocketAddress>);

/** What is listened for there. */
export const listenSchema = strictObject({
  count: z.int().nullable(),
  until: z.array(ruleSchema).nullable(),
  seconds: z.number(),
  atDeadline: oneOf(["end", "fail"]),
  mostBytes: z.int(),
  save: text,
} satisfies ShapeOf<SocketListening>);
