import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { describe, expect, test, vi } from "vitest";
import { artifact, attempt, event, run } from "@/drizzle/schema/engine";
import { audit } from "@/drizzle/schema/portal";
import { NereusError } from "@/lib/errors";
import { asId, type RunId } from "@/lib/ids";
import { command } from "@/lib/pipeline/define-pipeline";
import { gcCommand } from "@/server/cli/gc-command";
import { pinCommand } from "@/server/cli/pin-command";
import { collectGarbage, previewGarbage } from "@/server/engine/garbage/collect-garbage";
import { localConnection } from "@/server/executors/connection/local";
import { pinFiles } from "@/server/services/pins/pin-files";
import { unpinFiles } from "@/server/services/pins/unpin-files";
import { evictCache } from "@/server/storage/evict-cache";
import { aCollector, big, collectedOf, ended, megabyte, outOf } from "@/test/fixtures/a-collector";
import { aFolder } from "@/test/fixtures/a-folder";
import { aHost } from "@/test/fixtures/a-host";
import { aPipeline } from "@/test/fixtures/a-pipeline";
import { goesOn, sendEvent } from "@/test/fixtures/send-event";
import { until } from "@/test/fixtures/until";

/** Disk that a folder takes, a content with several names once. */
const diskOf = (folder: string): number =>
  Number.parseInt(execFileSync("du", ["-s", "--block-size=1", folder], { encoding: "utf8" }), 10);

describe("collecting frees", () => {
  test("what nobody needs, measured on the disk, and keeps results, logs and sentinel", async () => {
    await using host = await aHost();
    await host.startWorker();
    const view = await ended(host, [
      command("make", { command: `${big("raw.bin")}; echo done`, retention: "scratch" }),
      command("use", { command: "head -c 9 workflow:///make/raw.bin > result.txt" }),
    ]);
    const before = diskOf(host.config.scratchPath);
    const freed = await collectGarbage(aCollector(host));
    const after = diskOf(host.config.scratchPath);
    expect(freed.bytes).toBeGreaterThanOrEqual(megabyte);
    expect(before - after).toBeGreaterThanOrEqual(megabyte);
    expect(Math.abs(before - after - freed.bytes)).toBeLessThan(64 * 1024);
    expect(await collectedOf(host, view, "make")).toEqual([true]);
    expect(await collectedOf(host, view, "use")).toEqual([false]);
    const make = await outOf(host, view, "make");
    expect(existsSync(join(make, "raw.bin"))).toBe(false);
    expect(await readFile(join(make, "../stdout"), "utf8")).toBe("done\n");
    expect(existsSync(join(make, "../status.json"))).toBe(true);
    expect(existsSync(join(await outOf(host, view, "use"), "result.txt"))).toBe(true);
    expect((await collectGarbage(aCollector(host))).files).toBe(0);
  });

  test("history after its days, archive never", async () => {
    await using host = await aHost();
    await host.startWorker();
    const view = await ended(host, [
      command("old", { command: big("h.bin") }),
      command("kept", { command: big("a.bin"), retention: "archive" }),
    ]);
    expect((await collectGarbage(aCollector(host, 14))).bytes).toBe(0);
    expect((await collectGarbage(aCollector(host, 16))).bytes).toBeGreaterThanOrEqual(megabyte);
    expect((await collectGarbage(aCollector(host, 400))).bytes).toBe(0);
    expect(existsSync(join(await outOf(host, view, "kept"), "a.bin"))).toBe(true);
  });

  test("files that no artifact stands for, those of failed attempts after a while", async () => {
    await using host = await aHost();
    await host.startWorker();
    const view = await ended(host, [command("bad", { command: `${big("half.bin")}; false` })]);
    const half = join(await outOf(host, view, "bad"), "half.bin");
    await collectGarbage(aCollector(host));
    expect(existsSync(half)).toBe(true);
    expect((await collectGarbage(aCollector(host, 2))).bytes).toBeGreaterThanOrEqual(megabyte);
    expect(existsSync(half)).toBe(false);
  });

  test("what a collector that died had marked", async () => {
    await using host = await aHost();
    await host.startWorker();
    const view = await ended(host, [command("make", { command: big("raw.bin"), retention: "scratch" })]);
    await host.ctx.db.update(artifact).set({ markedAt: new Date() });
    await rm(join(await outOf(host, view, "make"), "raw.bin"));
    await collectGarbage(aCollector(host));
    expect(await collectedOf(host, view, "make")).toEqual([true]);
  });
});

test("a site that does not answer is asked again later, and a kept file that vanished is told", async () => {
  await using host = await aHost();
  await host.startWorker();
  const view = await ended(host, [
    command("make", { command: big("raw.bin"), retention: "scratch" }),
    command("result", { command: "echo x > x.txt" }),
  ]);
  const collector = aCollector(host);
  const away = async () => {
    throw new NereusError("site-unreachable", { place: "local", problem: "away" }, { retryable: true });
  };
  const sites = collector.sites.map((site) => ({ ...site, connection: { ...site.connection, realPath: away } }));
  expect((await collectGarbage({ ...collector, sites })).bytes).toBe(0);
  expect(await collectedOf(host, view, "make")).toEqual([false]);
  await rm(join(await outOf(host, view, "result"), "x.txt"));
  expect((await collectGarbage(aCollector(host, 1))).bytes).toBeGreaterThanOrEqual(megabyte);
  expect(await collectedOf(host, view, "make")).toEqual([true]);
  const [lost] = await host.ctx.db.select().from(artifact).where(eq(artifact.path, "x.txt"));
  expect(lost?.taintedAt).not.toBeNull();
});

describe("collecting keeps", () => {
  test("the inputs of a failed run, so that its retry works; after that they go", async () => {
    await using host = await aHost();
    await host.startWorker();
    const good = join(host.config.homePath, "good");
    const first = await ended(host, [
      command("make", { command: big("raw.bin"), retention: "scratch" }),
      command("use", { command: `wc -c < workflow:///make/raw.bin > n.txt; [ -e ${good} ]` }),
    ]);
    expect(first.state).toBe("failed");
    await collectGarbage(aCollector(host));
    await collectGarbage(aCollector(host, 10));
    await writeFile(good, "");
    await sendEvent(host, first.id, { event: { kind: "retry" } });
    await goesOn(host, first.id);
    const view = await host.ended(first.id);
    expect(view.state).toBe("completed");
    expect(await readFile(join(await outOf(host, view, "use"), "n.txt"), "utf8")).toBe(`${megabyte}\n`);
    expect((await collectGarbage(aCollector(host, 16))).bytes).toBeGreaterThanOrEqual(megabyte);
  });

  test("what a live run still needs, while what it no longer needs goes", async () => {
    await using host = await aHost();
    await host.startWorker();
    const go = join(host.config.homePath, "go");
    const wait = `until [ -e ${go} ]; do sleep 0.05; done`;
    const nodes = [
      command("make", { command: big("raw.bin"), retention: "scratch" }),
      command("use", { command: `cp workflow:///make/raw.bin used.bin`, retention: "scratch" }),
      command("last", { command: `${wait}; wc -c < workflow:///use/used.bin > n.txt` }),
    ];
    const { runId } = await host.request(aPipeline(nodes));
    await until("the last task runs", async () => {
      const [row] = await host.ctx.db.select().from(attempt).where(eq(attempt.state, "running"));
      const made = await host.ctx.db.select().from(artifact);
      return row !== undefined && made.length === 2 ? true : null;
    });
    await collectGarbage(aCollector(host, 1));
    await writeFile(go, "");
    const view = await host.ended(runId);
    expect(view.state).toBe("completed");
    expect(await collectedOf(host, view, "make")).toEqual([true]);
    expect(await collectedOf(host, view, "use")).toEqual([false]);
  });

  test("what is pinned until it is let go, and the work of cached steps in its days", async () => {
    await using host = await aHost();
    await host.startWorker();
    const view = await ended(host, [
      command("pinned", { command: big("p.bin"), retention: "scratch" }),
      command("cached", { command: big("c.bin"), retention: "scratch", cache: true }),
    ]);
    await pinFiles(host.ctx, { runId: view.id, node: "pinned", reason: "a paper" });
    await expect(pinFiles(host.ctx, { runId: view.id, node: "pinned", reason: "again" })).rejects.toMatchObject({
      code: "pin-exists",
    });
    await expect(pinFiles(host.ctx, { runId: view.id, node: "pined", reason: "x" })).rejects.toMatchObject({
      code: "pin-node-unknown",
    });
    expect((await collectGarbage(aCollector(host))).bytes).toBe(0);
    const holders = (await previewGarbage(aCollector(host, 14))).flatMap(({ files }) => files);
    expect(holders).toEqual([]);
    expect((await collectGarbage(aCollector(host, 16))).bytes).toBeGreaterThanOrEqual(megabyte);
    expect(await collectedOf(host, view, "cached")).toEqual([true]);
    expect(await collectedOf(host, view, "pinned")).toEqual([false]);
    await unpinFiles(host.ctx, { runId: view.id, node: "pinned", reason: "printed" });
    await collectGarbage(aCollector(host, 16));
    expect(await collectedOf(host, view, "pinned")).toEqual([true]);
  });
});

test("a step that is done again without its scratch input says what to rerun", async () => {
  await using host = await aHost();
  await host.startWorker();
  const view = await ended(host, [
    command("make", { command: big("raw.bin"), retention: "scratch" }),
    command("use", { command: "wc -c < workflow:///make/raw.bin > n.txt" }),
  ]);
  await collectGarbage(aCollector(host));
  const use = view.tasks.find(({ nodeId }) => nodeId === "use");
  if (use === undefined) throw new Error("no task");
  await sendEvent(host, view.id, { event: { kind: "rerun", taskIds: [use.id], downstream: true } });
  await goesOn(host, view.id);
  const again = await host.ended(view.id);
  expect(again).toMatchObject({ state: "failed", reason: expect.stringMatching(/make\/raw\.bin, which was removed/) });
  expect(again.artifacts.find(({ path }) => path === "raw.bin")?.collectedAt).not.toBeNull();
});

test("the command tells what would go and what holds the rest, removes it, and leaves a row in the audit log", async () => {
  await using host = await aHost();
  const worker = await host.startWorker();
  const view = await ended(host, [
    command("make", { command: big("raw.bin"), retention: "scratch" }),
    command("use", { command: "wc -c < workflow:///make/raw.bin > n.txt" }),
  ]);
  await worker.stop();
  const context = {
    config: host.config,
    locale: "en",
    json: true,
    verbose: false,
    signal: new AbortController().signal,
  } as const;
  const said: unknown[] = [];
  using _log = vi.spyOn(console, "log").mockImplementation((line: string) => void said.push(JSON.parse(line)));
  await gcCommand(["--preview"], context);
  await gcCommand([], context);
  await pinCommand("pin")([view.id, "--reason", "a paper"], context);
  const free = { node: "make", path: "raw.bin", references: 0, holders: [] };
  const held = { node: "use", path: "n.txt", references: 1, holders: ["history"] };
  expect(said).toMatchObject([
    {
      files: 1,
      held: 1,
      judged: expect.arrayContaining([expect.objectContaining(free), expect.objectContaining(held)]),
    },
    { files: expect.any(Number), bytes: expect.any(Number), forgotten: { runs: 0 } },
    { pinned: true },
  ]);
  const rows = await host.ctx.db.select({ verb: audit.verb }).from(audit);
  expect(rows.map(({ verb }) => verb)).toEqual(expect.arrayContaining(["collect garbage", "pin files"]));
});

test("the cache of a site loses what was not used for longest, and nothing that is in use", async () => {
  await using folder = await aFolder();
  const cas = join(folder.path, "cas", "aa");
  await mkdir(cas, { recursive: true });
  const connection = localConnection();
  for (const name of ["used", "older", "newer"]) {
    await writeFile(join(cas, name), Buffer.alloc(megabyte, name));
    // Change times of one file system tick would be in no order.
    await until("the clock of the file system moves", async () => {
      await utimes(join(cas, name), new Date(), new Date());
      const probe = join(folder.path, "probe");
      await writeFile(probe, "");
      return execFileSync("stat", ["-c", "%Z.%z", probe]).equals(execFileSync("stat", ["-c", "%Z.%z", join(cas, name)]))
        ? null
        : true;
    });
  }
  await connection.place(join(cas, "used"), join(folder.path, "input"), "t");
  const freed = await evictCache(connection, folder.path, 2.5 * megabyte);
  expect(freed.bytes).toBe(megabyte);
  expect(["used", "older", "newer"].map((name) => existsSync(join(cas, name)))).toEqual([true, false, true]);
});

test("old runs are forgotten with their folders, and runs whose files stay lose their old events only", async () => {
  await using host = await aHost();
  await host.startWorker();
  const old = await ended(host, [command("a", { command: "echo x > x.txt" })]);
  const kept = await ended(host, [command("b", { command: "echo y > y.txt", retention: "archive" })]);
  const before = await collectGarbage(aCollector(host, 364));
  expect(before.forgotten).toMatchObject({ runs: 0, events: 0 });
  const { forgotten } = await collectGarbage(aCollector(host, 366));
  expect(forgotten.runs).toBe(1);
  const runs = await host.ctx.db.select({ id: run.id }).from(run);
  expect(runs).toEqual([{ id: kept.id }]);
  expect(await host.ctx.db.select().from(event)).toEqual([]);
  expect(
    await host.ctx.db
      .select()
      .from(attempt)
      .where(eq(attempt.runId, asId<RunId>(old.id))),
  ).toEqual([]);
  expect(existsSync(join(host.config.scratchPath, old.id))).toBe(false);
  expect(existsSync(join(await outOf(host, kept, "b"), "y.txt"))).toBe(true);
});

test("an old run that is pinned while old runs are forgotten stays, with its folder", async () => {
  await using host = await aHost();
  await host.startWorker();
  const view = await ended(host, [command("a", { command: "echo x > x.txt" })]);
  await collectGarbage(aCollector(host, 364));
  const collector = aCollector(host, 366);
  const pinOnce = async (path: string) => {
    if (path.endsWith(view.id))
      await pinFiles(host.ctx, { runId: view.id, reason: "a paper" }).catch((error: unknown) => {
        if (!(error instanceof NereusError && error.code === "pin-exists")) throw error;
      });
  };
  const sites = collector.sites.map((site) => {
    const realPath: typeof site.connection.realPath = async (path) => {
      await pinOnce(path);
      return site.connection.realPath(path);
    };
    return { ...site, connection: { ...site.connection, realPath } };
  });
  expect((await collectGarbage({ ...collector, sites })).forgotten.runs).toBe(0);
  expect(await host.ctx.db.select({ id: run.id }).from(run)).toEqual([{ id: view.id }]);
  expect(existsSync(join(host.config.scratchPath, view.id))).toBe(true);
});
