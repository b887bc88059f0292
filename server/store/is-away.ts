/** Classes of SQLSTATE that blame the statement or its values; all others may pass. */
const lasting = new Set(["0A", "22", "23", "42", "54"]);

/**
 * True when a failed statement may succeed later as it is: the database is stopping, full, busy or cannot be reached. False
 * when the database has answered that it will not take it.
 * Source: PostgreSQL documentation, appendix A.
 */
export function isAway(error: unknown): boolean {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    if (!("code" in cause) || typeof cause.code !== "string") continue;
    if (/^[0-9A-Z]{5}$/.test(cause.code) && !/^E[A-Z]/.test(cause.code)) return !lasting.has(cause.code.slice(0, 2));
    return true;
  }
  return error instanceof Error && /connect|terminated|timeout/i.test(messages(error));
}

function messages(error: Error): string {
  return error.cause instanceof Error ? `${error.message} ${messages(error.cause)}` : error.message;
}
