import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { processArguments, processStart } from "@/server/store/embedded/process-start";
import { familyOf } from "@/test/fixtures/family-of";
import { freePort } from "@/test/fixtures/free-port";
import { removeHome } from "@/test/fixtures/remove-home";

let home = "";
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), "nereus-start-"));
  chmodSync(home, 0o700);
});
afterAll(() => removeHome(home));

type Started = { child: ChildProcess; output(): string; address: string };

/** Starts as `npm start` does and waits for the address. */
async function start(): Promise<Started> {
  const port = await freePort();
  const { NODE_ENV: _testing, ...env } = process.env;
  const child = spawn(process.execPath, ["server/cli/start.mjs"], {
    env: { ...env, NODE_ENV: "production", NEREUS_HOME: home, NEREUS_PORT: String(port), DATABASE_URL: "" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk) => {
      text += chunk;
    });
  const address = `http://127.0.0.1:${port}/`;
  await expect.poll(() => text, { timeout: 240_000, interval: 100 }).toContain(`Nereus is ready: ${address}`);
  return { child, output: () => text, address };
}

test.each(["SIGINT", "SIGTERM"] as const)("after %s no process is left and the next start works", async (signal) => {
  const { child, output, address } = await start();
  expect((await fetch(address)).status).toBe(200);
  const family = familyOf(Number(child.pid));
  expect(family.length).toBeGreaterThanOrEqual(3);
  const ended = once(child, "exit");
  child.kill(signal);
  const [code] = await ended;
  expect(code).toBe(0);
  expect(family.filter((pid) => processStart(pid) !== null)).toEqual([]);
  await expect(fetch(address)).rejects.toThrow();
  expect(output()).toContain("Stopped.");
});

test("the administrator's password is printed by the first start only", async () => {
  const { child, output } = await start();
  expect(output()).not.toContain("one-time password");
  const ended = once(child, "exit");
  child.kill("SIGINT");
  await ended;
});

test("when npm start is killed its children end, and the next start adopts the database", async () => {
  const first = await start();
  const family = familyOf(Number(first.child.pid));
  const ended = once(first.child, "exit");
  first.child.kill("SIGKILL");
  await ended;
  const isDatabase = (pid: number) => processArguments(pid).join(" ").includes("postgres");
  await expect
    .poll(() => family.filter((pid) => processStart(pid) !== null && !isDatabase(pid)), { timeout: 30_000 })
    .toEqual([]);
  const second = await start();
  expect(second.output()).toContain("joining it");
  const stopped = once(second.child, "exit");
  second.child.kill("SIGINT");
  await stopped;
  expect(family.filter((pid) => processStart(pid) !== null)).toEqual([]);
});
