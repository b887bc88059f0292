import { NereusError } from "@/lib/errors";
import type { ByteSource } from "@/lib/formats/byte-source";
import { type FortranRecord, RecordFields, RecordTooShort } from "@/lib/formats/fortran/records";

/** What the first records of a CALPUFF output file say. */
export type CalpuffHeader = {
  /** `CONC.DAT`, `DFLX.DAT`, `WFLX.DAT`. */
  readonly kind: string;
  readonly model: string;
  /** Added to the times of the file it gives UTC. */
  readonly timeZoneHours: number;
  /** Cells of the sampling grid. */
  readonly nX: number;
  readonly nY: number;
  /** South-western corner of the meteorological grid and size of its cells, in the projection of the run. */
  readonly originKm: readonly [number, number];
  readonly cellKm: readonly [number, number];
  /** Runs of zeros are written as one negative number. */
  readonly isCompressed: boolean;
  /** Index of the first record of the first averaging period. */
  readonly firstPeriod: number;
};

/**
 * Reads the header. Version 7 of the model writes its time zone as eight characters (`UTC+0100`), version 6 as a
 * number of hours west of Greenwich.
 * @throws format-invalid; RecordTooShort
 */
export async function readCalpuffHeader(
  source: ByteSource,
  records: readonly FortranRecord[],
  isLittleEndian: boolean,
): Promise<CalpuffHeader> {
  const open = async (index: number) => {
    const record = records[index];
    if (record === undefined) throw new RecordTooShort();
    return new RecordFields(await source.read(record.offset, Math.min(record.length, 4096)), isLittleEndian);
  };
  const kind = (await open(0)).text(16);
  const comments = (await open(1)).int32();
  const fields = await open(2 + comments);
  const model = [fields.text(12), fields.text(12), fields.text(12)].join(" ").trim();
  fields.skip(16);
  const timeZoneHours = readTimeZone(fields);
  fields.skip(12);
  const cells = [fields.int32(), fields.int32()];
  const cellKm = [fields.float32(), fields.float32()] as const;
  fields.skip(4);
  const originKm = [fields.float32(), fields.float32()] as const;
  fields.skip(20);
  const [firstX, firstY, lastX, lastY, mesh] = Array.from({ length: 5 }, () => fields.int32());
  const nX = ((lastX ?? 0) - (firstX ?? 0)) * (mesh ?? 1) + 1;
  const nY = ((lastY ?? 0) - (firstY ?? 0)) * (mesh ?? 1) + 1;
  const isSane = [...cells, nX, nY].every((length) => length >= 1 && length <= 10_000);
  if (!isSane)
    throw new NereusError("format-invalid", {
      file: source.name,
      place: `its header record ${3 + comments}`,
      problem: `its sampling grid would be ${nX} x ${nY}`,
    });
  const firstPeriod = await findFirstPeriod(source, records, { from: 3 + comments, isLittleEndian });
  // Periods are two records; in a compressed file a count stands before the first field.
  const isCompressed = records[firstPeriod + 2]?.length === 4;
  return { kind, model, timeZoneHours, nX, nY, originKm, cellKm, isCompressed, firstPeriod };
}

function readTimeZone(fields: RecordFields): number {
  const hoursWest = fields.float32();
  if (Math.abs(hoursWest) <= 14) return hoursWest;
  // `UTC+0100`: the first half was taken for a number.
  const text = fields.text(4);
  const match = /^\+?(-?\d\d)(\d\d)$/.exec(text);
  return match === null ? 0 : -(Number(match[1]) + Math.sign(Number(match[1])) * (Number(match[2]) / 60));
}

async function findFirstPeriod(
  source: ByteSource,
  records: readonly FortranRecord[],
  at: { from: number; isLittleEndian: boolean },
): Promise<number> {
  for (let index = at.from; index < records.length; index += 1) {
    const record = records[index];
    if (record === undefined || record.length !== 32) continue;
    const fields = new RecordFields(await source.read(record.offset, 32), at.isLittleEndian);
    const [year, day] = [fields.int32(), fields.int32()];
    if (year > 1800 && year < 2500 && day >= 1 && day <= 366) return index;
  }
  throw new NereusError("format-invalid", {
    file: source.name,
    place: "its records",
    problem: "it holds no averaging period",
  });
}
