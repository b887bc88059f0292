import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { connect } from "@/server/store/connect";
import { processStart } from "@/server/store/embedded/process-start";
import { startEmbedded } from "@/server/store/embedded/start-embedded";
import { removeHome } from "@/test/fixtures/remove-home";

const quiet = () => undefined;
let home = "";
const stops: (() => Promise<void>)[] = [];

beforeEach(() => {
  // 0700, as mkdtemp makes it: the unprivileged server of root cannot enter it.
  home = mkdtempSync(join(tmpdir(), "nereus-embedded-"));
});
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
  removeHome(home);
});

async function start() {
  const server = await startEmbedded(home, quiet);
  stops.push(server.stop);
  return server;
}

function dataFolder(): string {
  return readFileSync(join(home, "pg", "data-folder"), "utf8");
}

function serverPid(): number {
  return Number(readFileSync(join(dataFolder(), "postmaster.pid"), "utf8").split("\n")[0]);
}

async function answer(url: string): Promise<unknown> {
  const client = await connect(url);
  const { rows } = await client.query("select 1 as one");
  await client.end();
  return rows[0]?.one;
}

test("the database answers with its password, refuses another and leaves no process when stopped", async () => {
  const server = await start();
  expect(await answer(server.url)).toBe(1);
  const wrong = new URL(server.url);
  wrong.password = "guess";
  await expect(connect(wrong.href)).rejects.toMatchObject({ code: "database-unreachable" });
  const pid = serverPid();
  await server.stop();
  expect(processStart(pid)).toBeNull();
  expect(existsSync(join(dataFolder(), "postmaster.pid"))).toBe(false);
});

test("only the owner can read the password and the data", async () => {
  await start();
  expect(statSync(join(home, "pg", "password")).mode & 0o777).toBe(0o600);
  expect(statSync(dataFolder()).mode & 0o777).toBe(0o700);
});

test("as root the server runs as an unprivileged user", async ({ skip }) => {
  if (process.getuid?.() !== 0) skip("needs root");
  await start();
  expect(statSync(`/proc/${serverPid()}`).uid).toBe(65534);
  expect(statSync(dataFolder()).uid).toBe(65534);
});

test("two users share one server and the last one stops it", async () => {
  const [first, second] = await Promise.all([start(), start()]);
  const pid = serverPid();
  expect(second.url).toBe(first.url);
  await first.stop();
  expect(await answer(second.url)).toBe(1);
  await second.stop();
  expect(processStart(pid)).toBeNull();
});

test("a server left behind by a killed process is adopted and stopped in the end", async () => {
  const script = `import { startEmbedded } from "@/server/store/embedded/start-embedded";
    console.log((await startEmbedded(process.argv[2] ?? "", () => undefined)).url); setInterval(() => undefined, 1000);`;
  writeFileSync(join(home, "hold.mts"), script);
  // No wrapper around it: when its end is told, the user of the database is gone.
  const child = spawn(process.execPath, ["--import", "tsx", join(home, "hold.mts"), home], {
    env: { ...process.env, TSX_TSCONFIG_PATH: "tsconfig.json" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [printed] = await once(child.stdout, "data");
  const url = String(printed).trim();
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
  const pid = serverPid();
  expect(processStart(pid)).not.toBeNull();
  const server = await start();
  expect(server.url).toBe(url);
  expect(serverPid()).toBe(pid);
  await server.stop();
  expect(processStart(pid)).toBeNull();
});

test("a process file left by a killed server does not stop the next start", async () => {
  const first = await start();
  const pid = serverPid();
  process.kill(pid, "SIGKILL");
  await expect.poll(() => processStart(pid)).toBeNull();
  await first.stop();
  // The process id now belongs to another program: ours.
  const stale = readFileSync(join(dataFolder(), "postmaster.pid"), "utf8").replace(String(pid), String(process.pid));
  writeFileSync(join(dataFolder(), "postmaster.pid"), stale);
  const again = await start();
  expect(await answer(again.url)).toBe(1);
});

test("data written before a stop are there after the next start", async () => {
  const first = await start();
  const client = await connect(first.url);
  await client.query("create table kept as select 42 as value");
  await client.end();
  await first.stop();
  const again = await connect((await start()).url);
  const { rows } = await again.query("select value from kept");
  await again.end();
  expect(rows).toEqual([{ value: 42 }]);
});

test("a home that is a file is refused with the path", async () => {
  const path = join(home, "file");
  writeFileSync(path, "");
  await expect(startEmbedded(path, quiet)).rejects.toMatchObject({ code: "home-unwritable", fields: { path } });
});
