import { readFileSync } from "node:fs";
import { join } from "node:path";
import { superviseChild } from "@/server/cli/start/supervise-child";
import { type Config, childEnvironment, resolveConfig } from "@/server/config";
import { configFileSchema } from "@/server/config-schema";
import { openDatabase } from "@/server/store/database";
import { startEmbedded } from "@/server/store/embedded/start-embedded";
import { migrate } from "@/server/store/migrate";
import { aSlurm } from "@/test/fixtures/a-slurm";
import { anSshd } from "@/test/fixtures/an-sshd";
import { familyOf } from "@/test/fixtures/family-of";
import { until } from "@/test/fixtures/until";

/** Jobs in flight at once at the cluster of the rig. */
const SLOTS = 30;

export type FaultRig = AsyncDisposable & {
  readonly config: Config;
  readonly database: ReturnType<typeof openDatabase>;
  /** A folder that jobs may write to. */
  readonly shared: string;
  /** Each kills something and brings it back, as its owner would, after so many ms; resolves when it is back. */
  readonly faults: Readonly<Record<Victim, (awayMs: number) => Promise<void>>>;
  /** Brings drained nodes back and takes away what has long ended, as an operator does. */
  resumeNodes(): void;
};
export const victims = ["worker", "sshd", "controller", "node", "database"] as const;
export type Victim = (typeof victims)[number];

/**
 * Everything real, in processes of their own: a cluster, an sshd in front of it, a database, and a worker that is kept alive
 * as `npm start` does.
 */
export async function aFaultRig(home: string, pause: (ms: number) => Promise<void>): Promise<FaultRig> {
  const server = await startEmbedded(home, () => undefined);
  await migrate(server.url);
  const slurm = await aSlurm();
  const sshd = await anSshd();
  const config = configOf(home, { url: server.url, slurm, sshd });
  const database = openDatabase(server.url, { maxConnections: 3 });
  const worker = superviseChild({
    name: "worker",
    argv: [join(config.checkoutPath, "dist/worker.mjs")],
    cwd: config.checkoutPath,
    env: { ...childEnvironment(config, server.url), NODE_OPTIONS: "" },
    logPath: join(home, "log/worker.log"),
    onEnd: () => undefined,
  });
  let isControlled = true;
  const kill = async (victim: () => Promise<void>, back: () => Promise<void>, awayMs: number) => {
    await victim();
    await pause(awayMs);
    await back();
  };
  return {
    ...{ config, database, shared: sshd.folder },
    resumeNodes: () => {
      // Without a controller the command would wait, and everything here with it.
      if (!isControlled) return;
      slurm.resumeNodes();
      slurm.endGhosts();
    },
    faults: {
      worker: async (awayMs) => {
        for (const pid of workersOf(config)) killNow(pid);
        await pause(awayMs);
      },
      sshd: (awayMs) => kill(sshd.kill, sshd.start, awayMs),
      controller: (awayMs) =>
        kill(
          async () => {
            isControlled = false;
            await slurm.killController();
          },
          async () => {
            await slurm.startController();
            isControlled = true;
          },
          awayMs,
        ),
      node: (awayMs) => {
        const node = Math.random() < 0.5 ? 1 : 2;
        return kill(
          () => slurm.killNode(node),
          async () => slurm.startNode(node),
          awayMs,
        );
      },
      database: (awayMs) =>
        kill(
          async () => killNow(postmasterOf(home)),
          async () => {
            // The processes of a killed server hold its memory for a moment more.
            await until("the database is back", () => server.revive().catch(() => null), 60_000);
          },
          awayMs,
        ),
    },
    [Symbol.asyncDispose]: async () => {
      await worker.stop();
      await database.close();
      await server.stop();
      // Its jobs write into the folder of the other.
      await slurm[Symbol.asyncDispose]();
      await sshd[Symbol.asyncDispose]();
    },
  };
}

function configOf(
  home: string,
  of: {
    readonly url: string;
    readonly slurm: Awaited<ReturnType<typeof aSlurm>>;
    readonly sshd: Awaited<ReturnType<typeof anSshd>>;
  },
): Config {
  const { host, port, user, identityPath, knownHostsPath } = of.sshd.options;
  const cluster = {
    ssh: { host, port, user, identity: identityPath ?? "", knownHosts: knownHostsPath },
    slurm: { environment: of.slurm.environment },
    scratch: `${of.sshd.folder}/scratch`,
    pools: { cluster: SLOTS },
  };
  const file = configFileSchema.parse({ sites: { cluster } });
  return resolveConfig(file, { NEREUS_HOME: home, DATABASE_URL: of.url });
}

/** The workers of this home that are children of this process: never another's. */
const workersOf = ({ homePath }: Config): readonly number[] =>
  familyOf(process.pid).filter((pid) => {
    const read = (name: string) => {
      try {
        return readFileSync(`/proc/${pid}/${name}`, "utf8");
      } catch {
        return "";
      }
    };
    return read("cmdline").includes("dist/worker.mjs") && read("environ").includes(homePath);
  });

function postmasterOf(home: string): number {
  const data = readFileSync(join(home, "pg", "data-folder"), "utf8").trim();
  return Number(readFileSync(join(data, "postmaster.pid"), "utf8").split("\n")[0]);
}

function killNow(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended by itself meanwhile.
  }
}
