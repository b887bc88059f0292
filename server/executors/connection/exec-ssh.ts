import { setTimeout as pause } from "node:timers/promises";
import type { Client, ClientChannel } from "ssh2";
import { quoteForShell } from "@/lib/dag/render-command";
import { NereusError } from "@/lib/errors";
import type { ExecOptions, ExecResult } from "@/server/executors/connection/connection";
import type { SshLink } from "@/server/executors/connection/ssh-link";

/** Text kept of each stream, bytes; the rest is read and dropped: a full window would block the command (H4). */
const keptBytes = 8 * 1024 * 1024;
/** What a command's own limit there gets beyond ours, s, so that ours speaks first. */
const spareSeconds = 2;
/** A child that left stdout open delays the channel's close after the command's end (H6), ms. */
const closeWithinMs = 1000;
/** Together a wait of some seconds for a place among the server's sessions. */
const mostRefusals = 60;
const refusedPauseMs = 100;

/**
 * Runs a command on the other side. The shell of the login sees words quoted by one function; the command is given a
 * fixed PATH and locale, and is killed there when its time is over, for a lost channel alone does not end it (H7).
 * @throws {NereusError} site-unreachable (retryable) when the link broke: the command may have run;
 *   command-timed-out (retryable)
 */
export async function execSsh(link: SshLink, argv: readonly string[], options: ExecOptions): Promise<ExecResult> {
  const seconds = options.timeoutSeconds;
  const deadline = AbortSignal.timeout(seconds * 1000);
  const signal = options.signal === undefined ? deadline : AbortSignal.any([deadline, options.signal]);
  try {
    return await link.withChannel((client) => runWhenOpen(link, client, { argv, options, signal }), signal);
  } catch (error) {
    options.signal?.throwIfAborted();
    if (!deadline.aborted) throw error;
    const fields = { command: argv.join(" "), seconds };
    throw new NereusError("command-timed-out", fields, { cause: error, retryable: true });
  }
}

type Request = {
  readonly argv: readonly string[];
  readonly options: ExecOptions;
  readonly signal: AbortSignal;
};

/**
 * A busy server frees the place of an ended command a moment after it has told of its end, and refuses the next one until
 * then. A refused channel has started nothing, so it is asked for again.
 */
async function runWhenOpen(link: SshLink, client: Client, request: Request): Promise<ExecResult> {
  for (let refusals = 1; ; refusals += 1) {
    const result = await runOnChannel(link, client, request);
    if (result !== "refused") return result;
    if (refusals >= mostRefusals) throw link.broken("the server opens no further channel");
    await pause(refusedPauseMs, undefined, { signal: request.signal });
  }
}

function runOnChannel(
  link: SshLink,
  client: Client,
  { argv, options, signal }: Request,
): Promise<ExecResult | "refused"> {
  return new Promise((resolve, reject) => {
    client.exec(writeLine(argv, options), (error, channel) => {
      if (error) {
        if (/Channel open failure/.test(error.message)) resolve("refused");
        else reject(link.broken(error.message, error));
        return;
      }
      const giveUp = () => {
        channel.close();
        reject(signal.reason);
      };
      if (signal.aborted) giveUp();
      signal.addEventListener("abort", giveUp, { once: true });
      collect(channel, options.stdin ?? "").then((ended) => {
        signal.removeEventListener("abort", giveUp);
        if (ended === null) reject(link.broken("the connection was lost while a command ran"));
        else resolve(ended);
      }, reject);
    });
  });
}

function writeLine(argv: readonly string[], options: Request["options"]): string {
  const environment = Object.entries(options.environment ?? {}).map(([name, value]) => `${name}=${value}`);
  const limit = ["timeout", "-k", "2", String(Math.ceil(options.timeoutSeconds) + spareSeconds)];
  const line = ["env", ...environment, ...limit, ...argv].map(quoteForShell).join(" ");
  return options.cwd === undefined ? `exec ${line}` : `cd ${quoteForShell(options.cwd)} && exec ${line}`;
}

/** Null when the channel closed without saying how the command ended. */
function collect(channel: ClientChannel, stdin: string): Promise<ExecResult | null> {
  const stdout = keep(channel);
  const stderr = keep(channel.stderr);
  let ended: { exitCode: number | null; signal: string | null } | null = null;
  return new Promise((resolve) => {
    let late: NodeJS.Timeout | null = null;
    channel.on("exit", (code: number | null, signal?: string) => {
      ended = { exitCode: code, signal: signal === undefined ? null : `SIG${signal.replace(/^SIG/, "")}` };
      late = setTimeout(() => channel.close(), closeWithinMs);
    });
    channel.on("close", () => {
      if (late !== null) clearTimeout(late);
      resolve(ended === null ? null : { ...ended, stdout: stdout(), stderr: stderr() });
    });
    // A command that does not read its input closes the pipe; its exit code tells the rest.
    channel.on("error", () => channel.close());
    channel.end(stdin);
  });
}

function keep(stream: NodeJS.ReadableStream): () => string {
  const chunks: Buffer[] = [];
  let size = 0;
  stream.on("data", (chunk: Buffer) => {
    if (size < keptBytes) chunks.push(chunk.subarray(0, keptBytes - size));
    size += chunk.length;
  });
  return () => Buffer.concat(chunks).toString("utf8");
}
