import { quoteForShell, renderCommand } from "@/lib/dag/render-command";
import type { CommandNode, ProgramNode, ScriptNode } from "@/lib/pipeline/definition";
import type { Site } from "@/server/engine/engine";
import type { PlannedInput } from "@/server/engine/plan-inputs";
import { type Launcher, scratchNames } from "@/server/executors/runner";

type Job<Node extends ScriptNode> = {
  readonly site: Site;
  readonly scratch: string;
  readonly token: string;
  readonly node: Node;
  /** What a program is told; empty for a command. */
  readonly params: Readonly<Record<string, unknown>>;
  readonly inputs: readonly PlannedInput[];
  /** Its `in/`, as the job sees it. */
  readonly folder: string;
  /** Of a command that runs in a container. */
  readonly launcher: Launcher | null;
  /** What this attempt may take. */
  readonly memoryMb: number;
  /** Names of the variables that the job is given. */
  readonly variables: readonly string[];
};

/** Writes `cmd.sh`, what brings it into its container, and for one of our programs the `job.json` that it reads. */
export async function writeJob(job: Job<ScriptNode>): Promise<void> {
  const { site, scratch, node } = job;
  const command = node.kind === "program" ? await programLine({ ...job, node }) : commandText({ ...job, node });
  const files: (readonly [string, string])[] = [
    ...(inContainer(job, command) ?? [[scratchNames.command, `${command}\n`]]),
  ];
  if (node.kind === "program") files.push([scratchNames.job, JSON.stringify(jobFile({ ...job, node }))]);
  await Promise.all(files.map(([name, text]) => site.connection.writeAtomically(`${scratch}/${name}`, text)));
}

function inContainer(
  { node, launcher, ...job }: Job<ScriptNode>,
  command: string,
): ReturnType<Launcher["files"]> | null {
  if (launcher === null || node.kind !== "command" || node.container === undefined) return null;
  const { scratch, token, variables, memoryMb } = job;
  const { cpus, container } = node;
  return launcher.files({ ...container, ...{ scratch, token, variables, cpus, memoryMb, command } });
}

async function programLine({ site, scratch, node }: Job<ProgramNode>): Promise<string> {
  const argv = [site.programs.node, await site.programs.locate(node.program), `${scratch}/${scratchNames.job}`];
  return `exec ${argv.map(quoteForShell).join(" ")}`;
}

function jobFile({ scratch, node, params, inputs, folder }: Job<ProgramNode>) {
  return {
    program: node.program,
    params,
    inputs: Object.fromEntries(inputs.map(({ name, place }) => [name, `${folder}/${place}`])),
    out: `${scratch}/${scratchNames.outputs}`,
  };
}

function commandText({ node, inputs, folder }: Job<CommandNode>): string {
  return renderCommand(node.command, (reference) => {
    const name = Object.entries(node.inputs).find(([, input]) => input.reference === reference)?.[0];
    const words = inputs.find((input) => input.name === name)?.words ?? [];
    return words.map((word) => `${folder}/${word}`);
  });
}
