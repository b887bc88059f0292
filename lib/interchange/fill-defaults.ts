import { isRecord } from "@/lib/interchange/is-record";
import { command, output, program, ref } from "@/lib/pipeline/define-pipeline";
import { unnamedReferences } from "@/lib/pipeline/unnamed-references";

/**
 * A definition with what its writer left out, as the typed builder would fill it; references in commands become inputs.
 * Whatever is there stays as it is, right or wrong.
 */
export function fillDefaults(document: unknown): unknown {
  if (!isRecord(document)) return document;
  const title = { en: document.id, it: document.id };
  return {
    ...{ title, kind: "on-demand", input: { type: "object" }, checks: [], products: [] },
    ...document,
    ...(Array.isArray(document.nodes) ? { nodes: document.nodes.map(fillNode) } : {}),
  };
}

const { program: _name, ...programDefaults } = program("", { program: "" });
const { command: _text, ...commandDefaults } = command("", { command: "" });

function fillNode(node: unknown): unknown {
  if (!isRecord(node)) return node;
  const { id: _id, ...defaults } = node.kind === "program" ? programDefaults : commandDefaults;
  return {
    ...defaults,
    ...node,
    retry: fillRetry(node.retry),
    inputs: fillInputs(node),
    outputs: Array.isArray(node.outputs) ? node.outputs.map(fillOutput) : (node.outputs ?? defaults.outputs),
  };
}

function fillRetry(given: unknown): unknown {
  const { retry } = commandDefaults;
  if (!isRecord(given)) return given ?? retry;
  const count = typeof given.count === "number" ? given.count : retry.count;
  return { ...retry, crashCount: Math.max(retry.crashCount, count), ...given };
}

function fillInputs(node: Readonly<Record<string, unknown>>): unknown {
  const { inputs = {}, command: text } = node;
  if (!isRecord(inputs)) return inputs;
  const filled = Object.entries(inputs).map(([name, input]) => [name, fillInput(input)] as const);
  if (typeof text !== "string") return Object.fromEntries(filled);
  const named = Object.fromEntries(filled.map(([name, input]) => [name, isRecord(input) ? input : {}]));
  const added = unnamedReferences(text, named).map(({ name, reference }) => [name, ref(reference)] as const);
  return Object.fromEntries([...filled, ...added]);
}

const fillInput = (input: unknown): unknown =>
  isRecord(input) ? { ...ref(""), reference: undefined, ...input } : typeof input === "string" ? ref(input) : input;

const fillOutput = (given: unknown): unknown =>
  isRecord(given) ? { ...output(""), pattern: undefined, ...given } : typeof given === "string" ? output(given) : given;
