import { setTimeout as wait } from "node:timers/promises";
import { Client, type Pool } from "pg";
import type { Database } from "@/server/store/database";
import { eventChannel } from "@/server/store/event";

type Listener = (runId: string | null) => void;
type Hub = { readonly listeners: Set<Listener>; ready: Promise<void> | null; client: Client | null };

const hubs = new WeakMap<Pool, Hub>();
const retryMs = 500;

/**
 * Calls `listener` with the id of a run that has new events, and with null when a lost connection is back and anything
 * may have happened. All listeners of a pool share one connection; it closes with the last of them.
 * @returns stops listening; resolves once the connection hears
 */
export async function listenToEvents(db: Database, listener: Listener): Promise<() => void> {
  const pool = poolOf(db);
  const hub = hubs.get(pool) ?? { listeners: new Set(), ready: null, client: null };
  hubs.set(pool, hub);
  hub.listeners.add(listener);
  hub.ready ??= connect(pool, hub);
  await hub.ready;
  return () => {
    hub.listeners.delete(listener);
    if (hub.listeners.size === 0) close(hub);
  };
}

async function connect(pool: Pool, hub: Hub): Promise<void> {
  const client = new Client(pool.options);
  hub.client = client;
  client.on("notification", (message) => tell(hub, message.payload ?? null));
  client.on("error", () => {
    if (hub.client === client) hub.client = null;
    void reconnect(pool, hub);
  });
  try {
    await client.connect();
    await client.query(`listen ${eventChannel}`);
  } catch (error) {
    close(hub);
    throw error;
  }
}

async function reconnect(pool: Pool, hub: Hub): Promise<void> {
  while (hub.listeners.size > 0 && hub.client === null && !pool.ending) {
    await wait(retryMs, undefined, { ref: false });
    hub.ready = connect(pool, hub);
    const connected = await hub.ready.then(
      () => true,
      () => false,
    );
    if (connected) return tell(hub, null);
  }
}

function tell(hub: Hub, runId: string | null): void {
  for (const listener of hub.listeners) listener(runId);
}

function close(hub: Hub): void {
  const { client } = hub;
  hub.client = null;
  hub.ready = null;
  if (client === null) return;
  client.removeAllListeners();
  client.on("error", () => undefined);
  void client.end();
}

/** Drizzle keeps the pool that it was opened with as `$client`; its published type leaves that out. */
function poolOf(db: Database): Pool {
  return (db as Database & { readonly $client: Pool }).$client;
}
