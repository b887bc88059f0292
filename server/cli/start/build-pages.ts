import { spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, readFileSync } from "node:fs";
import { join } from "node:path";
import { NereusError } from "@/lib/errors";
import type { CommandContext } from "@/server/cli/command-context";

/**
 * Builds the web server when its sources changed; its words go to log/build.log.
 * @throws {NereusError} `command-failed` with the last lines
 */
export async function buildPages({ config, signal }: CommandContext, onBuild: () => void): Promise<void> {
  const logPath = join(config.logPath, "build.log");
  const log = createWriteStream(logPath, { mode: 0o600 });
  const script = join(config.checkoutPath, "tools/build.mjs");
  const child = spawn(process.execPath, [script], {
    cwd: config.checkoutPath,
    stdio: ["ignore", "pipe", "pipe"],
    signal,
  });
  // The build says nothing when there is nothing to do.
  child.stderr.once("data", onBuild);
  child.stderr.pipe(log, { end: false });
  child.stdout.pipe(log, { end: false });
  const [code, signalName] = await once(child, "close");
  await new Promise<void>((done) => log.end(() => done()));
  if (code === 0) return;
  const stderrTail = readFileSync(logPath, "utf8").trim().split("\n").slice(-20).join("\n");
  throw new NereusError("command-failed", {
    command: "tools/build.mjs",
    exitCode: code,
    signal: signalName,
    stderrTail,
  });
}
