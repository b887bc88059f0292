import type { HostDatabase } from "@/server/cli/open-host-database";

/** Between two looks, ms; a look reads one small file. */
const lookMs = 2000;

/**
 * Starts the embedded database again when it dies, for as long as `npm start` runs; whoever uses it finds it under the
 * same address. A start that fails is tried again.
 * @returns stops looking
 */
export function keepDatabase(database: Pick<HostDatabase, "revive">, onEnd: () => void): () => Promise<void> {
  let looking: Promise<void> = Promise.resolve();
  const look = () =>
    database.revive().then(
      (hadDied) => {
        if (hadDied) onEnd();
      },
      () => undefined,
    );
  const timer = setInterval(() => {
    looking = looking.then(look);
  }, lookMs);
  return async () => {
    clearInterval(timer);
    await looking;
  };
}
