import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { build } from "esbuild";
import { isTerminalRun } from "@/lib/dag/state";
import type { RunId } from "@/lib/ids";
import { resolveConfig } from "@/server/config";
import { configFileSchema } from "@/server/config-schema";
import { requestRun } from "@/server/services/runs/request-run";
import { openDatabase } from "@/server/store/database";
import { type EmbeddedDatabase, startEmbedded } from "@/server/store/embedded/start-embedded";
import { migrate } from "@/server/store/migrate";
import { findRun } from "@/server/store/run";
import { readServerVersion } from "@/server/store/server-version";
import type { BenchmarkFigures } from "@/test/bench/benchmark-figures";
import { fan, WIDTH } from "@/test/bench/engine/fan";
import { type JournalEntry, journalReader } from "@/test/bench/engine/journal-site";
import { removeHome } from "@/test/fixtures/remove-home";
import { until } from "@/test/fixtures/until";

const KILLS = 50;
const TASKS = WIDTH + 2;
/** What dies, in turn. A backend takes the whole database through its crash recovery while the worker lives on. */
const victims = ["worker", "worker and database", "backend"] as const;
const progressTimeoutMs = 120_000;

/**
 * The fan of 10,000 while worker and database are killed 50 times, at a place whose submissions time out after accepting
 * in one call of ten: how many tasks were not done in the end, and how many were done twice.
 */
export async function engineCrash(): Promise<BenchmarkFigures> {
  const home = mkdtempSync(join(tmpdir(), "nereus-crash-"));
  const rig = await startRig(home);
  try {
    const begin = performance.now();
    const runId = await rig.withDatabase(async ({ db, config }) => {
      const ctx = { db, config, actor: { kind: "host" }, now: () => new Date() } as const;
      return (await requestRun(ctx, { pipelineId: "test", input: {}, module: fan })).runId;
    });
    await rig.startWorker();
    let kills = 0;
    for (; kills < KILLS; kills += 1) {
      const wanted = ((kills + Math.random()) / (KILLS + 1)) * TASKS;
      await until(`${wanted} jobs`, async () => (rig.jobs().size >= wanted ? true : null), progressTimeoutMs);
      await rig.kill(victims[kills % victims.length] ?? "worker");
    }
    await ended(rig, runId);
    const seconds = (performance.now() - begin) / 1000;
    const done = new Set([...rig.jobs().values()].map(({ task }) => task));
    const { completed, postgres } = await rig.withDatabase(async ({ db }) => ({
      completed: await countCompleted(db, runId),
      postgres: await readServerVersion(db),
    }));
    const figures = {
      lost: TASKS - Math.min(completed, done.size),
      duplicate: rig.jobs().size - done.size,
      kills,
      seconds,
    };
    return { figures, postgres };
  } finally {
    await rig.stop();
    removeHome(home);
  }
}

async function ended(rig: Rig, runId: RunId): Promise<void> {
  const look = () => rig.withDatabase(({ db }) => findRun(db, runId));
  const { state, reason } = await until(
    "the run ends",
    async () => {
      const run = await look();
      return run !== null && isTerminalRun(run.state) ? run : null;
    },
    progressTimeoutMs,
  );
  if (state !== "completed") throw new Error(`the run ended ${state}: ${reason}`);
}

async function countCompleted(db: Opened["db"], runId: RunId): Promise<number> {
  const { rows } = await db.execute<{ count: number }>(
    sql`select count(*)::integer as count from task where run_id = ${runId} and state = 'completed'`,
  );
  return rows[0]?.count ?? 0;
}

type Opened = ReturnType<typeof openDatabase> & { readonly config: ReturnType<typeof resolveConfig> };
type Victim = (typeof victims)[number];
type WithDatabase = <Result>(work: (opened: Opened) => Promise<Result>) => Promise<Result>;
type Rig = {
  /** What the place has accepted so far, by token. */
  jobs(): ReadonlyMap<string, JournalEntry>;
  readonly withDatabase: WithDatabase;
  startWorker(): Promise<void>;
  /** Kills, and starts again what does not come back by itself. */
  kill(victim: Victim): Promise<void>;
  stop(): Promise<void>;
};

/** A home with its database, and a worker in a process of its own. */
async function startRig(home: string): Promise<Rig> {
  const journalPath = join(home, "journal");
  const worker = await bundleWorker();
  const databases: EmbeddedDatabase[] = [await startEmbedded(home, () => undefined)];
  const urlNow = () => databases.at(-1)?.url ?? "";
  await migrate(urlNow());
  let child: ChildProcess | null = null;
  let wanted = false;

  const startWorker = async () => {
    wanted = true;
    const env = { ...process.env, NEREUS_HOME: home, DATABASE_URL: urlNow() };
    const argv = [worker, journalPath, String(WIDTH)];
    child = spawn(process.execPath, argv, { env, cwd: home, stdio: ["ignore", "ignore", "inherit"] });
    // As `npm start` does with a worker that a lost connection has ended.
    child.once("exit", () => wanted && startWorker());
    await once(child, "spawn");
  };
  const killWorker = async () => {
    wanted = false;
    if (child === null || child.exitCode !== null) return;
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone;
  };
  const withDatabase: WithDatabase = async (work) => {
    const config = resolveConfig(configFileSchema.parse({}), { NEREUS_HOME: home, DATABASE_URL: urlNow() });
    const database = openDatabase(urlNow(), { maxConnections: 2 });
    try {
      return await work({ ...database, config });
    } finally {
      await database.close();
    }
  };
  return {
    jobs: journalReader(journalPath),
    withDatabase,
    startWorker,
    kill: async (victim) => {
      if (victim === "backend") return killBackend(withDatabase);
      await killWorker();
      if (victim === "worker and database") {
        process.kill(postmasterOf(home), "SIGKILL");
        databases.push(await until("the database is back", () => startAgain(home), progressTimeoutMs));
      }
      await startWorker();
    },
    stop: async () => {
      await killWorker();
      for (const database of databases) await database.stop();
    },
  };
}

/** The processes of a killed server hold its memory for a moment more. */
const startAgain = (home: string): Promise<EmbeddedDatabase | null> =>
  startEmbedded(home, () => undefined).catch(() => null);

async function killBackend(withDatabase: WithDatabase): Promise<void> {
  const pid = await withDatabase(async ({ db }) => {
    const { rows } = await db.execute<{ pid: number }>(
      sql`select pid from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid() limit 1`,
    );
    return rows[0]?.pid ?? null;
  });
  if (pid !== null) process.kill(pid, "SIGKILL");
}

function postmasterOf(home: string): number {
  const data = readFileSync(join(home, "pg", "data-folder"), "utf8").trim();
  return Number(readFileSync(join(data, "postmaster.pid"), "utf8").split("\n")[0]);
}

/** Started 50 times, so it is bundled once; it lies where it finds the packages and the migrations. */
async function bundleWorker(): Promise<string> {
  const outfile = join(process.cwd(), "node_modules/.cache/crash-worker.mjs");
  await build({
    ...{ entryPoints: ["test/bench/engine/crash-worker.ts"], outfile, bundle: true, platform: "node", format: "esm" },
    ...{ packages: "external", tsconfig: "tsconfig.json", logLevel: "warning" },
  });
  return outfile;
}
