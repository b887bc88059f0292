import { readFileSync } from "node:fs";

/**
 * When a process started, in clock ticks since boot, as the kernel tells it; null when it has ended (a zombie too).
 * Together with the process id it names a process for good, ids alone are used again.
 */
export function processStart(pid: number): string | null {
  const stat = readProcFile(pid, "stat");
  if (stat === null) return null;
  // The command in parentheses may hold blanks; what follows it starts with the state.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return fields[0] === "Z" || fields[0] === "X" ? null : (fields[19] ?? null);
}

/** The arguments of a process; empty when it has ended. */
export function processArguments(pid: number): readonly string[] {
  return (readProcFile(pid, "cmdline") ?? "").split("\0").filter((argument) => argument !== "");
}

function readProcFile(pid: number, name: string): string | null {
  try {
    return readFileSync(`/proc/${pid}/${name}`, "utf8");
  } catch {
    return null;
  }
}
