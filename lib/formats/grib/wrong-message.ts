import { NereusError } from "@/lib/errors";

/** The failure of a message that contradicts itself. */
export function wrongMessage(
  file: string,
  message: { readonly number: number; readonly offset: number },
  problem: string,
): NereusError {
  return new NereusError("format-invalid", {
    file,
    place: `message ${message.number} (byte ${message.offset})`,
    problem,
  });
}
