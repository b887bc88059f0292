import { packValues } from "@/lib/formats/pack";
import { encodeChunk } from "@/lib/formats/zarr/chunk";
import { gunzip, gzip } from "@/server/formats/deflate";
import type { RealField } from "@/test/portal/real-field";

/** What the browser holds of a field once its chunk is inflated: the bytes before the delta filter is undone. */
export async function storeField({ variable, values }: Pick<RealField, "variable" | "values">): Promise<ArrayBuffer> {
  return Uint8Array.from(await gunzip(await encodeChunk(packValues(variable, values), gzip))).buffer;
}
