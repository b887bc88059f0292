import { mkdir, readFile, writeFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { command } from "@/lib/pipeline/define-pipeline";
import { checkSite } from "@/server/cli/sites/check-site";
import { resolveConfig } from "@/server/config";
import { configFileSchema } from "@/server/config-schema";
import type { Connection } from "@/server/executors/connection/connection";
import { localConnection } from "@/server/executors/connection/local";
import { sshConnection } from "@/server/executors/connection/ssh";
import type { JobHandle, JobStatus, Runner } from "@/server/executors/runner";
import { type SlurmOptions, slurmDefaults } from "@/server/executors/slurm/slurm-options";
import { slurmRunner } from "@/server/executors/slurm/slurm-runner";
import { cancelRun } from "@/server/services/runs/cancel-run";
import { getRun } from "@/server/services/runs/get-run";
import { resolveSite, siteSchema } from "@/server/site-schema";
import { aFolder } from "@/test/fixtures/a-folder";
import { aHost } from "@/test/fixtures/a-host";
import { aPipeline } from "@/test/fixtures/a-pipeline";
import { aSlurm, type Slurm, whyNoSlurm } from "@/test/fixtures/a-slurm";
import { anSshd, type Sshd, whyNoSshd } from "@/test/fixtures/an-sshd";
import { aJob, describeRunner, ended } from "@/test/fixtures/runner-contract";
import { until } from "@/test/fixtures/until";

const reason = whyNoSlurm() ?? whyNoSshd();

describe.skipIf(reason !== null)(`Slurm${reason === null ? "" : `: ${reason}`}`, () => {
  let slurm: Slurm;
  let sshd: Sshd;
  let far: Connection;
  let serial = 0;
  beforeAll(async () => {
    slurm = await aSlurm();
    sshd = await anSshd();
    far = sshConnection(sshd.options);
  });
  afterAll(async () => {
    await far.close();
    await sshd[Symbol.asyncDispose]();
    await slurm[Symbol.asyncDispose]();
  });
  const near = localConnection();
  /** Node lies outside the usual path on many a machine. */
  const jobEnvironment = { PATH: process.env.PATH ?? "" };
  const runnerOver = (connection: Connection, more: Partial<SlurmOptions> = {}): Runner =>
    slurmRunner(connection, {
      ...slurmDefaults,
      graceSeconds: 1,
      environment: slurm.environment,
      jobEnvironment,
      ...more,
    });
  const farFolder = async () => {
    const path = `${sshd.folder}/${serial++}`;
    await far.makeFolder(path);
    return { path, [Symbol.asyncDispose]: () => far.remove(path) };
  };

  describeRunner("slurm, local", () => ({ runner: runnerOver(near), connection: near, folder: aFolder }));
  describeRunner("slurm over SSH", () => ({ runner: runnerOver(far), connection: far, folder: farFolder }));

  const untilState = (runner: Runner, handle: Parameters<Runner["poll"]>[0][number], state: JobStatus["state"]) =>
    until(
      `the job is ${state}`,
      async () => {
        const [status] = await runner.poll([handle]);
        return status?.state === state ? status : null;
      },
      45_000,
    );

  describe("what the queue refuses or does", () => {
    test("an unknown partition is one sentence, and nothing is left that stops a later submit", async () => {
      await using folder = await aFolder();
      const job = await aJob(folder.path, "true");
      await expect(runnerOver(near, { partition: "nowhere" }).submit(job)).rejects.toMatchObject({
        code: "job-rejected",
        fields: { problem: expect.stringContaining("Invalid partition") },
      });
      const runner = runnerOver(near);
      expect(await ended(runner, await runner.submit(job))).toMatchObject({ exitCode: 0 });
    });

    test("more memory than any node has is refused", async () => {
      await using folder = await aFolder();
      const job = await aJob(folder.path, "true", { memoryMb: 900_000 });
      await expect(runnerOver(near).submit(job)).rejects.toMatchObject({ code: "job-rejected" });
    });

    test("a time limit beyond the partition's is told as a job that will never start", async () => {
      await using folder = await aFolder();
      const runner = runnerOver(near, { partition: "short" });
      const handle = await runner.submit(await aJob(folder.path, "true", { timeoutSeconds: 3600 }));
      const status = await untilState(runner, handle, "broken");
      expect(status).toMatchObject({ failure: "launch-failed", reason: expect.stringContaining("PartitionTimeLimit") });
      await runner.cancel(handle, 0);
      expect(slurm.ask("squeue", "-h", "-n", `nereus-${handle.token}`)).toBe("");
    });

    test("a partition that is down says why the job waits, and cancelling empties the queue", async () => {
      await using folder = await aFolder();
      const runner = runnerOver(near, { partition: "closed" });
      const handle = await runner.submit(await aJob(folder.path, "true"));
      await until("the reason", async () => {
        const [status] = await runner.poll([handle]);
        return status?.state === "queued" && status.reason?.includes("PartitionDown") ? true : null;
      });
      await runner.cancel(handle, 1);
      expect(slurm.ask("squeue", "-h", "-n", `nereus-${handle.token}`)).toBe("");
    });

    test("a job that takes more memory than it asked for is called so", async () => {
      await using folder = await aFolder();
      const runner = runnerOver(near);
      const command = `node -e 'const b = Buffer.alloc(6e8, 1); setTimeout(() => b, 20000)'`;
      const handle = await runner.submit(await aJob(folder.path, command, { memoryMb: 100 }));
      expect(await untilState(runner, handle, "broken")).toMatchObject({ failure: "out-of-memory" });
    });

    test("a job taken away soon after the controller's start may have been taken by the controller", async () => {
      await using folder = await aFolder();
      const runner = runnerOver(near, { partition: "closed" });
      const handle = await runner.submit(await aJob(folder.path, "true"));
      slurm.ask("scancel", handle.jobId);
      expect(await untilState(runner, handle, "broken")).toMatchObject({ failure: "stopped" });
    });

    test("a module that the site lacks is named on stderr and ends the job", async () => {
      await using folder = await aFolder();
      const runner = runnerOver(near, { modules: ["no-such-model/1.0"] });
      const handle = await runner.submit(await aJob(folder.path, "echo ran >ran"));
      expect(await ended(runner, handle)).toMatchObject({ exitCode: 78 });
      expect(await readFile(`${folder.path}/stderr`, "utf8")).toContain(
        'nereus-error {"code":"module-missing","fields":{"module":"no-such-model/1.0"}}',
      );
    });
  });

  describe("once, whatever dies", () => {
    test("an sbatch that was taken but never answered is found by its name, not repeated", async () => {
      await using folder = await aFolder();
      const runner = runnerOver(near);
      const job = await aJob(folder.path, "echo started >>../starts; sleep 1");
      const first = await runner.submit(job);
      const again = await runner.submit(job);
      expect(again.jobId).toBe(first.jobId);
      await ended(runner, again);
      expect(await readFile(`${folder.path}/starts`, "utf8")).toBe("started\n");
    });

    // A controller that crashed may leave nodes behind that take minutes to come back.
    if (process.env.NEREUS_LONG === "1")
      test("whatever a crashed controller forgets or stops is done once, by a second job where it must", async () => {
        await using folder = await aFolder();
        const runner = runnerOver(near);
        let serial = 0;
        const start = async (n: number) => {
          const scratch = `${folder.path}/${n}-${serial++}`;
          await mkdir(scratch);
          return runner.submit(await aJob(scratch, `sleep 2; echo done >>${folder.path}/done-${n}`));
        };
        const open = new Map<number, { handle: JobHandle; misses: number }>();
        for (let n = 0; n < 6; n += 1) open.set(n, { handle: await start(n), misses: 0 });
        await slurm.killController();
        for (const status of await runner.poll([...open.values()].map(({ handle }) => handle)))
          expect(status.state).not.toMatch(/missing|broken/);
        await slurm.startController();
        await until(
          "all jobs end",
          async () => {
            // A controller that finds a job running that it has forgotten drains its node: somebody has to bring it back.
            slurm.resumeNodes();
            for (const [n, one] of open) {
              const [status] = await runner.poll([one.handle]);
              if (status?.state === "ended" && status.sentinel.exitCode === 0) open.delete(n);
              one.misses = status?.state === "missing" ? one.misses + 1 : 0;
              const isOver = status?.state === "broken" || status?.state === "ended" || one.misses === 3;
              if (!isOver || !open.has(n)) continue;
              // As the engine does: what has not begun by now never will, and only then another takes its place.
              await runner.cancel(one.handle, 0);
              open.set(n, { handle: await start(n), misses: 0 });
            }
            return open.size === 0 ? true : null;
          },
          200_000,
        );
        for (let n = 0; n < 6; n += 1) expect(await readFile(`${folder.path}/done-${n}`, "utf8")).toBe("done\n");
      }, 240_000);

    test("a number that the queue gave to another job does not speak for ours", async () => {
      await using folder = await aFolder();
      await using other = await aFolder();
      const runner = runnerOver(near);
      const stranger = await runner.submit(await aJob(other.path, "sleep 1"));
      const job = await aJob(folder.path, "true");
      expect(await runner.poll([{ ...job, jobId: stranger.jobId }])).toEqual([{ state: "missing" }]);
      await ended(runner, stranger);
    });
  });

  test("a run goes to the cluster and back: inputs are brought there, results are used here, each once", async () => {
    const { path: scratch } = await farFolder();
    const { host, port, user, identityPath, knownHostsPath } = sshd.options;
    await using portal = await aHost({
      cluster: {
        ssh: { host, port, user, identity: identityPath ?? "", knownHosts: knownHostsPath },
        slurm: { environment: slurm.environment },
        scratch,
        pools: { cluster: 8 },
      },
    });
    const worker = await portal.startWorker();
    const { runId } = await portal.request(
      aPipeline([
        command("make", { command: "seq 1000 >numbers.txt" }),
        command("far", {
          pool: "cluster",
          command:
            "awk '{ n += $1 } END { print n }' workflow:///make/numbers.txt >sum.txt; echo $SLURM_JOB_ID >job.txt; sleep 2",
        }),
        command("again", { pool: "cluster", command: "sort -n workflow:///make/numbers.txt | tail -1 >last.txt" }),
        command("back", {
          command:
            "cat workflow:///far/sum.txt workflow:///again/last.txt >all.txt; [ -s workflow:///far/job.txt ]; [ $(cat workflow:///far/sum.txt) = 500500 ]",
        }),
      ]),
    );
    await until(
      "the job is in the queue",
      () => (slurm.ask("squeue", "-h", "-o", "%j").includes("nereus-") ? true : null),
      30_000,
    );
    // The next worker finds the job by its token; nothing is done twice.
    await worker.stop();
    await portal.startWorker();
    const view = await portal.ended(runId);
    expect(view).toMatchObject({ state: "completed", reason: null });
    expect(view.tasks.map(({ attempts }) => attempts.length)).toEqual([1, 1, 1, 1]);
    const cached = (await far.list(`${scratch}/.cache/cas`)).map(({ path }) => path);
    expect(cached).toEqual([expect.stringMatching(/^[0-9a-f]{2}\/[0-9a-f]{64}$/)]);
  });

  test("what the queue says of a job that waits stands at its task", async () => {
    const { path: scratch } = await farFolder();
    await using portal = await aHost({
      cluster: {
        slurm: { environment: slurm.environment, partition: "closed" },
        scratch,
        pools: { cluster: 1 },
      },
    });
    await portal.startWorker();
    const { runId } = await portal.request(aPipeline([command("waits", { pool: "cluster", command: "true" })]));
    const said = await until(
      "the queue's reason",
      async () =>
        (await getRun(portal.ctx, runId)).tasks.find(({ reason: why }) => why?.includes("PartitionDown")) ?? null,
      30_000,
    );
    expect(said).toMatchObject({ state: "submitted", nodeId: "waits" });
    await cancelRun(portal.ctx, { runId, reason: "seen enough" });
    await portal.ended(runId);
  });

  test("a site is proved by a real job, and what is wrong is one sentence", async () => {
    await using folder = await aFolder();
    const base = resolveConfig(configFileSchema.parse({}), { NEREUS_HOME: folder.path });
    const context = {
      config: base,
      locale: "en",
      json: true,
      verbose: false,
      signal: AbortSignal.timeout(60_000),
    } as const;
    const site = (more: object, queue: object = {}) =>
      resolveSite(
        siteSchema.parse({
          slurm: { environment: slurm.environment, jobEnvironment, ...queue },
          scratch: `${folder.path}/site`,
          pools: { cluster: 1 },
          ...more,
        }),
        {},
      );
    const good = await checkSite(context, site({}));
    expect(good.map(({ id, ok }) => [id, ok])).toEqual(["connection", "space", "queue", "job"].map((id) => [id, true]));
    const blind = await checkSite(context, site({}, { partition: "nowhere", jobEnvironment: {} }));
    expect(blind.map(({ id, ok }) => [id, ok])).toEqual([
      ["connection", true],
      ["space", true],
      ["queue", false],
      ["job", false],
    ]);
    const nodeless = await checkSite(context, site({ node: "/no/such/node" }));
    expect(nodeless.at(-1)).toMatchObject({ ok: false, message: expect.stringContaining("/no/such/node") });
    const { host, port, user, knownHostsPath } = sshd.options;
    const keyless = { ssh: { host, port, user, knownHosts: knownHostsPath } };
    expect(await checkSite(context, site(keyless))).toEqual([
      { id: "connection", ok: false, message: expect.stringContaining("does not let") },
    ]);
  });

  test("a hundred jobs are looked at with one command", async () => {
    await using folder = await aFolder();
    let commands = 0;
    const counting: Connection = {
      ...near,
      exec: (argv, options) => {
        commands += 1;
        return near.exec(argv, options);
      },
    };
    const runner = runnerOver(counting);
    const handles = await Promise.all(
      Array.from({ length: 100 }, async (_, n) => {
        const scratch = `${folder.path}/${n}`;
        const token = `t${n}`;
        await mkdir(`${scratch}/.claim-${token}`, { recursive: true });
        await writeFile(`${scratch}/.beat`, "0");
        return { token, scratch, jobId: String(n) };
      }),
    );
    const statuses = await runner.poll(handles);
    expect(new Set(statuses.map(({ state }) => state))).toEqual(new Set(["running"]));
    expect(commands).toBe(1);
  });
});
