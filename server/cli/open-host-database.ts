import type { Config } from "@/server/config";
import { type EmbeddedStep, startEmbedded } from "@/server/store/embedded/start-embedded";
import { migrate } from "@/server/store/migrate";

export type HostDatabase = {
  url: string;
  kind: "embedded" | "own";
  /** Starts an embedded server again that has died; see `startEmbedded`. */
  revive(): Promise<boolean>;
  stop(): Promise<void>;
};
export type DatabaseStep = EmbeddedStep | "own-database" | "migrate";

/** The database that this machine works with, migrated: that of DATABASE_URL, else the embedded one of the home. */
export async function openHostDatabase(config: Config, onStep: (step: DatabaseStep) => void): Promise<HostDatabase> {
  const database = await openUnmigrated(config, onStep);
  try {
    onStep("migrate");
    await migrate(database.url);
    return database;
  } catch (error) {
    await database.stop();
    throw error;
  }
}

async function openUnmigrated(config: Config, onStep: (step: DatabaseStep) => void): Promise<HostDatabase> {
  if (config.databaseUrl === null) return { kind: "embedded", ...(await startEmbedded(config.homePath, onStep)) };
  onStep("own-database");
  return { kind: "own", url: config.databaseUrl, revive: async () => false, stop: async () => undefined };
}
