import { NereusError } from "@/lib/errors";
import type { ByteSource } from "@/lib/formats/byte-source";
import { wrongMessage } from "@/lib/formats/grib/wrong-message";

/** One message of a GRIB file: its edition and the bytes it takes. */
export type GribMessage = {
  readonly edition: 1 | 2;
  readonly number: number;
  readonly offset: number;
  readonly length: number;
};

/** Bytes between messages (telecommunication headings, padding) that are searched for the next one. */
const searchBytes = 4096;

/** Position of a GRIB message in the first bytes of a file, null when there is none. */
export function findGrib(head: Uint8Array): number | null {
  for (let at = 0; at + 8 <= head.length; at += 1)
    if (isStart(head, at) && (head[at + 7] === 1 || head[at + 7] === 2)) return at;
  return null;
}

/**
 * Lists the messages of a file. What lies between them is passed over; a message that is cut or does not end in `7777`
 * is refused.
 * @throws file-truncated, format-invalid
 */
export async function findMessages(source: ByteSource): Promise<GribMessage[]> {
  const messages: GribMessage[] = [];
  for (let position = 0; position + 8 <= source.sizeBytes; ) {
    const head = await source.read(position, Math.min(searchBytes, source.sizeBytes - position));
    const found = findGrib(head);
    if (found === null) {
      position += Math.max(1, head.length - 7);
      continue;
    }
    const message = await readLength(source, { offset: position + found, number: messages.length + 1 });
    messages.push(message);
    position = message.offset + message.length;
  }
  return messages;
}

/** Lengths: GRIB1 3 octets (with the agreed way of writing more than 8 MB), GRIB2 8 octets. */
async function readLength(source: ByteSource, at: { offset: number; number: number }): Promise<GribMessage> {
  const head = await source.read(at.offset, Math.min(16, source.sizeBytes - at.offset));
  const view = new DataView(head.buffer, head.byteOffset, head.length);
  const edition = head[7] === 1 ? 1 : 2;
  if (edition === 2 && head.length < 16)
    throw new NereusError("file-truncated", {
      file: source.name,
      expectedBytes: at.offset + 16,
      actualBytes: source.sizeBytes,
    });
  const announced = edition === 1 ? view.getUint32(4) >>> 8 : Number(view.getBigUint64(8));
  const message = { edition, number: at.number, offset: at.offset } as const;
  for (const length of edition === 1 ? lengthsOfEdition1(announced) : [announced]) {
    if (length < 20) throw wrongMessage(source.name, message, `its length of ${length} bytes is too small`);
    if (message.offset + length > source.sizeBytes) continue;
    const end = await source.read(message.offset + length - 4, 4);
    if (end.every((byte) => byte === 0x37)) return { ...message, length };
    if (length === announced) throw wrongMessage(source.name, message, "it does not end in 7777 where its length says");
  }
  const expectedBytes = message.offset + announced;
  throw new NereusError("file-truncated", { file: source.name, expectedBytes, actualBytes: source.sizeBytes });
}

/** Messages over 8 MB set the top bit and count in units of 120 bytes; the rest of the last unit is padding. */
function lengthsOfEdition1(announced: number): number[] {
  if (announced < 0x800000) return [announced];
  const most = (announced & 0x7fffff) * 120;
  return [...Array.from({ length: 120 }, (_, less) => most - less), announced];
}

function isStart(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === 0x47 && bytes[at + 1] === 0x52 && bytes[at + 2] === 0x49 && bytes[at + 3] === 0x42;
}
