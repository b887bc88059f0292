import type { ChangeSummary } from "@/lib/dag/describe-changes";
import type { Messages } from "@/lib/messages/messages";
import { renderSentence } from "@/lib/messages/render-sentence";

/** A summary of changes as lines for a person: the run, nodes, tasks by node, jobs. */
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
    const more = names.length > 0 && names.length < count ? ", ..." : "";
    const named = names.length > 0 ? ` (${names.join(", ")}${more})` : "";
    return `${nodeId}: ${renderSentence(operate.effects[kind], { count })}${named}`;
  });
  const jobLine = jobsStopped > 0 ? [renderSentence(operate.jobs, { jobs: jobsStopped })] : [];
  return [...runLine, ...nodeLines, ...taskLines, ...jobLine];
}
