import { sql } from "drizzle-orm";
import { pino } from "pino";
import { expect, test } from "vitest";
import { type OpenDatabase, openDatabase } from "@/server/store/database";
import { enqueue } from "@/server/store/enqueue";
import { startQueue } from "@/server/worker/start-queue";
import { freshDatabase } from "@/test/fixtures/database";
import { until } from "@/test/fixtures/until";

/** As a database does that crashes: every connection of this pool is gone, whatever it was doing. */
const dropConnections = async (mine: OpenDatabase) => {
  await mine.db.execute(
    sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
  );
};

test("a queue that loses its connections, at whatever moment, hears wake-ups again", async () => {
  await using own = await freshDatabase();
  const worked = openDatabase(own.url, { maxConnections: 4 });
  let heard = 0;
  const queue = await startQueue({
    database: worked,
    workerId: "queue-test",
    wake: () => {
      heard += 1;
    },
    log: pino({ level: "silent" }),
    now: () => new Date(),
  });
  for (let round = 0; round < 12; round += 1) {
    const before = heard;
    await own.db.transaction((tx) => enqueue(tx, "sweep"));
    // Some rounds hit the queue while it takes or completes the job, others while it listens.
    if (round % 3 === 0) await until("it was heard", () => (heard > before ? true : null), 20_000);
    await dropConnections(own);
  }
  const before = heard;
  await own.db.transaction((tx) => enqueue(tx, "sweep"));
  await until("it is heard again", () => (heard > before ? true : null), 20_000);
  await queue.stop();
  await worked.close();
  expect(heard).toBeGreaterThan(before);
});
