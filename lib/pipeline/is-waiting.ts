import type { NodeDefinition, WaitingNode } from "@/lib/pipeline/definition";

/** True for a node whose tasks wait as rows and are no jobs. */
export const isWaiting = (node: NodeDefinition): node is WaitingNode =>
  node.kind === "sensor" || node.kind === "gate" || node.kind === "run";
