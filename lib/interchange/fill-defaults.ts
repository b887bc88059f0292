import { fillWeb, isOnce, webDefaults } from "@/lib/interchange/fill-web";
import { isRecord } from "@/lib/interchange/is-record";
import { baseOf, command, output, ref } from "@/lib/pipeline/define-pipeline";
import { gate, untilFiles, untilResource, untilRun } from "@/lib/pipeline/define-waiting";
import type { OutputDefinition } from "@/lib/pipeline/definition";
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

const common = baseOf("", {});
const waitDefaults = { ...gate("", { title: { en: "", it: "" } }), title: undefined };
/** What each kind of node says where its writer says nothing; an unknown kind is filled like a command and refused later. */
const defaults: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  program: { ...common, params: {} },
  command: { ...common, outputs: command("", { command: "" }).outputs },
  ...webDefaults,
  sensor: waitDefaults,
  gate: waitDefaults,
  run: { ...waitDefaults, params: {}, offset: null },
};

function fillNode(node: unknown): unknown {
  if (!isRecord(node)) return node;
  const { id: _id, kind: _kind, title: _title, ...filling } = defaults[String(node.kind)] ?? defaults.command ?? {};
  const web = fillWeb(node);
  const outputs = node.outputs ?? web.outputs ?? (node.kind === "sensor" ? outputsOf(node.watch) : filling.outputs);
  return {
    ...filling,
    ...node,
    ...(node.watch === undefined ? {} : { watch: fillWatch(node.watch) }),
    ...(isRecord(node.container) ? { container: { network: "none", ...node.container } } : {}),
    ...web,
    retry: fillRetry(node.retry, { isOnce: isOnce(node) }),
    inputs: fillInputs(node),
    outputs: Array.isArray(outputs) ? outputs.map(fillOutput) : outputs,
  };
}

function fillWatch(watch: unknown): unknown {
  if (!isRecord(watch)) return watch;
  if (watch.for === "http") return { ...untilResource(""), url: undefined, ...watch };
  if (watch.for === "file") return { ...untilFiles(""), pattern: undefined, ...watch };
  return watch.for === "run" ? { ...untilRun(""), pipeline: undefined, ...watch } : watch;
}

/** A sensor that brings what it has waited for has it beside its record. */
function outputsOf(watch: unknown): readonly OutputDefinition[] {
  const brings = isRecord(watch) && (watch.download === true || watch.take === true);
  return [output("record.json"), ...(brings ? [output("files/**")] : [])];
}

/** What may be done only once is not tried again unless its writer says so. */
function fillRetry(given: unknown, of: { readonly isOnce: boolean }): unknown {
  const retry = of.isOnce ? { ...common.retry, crashCount: 0 } : common.retry;
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
