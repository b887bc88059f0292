import { quoteForShell, renderCommand } from "@/lib/dag/render-command";
import type { CommandNode, ProgramNode, ScriptNode } from "@/lib/pipeline/definition";
import type { Site } from "@/server/engine/engine";
import type { PlannedInput } from "@/server/engine/plan-inputs";
import { scratchNames } from "@/server/executors/runner";

type Job<Node extends ScriptNode> = {
  readonly site: Site;
  readonly scratch: string;
  readonly node: Node;
  /** What a program is told; empty for a command. */
  readonly params: Readonly<Record<string, unknown>>;
  readonly inputs: readonly PlannedInput[];
};

/** Writes `cmd.sh`, and for one of our programs the `job.json` that it reads. */
export async function writeJob(job: Job<ScriptNode>): Promise<void> {
  const { site, scratch, node } = job;
  const command = node.kind === "program" ? await programLine({ ...job, node }) : commandText({ ...job, node });
  const files = [[scratchNames.command, `${command}\n`]];
  if (node.kind === "program") files.push([scratchNames.job, JSON.stringify(jobFile({ ...job, node }))]);
  await Promise.all(files.map(([name, text = ""]) => site.connection.writeAtomically(`${scratch}/${name}`, text)));
}

const inFolder = (scratch: string): string => `${scratch}/${scratchNames.inputs}`;

async function programLine({ site, scratch, node }: Job<ProgramNode>): Promise<string> {
  const argv = [site.programs.node, await site.programs.locate(node.program), `${scratch}/${scratchNames.job}`];
  return `exec ${argv.map(quoteForShell).join(" ")}`;
}

function jobFile({ scratch, node, params, inputs }: Job<ProgramNode>) {
  return {
    program: node.program,
    params,
    inputs: Object.fromEntries(inputs.map(({ name, place }) => [name, `${inFolder(scratch)}/${place}`])),
    out: `${scratch}/${scratchNames.outputs}`,
  };
}

function commandText({ scratch, node, inputs }: Job<CommandNode>): string {
  return renderCommand(node.command, (reference) => {
    const name = Object.entries(node.inputs).find(([, input]) => input.reference === reference)?.[0];
    const words = inputs.find((input) => input.name === name)?.words ?? [];
    return words.map((word) => `${inFolder(scratch)}/${word}`);
  });
}
