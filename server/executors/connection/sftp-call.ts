import type { SFTPWrapper } from "ssh2";
import { NereusError } from "@/lib/errors";
import type { SshLink } from "@/server/executors/connection/ssh-link";

/** A disk there that does not answer holds up one call no longer than this, s. */
const timeoutSeconds = 60;

type Done<T> = (error: Error | null | undefined, value?: T) => void;

/**
 * One request of the SFTP session, as a promise.
 * @throws {NereusError} site-unreachable (retryable) when the link broke; command-timed-out (retryable);
 *   other refusals as ssh2 gives them: see {@link statusOf}
 */
export async function callSftp<T>(link: SshLink, start: (sftp: SFTPWrapper, done: Done<T>) => void): Promise<T> {
  const sftp = await link.sftp();
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => {
      const fields = { command: "a file operation over SFTP", seconds: timeoutSeconds };
      reject(new NereusError("command-timed-out", fields, { retryable: true }));
    }, timeoutSeconds * 1000);
    const done: Done<T> = (error, value) => {
      clearTimeout(late);
      if (error) reject(statusOf(error) === null ? link.broken(error.message, error) : error);
      else resolve(asAnswer(value));
    };
    try {
      start(sftp, done);
    } catch (error) {
      // ssh2 throws when the session has ended since.
      done(error instanceof Error ? error : new Error(String(error)));
    }
  });
}

/** ssh2 calls back with a value exactly where the request has one, so absent means `void`. */
const asAnswer = <T>(value: T | undefined): T => value as T;

const statusNames = { 2: "absent", 3: "denied", 4: "failure" } as const;

/** How the server refused a request; null for an error that is no refusal, such as a broken link. */
export function statusOf(error: unknown): "absent" | "denied" | "failure" | "other" | null {
  if (!(error instanceof Error) || !("code" in error) || typeof error.code !== "number") return null;
  return error.code === 2 || error.code === 3 || error.code === 4 ? statusNames[error.code] : "other";
}
