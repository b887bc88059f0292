import { loadPeer } from "@/test/bench/engine/peers/load-peer";
import { CHAIN, hopsOf, type PeerFigures } from "@/test/bench/engine/peers/peer";
import { median } from "@/test/bench/median";

/** Child workflows of one parent; 10,000 would take it long. */
const CHILDREN = 1000;

/** What is used of it here. */
type Dbos = {
  setConfig(config: object): void;
  launch(): Promise<void>;
  shutdown(): Promise<void>;
  registerWorkflow<Result>(work: () => Promise<Result>, options: { readonly name: string }): () => Promise<Result>;
  runStep(work: () => Promise<void>, options: { readonly name: string }): Promise<void>;
  startWorkflow(work: () => Promise<void>): () => Promise<{ getResult(): Promise<void> }>;
};

/** Steps of one workflow one after the other, and `CHILDREN` child workflows at once. */
export async function measureDbos(systemDatabaseUrl: string): Promise<PeerFigures> {
  const { DBOS } = (await loadPeer("@dbos-inc/dbos-sdk")) as { DBOS: Dbos };
  DBOS.setConfig({ name: "peer", systemDatabaseUrl, logLevel: "error", runAdminServer: false });
  const startedMs: number[] = [];
  const step = async () => {
    startedMs.push(performance.now());
  };
  const chain = DBOS.registerWorkflow(
    async () => {
      for (let n = 0; n < CHAIN; n += 1) await DBOS.runStep(step, { name: "step" });
    },
    { name: "chain" },
  );
  const child = DBOS.registerWorkflow(async () => undefined, { name: "child" });
  const fan = DBOS.registerWorkflow(
    async () => {
      const handles = await Promise.all(Array.from({ length: CHILDREN }, () => DBOS.startWorkflow(child)()));
      await Promise.all(handles.map((handle) => handle.getResult()));
    },
    { name: "fan" },
  );
  await DBOS.launch();
  try {
    await chain();
    const begin = performance.now();
    await fan();
    return { hopP50Ms: median(hopsOf(startedMs)), fanSeconds: (performance.now() - begin) / 1000 };
  } finally {
    await DBOS.shutdown();
  }
}
