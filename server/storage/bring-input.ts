import type { Connection } from "@/server/executors/connection/connection";
import { requireInside } from "@/server/storage/require-inside";
import type { StagedInput } from "@/server/storage/stage-inputs";
import { transferFile } from "@/server/storage/transfer-file";

/** Transfers under way, by place and content: many consumers of one file at one site cause one transfer. */
const underWay = new WeakMap<Connection, Map<string, Promise<void>>>();

/**
 * Brings a file that was made at another site into this site's cache, `cas/<first two>/<sha256>` below `cacheRoot`, where
 * it stays read-only for whoever needs the same content next.
 * @returns the input as it now lies at this site; unchanged when the source is not there, so that staging says so
 * @throws {NereusError} path-leaves-scratch; what `transferFile` throws
 * Source: EXECUTION.md, D6.
 */
export async function bringInput(
  input: StagedInput,
  from: Connection,
  to: { readonly connection: Connection; readonly cacheRoot: string },
): Promise<StagedInput> {
  const source = await requireInside(from, input.root, input.path);
  if (source === null) return input;
  const { sha256 } = await from.hash(source);
  const folder = `${to.cacheRoot}/cas/${sha256.slice(0, 2)}`;
  const flights = underWay.get(to.connection) ?? new Map<string, Promise<void>>();
  underWay.set(to.connection, flights);
  const path = `${folder}/${sha256}`;
  const flight = flights.get(path) ?? fetchInto({ connection: from, path: source }, to.connection, { path, sha256 });
  flights.set(path, flight);
  await flight.finally(() => flights.delete(path));
  return { ...input, root: folder, path: sha256 };
}

async function fetchInto(
  from: { readonly connection: Connection; readonly path: string },
  connection: Connection,
  { path, sha256 }: { readonly path: string; readonly sha256: string },
): Promise<void> {
  if ((await connection.realPath(path)) !== null) return;
  await transferFile(from, { connection, path }, { mark: "fetch", sha256 });
  // Consumers get hard links: what one of them wrote into its input would reach all others.
  await connection.exec(["chmod", "444", path], { timeoutSeconds: 60 });
}
