import { loadPeer } from "@/test/bench/engine/peers/load-peer";
import { countdown, FAN, hopsOf, type PeerFigures } from "@/test/bench/engine/peers/peer";
import { median } from "@/test/bench/median";

/** It looks for work twice a second at best, so a longer chain would tell nothing more. */
const HOPS = 20;

/** What is used of it here. */
type Boss = {
  on(event: "error", listener: (error: unknown) => void): void;
  start(): Promise<unknown>;
  stop(options: { readonly graceful: boolean; readonly wait: boolean }): Promise<void>;
  createQueue(name: string): Promise<void>;
  send(name: string, data: object): Promise<unknown>;
  insert(jobs: readonly { readonly name: string }[]): Promise<unknown>;
  work(name: string, options: object, handler: (jobs: readonly unknown[]) => Promise<void>): Promise<unknown>;
};

export async function measurePgBoss(connectionString: string): Promise<PeerFigures> {
  const { default: PgBoss } = (await loadPeer("pg-boss")) as { default: new (url: string) => Boss };
  const boss = new PgBoss(connectionString);
  boss.on("error", (error) => process.stderr.write(`pg-boss: ${String(error)}\n`));
  await boss.start();
  const startedMs: number[] = [];
  const chain = countdown(HOPS);
  const fan = countdown(FAN);
  try {
    for (const name of ["hop", "noop"]) await boss.createQueue(name);
    await boss.work("hop", { pollingIntervalSeconds: 0.5 }, async () => {
      startedMs.push(performance.now());
      if (startedMs.length < HOPS) await boss.send("hop", {});
      chain.tick();
    });
    await boss.send("hop", {});
    await chain.done;
    await boss.work("noop", { pollingIntervalSeconds: 0.5, batchSize: 5000 }, async (jobs) => jobs.forEach(fan.tick));
    const begin = performance.now();
    await boss.insert(Array.from({ length: FAN }, () => ({ name: "noop" })));
    await fan.done;
    return { hopP50Ms: median(hopsOf(startedMs)), fanSeconds: (performance.now() - begin) / 1000 };
  } finally {
    await boss.stop({ graceful: false, wait: true });
  }
}
