import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { NereusError } from "@/lib/errors";
import type { CliMessages } from "@/lib/messages/en/cli";
import { renderError } from "@/lib/messages/render-error";
import { type CommandContext, sentence } from "@/server/cli/command-context";
import type { Config } from "@/server/config";
import type { Connection, ExecResult } from "@/server/executors/connection/connection";
import { type JobHandle, type Runner, type Sentinel, scratchNames } from "@/server/executors/runner";
import { type SlurmOptions, slurmDefaults } from "@/server/executors/slurm/slurm-options";
import { connectSite } from "@/server/worker/connect-site";
import { runnerOfSite } from "@/server/worker/runner-of-site";

export type SiteCheck = { readonly id: string; readonly ok: boolean; readonly message: string };
type Site = Config["sites"][string];

const shortSeconds = 30;
/** A queue may be busy: the job of one second is waited for this long. */
const jobSeconds = 300;
const neededGb = 5;

/**
 * Proves a site end to end, step by step: connection, folder and space, queue, node, modules, a real job of one second.
 * It stops at the connection when that fails; everything else is looked at whatever was found before.
 */
export async function checkSite(context: CommandContext, site: Site): Promise<readonly SiteCheck[]> {
  const connection = connectSite(site);
  const say = (id: string, key: keyof CliMessages["sites"], fields: Readonly<Record<string, unknown>> = {}) => ({
    ...{ id, ok: !key.endsWith("-bad") },
    message: sentence(context, "sites", { key, fields }),
  });
  const steps: readonly (readonly [string, () => Promise<SiteCheck>])[] = [
    ["space", () => checkSpace(connection, site, say)],
    ...(site.slurm === undefined
      ? []
      : [["queue", () => checkQueue(connection, site.slurm ?? slurmDefaults, say)] as const]),
    ["job", () => checkJob(connection, site, { say, signal: context.signal })],
  ];
  const found: SiteCheck[] = [];
  try {
    const { stdout } = await connection.exec(["uname", "-n"], { timeoutSeconds: shortSeconds, signal: context.signal });
    found.push(say("connection", "connection", { host: stdout.trim() }));
    for (const [id, step] of steps) {
      found.push(await step().catch((error: unknown) => describe(id, context, error)));
    }
  } catch (error) {
    found.push(describe("connection", context, error));
  } finally {
    await connection.close();
  }
  return found;
}

type Say = (id: string, key: keyof CliMessages["sites"], fields?: Readonly<Record<string, unknown>>) => SiteCheck;

const describe = (id: string, context: CommandContext, error: unknown): SiteCheck => {
  context.signal.throwIfAborted();
  return { id, ok: false, message: renderError(error, context.locale) };
};

async function checkSpace(connection: Connection, { scratch }: Site, say: Say): Promise<SiteCheck> {
  await connection.makeFolder(scratch);
  const argv = ["df", "-B1", "--output=avail", scratch];
  const { stdout } = demand(argv, await connection.exec(argv, { timeoutSeconds: shortSeconds }));
  const freeGb = Math.floor(Number(stdout.split("\n")[1]) / 1e9);
  return say("space", freeGb < neededGb ? "space-bad" : "space", { scratch, freeGb, neededGb });
}

async function checkQueue(connection: Connection, queue: SlurmOptions, say: Say): Promise<SiteCheck> {
  const { environment, partition } = queue;
  const argv = ["sinfo", "-h", "-o", "%R %a %F", ...(partition === undefined ? [] : ["-p", partition])];
  const { stdout } = demand(argv, await connection.exec(argv, { environment, timeoutSeconds: shortSeconds }));
  const lines = stdout.trim().split("\n").filter(Boolean);
  if (lines.length === 0) return say("queue", "queue-bad", { partition: partition ?? "" });
  return say("queue", "queue", { partitions: lines.join("; ") });
}

/** One job tells of node, modules and the shared folder: it runs where the work will run. */
async function checkJob(
  connection: Connection,
  site: Site,
  { say, signal }: { readonly say: Say; readonly signal: AbortSignal },
): Promise<SiteCheck> {
  const runner = runnerOfSite(connection, site);
  const token = `check-${randomUUID()}`;
  const scratch = `${site.scratch}/${token}`;
  const command = `sleep 1\ncommand -v "${site.node}" >node || true\n"${site.node}" --version >version || true\n`;
  await connection.makeFolder(`${scratch}/${scratchNames.outputs}`);
  await connection.writeAtomically(`${scratch}/${scratchNames.command}`, command);
  const begin = performance.now();
  const request = { cpus: 1, memoryMb: 200, timeoutSeconds: 60, environment: {} };
  const handle = await runner.submit({ token, scratch, ...request }, signal);
  try {
    const ended = await followJob(runner, handle, signal);
    const read = async (name: string) =>
      new TextDecoder().decode(await connection.readFrom(`${scratch}/${name}`, 0, 4000)).trim();
    const seconds = ((performance.now() - begin) / 1000).toFixed(1);
    if (ended.exitCode !== 0) {
      return say("job", "job-bad", {
        exitCode: ended.exitCode,
        host: ended.host,
        stderr: await read(scratchNames.stderr),
      });
    }
    const version = await read(`${scratchNames.outputs}/version`);
    if (!isNewEnough(version)) return say("job", "node-bad", { node: site.node, host: ended.host, version });
    return say("job", "job", { jobId: handle.jobId, host: ended.host, seconds, version });
  } finally {
    await runner.cancel(handle, 1);
    await connection.remove(scratch);
  }
}

async function followJob(runner: Runner, handle: JobHandle, signal: AbortSignal): Promise<Sentinel> {
  const deadline = Date.now() + jobSeconds * 1000;
  let reason = "";
  while (Date.now() < deadline) {
    const [status] = await runner.poll([handle], signal);
    if (status?.state === "ended") return status.sentinel;
    if (status?.state === "broken") throw new NereusError("job-rejected", { problem: status.reason });
    if (status?.state === "queued") reason = status.reason ?? "";
    await pause(300, undefined, { signal });
  }
  throw new NereusError("job-rejected", { problem: `it did not start within ${jobSeconds} s (${reason})` });
}

function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.replace(/^v/, "").split(".").map(Number);
  return major > 20 || (major === 20 && minor >= 19);
}

function demand(argv: readonly string[], result: ExecResult): ExecResult {
  if (result.exitCode === 0) return result;
  const { exitCode, signal, stderr } = result;
  throw new NereusError("command-failed", { command: argv.join(" "), exitCode, signal, stderrTail: stderr.trim() });
}
