import { NereusError } from "@/lib/errors";
import { parseJson } from "@/lib/interchange/parse-json";

const longestBodyBytes = 5_000_000;

/**
 * The JSON that a request carries. Reading ends at 5,000,000 bytes, so that nobody fills the memory with a body that is refused
 * in the end.
 * @throws {NereusError} report-invalid for a longer one, import-invalid for what is no JSON
 */
export async function readBody(request: Request): Promise<unknown> {
  const reader = request.body?.getReader();
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for (let read = await reader?.read(); read?.value !== undefined; read = await reader?.read()) {
    bytes += read.value.byteLength;
    if (bytes > longestBodyBytes) {
      await reader?.cancel();
      throw new NereusError("report-invalid", { problem: `the body is longer than ${longestBodyBytes} bytes.` });
    }
    chunks.push(read.value);
  }
  return parseJson(new TextDecoder().decode(Buffer.concat(chunks)), "body");
}
