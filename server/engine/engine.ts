import type { Logger } from "pino";
import type { CyclePoint, OrganisationId, RunId, SiteId, UserId } from "@/lib/ids";
import type { Sightings } from "@/lib/pipeline/finished-files";
import type { FragmentRef } from "@/server/engine/commit-product";
import type { Connection } from "@/server/executors/connection/connection";
import type { Launcher, Runner } from "@/server/executors/runner";
import type { Database } from "@/server/store/database";
import type { RunRow } from "@/server/store/run";
import type { StepReport } from "@/server/store/step";

/** A place where work runs: how to reach it, how to run there, and how much at once. */
export type Site = {
  readonly id: SiteId;
  readonly connection: Connection;
  readonly runner: Runner;
  /** Absent where it has no containers. */
  readonly launcher?: Launcher;
  readonly scratchRoot: string;
  /** Slots by pool; a task takes its cpus. */
  readonly pools: Readonly<Record<string, number>>;
  /** How far an attempt may grow that ran out of time or memory. */
  readonly caps?: { readonly memoryMb?: number; readonly timeoutSeconds?: number };
  /** Where the site keeps node and our programs. */
  readonly programs: {
    readonly node: string;
    /** Path of a program there; it is brought first where it is not. */
    locate(program: string): Promise<string>;
  };
};

/** What the store of published data does for the engine; both are safe to repeat. */
export type ProductKeeper = {
  commit(ref: FragmentRef): Promise<void>;
  /** Labels the products that an ended run left open. */
  settle(runId: RunId, generation: number): Promise<void>;
};

/** Everything that the engine needs of the world; handed in by the worker. */
export type Engine = {
  readonly db: Database;
  readonly sites: readonly Site[];
  readonly workerId: string;
  readonly products: ProductKeeper;
  readonly log: Logger;
  now(): Date;
  /** Resolves when the report is written; false when the attempt may no longer speak for its task. */
  tell(report: StepReport): Promise<boolean>;
  /** Something may be ready to start. */
  wakeStart(): void;
  /** Something may have happened to an attempt. */
  wakePoll(): void;
  /** A task waits for a time. */
  wakeDue(): void;
  /** Something that a task waits for may have come. */
  wakeWatch(): void;
  /** A variable of the worker's environment that pipelines may have; null for any other. */
  secretOf(name: string): string | null;
  readonly outlook: Outlook;
  readonly memory: EngineMemory;
};

/** How far waiting tasks may look, and the pipelines that they may run. */
export type Outlook = {
  /** Folders of this machine below which files may be watched. */
  readonly fileRoots: readonly string[];
  /** Hosts that may be asked although their address is private. */
  readonly privateHosts: readonly string[];
  /** Aborted when the worker stops. */
  readonly signal: AbortSignal;
  /** Starts a run, or finds the one that the same key started before. */
  startChild(wish: ChildWish): Promise<RunId>;
};

export type ChildWish = {
  readonly pipelineId: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly cycle: CyclePoint | null;
  readonly key: string;
  /** The child belongs to whom its parent belongs to. */
  readonly organisationId: OrganisationId | null;
  readonly requestedBy: UserId | null;
};

/** What one worker remembers between looks; all of it can be forgotten. */
export type EngineMemory = {
  /** Attempts being prepared, submitted or finished right now. */
  readonly busy: Set<string>;
  /** Attempts whose `out/` may hold something new. */
  readonly dirty: Set<string>;
  /** What listings of an attempt's `out/` have shown. */
  readonly sightings: Map<string, { readonly seen: Sightings; readonly lookAgainMs: number }>;
  /** Stops the watch of an attempt's scratch. */
  readonly watches: Map<string, () => void>;
  /** What the queue has last said of an attempt that waits there. */
  readonly queueReasons: Map<string, string>;
  /** Failed looks at an attempt in a row. */
  readonly troubles: Map<string, number>;
  /** Runs whose attempts are looked after, as they were first read, with the generation that they were read for. */
  readonly runs: Map<RunId, { readonly generation: number; readonly facts: Promise<RunRow> }>;
  /** Attempts by site of which the last look could not say whether they were submitted. */
  readonly doubts: Map<SiteId, ReadonlySet<string>>;
  /** Tasks of which the world is being asked what they wait for. */
  readonly farLooks: Set<string>;
  /** Looks and starts under way. */
  readonly looks: Set<Promise<void>>;
  stopping: boolean;
};

export const newMemory = (): EngineMemory => ({
  busy: new Set(),
  dirty: new Set(),
  sightings: new Map(),
  watches: new Map(),
  queueReasons: new Map(),
  troubles: new Map(),
  runs: new Map(),
  doubts: new Map(),
  farLooks: new Set(),
  looks: new Set(),
  stopping: false,
});

/** Longest time that an attempt stays unattended after its worker died, ms; renewed every 15 s. */
const leaseMs = 45_000;

export const leaseUntil = (engine: Engine): Date => new Date(engine.now().getTime() + leaseMs);
