import { createServer } from "node:net";
import { NereusError } from "@/lib/errors";

/**
 * Refuses a port that cannot be listened on, before anything is started.
 * @throws {NereusError} `port-taken` when another program has it; `port-unusable` when the address is not ours or the
 *   port needs a right that we lack
 */
export function demandPort(host: string, port: number): Promise<void> {
  const probe = createServer();
  return new Promise((done, fail) => {
    probe.once("error", (error: NodeJS.ErrnoException) => {
      const isTaken = error.code === "EADDRINUSE";
      fail(
        isTaken
          ? new NereusError("port-taken", { port }, { cause: error })
          : new NereusError("port-unusable", { address: `${host}:${port}`, problem: error.message }, { cause: error }),
      );
    });
    probe.listen(port, host, () => probe.close(() => done()));
  });
}
