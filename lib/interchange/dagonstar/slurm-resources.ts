import type { DagonTask } from "@/lib/interchange/dagonstar/task-map";

/** What a Slurm task asks for, as far as nodes here can say it. */
export type SlurmResources = {
  readonly cpus?: number;
  readonly memoryMb?: number;
  readonly timeoutSeconds?: number;
};

/**
 * CPUs, memory (megabytes) and time limit of a Slurm task; what is absent or unreadable is left out.
 * Source: DAGonStar `Slurm.generate_command`; time formats of sbatch.
 */
export function slurmResources(task: DagonTask): SlurmResources {
  const perNode = wholeNumber(task.ntasks_per_node);
  const cpus = wholeNumber(task.ntasks) ?? (perNode === null ? null : perNode * (wholeNumber(task.nodes) ?? 1));
  const memoryMb = wholeNumber(task.memory);
  const timeoutSeconds = secondsOf(task.time);
  return {
    ...(cpus === null ? {} : { cpus }),
    ...(memoryMb === null ? {} : { memoryMb }),
    ...(timeoutSeconds === null ? {} : { timeoutSeconds }),
  };
}

function wholeNumber(value: unknown): number | null {
  const number = typeof value === "string" && /^\d+$/.test(value.trim()) ? Number(value) : value;
  return typeof number === "number" && Number.isInteger(number) && number > 0 && number < 1e9 ? number : null;
}

/** `minutes`, `minutes:seconds`, `hours:minutes:seconds`, `days-hours[:minutes[:seconds]]`. */
function secondsOf(value: unknown): number | null {
  const groups = /^(?:(?<days>\d+)-)?(?<parts>\d+(?::\d+){0,2})$/.exec(String(value ?? "").trim())?.groups;
  if (groups?.parts === undefined) return null;
  const parts = groups.parts.split(":").map(Number);
  const [first = 0, second = 0, third = 0] = parts;
  const clock =
    groups.days !== undefined || parts.length === 3 ? first * 3600 + second * 60 + third : first * 60 + second;
  const seconds = Number(groups.days ?? 0) * 86_400 + clock;
  return seconds > 0 ? seconds : null;
}
