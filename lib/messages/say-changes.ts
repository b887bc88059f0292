import type { ChangeSummary } from "@/lib/dag/describe-changes";
import type { Messages } from "@/lib/messages/messages";
import { renderSentence } from "@/lib/messages/render-sentence";

const mostNames = 3;

/** A summary of changes as lines for a person: counts of tasks by node and of jobs first, then the run and its nodes. */
export function sayChanges(
  summary: ChangeSummary,
  { operate, states }: Pick<Messages, "operate" | "states">,
): readonly string[] {
  const { run, nodes, tasks, jobsStopped } = summary;
  const runLine =
    run === null ? [] : [renderSentence(operate.runChange, { from: states[run.from], to: states[run.to] })];
  const nodeLines = nodes.flatMap(({ id: node, from, to, held }) => [
    ...(from === to ? [] : [renderSentence(operate.nodeChange, { node, from: states[from], to: states[to] })]),
    ...(held === null ? [] : [renderSentence(held ? operate.nodeHeld : operate.nodeReleased, { node })]),
  ]);
  const taskLines = tasks.map(({ kind, nodeId, count, names }) => {
    const more = count > mostNames ? ", ..." : "";
    const named = names.length > 0 ? ` (${names.slice(0, mostNames).join(", ")}${more})` : "";
    return `${nodeId}: ${renderSentence(operate.effects[kind], { count })}${named}`;
  });
  const jobLine = jobsStopped > 0 ? [renderSentence(operate.jobs, { jobs: jobsStopped })] : [];
  return [...taskLines, ...jobLine, ...runLine, ...nodeLines];
}
