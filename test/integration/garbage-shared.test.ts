import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { and, eq, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { artifact, task } from "@/drizzle/schema/engine";
import { runSweep } from "@/drizzle/schema/retention";
import { type ArtifactId, asId, type NodeId, type RunId } from "@/lib/ids";
import { command } from "@/lib/pipeline/define-pipeline";
import { collectGarbage } from "@/server/engine/garbage/collect-garbage";
import { operateRun } from "@/server/services/runs/operate-run";
import { lockRun } from "@/server/store/run";
import { aCollector, big, collectedOf, ended, megabyte, outOf } from "@/test/fixtures/a-collector";
import { aHost, type Host } from "@/test/fixtures/a-host";
import { aPipeline } from "@/test/fixtures/a-pipeline";
import { until } from "@/test/fixtures/until";

const untilGo = (host: Host): string => `until [ -e ${join(host.config.homePath, "go")} ]; do sleep 0.05; done`;

/** Gives a step what another one has made, by reference. */
async function lend(host: Host, from: string, to: { readonly runId: string; readonly node: string }): Promise<void> {
  const made = await until("the file is committed", async () => {
    const [row] = await host.ctx.db
      .select()
      .from(artifact)
      .where(and(eq(artifact.runId, asId<RunId>(from)), eq(artifact.path, "x.bin")));
    return row ?? null;
  });
  const outputs = [{ kind: "artifact", artifactId: made.id }] as const;
  await operateRun(host.ctx, { ...to, action: "set-output", outputs, reason: "the model is down" });
}

describe("a file that counts for several tasks", () => {
  test("stays while one of them still needs it", async () => {
    await using host = await aHost();
    await host.startWorker();
    const { runId } = await host.request(
      aPipeline([
        command("make", { command: big("x.bin"), retention: "scratch" }),
        command("result", { command: untilGo(host) }),
      ]),
    );
    await lend(host, runId, { runId, node: "result" });
    const view = await host.ended(runId);
    await collectGarbage(aCollector(host));
    expect(existsSync(join(await outOf(host, view, "make"), "x.bin"))).toBe(true);
    expect((await collectGarbage(aCollector(host, 16))).bytes).toBeGreaterThanOrEqual(megabyte);
  });
});

test("a file that two runs share goes when both are done with it", async () => {
  await using host = await aHost();
  await host.startWorker();
  const lender = await ended(host, [command("make", { command: big("x.bin") })]);
  const wait = command("result", { command: untilGo(host), retention: "archive" });
  const { runId } = await host.request(aPipeline([wait]));
  await lend(host, lender.id, { runId, node: "result" });
  const borrower = await host.ended(runId);
  const place = join(await outOf(host, lender, "make"), "x.bin");
  await collectGarbage(aCollector(host, 16));
  await collectGarbage(aCollector(host, 100));
  expect(existsSync(place)).toBe(true);
  // As a rerun of the step would: archive lets go what another file takes the place of.
  const isBorrowers = eq(artifact.runId, asId<RunId>(borrower.id));
  await host.ctx.db.update(artifact).set({ superseded: true }).where(isBorrowers);
  await host.ctx.db.delete(runSweep).where(eq(runSweep.runId, asId<RunId>(borrower.id)));
  await collectGarbage(aCollector(host, 102));
  expect(await collectedOf(host, borrower, "result")).toEqual([true]);
  await collectGarbage(aCollector(host, 104));
  expect(await collectedOf(host, lender, "make")).toEqual([true]);
  expect(existsSync(place)).toBe(false);
});

test("letting go of a borrowed file leaves it to its own run", async () => {
  await using host = await aHost();
  await host.startWorker();
  const lender = await ended(host, [command("make", { command: big("x.bin") })]);
  const wait = command("result", { command: untilGo(host), retention: "scratch" });
  const { runId } = await host.request(aPipeline([wait]));
  await lend(host, lender.id, { runId, node: "result" });
  const borrower = await host.ended(runId);
  await collectGarbage(aCollector(host));
  expect(await collectedOf(host, borrower, "result")).toEqual([true]);
  expect(await collectedOf(host, lender, "make")).toEqual([false]);
  expect(existsSync(join(await outOf(host, lender, "make"), "x.bin"))).toBe(true);
});

describe("a file that another run is about to count as its own", () => {
  /** Does something while the run is held, once what was begun meanwhile waits for it, or has ended without. */
  async function whileHeld<Result>(
    host: Host,
    runId: string,
    what: { begin(): Promise<Result>; meanwhile(tx: Parameters<typeof lockRun>[0]): Promise<unknown> },
  ): Promise<Result> {
    return (
      await host.ctx.db.transaction(async (tx) => {
        await lockRun(tx, asId<RunId>(runId));
        let isOver = false;
        const begun = what.begin().finally(() => {
          isOver = true;
        });
        await until("it waits for the run", async () => {
          const waiting = sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
          return isOver || (await host.ctx.db.execute(waiting)).rows.length > 0 ? true : null;
        });
        await what.meanwhile(tx);
        return { begun };
      })
    ).begun;
  }

  const made = async (host: Host) => {
    const view = await ended(host, [command("make", { command: big("x.bin"), retention: "scratch" })]);
    const [row] = await host.ctx.db.select().from(artifact).where(eq(artifact.path, "x.bin"));
    if (row === undefined) throw new Error("nothing was made");
    return { view, row };
  };

  test("stays when that run was first", async () => {
    await using host = await aHost();
    const worker = await host.startWorker();
    const { view, row } = await made(host);
    const other = await ended(host, [command("result", { command: "true" })]);
    await worker.stop();
    const [owner] = await host.ctx.db
      .select()
      .from(task)
      .where(eq(task.runId, asId<RunId>(other.id)));
    const { sequence: _sequence, ...rest } = row;
    const lent = { ...rest, id: asId<ArtifactId>("a-lent"), runId: asId<RunId>(other.id) };
    const place = { nodeId: asId<NodeId>("result"), taskId: owner?.id ?? row.taskId };
    await whileHeld(host, view.id, {
      begin: () => collectGarbage(aCollector(host)),
      meanwhile: (tx) => tx.insert(artifact).values({ ...lent, ...place }),
    });
    expect(existsSync(join(await outOf(host, view, "make"), "x.bin"))).toBe(true);
  });

  test("is refused when it is about to be removed", async () => {
    await using host = await aHost();
    await host.startWorker();
    const { view, row } = await made(host);
    const { runId } = await host.request(aPipeline([command("result", { command: untilGo(host) })]));
    const problem = await whileHeld(host, view.id, {
      begin: () => lend(host, view.id, { runId, node: "result" }).catch((error: unknown) => error),
      meanwhile: (tx) => tx.update(artifact).set({ markedAt: new Date() }).where(eq(artifact.id, row.id)),
    });
    expect(problem).toMatchObject({ code: "artifact-unknown" });
    await writeFile(join(host.config.homePath, "go"), "");
    await host.ended(runId);
  });
});
