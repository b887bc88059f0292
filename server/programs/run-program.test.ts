import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { NereusError } from "@/lib/errors";
import { jobSchema } from "@/server/programs/job";
import { runProgram } from "@/server/programs/run-program";

const schema = jobSchema(z.object({ hours: z.number().max(48) }), z.object({}));

test("a program gets its parsed job, prints its progress and ends with 0", async () => {
  const self = aProcess(await aJobFile({ program: "p", params: { hours: 3 }, inputs: {}, out: "/out" }));
  await runProgram(schema, async (job, log) => log(`${job.params.hours} h to ${job.out}`), self);
  expect(self).toMatchObject({ out: ["3 h to /out"], err: [], code: 0 });
});

test("an expected failure is one line with code and fields and exit 1", async () => {
  const self = aProcess(await aJobFile({ program: "p", params: { hours: 3 }, inputs: {}, out: "/out" }));
  const work = async () => {
    throw new NereusError("met-no-records", { file: "a\nb.nc" });
  };
  await runProgram(schema, work, self);
  expect(self.code).toBe(1);
  expect(self.err).toEqual(['nereus-error {"code":"met-no-records","fields":{"file":"a\\nb.nc"}}']);
});

test("a parameter that the program refuses is named", async () => {
  const self = aProcess(await aJobFile({ program: "p", params: { hours: 99 }, inputs: {}, out: "/out" }));
  await runProgram(schema, async () => undefined, self);
  expect(self.code).toBe(1);
  expect(self.err[0]).toContain('"code":"input-invalid","fields":{"field":"params.hours"');
});

test("a missing job file ends with 2 and a defect with 70", async () => {
  const lost = aProcess("/nowhere/job.json");
  await runProgram(schema, async () => undefined, lost);
  expect(lost.code).toBe(2);
  expect(lost.err[0]).toContain("/nowhere/job.json");
  const broken = aProcess(await aJobFile({ program: "p", params: { hours: 3 }, inputs: {}, out: "/out" }));
  const work = async () => {
    throw new TypeError("a defect");
  };
  await runProgram(schema, work, broken);
  expect(broken.code).toBe(70);
  expect(broken.err[0]).toContain("TypeError: a defect");
});

async function aJobFile(job: unknown): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), "nereus-program-")), "job.json");
  await writeFile(path, JSON.stringify(job));
  return path;
}

function aProcess(jobPath: string) {
  const seen: { out: string[]; err: string[]; code: number | null } = { out: [], err: [], code: null };
  return Object.assign(seen, {
    argv: ["node", "program.mjs", jobPath],
    writeOut: (line: string) => void seen.out.push(line),
    writeError: (line: string) => void seen.err.push(line),
    exit: (code: number) => {
      seen.code = code;
    },
  });
}
