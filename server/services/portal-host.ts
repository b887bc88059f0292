import { NereusError } from "@/lib/errors";
import { type Config, loadConfig } from "@/server/config";
import { type Auth, createAuth } from "@/server/store/auth";
import { readAuthSecret } from "@/server/store/auth-secret";
import { type OpenDatabase, openDatabase } from "@/server/store/database";

/** What every request of the web server shares. */
export type PortalHost = { readonly config: Config; readonly database: OpenDatabase; readonly auth: Auth };

const shared: { host?: Promise<PortalHost> } = sharedAcrossReloads();

/**
 * Configuration, database pool and accounts of this process, opened at the first request. The address of the database
 * comes from whoever started the web server.
 * @throws {NereusError} `database-unreachable` when none was given
 */
export function portalHost(): Promise<PortalHost> {
  shared.host ??= open().catch((error: unknown) => {
    shared.host = undefined;
    throw error;
  });
  return shared.host;
}

async function open(): Promise<PortalHost> {
  const config = await loadConfig();
  if (config.databaseUrl === null)
    throw new NereusError("database-unreachable", {
      address: "DATABASE_URL",
      problem: "the web server was given no database",
    });
  const database = openDatabase(config.databaseUrl, { maxConnections: 12 });
  const secret = await readAuthSecret(config.homePath);
  return {
    config,
    database,
    auth: createAuth(database.db, { secret, baseUrl: config.address, trustedProxies: config.trustedProxies }),
  };
}

/** A development server loads modules again and again; the pool must outlive them. */
function sharedAcrossReloads(): { host?: Promise<PortalHost> } {
  const place: typeof globalThis & { nereusPortal?: { host?: Promise<PortalHost> } } = globalThis;
  place.nereusPortal ??= {};
  return place.nereusPortal;
}
