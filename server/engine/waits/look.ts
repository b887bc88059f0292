import type { Graph, GraphNode } from "@/lib/dag/graph";
import type { WaitingNode } from "@/lib/pipeline/definition";
import type { Engine } from "@/server/engine/engine";
import type { RunRow } from "@/server/store/run";
import type { DueWait } from "@/server/store/wait";

/** What a look at a wait found. */
export type Look =
  | {
      readonly kind: "wait";
      /** The next look; null until somebody wakes it. */
      readonly dueAt: Date | null;
      /** What wakes it. */
      readonly key?: string;
      /** For the next look to compare with. */
      readonly seen?: Readonly<Record<string, unknown>>;
      /** What it waits for, in words. */
      readonly reason: string;
    }
  | { readonly kind: "found"; readonly record: Readonly<Record<string, unknown>> }
  | { readonly kind: "failed"; readonly reason: string };

/** A wait with all that is known of its task. */
export type WaitScene<Node extends WaitingNode = WaitingNode> = {
  readonly engine: Engine;
  readonly wait: DueWait;
  readonly node: Node;
  readonly run: RunRow;
  readonly graph: Graph;
  readonly planned: GraphNode;
  readonly now: Date;
};

export const secondsAfter = (at: Date, seconds: number): Date => new Date(at.getTime() + seconds * 1000);
