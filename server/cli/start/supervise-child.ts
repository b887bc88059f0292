import { type ChildProcess, spawn } from "node:child_process";
import { createWriteStream, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { pauseBeforeRestart } from "@/server/cli/start/pause-before-restart";

/** The worker stops its local jobs first. */
const STOP_TIMEOUT_MS = 20_000;

export type ChildSpec = {
  name: string;
  /** Script, then its arguments. */
  argv: readonly string[];
  cwd: string;
  env: NodeJS.ProcessEnv;
  logPath: string;
  /** Told once per unexpected end, and when it is started again. */
  onEnd(end: { how: string; pauseMs: number }): void;
};
export type SupervisedChild = { stop(): Promise<void> };

/**
 * Keeps a child process running: its words go to a log file, and when it ends by itself it is started again, however
 * often: a worker whose database is away for an hour has to be there when it is back. The pauses grow while it keeps
 * ending. It runs in its own session, so that Ctrl-C reaches only the parent, which stops its children in order.
 */
export function superviseChild(spec: ChildSpec): SupervisedChild {
  let child = launch(spec);
  let startedAtMs = Date.now();
  let lastPauseMs = 0;
  const stopping = new AbortController();
  const watch = () =>
    child.once("exit", (code, signal) => {
      if (stopping.signal.aborted) return;
      const pauseMs = pauseBeforeRestart(lastPauseMs, Date.now() - startedAtMs);
      lastPauseMs = pauseMs;
      spec.onEnd({ how: signal ?? `exit code ${code}`, pauseMs });
      wait(pauseMs, undefined, { signal: stopping.signal }).then(
        () => {
          child = launch(spec);
          startedAtMs = Date.now();
          watch();
        },
        () => undefined,
      );
    });
  watch();
  const stop = async () => {
    stopping.abort();
    await endChild(child);
  };
  return { stop };
}

function launch(spec: ChildSpec): ChildProcess {
  mkdirSync(dirname(spec.logPath), { recursive: true });
  const host = join(spec.cwd, "server", "cli", "child.mjs");
  const child = spawn(process.execPath, [host, ...spec.argv], {
    cwd: spec.cwd,
    env: spec.env,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    detached: true,
  });
  const log = createWriteStream(spec.logPath, { flags: "a", mode: 0o600 });
  child.stdout?.pipe(log, { end: false });
  child.stderr?.pipe(log, { end: false });
  child.on("error", (error) => log.write(`${error.message}\n`));
  child.once("close", () => log.end());
  return child;
}

async function endChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const ended = new Promise<void>((done) => child.once("exit", () => done()));
  child.kill("SIGTERM");
  const late = new AbortController();
  await Promise.race([ended, wait(STOP_TIMEOUT_MS, undefined, { signal: late.signal }).catch(() => undefined)]);
  late.abort();
  if (child.exitCode === null && child.signalCode === null) child.kill("SIGKILL");
  await ended;
}
