import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { command } from "@/lib/pipeline/define-pipeline";
import { resolveConfig } from "@/server/config";
import { configFileSchema } from "@/server/config-schema";
import type { Connection } from "@/server/executors/connection/connection";
import { sshConnection } from "@/server/executors/connection/ssh";
import { slurmDefaults } from "@/server/executors/slurm/slurm-options";
import { slurmRunner } from "@/server/executors/slurm/slurm-runner";
import { getRun } from "@/server/services/runs/get-run";
import { buildSites } from "@/server/worker/build-sites";
import type { BenchmarkFigures } from "@/test/bench/benchmark-figures";
import { withBenchHost } from "@/test/bench/engine/bench-host";
import { sftpRatios } from "@/test/bench/execution/sftp-ratios";
import { median } from "@/test/bench/median";
import { aPipeline } from "@/test/fixtures/a-pipeline";
import { aSlurm, type Slurm } from "@/test/fixtures/a-slurm";
import { anSshd, type Sshd } from "@/test/fixtures/an-sshd";

const LENGTH = 15;
const IN_FLIGHT = 1000;

/**
 * What a job on a cluster costs beyond the cluster: from the end of one task of a chain to the end of the next over SSH,
 * less the same with a plain loop of sbatch on the login node; commands that one look at 1,000 jobs takes; and SFTP
 * beside ssh2 alone.
 */
export async function executionOverhead(): Promise<BenchmarkFigures> {
  await using sshd = await anSshd();
  await using slurm = await aSlurm();
  const far = sshConnection(sshd.options);
  try {
    const plain = await plainLoop(far, slurm, sshd.folder);
    const { ours, postgres } = await chainOverSsh(slurm, sshd);
    const figures = {
      overheadP50Ms: median(ours) - median(plain),
      taskP50Ms: median(ours),
      plainP50Ms: median(plain),
      commandsPerLook1000: await commandsPerLook(far, slurm, sshd.folder),
      ...(await sftpRatios(sshd.options, sshd.folder)),
    };
    return { figures, postgres };
  } finally {
    await far.close();
  }
}

/** One command that submits job after job, each once the one before has left its mark: ms per job. */
async function plainLoop(far: Connection, slurm: Slurm, folder: string): Promise<readonly number[]> {
  const script = `cd "$1" || exit 1
for n in $(seq ${LENGTH}); do
  printf '#!/bin/bash\\ntrue; touch %s/mark-%s\\n' "$1" "$n" | sbatch --parsable --mem=100 --output=/dev/null >/dev/null || exit 1
  until [[ -e mark-$n ]]; do sleep 0.01; done
  date +%s%N
done`;
  const begin = Date.now();
  const argv = ["bash", "-c", script, "plain", folder];
  const { stdout, stderr } = await far.exec(argv, { environment: slurm.environment, timeoutSeconds: 120 });
  const ends = stdout
    .trim()
    .split("\n")
    .map((line) => Number(line) / 1e6);
  if (ends.length !== LENGTH) throw new Error(`the plain loop ended early: ${stderr}`);
  return ends.map((end, n) => end - (ends[n - 1] ?? begin));
}

async function chainOverSsh(slurm: Slurm, sshd: Sshd) {
  const { host, port, user, identityPath, knownHostsPath } = sshd.options;
  const cluster = {
    ssh: { host, port, user, identity: identityPath ?? "", knownHosts: knownHostsPath },
    slurm: { environment: slurm.environment },
    scratch: `${sshd.folder}/scratch`,
    pools: { cluster: 8 },
  };
  const nodes = Array.from({ length: LENGTH }, (_, n) =>
    command(`n${n}`, { command: "true", pool: "cluster", memoryMb: 100, after: n === 0 ? [] : [`n${n - 1}`] }),
  );
  return withBenchHost(async (bench) => {
    const file = configFileSchema.parse({ sites: { cluster } });
    const { homePath, databaseUrl } = bench.config;
    const config = resolveConfig(file, { NEREUS_HOME: homePath, DATABASE_URL: databaseUrl ?? "" });
    const { runId } = await bench.request(aPipeline(nodes));
    await bench.withWorker(buildSites(config), () => bench.completed(runId));
    const { tasks, createdAt } = await getRun(bench.ctx, runId);
    const ends = tasks.map(({ endedAt }) => Date.parse(endedAt ?? "")).sort((a, b) => a - b);
    // The first one opens the connection.
    const ours = ends.map((end, n) => end - (ends[n - 1] ?? Date.parse(createdAt))).slice(1);
    return { ours, postgres: bench.postgres };
  });
}

/** Jobs that run as far as their folders say, as many as a raised cap lets in. */
async function commandsPerLook(far: Connection, slurm: Slurm, folder: string): Promise<number> {
  let commands = 0;
  const counting: Connection = {
    ...far,
    exec: (argv, options) => {
      commands += 1;
      return far.exec(argv, options);
    },
  };
  const handles = Array.from({ length: IN_FLIGHT }, (_, n) => {
    const handle = { token: `t${n}`, scratch: join(folder, "looks", String(n)), jobId: String(n) };
    mkdirSync(join(handle.scratch, `.claim-${handle.token}`), { recursive: true });
    writeFileSync(join(handle.scratch, ".beat"), "0");
    return handle;
  });
  const runner = slurmRunner(counting, { ...slurmDefaults, environment: slurm.environment });
  const states = new Set((await runner.poll(handles)).map(({ state }) => state));
  if (states.size !== 1 || !states.has("running")) throw new Error(`a look told ${[...states].join(", ")}`);
  return commands;
}
