import { type CommandContext, sentence } from "@/server/cli/command-context";
import { openHostDatabase } from "@/server/cli/open-host-database";
import type { ServiceContext } from "@/server/services/context";
import { openDatabase } from "@/server/store/database";

/** What a command of the machine itself works with. */
export type HostSession = { services: ServiceContext; databaseUrl: string };

/** Opens the database for one command and leaves it afterwards, whatever happens. */
export async function withHostSession<T>(
  context: CommandContext,
  work: (session: HostSession) => Promise<T>,
): Promise<T> {
  const { config } = context;
  const database = await openHostDatabase(config, (step) => {
    // The others take less than a second.
    if (step === "copy-binaries" || step === "create-database")
      console.error(sentence(context, "start", { key: step }));
  });
  const open = openDatabase(database.url, { maxConnections: 4 });
  try {
    const services: ServiceContext = { db: open.db, actor: { kind: "host" }, now: () => new Date(), config };
    return await work({ services, databaseUrl: database.url });
  } finally {
    await open.close();
    await database.stop();
  }
}
