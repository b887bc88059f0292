import type { RunState } from "@/lib/dag/state";
import type { Binding } from "@/lib/pipeline/binding";
import { baseOf, type NodeSpec, output } from "@/lib/pipeline/define-pipeline";
import type { GateNode, LocalText, RunNode, SensorNode } from "@/lib/pipeline/definition";
import type { FileWatch, HttpWatch, RunWatch, SensorWatch, WaitDeadline } from "@/lib/pipeline/sensor";
import { waitPool } from "@/lib/pipeline/wait-pool";

type WaitSpec = Pick<
  NodeSpec,
  "fan" | "groupBy" | "after" | "inputs" | "when" | "retries" | "allowFailure" | "hold" | "priority" | "timeoutSeconds"
> & {
  /** Without one it waits as long as the run lives. */
  readonly deadline?: WaitDeadline;
};

/** A node that waits for something of the world. `timeoutSeconds` bounds a look or a download. */
export function sensor(id: string, spec: WaitSpec & { readonly watch: SensorWatch }): SensorNode {
  const { watch, deadline = null } = spec;
  const brings = (watch.for === "http" && watch.download) || (watch.for === "file" && watch.take);
  const outputs = [output("record.json"), ...(brings ? [output("files/**")] : [])];
  return { ...waitBase(id, spec, outputs), kind: "sensor", watch, deadline };
}

/** A node that waits for the approval of a person; a rejection fails its task. */
export function gate(id: string, spec: WaitSpec & { readonly title: LocalText }): GateNode {
  const { title, deadline = null } = spec;
  return { ...waitBase(id, { ...spec, retries: 0 }), kind: "gate", title, deadline };
}

/** A node that runs another pipeline and waits for its end; a child that did not complete fails the task. */
export function childRun(
  id: string,
  spec: WaitSpec & {
    readonly pipeline: string;
    readonly params?: Readonly<Record<string, Binding>>;
    readonly offset?: string;
  },
): RunNode {
  const { pipeline, params = {}, offset = null, deadline = null } = spec;
  return { ...waitBase(id, spec), kind: "run", pipeline, params, offset, deadline };
}

/** A moment: ISO 8601 with a zone. */
export const untilTime = (at: string): SensorWatch => ({ for: "time", at });

/** So long, ISO 8601, after the cycle or the start of the run. */
export const untilOffset = (offset: string, since: "cycle" | "start"): SensorWatch => ({
  for: "offset",
  offset,
  since,
});

/** A resource of a web server; by default that it exists, looked for each minute. */
export const untilResource = (url: string, options: Partial<Omit<HttpWatch, "for" | "url">> = {}): HttpWatch => ({
  for: "http",
  url,
  method: options.method ?? "HEAD",
  until: options.until ?? "exists",
  leastBytes: options.leastBytes ?? 0,
  everySeconds: options.everySeconds ?? 60,
  download: options.download ?? false,
});

/** Files by a pattern; by default one whose size has not changed for 10 s. */
export const untilFiles = (pattern: string, options: Partial<Omit<FileWatch, "for" | "pattern">> = {}): FileWatch => ({
  for: "file",
  pattern,
  leastFiles: options.leastFiles ?? 1,
  stableSeconds: options.stableSeconds ?? 10,
  everySeconds: options.everySeconds ?? 10,
  take: options.take ?? false,
});

/** The run of another pipeline; by default that of the same cycle, completed. */
export const untilRun = (
  pipeline: string,
  options: { readonly offset?: string; readonly states?: readonly RunState[] } = {},
): RunWatch => ({ for: "run", pipeline, offset: options.offset ?? null, states: options.states ?? ["completed"] });

/** Its record is its output; a look costs no processor, so it has a pool of its own. */
const waitBase = (id: string, spec: WaitSpec, outputs: NodeSpec["outputs"] = [output("record.json")]) =>
  baseOf(id, { ...spec, outputs, pool: waitPool, cpus: 1, memoryMb: 64 });
