import { NereusError } from "@/lib/errors";
import { manifestName, maxManifestBytes, type OutputDescription, parseManifest } from "@/lib/pipeline/output-manifest";
import type { Connection } from "@/server/executors/connection/connection";

/**
 * What a job has told about its files so far.
 * @param about.ended  the job will write no more
 * @throws {NereusError} manifest-invalid
 */
export async function readManifest(
  connection: Connection,
  about: { readonly outFolder: string; readonly ended: boolean },
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, OutputDescription>> {
  const bytes = await connection.readFrom(`${about.outFolder}/${manifestName}`, 0, maxManifestBytes + 1, signal);
  if (bytes.length > maxManifestBytes)
    throw new NereusError("manifest-invalid", {
      line: 1,
      problem: `the file is larger than ${maxManifestBytes} bytes`,
    });
  return parseManifest(new TextDecoder().decode(bytes), about);
}
