import { Duration } from "luxon";
import { findFanInput, type GraphInput, readInputs } from "@/lib/dag/graph";
import { imageProblem } from "@/lib/pipeline/container";
import type { NodeDefinition, OutputDefinition } from "@/lib/pipeline/definition";
import { environmentProblem } from "@/lib/pipeline/environment-problem";
import type { FieldProblem } from "@/lib/pipeline/field-problem";
import { waitProblem } from "@/lib/pipeline/wait-problem";
import { webProblem } from "@/lib/pipeline/web-problem";

/** Why a node could not be planned although its edges are right: its fan mode, its inputs, its numbers. Null when it can. */
export function shapeProblem(node: NodeDefinition): FieldProblem | null {
  const inputs = readInputs(node);
  return (
    fanProblem(node, inputs) ??
    firstOf(inputs, inputProblem) ??
    firstOf(node.outputs, outputProblem) ??
    numberProblem(node) ??
    environmentProblem(node) ??
    waitProblem(node) ??
    webProblem(node)
  );
}

function fanProblem(node: NodeDefinition, inputs: readonly GraphInput[]): FieldProblem | null {
  const [streamed, second] = inputs.filter((input) => input.stream);
  if (streamed && node.fan !== "single")
    return { field: `input ${streamed.name}`, problem: "only a node with fan “single” can take a streamed input." };
  if (second) return { field: `input ${second.name}`, problem: "only one of its inputs can be streamed." };
  if (streamed && streamed.role === "side")
    return { field: `input ${streamed.name}`, problem: "a streamed input must be a main one." };
  if (node.groupBy !== null && node.fan !== "grouped")
    return { field: "groupBy", problem: "only a node with fan “grouped” forms groups." };
  if (node.fan === "aggregate") return null;
  if (inputs.length === 0 && node.after.length > 0)
    return { field: "", problem: `fan “${node.fan}” needs an input; “after” alone gives no artifacts.` };
  if (inputs.length > 0 && inputs.every(({ role }) => role === "side"))
    return { field: "", problem: `fan “${node.fan}” needs a main input; all of its inputs are side ones.` };
  const isGiven = Object.values(node.inputs).some(({ role }) => role === "main");
  if (node.fan === "single" && inputs.length > 0 && !isGiven && findFanInput(inputs) === null) {
    const problem = "it is not clear which input gives one task per artifact: stream one, or give one a glob.";
    return { field: "", problem };
  }
  return null;
}

function inputProblem(input: GraphInput): FieldProblem | null {
  const field = `input ${input.name}`;
  const { quorum, stream, filter, fallback, external, patience } = input;
  if (external !== null && (stream || quorum !== null))
    return { field, problem: "an input of another run takes what is there; it can have neither stream nor quorum." };
  if (external === null && patience !== null)
    return { field: `${field}, patience`, problem: "only an input of another run waits so; use a quorum here." };
  const { deadlineSeconds = 1, window = "P1D" } = patience ?? {};
  if (!(deadlineSeconds > 0))
    return { field: `${field}, patience`, problem: "its deadline must be more than 0 seconds." };
  if (!(Duration.fromISO(window).toMillis() > 0))
    return { field: `${field}, patience`, problem: `“${window}” is no ISO 8601 duration above zero such as P2D.` };
  if (stream && (quorum !== null || fallback !== null))
    return { field, problem: "a streamed input takes what comes; it can have neither quorum nor fallback." };
  if (stream && filter?.select)
    return { field, problem: `a streamed input cannot select the ${filter.select}: it never sees all of them.` };
  if (quorum === null) return null;
  const { atLeast, expected } = quorum;
  if (expected === null && !(Number.isInteger(atLeast) && atLeast >= 1))
    return { field: `${field}, quorum`, problem: `at least ${atLeast} artifacts is no whole number from 1.` };
  if (expected !== null && !(atLeast > 0 && atLeast <= 1))
    return { field: `${field}, quorum`, problem: `a share of ${atLeast} is not between 0 and 1.` };
  if (expected !== null && !(Number.isInteger(expected) && expected >= 1))
    return { field: `${field}, quorum`, problem: `${expected} expected artifacts is no whole number from 1.` };
  return quorum.deadlineSeconds >= 0
    ? null
    : { field: `${field}, quorum`, problem: "its deadline cannot be negative." };
}

function outputProblem({ pattern, commit, stable, marker }: OutputDefinition): FieldProblem | null {
  const field = `output ${pattern}`;
  if (stable !== undefined && commit !== "stable")
    return { field, problem: `“stable” says nothing when a file is committed by “${commit}”.` };
  if (marker !== undefined && commit !== "marker")
    return { field, problem: `“marker” says nothing when a file is committed by “${commit}”.` };
  if (stable !== undefined && !(Number.isInteger(stable.listings) && stable.listings >= 2 && stable.seconds >= 0))
    return { field, problem: "a file is stable over a whole number of listings from 2 and seconds from 0." };
  return marker === "" || marker === "{path}"
    ? { field, problem: "a marker is another file than the one that it is about, such as {path}.done." }
    : null;
}

function numberProblem(node: NodeDefinition): FieldProblem | null {
  const { retry, timeoutSeconds, cpus, memoryMb } = node;
  const wrongImage = node.kind === "command" && node.container ? imageProblem(node.container.image) : null;
  if (wrongImage !== null) return { field: "container, image", problem: wrongImage };
  if (node.kind === "program" && node.outputs.length === 0)
    return { field: "outputs", problem: "a program node must name its outputs." };
  if (node.cache !== undefined && node.product !== undefined)
    return {
      field: "cache",
      problem: "a node that publishes is done in every run; let the nodes before it be cached.",
    };
  if (retry.count < 0 || retry.crashCount < 0) return { field: "retry", problem: "retries cannot be negative." };
  if (retry.delaysSeconds.some((seconds) => !(seconds >= 0)))
    return { field: "retry", problem: "waits before a retry cannot be negative." };
  if (!(timeoutSeconds > 0)) return { field: "timeoutSeconds", problem: "a timeout must be more than 0." };
  return cpus > 0 && memoryMb > 0 ? null : { field: "cpus, memoryMb", problem: "resources must be more than 0." };
}

function firstOf<Part>(parts: readonly Part[], problemOf: (part: Part) => FieldProblem | null): FieldProblem | null {
  for (const part of parts) {
    const problem = problemOf(part);
    if (problem !== null) return problem;
  }
  return null;
}
