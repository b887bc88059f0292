import type { ArtifactFilter } from "@/lib/dag/artifact-filter";
import type { FailureClass } from "@/lib/dag/failure-class";
import type { NodeId, PipelineId, ProductId } from "@/lib/ids";
import type { Binding } from "@/lib/pipeline/binding";
import type { ContainerWish } from "@/lib/pipeline/container";
import type { SensorWatch, WaitDeadline } from "@/lib/pipeline/sensor";
import type { HttpAnswer, HttpRequest, Resend, SocketAddress, SocketListening } from "@/lib/pipeline/web-node";

/**
 * A pipeline once built: plain data that can be printed, hashed, stored and drawn. Its hash is its version.
 * The typed builder (`define-pipeline.ts`) is the only thing that makes one.
 */
export type PipelineDefinition = {
  readonly id: PipelineId;
  readonly title: LocalText;
  readonly kind: "routinary" | "on-demand";
  /** JSON Schema of the run input, made from the pipeline's zod schema. */
  readonly input: Readonly<Record<string, unknown>>;
  /** Names of pure checks that a request must pass before a run exists, in order. */
  readonly checks: readonly string[];
  readonly nodes: readonly NodeDefinition[];
  readonly products: readonly ProductDefinition[];
  /** A run is late when it will end later than this after its cycle's time, or after its request; absent = never. */
  readonly deadlineSeconds?: number;
  /** Fields that the pipeline's `prepare` adds to a request, so that nodes may bind them. */
  readonly prepared?: readonly string[];
  /** The built-in pipeline whose `prepare`, weather and layers serve this imported one; absent when it needs none. */
  readonly preparedBy?: PipelineId;
  /** What a file of another system said beside, under the name of its format; it goes back there at an export. */
  readonly extra?: Readonly<Record<string, unknown>>;
};

export type LocalText = { readonly en: string; readonly it: string };

export type NodeDefinition = JobNode | WaitingNode;

/** A node whose tasks are jobs at a site. */
export type JobNode = ScriptNode | WebNode;

/** A node whose jobs are programs. */
export type ScriptNode = ProgramNode | CommandNode;

/** A node whose jobs are done by the worker itself: it asks a web server, or listens to one. */
export type WebNode = HttpNode | WebsocketNode;

/** A node whose tasks wait as rows: no job, no process and no slot while nothing has come. */
export type WaitingNode = SensorNode | GateNode | RunNode;

type NodeBase = {
  /** Slug `[a-z0-9][a-z0-9_-]{0,62}`. */
  readonly id: NodeId;
  /**
   * `single`: one task per artifact of its main inputs; `grouped`: one per origin of them; `aggregate`: one that gets
   * all. A root has one task.
   */
  readonly fan: "single" | "aggregate" | "grouped";
  /** Metadata field whose text forms the groups of a `grouped` node; null groups by origin. */
  readonly groupBy: string | null;
  /** Nodes that must be done first although nothing of theirs is read. */
  readonly after: readonly NodeId[];
  readonly inputs: Readonly<Record<string, InputDefinition>>;
  readonly outputs: readonly OutputDefinition[];
  /** Expression of which the node launches nothing (it is filtered) when it is false or fails; null launches always. */
  readonly when: string | null;
  /** Where it gives no artifacts, its consumers look for those that it was given itself. */
  readonly passthrough: boolean;
  readonly retry: RetryPolicy;
  /** A task that fails for good does not fail the run: the node ends `partial` or `failed` and consumers decide. */
  readonly allowFailure: boolean;
  /** Its tasks are made `held` and wait for an operator. */
  readonly hold: boolean;
  readonly timeoutSeconds: number;
  readonly pool: string;
  /** Ready tasks of a pool start in descending priority. */
  readonly priority: number;
  readonly cpus: number;
  readonly memoryMb: number;
  /** A task whose work was done before, with the same inputs, is not done again; absent, every task is done. */
  readonly cache?: CachePolicy;
  /** How long its files are kept; absent: `history`. */
  readonly retention?: Retention;
  /** The product whose fragments this node's tasks make; they are moved into the store when a task ends. */
  readonly product?: ProductId;
  /** Why an imported node cannot run here; no run of its pipeline starts. */
  readonly unrunnable?: string;
  /** As `extra` of the pipeline. */
  readonly extra?: Readonly<Record<string, unknown>>;
};

/** Another salt makes all that was done before count as something else. What a task reads beside its inputs is not seen. */
export type CachePolicy = { readonly salt: string };

/**
 * How long the files of a task are kept once nobody needs them: `scratch` not at all, `history` for days after the end of the
 * run (`retention.historyDays`), `archive` for ever. Source: EXECUTION.md, section 8.
 */
export type Retention = "scratch" | "history" | "archive";

/** How often a task that failed is tried again, and how long is waited before it. */
export type RetryPolicy = {
  readonly count: number;
  /** The same when the infrastructure failed and not the work. */
  readonly crashCount: number;
  /** Waits before the first, second, ... retry, seconds; the last one repeats; empty means at once. */
  readonly delaysSeconds: readonly number[];
  /** Retries after failures of one class, instead of what is usual for it. */
  readonly byFailure?: Readonly<Partial<Record<FailureClass, number>>>;
};

/** Runs one of our programs; its `params` reach it in `job.json`. */
export type ProgramNode = NodeBase & {
  readonly kind: "program";
  readonly program: string;
  readonly params: Readonly<Record<string, Binding>>;
};

/** Runs a shell command under `bash -euo pipefail`; `workflow://` references in it become staged, quoted paths. */
export type CommandNode = NodeBase & {
  readonly kind: "command";
  readonly command: string;
  /** What the command gets as environment variables, by name; a binding without a value leaves its variable unset. */
  readonly environment?: Readonly<Record<string, Binding>>;
  /** Absent: it runs as it is at its site. */
  readonly container?: ContainerWish;
};

/**
 * Asks a web server. What it answered is the artifact `record.json` (address, status, size, and as metadata the fields and
 * headers that were chosen), its body another where `save` says so.
 */
export type HttpNode = NodeBase & {
  readonly kind: "http";
  readonly request: HttpRequest;
  readonly answer: HttpAnswer;
  readonly resend: Resend;
};

/**
 * Sends messages over a websocket, then listens: to subscribe, or for an acknowledgement of what was published. How it went
 * is the artifact `record.json`, what was heard another.
 */
export type WebsocketNode = NodeBase & {
  readonly kind: "websocket";
  readonly connect: SocketAddress;
  /** In order, after each connection; text as it is, other values as JSON. */
  readonly send: readonly Binding[];
  /** Null: it is over when everything is sent. */
  readonly listen: SocketListening | null;
  /** What is sent may arrive twice without harm; else nothing is tried again once a message has been sent. */
  readonly repeatable: boolean;
  readonly resend: Resend;
};

/** Waits for something of the world. Its artifact `record.json` tells what came, in its metadata as well. */
export type SensorNode = NodeBase & {
  readonly kind: "sensor";
  readonly watch: SensorWatch;
  readonly deadline: WaitDeadline | null;
};

/** Waits for the approval of a person; who approved, when and why is its artifact `record.json`. */
export type GateNode = NodeBase & {
  readonly kind: "gate";
  /** What is asked of the person. */
  readonly title: LocalText;
  readonly deadline: WaitDeadline | null;
};

/** Runs another pipeline once for each of its tasks, whatever happens, and waits for its end. */
export type RunNode = NodeBase & {
  readonly kind: "run";
  readonly pipeline: string;
  /** Its run input. */
  readonly params: Readonly<Record<string, Binding>>;
  /** For a routinary pipeline: ISO 8601 duration from the cycle of this run; null for the same cycle. */
  readonly offset: string | null;
  readonly deadline: WaitDeadline | null;
};

/**
 * A staged input. `reference` is `workflow://[workflow][@cycle offset]/node/path-or-glob`; it makes the edge.
 * `stream` starts the consumer for each artifact while its producer still runs.
 */
export type InputDefinition = {
  readonly reference: string;
  readonly stream: boolean;
  /** `main`: what the node is fanned over; `side`: staged for every task; null: found out (`rolesOf` in lib/dag/graph). */
  readonly role: "main" | "side" | null;
  /** Keeps artifacts of the edge out; null takes all that match the path. */
  readonly filter: ArtifactFilter | null;
  /** Goes on with fewer artifacts at a deadline; null waits for the producer to be done. */
  readonly quorum: Quorum | null;
  /** What is used instead when the producer gave nothing; null means nothing is. */
  readonly fallback: Fallback | null;
  /** Takes what a producer that ended `partial` or `failed` has made; else such a producer means: skipped. */
  readonly acceptPartial: boolean;
  /** For an input of another run: how long that run is waited for; absent, as long as this one lives. */
  readonly patience?: Patience;
};

export type Patience = {
  /** Since the start of the run. */
  readonly deadlineSeconds?: number;
  /** ISO 8601 duration: at the deadline the newest cycle that is at most so much older is used in its place. */
  readonly window?: string;
};

/** At least so many artifacts, or such a share of `expected`, at so many seconds after the start of the run. */
export type Quorum = {
  readonly atLeast: number;
  /** Null when `atLeast` counts artifacts; else `atLeast` is a share of this many, 0 to 1. */
  readonly expected: number | null;
  readonly deadlineSeconds: number;
};

/** Another node's artifacts, or those of the same node in the run of another cycle (ISO 8601 offset, `-P1D`). */
export type Fallback =
  | { readonly kind: "node"; readonly reference: string }
  | { readonly kind: "cycle"; readonly offset: string };

/** Files that a task makes. A task that ends well without a match of a required pattern has failed. */
export type OutputDefinition = {
  /** Glob below `out/`. */
  readonly pattern: string;
  readonly commit: CommitRule;
  readonly required: boolean;
  /** With `stable`: listings in a row (2 or more) and seconds over which size and time stay as they are. */
  readonly stable?: { readonly listings: number; readonly seconds: number };
  /** Absent: that of the node. */
  readonly retention?: Retention;
  /** With `marker`: path of the marker below `out/`, `{path}` and `{name}` standing for those of the file. */
  readonly marker?: string;
};

/**
 * When a file of a running task counts as finished; one that is committed never changes again. A task that ended well has
 * finished all of its files.
 * `on-exit`: not before; `on-rename`: it has a name that does not end in `.part` or `.tmp`; `stable`: size and time stay
 * the same, and it is as long as its own format says; `marker`: its marker exists; `next-file`: one that follows it
 * exists, where the files of a pattern in one folder are one sequence, numbers in names compared as numbers.
 * Source: EXECUTION.md, section 10.
 */
export type CommitRule = "on-exit" | "on-rename" | "stable" | "marker" | "next-file";

/** A published data set of the pipeline. */
export type ProductDefinition = {
  readonly id: ProductId;
  readonly title: LocalText;
  /** Domain in paths and titles, such as `d01` or `fire`. */
  readonly domain: string;
  readonly licence: string;
  readonly citation: string;
};
