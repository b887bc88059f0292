/** Why tasks of a type cannot run here, whatever they say; a type that stands nowhere here runs as a command. */
const unrunnable: Readonly<Record<string, string>> = {
  apptainer: "it runs in an Apptainer container, which no site here starts yet",
  checkpoint: "it is a checkpoint; every file that a task makes is kept here without one",
  cloud: "it starts a cloud machine, which no site here does yet",
  docker: "it runs in a Docker container, which no site here starts yet",
  faas: "it calls a function of a cloud provider",
  iot: "it talks to devices",
  kubernetes: "it runs on Kubernetes, which no site here does yet",
  llm: "it asks a language model",
  native: "it calls a Python function of its own workflow",
  nomad: "it runs on Nomad",
  web: "it calls a web service through DAGonStar",
};

/** Types whose tasks are shell commands on this machine or on a cluster. */
const commandTypes = ["batch", "slurm"] as const;

/** Names of types, in the spelling of DAGonStar's own `TaskType`. */
export const taskTypes: readonly string[] = [...commandTypes, ...Object.keys(unrunnable)].sort();

/** The type that a written one means: old files hold names of classes, such as `remotebatch` and `dockerremotetask`. */
export const typeOf = (written: string): string =>
  written
    .toLowerCase()
    .replace(/^remote/, "")
    .replace(/task$/, "")
    .replace(/remote$/, "");

/** Why a task of this type cannot run here; null when it can. */
export const whyUnrunnable = (type: string): string | null => unrunnable[type] ?? null;
