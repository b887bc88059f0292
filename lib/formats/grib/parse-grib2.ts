import type { ByteSource } from "@/lib/formats/byte-source";
import type { GribMessage } from "@/lib/formats/grib/find-messages";
import type { ByteSpan, GribField } from "@/lib/formats/grib/grib-field";
import { readGrid2 } from "@/lib/formats/grib/grid-definition2";
import { type GribSection, readSection } from "@/lib/formats/grib/message-bytes";
import { readPacking2 } from "@/lib/formats/grib/packing2";
import { readProduct2 } from "@/lib/formats/grib/product2";
import { wrongMessage } from "@/lib/formats/grib/wrong-message";

/** Fields without their number in the file. */
export type UnnumberedField = Omit<GribField, "number">;

/**
 * The fields of one GRIB2 message. Sections 2 to 7 may repeat: each section 7 ends a field, which takes what was not
 * repeated from the field before it.
 * @throws format-invalid, file-truncated
 * Source: WMO Manual on Codes, FM 92 GRIB edition 2.
 */
export async function parseGrib2(source: ByteSource, message: GribMessage): Promise<UnnumberedField[]> {
  const head = await readSection(source, message, { offset: 0, length: 16 });
  const discipline = head.unsigned(7, 1);
  const fields: UnnumberedField[] = [];
  const state: State = { source, message, discipline, sections: new Map(), bitmap: null };
  for (let offset = 16; offset < message.length - 4; ) {
    const { length, number } = await readHeading(state, offset);
    if (number === 7) fields.push(makeField(state, { offset: offset + 5, length: length - 5 }));
    else await readOther(state, number, { offset, length });
    offset += length;
  }
  return fields;
}

type State = {
  readonly source: ByteSource;
  readonly message: GribMessage;
  readonly discipline: number;
  readonly sections: Map<number, GribSection>;
  bitmap: ByteSpan | null;
};

async function readHeading({ source, message }: State, offset: number): Promise<{ length: number; number: number }> {
  if (offset + 5 > message.length - 4) throw wrongMessage(source.name, message, `its section at byte ${offset} is cut`);
  const heading = await readSection(source, message, { offset, length: 5 });
  const [length, number] = [heading.unsigned(1, 4), heading.unsigned(5, 1)];
  if (length < 5 || offset + length > message.length - 4 || number < 1 || number > 7)
    throw wrongMessage(source.name, message, `its section ${number} at byte ${offset} claims ${length} bytes`);
  return { length, number };
}

async function readOther(state: State, number: number, span: ByteSpan): Promise<void> {
  // Section 2 is for local use; the bitmap of section 6 can be as large as the field and is read with it.
  if (number === 2) return;
  const { source, message } = state;
  if (number !== 6) {
    state.sections.set(number, await readSection(source, message, span));
    return;
  }
  const indicator = (await readSection(source, message, { offset: span.offset, length: 6 })).unsigned(6, 1);
  if (indicator === 0) state.bitmap = { offset: span.offset + 6, length: span.length - 6 };
  else if (indicator === 255) state.bitmap = null;
  else if (indicator !== 254)
    throw wrongMessage(
      source.name,
      message,
      `it refers to the predefined bitmap ${indicator}, which is not in the file`,
    );
}

function makeField(state: State, data: ByteSpan): UnnumberedField {
  const [identification, grid, product, representation] = [1, 3, 4, 5].map((number) => {
    const section = state.sections.get(number);
    if (section === undefined)
      throw wrongMessage(state.source.name, state.message, `it has data without a section ${number}`);
    return section;
  });
  if (identification === undefined || grid === undefined || product === undefined || representation === undefined)
    throw wrongMessage(state.source.name, state.message, "it has data without a description");
  const described = readProduct2(product, { identification, discipline: state.discipline });
  return {
    edition: 2,
    ...described,
    grid: readGrid2(grid),
    packing: readPacking2(representation, { points: grid.unsigned(7, 4), bitmap: state.bitmap, data }),
  };
}
