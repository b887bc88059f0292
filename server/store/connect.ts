import { setTimeout as wait } from "node:timers/promises";
import { Client, DatabaseError } from "pg";
import { NereusError } from "@/lib/errors";

/** A server that replays its log after a crash is back within this, ms. */
const recoveryMs = 60_000;
const retryMs = 100;
/** The server starts, recovers or stops: it answers, but not yet. */
const cannotConnectNow = "57P03";

/**
 * Opens one connection, outside any pool; waits for a server that is on its way up.
 * @throws {NereusError} `database-unreachable` when the address is malformed, nobody answers or the server refuses
 */
export async function connect(url: string): Promise<Client> {
  const address = describeAddress(url);
  const deadline = Date.now() + recoveryMs;
  for (;;) {
    const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
    client.on("error", () => undefined);
    try {
      await client.connect();
      return client;
    } catch (cause) {
      const isComing = cause instanceof DatabaseError && cause.code === cannotConnectNow && Date.now() < deadline;
      if (!isComing)
        throw new NereusError("database-unreachable", { address, problem: describeProblem(cause) }, { cause });
      await wait(retryMs);
    }
  }
}

/** Host, port and database of a URL, without its password. */
function describeAddress(url: string): string {
  const problem = "it is not an address such as postgres://user:password@host:5432/database";
  if (!/^postgres(ql)?:\/\//.test(url) || !URL.canParse(url))
    throw new NereusError("database-unreachable", { address: url.replace(/:\/\/.*@/, "://…@"), problem });
  const { hostname, port, pathname } = new URL(url);
  return `${hostname || "localhost"}:${port || "5432"}${pathname}`;
}

function describeProblem(cause: unknown): string {
  // A name with several addresses fails with one error per address and an empty message of its own.
  const first = cause instanceof AggregateError ? cause.errors[0] : cause;
  return first instanceof Error ? first.message : String(first);
}
