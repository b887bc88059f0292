import { NereusError } from "@/lib/errors";
import type { ByteSource } from "@/lib/formats/byte-source";
import type { ClassicHeader, ClassicVariable } from "@/lib/formats/classic/header";
import { HeaderContinues } from "@/lib/formats/classic/header-cursor";
import { parseHeader } from "@/lib/formats/classic/parse-header";
import { readSlab } from "@/lib/formats/classic/read-slab";
import type { Dataset, NumericArray } from "@/lib/formats/dataset";
import { resolveSlab } from "@/lib/formats/resolve-slab";

/** True when the bytes start a CDF-1, CDF-2 or CDF-5 file. */
export function isClassic(head: Uint8Array): boolean {
  return head[0] === 0x43 && head[1] === 0x44 && head[2] === 0x46 && [1, 2, 5].includes(head[3] ?? 0);
}

/**
 * Opens a classic NetCDF file (CDF-1, CDF-2, CDF-5) over any byte source; reads its header now and one hyperslab per
 * `readRaw`. Closing the data set closes the source.
 * @throws file-truncated when the file is shorter than its header says; format-invalid
 */
export async function openClassic(source: ByteSource): Promise<Dataset> {
  const header = await readHeader(source);
  const { format, dimensions, attributes } = header;
  return {
    name: source.name,
    format,
    dimensions,
    attributes,
    variables: new Map([...header.variables].map(([name, { variable }]) => [name, variable])),
    readRaw: (name, start, count) => readVariable(source, header, { name, start, count }),
    close: () => source.close(),
  };
}

const firstReadBytes = 64 * 1024;

async function readHeader(source: ByteSource): Promise<ClassicHeader> {
  for (let length = firstReadBytes; ; length *= 4) {
    try {
      const bytes = await source.read(0, Math.min(length, source.sizeBytes));
      return parseHeader(source.name, bytes, source.sizeBytes);
    } catch (error) {
      // The cursor raises file-truncated where the whole file is too short, so this ends.
      if (!(error instanceof HeaderContinues)) throw error;
    }
  }
}

async function readVariable(
  source: ByteSource,
  header: ClassicHeader,
  wanted: { name: string; start: readonly number[] | undefined; count: readonly number[] | undefined },
): Promise<NumericArray> {
  const found: ClassicVariable | undefined = header.variables.get(wanted.name);
  if (found === undefined)
    throw new NereusError("variable-missing", {
      file: source.name,
      variable: wanted.name,
      present: [...header.variables.keys()].join(", "),
    });
  return readSlab(source, found, resolveSlab(source.name, found.variable, wanted));
}
