import { readFile } from "node:fs/promises";
import type { z } from "zod";
import { NereusError } from "@/lib/errors";

/** Writes one progress line to the job's standard output. */
export type ProgramLog = (line: string) => void;

/** What a program touches of its process; tests hand in their own. */
export type ProgramProcess = {
  readonly argv: readonly string[];
  writeOut(line: string): void;
  writeError(line: string): void;
  exit(code: number): void;
};

/**
 * The start of every program: reads the job file named by the first argument, parses it, does the work and ends.
 * Exit 0 = done. 1 = expected failure, said in one line `nereus-error {"code","fields"}` on standard error, which the
 * engine turns into the run's reason. 2 = no usable job file. 70 = a defect of ours, with its stack.
 * @param schema of the whole job file: `jobSchema` of `./job.ts` with the program's own params and inputs
 */
export async function runProgram<Schema extends z.ZodType>(
  schema: Schema,
  work: (job: z.output<Schema>, log: ProgramLog) => Promise<void>,
  self: ProgramProcess = thisProcess(),
): Promise<void> {
  try {
    const job = await readJob(schema, self.argv[2]);
    await work(job, (line) => self.writeOut(line));
    self.exit(0);
  } catch (error) {
    if (error instanceof NereusError) {
      self.writeError(`nereus-error ${JSON.stringify({ code: error.code, fields: error.fields })}`);
      self.exit(1);
    } else if (error instanceof JobFileError) {
      self.writeError(error.message);
      self.exit(2);
    } else {
      self.writeError(error instanceof Error ? (error.stack ?? error.message) : String(error));
      self.exit(70);
    }
  }
}

class JobFileError extends Error {}

async function readJob<Schema extends z.ZodType>(schema: Schema, path: string | undefined): Promise<z.output<Schema>> {
  if (path === undefined) throw new JobFileError("Usage: node <program>.mjs <job.json>");
  const parsed = schema.safeParse(await readJson(path));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new NereusError("input-invalid", {
    field: issue?.path.join(".") || "job",
    problem: issue?.message ?? "not as expected",
  });
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, "utf8"));
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : String(cause);
    throw new JobFileError(`The job file ${path} cannot be read: ${problem}`);
  }
}

function thisProcess(): ProgramProcess {
  return {
    argv: process.argv,
    writeOut: (line) => process.stdout.write(`${line}\n`),
    writeError: (line) => process.stderr.write(`${line}\n`),
    // Ends idle worker threads too; an empty write returns once all earlier lines are out, pipes included.
    exit: (code) => process.stdout.write("", () => process.stderr.write("", () => process.exit(code))),
  };
}
