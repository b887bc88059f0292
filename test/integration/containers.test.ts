import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { command, expression, output, secret } from "@/lib/pipeline/define-pipeline";
import { localConnection } from "@/server/executors/connection/local";
import { containerLauncher } from "@/server/executors/container/container-launcher";
import type { ContainerOptions } from "@/server/executors/container/container-options";
import { processRunner } from "@/server/executors/process/process-runner";
import { remoteProcessRunner } from "@/server/executors/remote-process/remote-process-runner";
import type { JobRequest } from "@/server/executors/runner";
import { anImageFolder, aPodman } from "@/test/fixtures/a-container-image";
import { aFolder as aPrivateFolder } from "@/test/fixtures/a-folder";
import { aHost } from "@/test/fixtures/a-host";
import { aPipeline } from "@/test/fixtures/a-pipeline";
import { ended } from "@/test/fixtures/runner-contract";
import { until } from "@/test/fixtures/until";

const runner = processRunner({ graceSeconds: 1 });
const connection = localConnection();
type Engine = { readonly options: ContainerOptions; readonly image: string };
const engines = new Map<string, Engine>();
let home: Awaited<ReturnType<typeof aPrivateFolder>>;

beforeAll(async () => {
  home = await aPrivateFolder();
  const podman = aPodman(home.path);
  engines.set("podman", {
    options: { engine: "podman", program: podman, options: [] },
    image: "localhost/nereus-test",
  });
  const folder = anImageFolder(join(home.path, "folder"));
  engines.set("charliecloud", { options: { engine: "charliecloud", options: [] }, image: folder });
}, 60_000);
afterEach(() => vi.unstubAllEnvs());
afterAll(() => home[Symbol.asyncDispose]());

/** As the engine makes it: everybody may read it. */
async function aFolder() {
  const folder = await aPrivateFolder();
  const path = join(folder.path, "job");
  await connection.makeFolder(path);
  return { path, [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose]() };
}

const engineOf = (name: string): Engine => {
  const engine = engines.get(name);
  if (engine === undefined) throw new Error(`no engine ${name}`);
  return engine;
};

async function aContained(
  scratch: string,
  name: string,
  command: string,
  more: Partial<JobRequest> & { readonly image?: string } = {},
) {
  const { options, image } = engineOf(name);
  const token = randomUUID();
  const request: JobRequest = {
    ...{ token, scratch, cpus: 1, memoryMb: 64, timeoutSeconds: 60, environment: { GIVEN: "a b" } },
    ...more,
  };
  const files = containerLauncher(options).files({
    ...{ token, scratch, command, image: more.image ?? image, network: "none", cpus: 1, memoryMb: 64 },
    variables: ["GIVEN"],
  });
  await connection.makeFolder(join(scratch, "out"));
  await connection.makeFolder(join(scratch, "in"));
  writeFileSync(join(scratch, "in/data"), "given");
  for (const [path, text] of files) await connection.writeAtomically(join(scratch, path), text);
  return request;
}

const run = async (...args: Parameters<typeof aContained>) =>
  ended(runner, await runner.submit(await aContained(...args)));
const read = (scratch: string, path: string) => readFileSync(join(scratch, path), "utf8");

/** Live processes that carry a token. */
const processesOf = (token: string): readonly string[] =>
  readdirSync("/proc").filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/environ`, "latin1").includes(token);
    } catch {
      return false;
    }
  });

describe.each(["podman", "charliecloud"])("%s", (name) => {
  test.each([
    ["true", 0, null],
    ["exit 3", 3, null],
    ["false | cat", 1, null],
    ["no-such-program-at-all", 127, null],
    ['echo "$UNSET_NAME"', 2, null],
    ["kill -SEGV $$", 139, "SIGSEGV"],
  ])("%s ends with %i", async (command, exitCode, signal) => {
    await using folder = await aFolder();
    expect(await run(folder.path, name, command)).toMatchObject({ exitCode, signal, timedOut: false });
  });

  test("it works in out/, sees its inputs and variables, writes nowhere else, is not root and has no network", async () => {
    await using folder = await aFolder();
    const command = [
      'pwd >seen; cat /mnt/in/data >>seen; echo " $GIVEN $(id -u)" >>seen; cat /proc/net/dev >devices',
      "if touch /mnt/in/data /mnt/status.json /mnt/in/new 2>/dev/null; then exit 9; fi",
    ].join("\n");
    expect(await run(folder.path, name, command)).toMatchObject({ exitCode: 0 });
    const uid = process.getuid?.() === 0 ? 65534 : process.getuid?.();
    expect(read(folder.path, "out/seen")).toBe(`/mnt/out\ngiven a b ${name === "charliecloud" ? 65534 : uid}\n`);
    expect(read(folder.path, "out/devices").match(/^ *\w+:/gm)).toEqual([expect.stringContaining("lo:")]);
    expect(read(folder.path, "in/data")).toBe("given");
  });

  test("a cancel ends the container with all that it started, what ignores TERM too", async () => {
    await using folder = await aFolder();
    const command = "trap '' TERM; setsid sleep 600 & echo ready >ready; while :; do sleep 1; done";
    const request = await aContained(folder.path, name, command);
    const handle = await runner.submit(request);
    await until(
      "it runs",
      () => {
        try {
          return statSync(join(folder.path, "out/ready")).size > 0 ? true : null;
        } catch {
          return null;
        }
      },
      30_000,
    );
    await runner.cancel(handle, 0.5);
    expect((await ended(runner, handle)).exitCode).toBeGreaterThan(128);
    expect(processesOf(request.token)).toEqual([]);
    const { options } = engineOf(name);
    if (options.program !== undefined)
      expect(String(execFileSync(options.program, ["ps", "--all", "--quiet"]))).toBe("");
  });

  test("a cancel lets the work tidy up", async () => {
    await using folder = await aFolder();
    const command = "trap 'echo tidied >end; exit 9' TERM\necho ready >ready; while :; do sleep 0.05; done";
    const handle = await runner.submit(await aContained(folder.path, name, command));
    await until(
      "it runs",
      async () => ((await connection.list(join(folder.path, "out"))).length > 0 ? true : null),
      30_000,
    );
    await runner.cancel(handle, 10);
    expect(await ended(runner, handle)).toMatchObject({ exitCode: 9 });
    expect(read(folder.path, "out/end")).toBe("tidied\n");
  });

  test("a time limit ends it", async () => {
    await using folder = await aFolder();
    expect(await run(folder.path, name, "sleep 600", { timeoutSeconds: 1 })).toMatchObject({ timedOut: true });
  });

  test("an image that is not there is one sentence", async () => {
    await using folder = await aFolder();
    const image = name === "podman" ? "localhost/nereus-none" : "/nowhere/image";
    expect(await run(folder.path, name, "true", { image })).toMatchObject({ exitCode: 78 });
    expect(read(folder.path, "stderr")).toContain('nereus-error {"code":"image-missing"');
  });
});

describe.each(["podman", "charliecloud"])("%s on a machine without queue", (name) => {
  const login = remoteProcessRunner(connection, { graceSeconds: 1, jobEnvironment: {} });

  test("an exit code passes through, and a cancel ends all", async () => {
    await using folder = await aFolder();
    expect(await ended(login, await login.submit(await aContained(folder.path, name, "exit 3")))).toMatchObject({
      exitCode: 3,
    });
    await using other = await aFolder();
    const request = await aContained(other.path, name, "echo ready >ready; sleep 600");
    const handle = await login.submit(request);
    await until(
      "it runs",
      async () => ((await connection.list(join(other.path, "out"))).length > 0 ? true : null),
      30_000,
    );
    await login.cancel(handle, 1);
    expect((await ended(login, handle)).exitCode).toBeGreaterThan(128);
    expect(processesOf(request.token)).toEqual([]);
  });
});

test("a container goes when its wrapper was killed, and one that the engine refuses is told from a command that ends with 125", async () => {
  await using folder = await aFolder();
  const request = await aContained(folder.path, "podman", "echo ready >ready; sleep 600");
  await runner.submit(request);
  const names = async () => (await connection.list(join(folder.path, "out"))).length;
  await until("it runs", async () => ((await names()) > 0 ? true : null), 30_000);
  const [wrapper] = read(folder.path, `.claim-${request.token}/pid`).split(" ");
  process.kill(Number(wrapper), "SIGKILL");
  const { options } = engineOf("podman");
  const left = () => String(execFileSync(options.program ?? "", ["ps", "--all", "--quiet"]));
  await until("the container is gone", async () => (left() === "" ? true : null), 30_000);

  await using other = await aFolder();
  engines.set("odd", { ...engineOf("podman"), options: { ...options, options: ["--no-such-option"] } });
  expect(await run(other.path, "odd", "true")).toMatchObject({ exitCode: 125 });
  expect(read(other.path, "stderr")).toContain('nereus-error {"code":"container-refused"');
  await using third = await aFolder();
  expect(await run(third.path, "podman", "exit 125")).toMatchObject({ exitCode: 125 });
  expect(read(third.path, "stderr")).not.toContain("container-refused");
}, 90_000);

test("an image that cannot be brought is one sentence with the words of the engine", async () => {
  await using folder = await aFolder();
  const image = `localhost:1/none@sha256:${"0".repeat(64)}`;
  expect(await run(folder.path, "podman", "true", { image })).toMatchObject({ exitCode: 78 });
  expect(read(folder.path, "stderr")).toMatch(
    /nereus-error \{"code":"image-pull-failed","fields":\{"image":"localhost:1.*"problem":"[^"]+"\}\}/,
  );
}, 60_000);

test("a step runs in the container that it names, with its inputs and secrets, and says so where there is no engine", async () => {
  vi.stubEnv("A_TEST_TOKEN", "s3cret");
  const { options, image } = engineOf("podman");
  const nodes = [
    command("make", { command: "echo 7 > n.txt" }),
    command("use", {
      container: { image },
      environment: { TOKEN: secret("A_TEST_TOKEN"), PLACE: expression("{make.file_path | join}") },
      command: 'cat workflow:///make/n.txt "$PLACE" "$NEREUS_IN_REF1" > all.txt; test "$TOKEN" = s3cret',
      outputs: [output("all.txt")],
    }),
  ];
  await using host = await aHost();
  Object.assign(host.config, { secrets: ["A_TEST_TOKEN"], containers: options });
  await host.startWorker();
  const view = await host.ended((await host.request(aPipeline(nodes))).runId);
  expect([view.state, view.reason]).toEqual(["completed", null]);
  expect(view.artifacts.find(({ path }) => path === "all.txt")?.sizeBytes).toBe(6);

  await using bare = await aHost();
  await bare.startWorker();
  const refused = await bare.ended((await bare.request(aPipeline(nodes))).runId);
  expect([refused.state, refused.reason]).toEqual(["failed", expect.stringContaining("Set containers there")]);
}, 90_000);
