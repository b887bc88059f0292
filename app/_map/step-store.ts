import { fetchChunk } from "@/app/_map/fetch-chunk";
import type { StoredIntegers } from "@/lib/map/decode-chunk";
import type { Packing } from "@/lib/map/product";

export type StepSource = {
  /** `product/run-generation`, part of every key. */
  readonly key: string;
  /** Address of the product's folder, without a slash at the end. */
  readonly address: string;
  readonly nX: number;
  readonly nY: number;
  readonly packings: Readonly<Record<string, Packing>>;
};

/** How many steps are fetched at the same time: the one shown comes alone, neighbours share the rest of the line. */
const lanes = 3;
/** Memory for decoded steps: 250 of 600 x 600 cells, less on devices that say that they have little. */
const budgetBytes = 180_000_000;
const smallBudgetBytes = 70_000_000;

/**
 * The decoded steps of one product run. It fetches what is wanted in the order given, drops what is no longer wanted
 * and tells its listeners when a step has come. A step is fetched once.
 */
export class StepStore {
  private readonly steps = new Map<string, StoredIntegers>();
  private readonly failed = new Set<string>();
  private readonly running = new Map<string, AbortController>();
  private queue: readonly { variable: string; step: number }[] = [];
  private wanted: ReadonlySet<string> = new Set();
  private readonly listeners = new Set<() => void>();
  private version = 0;

  /** Most steps in memory; nothing beyond is fetched, so that a long run does not push out its own steps. */
  private readonly capacity: number;

  constructor(readonly source: StepSource) {
    const cellBytes = Math.max(...Object.values(source.packings).map(({ dtype }) => (dtype === "int16" ? 2 : 4)));
    this.capacity = Math.max(12, Math.floor(budgetOfDevice() / (source.nX * source.nY * cellBytes)));
  }

  keyOf = (variable: string, step: number): string => `${this.source.key}/${variable}/${step}`;
  get = (variable: string, step: number): StoredIntegers | undefined => this.steps.get(this.keyOf(variable, step));
  hasFailed = (variable: string, step: number): boolean => this.failed.has(this.keyOf(variable, step));
  snapshot = (): number => this.version;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Steps of a variable that can be shown without a request. */
  loaded(variable: string): ReadonlySet<number> {
    const prefix = `${this.source.key}/${variable}/`;
    return new Set(
      [...this.steps.keys()].flatMap((key) => (key.startsWith(prefix) ? [Number(key.slice(prefix.length))] : [])),
    );
  }

  /** True when all that is wanted has come or has failed: nothing more will be asked for. */
  isIdle = (): boolean =>
    this.wanted.size > 0 && [...this.wanted].every((key) => this.steps.has(key) || this.failed.has(key));

  /** Replaces what is wanted, most urgent first. Requests for anything else are aborted. */
  want(wanted: readonly { variable: string; step: number }[]): void {
    this.queue = wanted.slice(0, this.capacity);
    this.wanted = new Set(this.queue.map(({ variable, step }) => this.keyOf(variable, step)));
    for (const [key, controller] of this.running) if (!this.wanted.has(key)) controller.abort();
    this.pump();
  }

  /** Forgets failures, so that the next `want` asks again. */
  retry(): void {
    this.failed.clear();
    this.pump();
  }

  stop(): void {
    this.queue = [];
    for (const controller of this.running.values()) controller.abort();
  }

  private pump(): void {
    for (const { variable, step } of this.queue) {
      if (this.running.size >= lanes) return;
      const key = this.keyOf(variable, step);
      if (this.steps.has(key) || this.running.has(key) || this.failed.has(key)) continue;
      void this.fetchStep(variable, step);
    }
  }

  private async fetchStep(variable: string, step: number): Promise<void> {
    const key = this.keyOf(variable, step);
    const controller = new AbortController();
    this.running.set(key, controller);
    try {
      this.steps.set(key, await this.load(variable, step, controller.signal));
      this.makeRoom();
    } catch {
      // An aborted request is no failure: the step is simply no longer wanted.
      if (!controller.signal.aborted) this.failed.add(key);
    } finally {
      this.running.delete(key);
      this.version += 1;
      for (const listener of this.listeners) listener();
      this.pump();
    }
  }

  /** The oldest of what is no longer wanted leaves first. */
  private makeRoom(): void {
    for (const key of this.steps.keys()) {
      if (this.steps.size <= this.capacity) return;
      if (!this.wanted.has(key)) this.steps.delete(key);
    }
  }

  private async load(variable: string, step: number, signal: AbortSignal): Promise<StoredIntegers> {
    const packing = this.source.packings[variable];
    if (!packing) throw new Error(`the product has no variable ${variable}`);
    const address = `${this.source.address}/map.zarr/${variable}/${step}.0.0`;
    return await fetchChunk(address, { dtype: packing.dtype, cells: this.source.nX * this.source.nY, signal });
  }
}

function budgetOfDevice(): number {
  // Only some browsers tell, in gigabytes and never more than 8; the server that renders the page tells nothing.
  const told = typeof navigator === "object" && "deviceMemory" in navigator ? Number(navigator.deviceMemory) : 8;
  return told < 4 ? smallBudgetBytes : budgetBytes;
}
