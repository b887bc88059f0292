import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { localConnection } from "@/server/executors/connection/local";
import { processRunner } from "@/server/executors/process/process-runner";
import { aFolder } from "@/test/fixtures/a-folder";
import { aJob, describeRunner, ended } from "@/test/fixtures/runner-contract";
import { until } from "@/test/fixtures/until";

const runner = processRunner({ graceSeconds: 1 });
describeRunner("process", () => ({ runner, connection: localConnection(), folder: aFolder }));

test("a job outlives a worker that was killed, and is adopted by its token", async () => {
  await using folder = await aFolder();
  const job = await aJob(folder.path, "echo $PPID >../wrapper; until [[ -e go ]]; do sleep 0.02; done; exit 7");
  const program = "test/fixtures/submit-and-wait.ts";
  const worker = spawn(process.execPath, ["--import", "tsx", program, folder.path, job.token]);
  await once(worker.stdout, "data");
  worker.kill("SIGKILL");
  await once(worker, "exit");

  const found = await until("the claim", async () => (await runner.findByToken([job]))[0] ?? null);
  const state = async () => (await runner.poll([found]))[0]?.state;
  await until("the job runs", async () => ((await state()) === "running" ? true : null));
  await writeFile(join(folder.path, "out/go"), "");
  expect(await ended(runner, found)).toMatchObject({ exitCode: 7 });
});

test("when the wrapper is killed its work is ended too and the job is missing", async () => {
  await using folder = await aFolder();
  const handle = await runner.submit(await aJob(folder.path, "echo $$ >../work; sleep 600"));
  const work = await until(
    "the work",
    async () => (await readFile(join(folder.path, "work"), "utf8").catch(() => "")) || null,
  );
  process.kill(Number(handle.jobId.split(" ")[0]), "SIGKILL");
  await until("missing", async () => ((await runner.poll([handle]))[0]?.state === "missing" ? true : null));
  await until("the work is gone", async () => {
    const line = await readFile(`/proc/${work.trim()}/stat`, "utf8").catch(() => ") Z");
    return line.includes(") Z") ? true : null;
  });
});

test("a number that belongs to another process by now does not keep a job alive", async () => {
  await using folder = await aFolder();
  const job = await aJob(folder.path, "true");
  await mkdir(join(folder.path, `.claim-${job.token}`));
  await writeFile(join(folder.path, `.claim-${job.token}/pid`), `${process.pid} 1 some-other-boot`);
  expect(await runner.poll([{ ...job, jobId: "" }])).toEqual([{ state: "missing" }]);
});

/** Less than the 2 s between two safety looks. */
const noticedMs = 1900;

test("a rename below out/ and the end of the job are noticed well before the safety look", async () => {
  await using folder = await aFolder();
  await mkdir(join(folder.path, "out"));
  let news = 0;
  const stop = runner.watch?.(folder.path, () => news++);
  await mkdir(join(folder.path, "out/hours"));
  await until("the new folder", () => (news > 0 ? true : null), noticedMs);
  const before = news;
  await writeFile(join(folder.path, "out/hours/smoke_0001.nc.part"), "half");
  await writeFile(join(folder.path, "stdout"), "a line");
  await rename(join(folder.path, "out/hours/smoke_0001.nc.part"), join(folder.path, "out/hours/smoke_0001.nc"));
  await until("the rename", () => (news > before ? true : null), noticedMs);
  const again = news;
  await writeFile(join(folder.path, "status.json.tmp"), "{}");
  await rename(join(folder.path, "status.json.tmp"), join(folder.path, "status.json"));
  await until("the sentinel", () => (news > again ? true : null), noticedMs);
  stop?.();
});
