import type { Client, SFTPWrapper } from "ssh2";
import { isNereusError, NereusError } from "@/lib/errors";
import { hostName } from "@/server/executors/connection/known-hosts";
import { Semaphore } from "@/server/executors/connection/semaphore";
import { connectSsh, type SshClient } from "@/server/executors/connection/ssh-connect";
import type { SshOptions } from "@/server/executors/connection/ssh-options";

const firstPauseMs = 1000;
const longestPauseMs = 60_000;

/**
 * The one connection to a login node, made when it is first needed and again after it broke. After a failure nobody
 * knocks for 1 s, doubling to 60 s, with jitter; calls in between are told the last failure at once. One channel is
 * kept for SFTP, the others are for commands.
 */
export class SshLink {
  readonly #options: SshOptions;
  readonly #channels: Semaphore;
  #client: Promise<SshClient> | null = null;
  #sftp: Promise<SFTPWrapper> | null = null;
  #failures = 0;
  #failed: { readonly error: unknown; readonly untilMs: number } | null = null;

  constructor(options: SshOptions) {
    this.#options = options;
    this.#channels = new Semaphore(options.maxChannels - 1);
  }

  /** Runs `work` with the open connection and a channel to spare. */
  withChannel<T>(work: (client: Client) => Promise<T>, signal?: AbortSignal): Promise<T> {
    return this.#channels.run(async () => work((await unlessAborted(this.#connect(), signal)).client), signal);
  }

  /** The open SFTP session; a new one after the last broke. */
  sftp(): Promise<SFTPWrapper> {
    this.#sftp ??= this.#openSftp().catch((error: unknown) => {
      this.#sftp = null;
      throw error;
    });
    return this.#sftp;
  }

  /** A broken link: what was asked may or may not have happened. */
  broken(problem: string, cause?: unknown): NereusError {
    const place = hostName(this.#options.host, this.#options.port);
    return new NereusError("site-unreachable", { place, problem }, { cause, retryable: true });
  }

  async close(): Promise<void> {
    const open = this.#client;
    this.#client = null;
    this.#sftp = null;
    const opened = await open?.catch(() => null);
    opened?.close();
  }

  #connect(): Promise<SshClient> {
    if (this.#client !== null) return this.#client;
    if (this.#failed !== null && Date.now() < this.#failed.untilMs) return Promise.reject(this.#failed.error);
    const opening = connectSsh(this.#options);
    this.#client = opening;
    opening.then(
      (opened) => this.#noteOpen(opening, opened),
      (error: unknown) => this.#noteFailure(opening, error),
    );
    return opening;
  }

  #noteOpen(opening: Promise<SshClient>, { client, close }: SshClient): void {
    this.#failures = 0;
    this.#failed = null;
    client.once("close", () => {
      close();
      this.#forget(opening);
    });
  }

  #noteFailure(opening: Promise<SshClient>, error: unknown): void {
    this.#forget(opening);
    const pauseMs = Math.min(firstPauseMs * 2 ** this.#failures, longestPauseMs) * (0.5 + Math.random() / 2);
    this.#failures += 1;
    this.#failed = { error, untilMs: Date.now() + pauseMs };
  }

  #forget(opening: Promise<SshClient>): void {
    if (this.#client !== opening) return;
    this.#client = null;
    this.#sftp = null;
  }

  async #openSftp(): Promise<SFTPWrapper> {
    const { client } = await this.#connect();
    return new Promise((resolve, reject) => {
      client.sftp((error, sftp) => {
        if (error) {
          reject(isNereusError(error) ? error : this.broken(error.message, error));
          return;
        }
        sftp.once("close", () => {
          this.#sftp = null;
        });
        resolve(sftp);
      });
    });
  }
}

/** The connection goes on being made for the next caller when this one has no more time. */
function unlessAborted<T>(opening: Promise<T>, signal?: AbortSignal): Promise<T> {
  if (signal === undefined) return opening;
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(signal.reason);
    if (signal.aborted) giveUp();
    signal.addEventListener("abort", giveUp, { once: true });
    opening.then(resolve, reject).finally(() => signal.removeEventListener("abort", giveUp));
  });
}
