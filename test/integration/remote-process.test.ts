import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { command } from "@/lib/pipeline/define-pipeline";
import type { Connection } from "@/server/executors/connection/connection";
import { localConnection } from "@/server/executors/connection/local";
import { sshConnection } from "@/server/executors/connection/ssh";
import { remoteProcessRunner } from "@/server/executors/remote-process/remote-process-runner";
import { aFolder } from "@/test/fixtures/a-folder";
import { aHost } from "@/test/fixtures/a-host";
import { aPipeline } from "@/test/fixtures/a-pipeline";
import { anSshd, type Sshd, whyNoSshd } from "@/test/fixtures/an-sshd";
import { aJob, describeRunner, ended } from "@/test/fixtures/runner-contract";
import { until } from "@/test/fixtures/until";

const reason = whyNoSshd();
/** Node lies outside the usual path on many a machine. */
const options = { graceSeconds: 1, jobEnvironment: { PATH: process.env.PATH ?? "" } };
const near = localConnection();
describeRunner("processes over a connection, local", () => ({
  runner: remoteProcessRunner(near, options),
  connection: near,
  folder: aFolder,
}));

test("a job whose claim another machine has signed lives as long as its beat is fresh", async () => {
  await using folder = await aFolder();
  const job = await aJob(folder.path, "true");
  await near.makeFolder(`${folder.path}/.claim-${job.token}`);
  await near.writeAtomically(`${folder.path}/.claim-${job.token}/pid`, `1 1 another-boot \n`);
  const look = async () => (await remoteProcessRunner(near, options).poll([{ ...job, jobId: "" }]))[0]?.state;
  expect(await look()).toBe("missing");
  await near.writeAtomically(`${folder.path}/.beat`, "0");
  expect(await look()).toBe("running");
});

describe.skipIf(reason !== null)(`a login node without queue${reason === null ? "" : `: ${reason}`}`, () => {
  let sshd: Sshd;
  let far: Connection;
  let serial = 0;
  beforeAll(async () => {
    sshd = await anSshd();
    far = sshConnection(sshd.options);
  });
  afterAll(async () => {
    await far.close();
    await sshd[Symbol.asyncDispose]();
  });
  const farFolder = async () => {
    const path = `${sshd.folder}/${serial++}`;
    await far.makeFolder(path);
    return { path, [Symbol.asyncDispose]: () => far.remove(path) };
  };

  describeRunner("processes over SSH", () => ({
    runner: remoteProcessRunner(far, options),
    connection: far,
    folder: farFolder,
  }));

  test("a job goes on while the connection is gone, and is found again by its token", async () => {
    await using folder = await farFolder();
    const runner = remoteProcessRunner(far, options);
    const job = await aJob(folder.path, "until [[ -e go ]]; do sleep 0.02; done; exit 7", { connection: far });
    await runner.submit(job);
    sshd.dropConnections();
    const [found] = await until("the site answers again", () => runner.findByToken([job]).catch(() => null), 30_000);
    if (!found) throw new Error("the job is gone");
    expect(await runner.poll([found])).toMatchObject([{ state: "running" }]);
    await far.writeAtomically(`${folder.path}/out/go`, "");
    expect(await ended(runner, found)).toMatchObject({ exitCode: 7 });
  });

  test("when the wrapper is killed its work is ended too and the job is missing", async () => {
    await using folder = await farFolder();
    const runner = remoteProcessRunner(far, options);
    const handle = await runner.submit(await aJob(folder.path, "echo $$ >work; sleep 600", { connection: far }));
    const work = await until(
      "the work",
      async () => (await readFile(`${folder.path}/out/work`, "utf8").catch(() => "")).trim() || null,
    );
    await far.exec(["kill", "-KILL", handle.jobId.split(" ")[0] ?? ""], { timeoutSeconds: 10 });
    await until("missing", async () => ((await runner.poll([handle]))[0]?.state === "missing" ? true : null));
    await until("the work is gone", async () => {
      const line = await readFile(`/proc/${work}/stat`, "utf8").catch(() => ") Z");
      return line.includes(") Z") ? true : null;
    });
  });

  test("a run goes to a login node and back, and a worker that starts anew finds the job there", async () => {
    const { path: scratch } = await farFolder();
    const { host, port, user, identityPath, knownHostsPath } = sshd.options;
    await using portal = await aHost({
      login: {
        ssh: { host, port, user, identity: identityPath ?? "", knownHosts: knownHostsPath },
        processes: {},
        scratch,
        pools: { login: 2 },
      },
    });
    const worker = await portal.startWorker();
    const { runId } = await portal.request(
      aPipeline([
        command("make", { command: "seq 10 >numbers.txt" }),
        command("far", { pool: "login", command: "wc -l <workflow:///make/numbers.txt >count.txt; sleep 3" }),
        command("back", { command: "[ $(cat workflow:///far/count.txt) = 10 ]" }),
      ]),
    );
    await until(
      "the job runs",
      async () => ((await far.list(scratch)).some(({ path }) => path.endsWith("/.beat")) ? true : null),
      30_000,
    );
    await worker.stop();
    await portal.startWorker();
    const view = await portal.ended(runId);
    expect(view).toMatchObject({ state: "completed", reason: null });
    expect(view.tasks.map(({ attempts }) => attempts.length)).toEqual([1, 1, 1]);
  });
});
