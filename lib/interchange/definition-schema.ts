import { z } from "zod";
import { failureClasses } from "@/lib/dag/failure-class";
import { asId, type NodeId, type PipelineId, type ProductId } from "@/lib/ids";
import { bindingSchema } from "@/lib/interchange/binding-schema";
import { isRecord } from "@/lib/interchange/is-record";
import { ruleSchema } from "@/lib/interchange/rule-schema";
import { byKey, oneOf, type ShapeOf, strictObject } from "@/lib/interchange/strict-schema";
import { textSchema as text } from "@/lib/interchange/text-schema";
import { deadlineSchema, watchSchema } from "@/lib/interchange/watch-schema";
import { answerSchema, listenSchema, requestSchema, resendSchema, socketSchema } from "@/lib/interchange/web-schema";
import type { ContainerWish } from "@/lib/pipeline/container";
import type {
  CommandNode,
  Fallback,
  GateNode,
  HttpNode,
  InputDefinition,
  NodeDefinition,
  OutputDefinition,
  PipelineDefinition,
  ProductDefinition,
  ProgramNode,
  Quorum,
  RetryPolicy,
  RunNode,
  SensorNode,
  WebsocketNode,
} from "@/lib/pipeline/definition";

const slug = z
  .string()
  .regex(/^[a-z0-9][a-z0-9_-]{0,62}$/, "it is not a slug (a-z, 0-9, _ and -, at most 63); change the name.");
/** Input names become folders of a task. */
const inputName = z
  .string()
  .regex(/^[A-Za-z0-9_-][\w.-]{0,62}$/, "the name of an input has letters, digits, _, - and . only.");
const nodeId = slug.transform((value) => asId<NodeId>(value));
const pipelineId = slug.transform((value) => asId<PipelineId>(value));
const productId = slug.transform((value) => asId<ProductId>(value));
const localText = strictObject({ en: text, it: text });
/** Kept as it is, whatever its keys are. */
const record = z.custom<Readonly<Record<string, unknown>>>(isRecord, "it must be an object.");

const filter = strictObject({ rules: z.array(ruleSchema), select: oneOf(["largest", "smallest"]).optional() });

const quorum = strictObject({
  atLeast: z.number(),
  expected: z.number().nullable(),
  deadlineSeconds: z.number(),
} satisfies ShapeOf<Quorum>);

const fallback: z.ZodType<Fallback> = byKey(
  "kind",
  ["node", "cycle"],
  [
    strictObject({ kind: z.literal("node"), reference: text }),
    strictObject({ kind: z.literal("cycle"), offset: text }),
  ],
);

const inputDefinition = strictObject({
  reference: text,
  stream: z.boolean(),
  role: oneOf(["main", "side"]).nullable(),
  filter: filter.nullable(),
  quorum: quorum.nullable(),
  fallback: fallback.nullable(),
  acceptPartial: z.boolean(),
  patience: strictObject({ deadlineSeconds: z.number().optional(), window: text.optional() }).optional(),
} satisfies ShapeOf<InputDefinition>);

const retention = oneOf(["scratch", "history", "archive"]).optional();

const outputDefinition = strictObject({
  pattern: text,
  commit: oneOf(["on-exit", "on-rename", "stable", "marker", "next-file"]),
  required: z.boolean(),
  stable: strictObject({ listings: z.int(), seconds: z.number() }).optional(),
  marker: text.optional(),
  retention,
} satisfies ShapeOf<OutputDefinition>);

const retry = strictObject({
  count: z.int(),
  crashCount: z.int(),
  delaysSeconds: z.array(z.number()),
  byFailure: z.partialRecord(oneOf(failureClasses), z.int().min(0)).optional(),
} satisfies ShapeOf<RetryPolicy>);

const base = {
  id: nodeId,
  fan: oneOf(["single", "aggregate", "grouped"]),
  groupBy: text.nullable(),
  after: z.array(nodeId),
  inputs: z.record(inputName, inputDefinition),
  outputs: z.array(outputDefinition),
  when: text.nullable(),
  passthrough: z.boolean(),
  retry,
  allowFailure: z.boolean(),
  hold: z.boolean(),
  timeoutSeconds: z.number(),
  pool: slug,
  priority: z.int(),
  cpus: z.int(),
  memoryMb: z.int(),
  cache: strictObject({ salt: text }).optional(),
  retention,
  product: productId.optional(),
  unrunnable: text.optional(),
  extra: record.optional(),
} satisfies ShapeOf<Omit<CommandNode, "kind" | "command" | "environment" | "container">>;

const container = strictObject({
  image: text,
  network: oneOf(["none", "host"]),
} satisfies ShapeOf<ContainerWish>);
const params = z.record(z.string(), bindingSchema);
const deadline = deadlineSchema.nullable();
/** One for each kind of node; another kind asks for its own. */
const kinds = {
  program: strictObject({
    ...{ kind: z.literal("program"), ...base, program: text, params },
  } satisfies ShapeOf<ProgramNode>),
  command: strictObject({
    ...{ kind: z.literal("command"), ...base, command: text, environment: params.optional() },
    container: container.optional(),
  } satisfies ShapeOf<CommandNode>),
  http: strictObject({
    ...{ kind: z.literal("http"), ...base, request: requestSchema, answer: answerSchema, resend: resendSchema },
  } satisfies ShapeOf<HttpNode>),
  websocket: strictObject({
    ...{ kind: z.literal("websocket"), ...base, connect: socketSchema, send: z.array(bindingSchema) },
    ...{ listen: listenSchema.nullable(), repeatable: z.boolean(), resend: resendSchema },
  } satisfies ShapeOf<WebsocketNode>),
  sensor: strictObject({
    ...{ kind: z.literal("sensor"), ...base, watch: watchSchema, deadline },
  } satisfies ShapeOf<SensorNode>),
  gate: strictObject({
    ...{ kind: z.literal("gate"), ...base, title: localText, deadline },
  } satisfies ShapeOf<GateNode>),
  run: strictObject({
    ...{ kind: z.literal("run"), ...base, pipeline: text, params, offset: text.nullable(), deadline },
  } satisfies ShapeOf<RunNode>),
} satisfies Record<NodeDefinition["kind"], z.ZodType<NodeDefinition>>;
const node = byKey("kind", Object.keys(kinds), [
  ...([kinds.program, kinds.command, kinds.http, kinds.websocket] as const),
  ...([kinds.sensor, kinds.gate, kinds.run] as const),
]);

const product = strictObject({
  id: productId,
  title: localText,
  domain: slug,
  licence: text,
  citation: text,
} satisfies ShapeOf<ProductDefinition>);

/** A pipeline definition as JSON, complete: every field is there, no other is. The order of keys is that of a print. */
export const definitionSchema = strictObject({
  id: pipelineId,
  title: localText,
  kind: oneOf(["routinary", "on-demand"]),
  input: record,
  checks: z.array(text),
  nodes: z.array(node),
  products: z.array(product),
  deadlineSeconds: z.number().positive().optional(),
  prepared: z.array(text).optional(),
  preparedBy: pipelineId.optional(),
  extra: record.optional(),
} satisfies ShapeOf<PipelineDefinition>);
