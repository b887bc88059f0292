import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDatabase } from "@/server/store/database";
import { startEmbedded } from "@/server/store/embedded/start-embedded";
import { readServerVersion } from "@/server/store/server-version";
import type { BenchmarkFigures } from "@/test/bench/benchmark-figures";
import { engineChain } from "@/test/bench/engine/chain";
import { engineFan } from "@/test/bench/engine/fan";
import { measureDbos } from "@/test/bench/engine/peers/dbos";
import { measureGraphileWorker } from "@/test/bench/engine/peers/graphile-worker";
import type { PeerFigures } from "@/test/bench/engine/peers/peer";
import { measurePgBoss } from "@/test/bench/engine/peers/pg-boss";
import { removeHome } from "@/test/fixtures/remove-home";

/**
 * Others beside us in the same command: the queue alone, pg-boss, and the steps and 1,000 child workflows of DBOS. They are
 * asked for less: no graph, no artifacts, no attempts with a token.
 */
export async function enginePeers(): Promise<BenchmarkFigures> {
  const ours = { chain: await engineChain(), fan: await engineFan() };
  const graphile = await onFreshDatabase(measureGraphileWorker);
  const boss = await onFreshDatabase(measurePgBoss);
  const dbos = await onFreshDatabase(measureDbos);
  const figures = {
    nereusHopP50Ms: ours.chain.figures.p50Ms ?? Number.NaN,
    nereusFan10kSeconds: ours.fan.figures.seconds ?? Number.NaN,
    graphileHopP50Ms: graphile.figures.hopP50Ms,
    graphileFan10kSeconds: graphile.figures.fanSeconds,
    pgBossHopP50Ms: boss.figures.hopP50Ms,
    pgBossFan10kSeconds: boss.figures.fanSeconds,
    dbosStepP50Ms: dbos.figures.hopP50Ms,
    dbosFan1kSeconds: dbos.figures.fanSeconds,
  };
  return { figures, postgres: graphile.postgres };
}

async function onFreshDatabase(
  measure: (url: string) => Promise<PeerFigures>,
): Promise<{ readonly figures: PeerFigures; readonly postgres: string }> {
  const home = mkdtempSync(join(tmpdir(), "nereus-peer-"));
  const server = await startEmbedded(home, () => undefined);
  try {
    const database = openDatabase(server.url, { maxConnections: 1 });
    const postgres = await readServerVersion(database.db);
    await database.close();
    return { figures: await measure(server.url), postgres };
  } finally {
    await server.stop();
    removeHome(home);
  }
}
