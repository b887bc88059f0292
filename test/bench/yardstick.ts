import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isAbsent, reference } from "@/test/fixtures/reference";

export type YardstickFigures = { readonly sea: number; readonly air: number };

/** The C kernel of the reference material, built on this machine. */
export type Yardstick = {
  /** Millions of particle-steps per second of one core; one run takes some ten seconds. */
  run(): Promise<YardstickFigures>;
  remove(): void;
};

const source = "tools/kernel-yardstick.c";
const flags = ["-O3", "-march=native", "-fno-math-errno", "-fno-trapping-math"];

/** Builds the yard-stick with the machine's C compiler. @throws where the reference material or the compiler is absent */
export function buildYardstick(): Yardstick {
  if (isAbsent(source))
    throw new Error(`the yard-stick ${source} is not in the reference material; set NEREUS_REFERENCE`);
  const folder = mkdtempSync(join(tmpdir(), "yardstick-"));
  const program = join(folder, "kernel-yardstick");
  execFileSync("cc", [...flags, "-o", program, reference(source), "-lm"]);
  return {
    run: () =>
      new Promise((resolve, reject) => {
        execFile(program, (error, stdout) => (error === null ? resolve(parse(stdout)) : reject(error)));
      }),
    remove: () => rmSync(folder, { recursive: true }),
  };
}

function parse(stdout: string): YardstickFigures {
  const { sea, air } = JSON.parse(stdout);
  return { sea: sea.mParticleStepsPerCoreSecond, air: air.mParticleStepsPerCoreSecond };
}
