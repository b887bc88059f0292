import type { ByteSource } from "@/lib/formats/byte-source";
import { addUnits, dateMs, isoUtc } from "@/lib/formats/grib/date";
import type { GribMessage } from "@/lib/formats/grib/find-messages";
import type { ByteSpan, GribField } from "@/lib/formats/grib/grib-field";
import { readGrid1 } from "@/lib/formats/grib/grid-definition1";
import { levelKind1 } from "@/lib/formats/grib/level-kinds";
import { type GribSection, readSection } from "@/lib/formats/grib/message-bytes";
import { readPacking1 } from "@/lib/formats/grib/packing1";
import { parameter1 } from "@/lib/formats/grib/parameter-names";
import type { UnnumberedField } from "@/lib/formats/grib/parse-grib2";
import { wrongMessage } from "@/lib/formats/grib/wrong-message";

/**
 * The field of one GRIB1 message.
 * @throws format-invalid, file-truncated; unsupported-feature for a predefined grid or bitmap
 * Source: WMO Manual on Codes, FM 92 GRIB edition 1.
 */
export async function parseGrib1(source: ByteSource, message: GribMessage): Promise<UnnumberedField> {
  const product = await readAt(source, message, 8);
  const flags = product.unsigned(8, 1);
  let offset = 8 + product.length;
  const grid = (flags & 0x80) === 0 ? null : await readAt(source, message, offset);
  offset += grid?.length ?? 0;
  const bitmap = (flags & 0x40) === 0 ? null : await readSpan(source, message, offset);
  offset += bitmap?.length ?? 0;
  const data = await readDataSpan(source, message, offset);
  if (grid === null)
    throw wrongMessage(source.name, message, `it names the predefined grid ${product.unsigned(7, 1)} and defines none`);
  const definition = readGrid1(grid);
  const head = await readSection(source, message, { offset: data.offset, length: Math.min(data.length, 32) });
  const { packing, isTurned } = readPacking1(head, {
    ...{ product, grid: definition, data },
    bitmap: await readBitmap(source, message, bitmap),
  });
  return {
    edition: 1,
    ...readProduct(product),
    grid: isTurned ? { ...definition, scanning: { ...definition.scanning, isAlternating: true } } : definition,
    packing,
  };
}

/** Sections of edition 1 start with their length in three octets. */
async function readSpan(source: ByteSource, message: GribMessage, offset: number): Promise<ByteSpan> {
  const heading = await readSection(source, message, { offset, length: 3 });
  return { offset, length: heading.unsigned(1, 3) };
}

/**
 * Section 4 of a message over 8 MB keeps in its length what the length of the message, in units of 120 bytes, has too much;
 * it ends where the message does.
 */
async function readDataSpan(source: ByteSource, message: GribMessage, offset: number): Promise<ByteSpan> {
  const span = await readSpan(source, message, offset);
  const isLarge = message.length >= 0x800000 && span.length < 120;
  return isLarge ? { offset, length: message.length - offset - 4 } : span;
}

async function readAt(source: ByteSource, message: GribMessage, offset: number): Promise<GribSection> {
  return readSection(source, message, await readSpan(source, message, offset));
}

function readProduct(
  section: GribSection,
): Pick<GribField, "parameter" | "level" | "referenceUtc" | "validUtc" | "stepHours"> {
  const octet = (number: number) => section.unsigned(number, 1);
  // Year of the century 100 is the last of its century.
  const year = (octet(25) - 1) * 100 + octet(13);
  const reference = dateMs(section, [year, octet(14), octet(15), octet(16), octet(17), 0]);
  const [unit, range] = [octet(18), octet(21)];
  const periods = range === 10 ? section.unsigned(19, 2) : range >= 2 && range <= 5 ? octet(20) : octet(19);
  const valid = addUnits(reference, range === 1 ? 0 : periods, { code: unit, edition: 1 });
  if (valid === null) throw wrongMessage(section.file, section.message, `its unit of time ${unit} is none`);
  // Layers keep top and bottom in one octet each.
  const isLayer = [101, 104, 106, 108, 110, 112, 114, 116, 120, 121, 128, 141].includes(octet(10));
  return {
    parameter: parameter1(octet(4), octet(9)),
    level: { kind: levelKind1(octet(10)), value: isLayer ? octet(11) : section.unsigned(11, 2) },
    referenceUtc: isoUtc(reference),
    validUtc: isoUtc(valid),
    stepHours: (valid - reference) / 3_600_000,
  };
}

async function readBitmap(source: ByteSource, message: GribMessage, span: ByteSpan | null): Promise<ByteSpan | null> {
  if (span === null) return null;
  const predefined = (await readSection(source, message, { offset: span.offset, length: 6 })).unsigned(5, 2);
  if (predefined !== 0)
    throw wrongMessage(
      source.name,
      message,
      `it refers to the predefined bitmap ${predefined}, which is not in the file`,
    );
  return { offset: span.offset + 6, length: span.length - 6 };
}
