import { expect, test } from "vitest";
import type { PipelineModule } from "@/lib/pipeline/pipeline-module";
import { smoke } from "@/pipelines/smoke/pipeline";
import { getRun } from "@/server/services/runs/get-run";
import { requestRun } from "@/server/services/runs/request-run";
import { aHost } from "@/test/fixtures/a-host";
import { aSlurm, whyNoSlurm } from "@/test/fixtures/a-slurm";
import { anSshd, whyNoSshd } from "@/test/fixtures/an-sshd";

const reason = whyNoSlurm() ?? whyNoSshd();

/** The same pipeline with its model in another pool; the cluster of the tests takes no job of two hours. */
const modelIn = (pool: string): PipelineModule => ({
  ...smoke,
  definition: {
    ...smoke.definition,
    nodes: smoke.definition.nodes.map((node) =>
      node.id === "transport" ? { ...node, pool, timeoutSeconds: 600, memoryMb: 1500 } : node,
    ),
  },
});

test.skipIf(reason !== null)(
  `a smoke run through SSH and Slurm makes the same bytes as one on this machine${reason === null ? "" : `: ${reason}`}`,
  async () => {
    await using sshd = await anSshd();
    await using slurm = await aSlurm();
    const { host, port, user, identityPath, knownHostsPath } = sshd.options;
    await using portal = await aHost({
      cluster: {
        ssh: { host, port, user, identity: identityPath ?? "", knownHosts: knownHostsPath },
        slurm: { environment: slurm.environment },
        scratch: `${sshd.folder}/scratch`,
        node: process.execPath,
        pools: { cluster: 2 },
      },
    });
    await portal.startWorker();
    const weather = await requestRun(portal.ctx, { pipelineId: "demo-weather", input: { hours: 2 } });
    const { state, cycle } = await portal.ended(weather.runId);
    expect(state).toBe("completed");
    const start = new Date(Date.parse(`${cycle?.replace(/Z$/, "")}:00:00Z`)).toISOString();
    const filesOf = async (pool: string) => {
      const input = { lat: 40.8, lon: 14.42, start, hours: 1, particles: 400, seed: 7, members: 0 };
      const { runId } = await requestRun(portal.ctx, { pipelineId: "smoke", input, module: modelIn(pool) });
      const view = await portal.ended(runId);
      expect(view).toMatchObject({ state: "completed", reason: null });
      const { artifacts, tasks } = await getRun(portal.ctx, runId);
      const made = artifacts.filter(({ nodeId, path }) => nodeId === "transport" && path.endsWith(".nc"));
      const [site] = tasks.filter(({ nodeId }) => nodeId === "transport").map(({ attempts }) => attempts[0]?.site);
      return { site, files: made.map(({ path, sha256 }) => `${path} ${sha256}`).sort() };
    };
    const here = await filesOf("compute");
    const there = await filesOf("cluster");
    expect([here.site, there.site]).toEqual(["local", "cluster"]);
    expect(here.files.length).toBeGreaterThan(0);
    expect(there.files).toEqual(here.files);
  },
  300_000,
);
