import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { NereusError } from "@/lib/errors";
import { parseProgramError } from "@/lib/parse-program-error";
import { runToEnd } from "@/server/executors/connection/run-to-end";

export type ContainedProgram = {
  /** Folder of the bundled programs, and the name of one. */
  readonly programsPath: string;
  readonly program: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly inputs?: Readonly<Record<string, string>>;
  /** Fresh folder for `job.json` and `out/`; the caller removes it. */
  readonly scratch: string;
  /** Default 10. */
  readonly timeoutSeconds?: number;
  /** Limit of processor time; default none beside `timeoutSeconds`, which on a busy machine passes while others work. */
  readonly cpuSeconds?: number;
  /** Limit of the JavaScript heap, MiB; default 256. Arrays outside the heap are held by `dataMb`. */
  readonly heapMb?: number;
  /** Limit of all memory the process may write to, MiB; default 2048. */
  readonly dataMb?: number;
  readonly signal?: AbortSignal;
};

/**
 * Runs a program over content that nobody vouches for: a process group of its own, killed at its time limit, with
 * limits on heap and data, no core file and no environment. The data limit is `ulimit -d`: an address-space limit
 * (`-v`) breaks WebAssembly, which reserves 10 GB that it never touches.
 * @returns what the program printed on standard output; its files are in `<scratch>/out`
 * @throws {NereusError} what the program itself reported by `nereus-error`; command-timed-out; program-failed for any
 *   other end, such as running out of memory
 */
export async function runContained(request: ContainedProgram): Promise<string> {
  const { program, scratch, signal, timeoutSeconds = 10 } = request;
  const out = join(scratch, "out");
  await mkdir(out, { recursive: true });
  const job = { program, params: request.params, inputs: request.inputs ?? {}, out };
  await writeFile(join(scratch, "job.json"), JSON.stringify(job));

  const ended = await runToEnd(limited(request), { cwd: out, timeoutSeconds, signal });
  if (ended.timedOut) throw new NereusError("command-timed-out", { command: program, seconds: timeoutSeconds });
  if (ended.exitCode === 0) return ended.stdout;
  const reported = parseProgramError(ended.stderr);
  if (reported !== null) throw reported;
  const { exitCode, stderr } = ended;
  const stderrTail = stderr.trimEnd().split("\n").slice(-20).join("\n");
  throw new NereusError("program-failed", { program, exitCode, signal: ended.signal, stderrTail });
}

function limited(request: ContainedProgram): readonly string[] {
  const { programsPath, program, scratch, heapMb = 256, dataMb = 2048, cpuSeconds } = request;
  // A soft limit: its signal, unlike that of the hard one, tells what ended the program.
  const script = 'ulimit -c 0 -d "$1"; ulimit -S -t "$2"; shift 2; exec "$@"';
  const limits = [String(dataMb * 1024), cpuSeconds === undefined ? "unlimited" : String(Math.ceil(cpuSeconds))];
  const node = [process.execPath, `--max-old-space-size=${heapMb}`, join(programsPath, `${program}.mjs`)];
  return ["/bin/bash", "-c", script, "contained", ...limits, ...node, join(scratch, "job.json")];
}
