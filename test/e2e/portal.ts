import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { processStart } from "@/server/store/embedded/process-start";
import { familyOf } from "@/test/fixtures/family-of";
import { freePort } from "@/test/fixtures/free-port";
import { removeHome } from "@/test/fixtures/remove-home";
import { until } from "@/test/fixtures/until";

export type Portal = {
  /** `http://127.0.0.1:<port>`, without a slash at the end. */
  readonly origin: string;
  /** NEREUS_HOME of this portal alone. */
  readonly home: string;
  /** Of `npm start` itself; worker and web server are below it. */
  readonly pid: number;
  readonly admin: { readonly email: string; readonly oneTimePassword: string };
  /** Ctrl-C; fails when a process of it remains. */
  stop(): Promise<void>;
};

const startMs = 240_000;

/** Starts everything as `npm start` does, in a home of its own: database, worker, web server, first forecast. */
export async function startPortal(): Promise<Portal> {
  const home = mkdtempSync(join(tmpdir(), "nereus-portal-"));
  // As root the database runs as another user.
  chmodSync(home, 0o755);
  const port = await freePort();
  const { NODE_ENV: _testing, ...env } = process.env;
  const child = spawn(process.execPath, ["server/cli/start.mjs"], {
    env: { ...env, NODE_ENV: "production", NEREUS_HOME: home, NEREUS_PORT: String(port), DATABASE_URL: "" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = once(child, "exit");
  let text = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk) => {
      text += chunk;
    });
  const ready = () => {
    if (child.exitCode !== null) throw new Error(`npm start ended with exit code ${child.exitCode}:\n${text}`);
    return text.includes("Nereus is ready: ") ? true : null;
  };
  await until("npm start prints its address", ready, startMs);
  const stop = async () => {
    const family = familyOf(Number(child.pid));
    child.kill("SIGINT");
    await ended;
    const left = family.filter((pid) => processStart(pid) !== null);
    removeHome(home);
    if (left.length > 0) throw new Error(`processes ${left.join(", ")} outlived npm start:\n${text}`);
  };
  const origin = printed(text, /Nereus is ready: (\S+)\//);
  return { origin, home, pid: Number(child.pid), admin: printedAdmin(text), stop };
}

function printedAdmin(text: string): Portal["admin"] {
  return {
    email: printed(text, /Administrator: (\S+),/),
    oneTimePassword: printed(text, /one-time password: (\S+)/),
  };
}

function printed(text: string, pattern: RegExp): string {
  const found = pattern.exec(text)?.[1];
  if (found === undefined) throw new Error(`npm start did not print ${pattern}:\n${text}`);
  return found;
}
