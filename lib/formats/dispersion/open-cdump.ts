import { NereusError } from "@/lib/errors";
import type { ByteSource } from "@/lib/formats/byte-source";
import type { Dataset } from "@/lib/formats/dataset";
import { type PlumeField, plumeDataset } from "@/lib/formats/dispersion/plume-dataset";
import { type FortranRecord, listRecords, RecordFields, RecordTooShort } from "@/lib/formats/fortran/records";

/** True when the bytes start a HYSPLIT concentration file: a record of 32 bytes with a plausible date. */
export function isCdump(head: Uint8Array): boolean {
  if (head.length < 40) return false;
  const view = new DataView(head.buffer, head.byteOffset, head.length);
  if (view.getUint32(0) !== 32 || view.getUint32(36) !== 32) return false;
  const [, month, day, hour] = [8, 12, 16, 20].map((at) => view.getInt32(at));
  const isDate = inside(month, 0, 12) && inside(day, 0, 31) && inside(hour, 0, 24);
  return isDate && inside(view.getInt32(28), 1, 100_000) && inside(view.getInt32(32), 0, 1);
}

function inside(value: number | undefined, lowest: number, highest: number): boolean {
  return value !== undefined && value >= lowest && value <= highest;
}

/**
 * Opens a concentration file of HYSPLIT (`cdump`). Each field is a variable `pollutant|level m|begin of the sampling`,
 * rows from the south, columns from the west; cells that the file leaves out hold 0. Times are the ends of sampling.
 * @throws file-truncated, format-invalid
 * Source: HYSPLIT User's Guide, section "Concentration file format" (S363).
 */
export async function openCdump(source: ByteSource): Promise<Dataset> {
  const records = await listRecords(source, false);
  try {
    const header = await readHeader(source, records);
    const { fields, timesUtc } = await readSamples(source, records, header);
    return plumeDataset(source, {
      format: "hysplit",
      dimensions: { lat: header.nY, lon: header.nX },
      attributes: {
        source: `HYSPLIT with ${header.meteorology}`,
        lat0: Float64Array.of(header.lat0),
        lon0: Float64Array.of(header.lon0),
        dlat: Float64Array.of(header.dLat),
        dlon: Float64Array.of(header.dLon),
      },
      timesUtc,
      fields,
    });
  } catch (error) {
    if (!(error instanceof RecordTooShort)) throw error;
    const problem = "one of its records is shorter than its fields";
    throw new NereusError("format-invalid", { file: source.name, place: "its records", problem });
  }
}

type Header = {
  readonly meteorology: string;
  readonly isPacked: boolean;
  readonly nX: number;
  readonly nY: number;
  /** Centre of the south-western cell, degrees. */
  readonly lat0: number;
  readonly lon0: number;
  readonly dLat: number;
  readonly dLon: number;
  readonly fieldsPerSample: number;
  readonly firstSample: number;
};

async function readHeader(source: ByteSource, records: readonly FortranRecord[]): Promise<Header> {
  const start = await open(source, records[0]);
  const meteorology = start.text(4);
  start.skip(20);
  const [sites, packing] = [start.int32(), start.int32()];
  const grid = await open(source, records[1 + sites]);
  const [nY, nX] = [grid.int32(), grid.int32()];
  const [dLat, dLon, lat0, lon0] = [grid.float32(), grid.float32(), grid.float32(), grid.float32()];
  const levels = (await open(source, records[2 + sites])).int32();
  const pollutants = (await open(source, records[3 + sites])).int32();
  const isSane =
    inside(nX, 1, 20_000) && inside(nY, 1, 20_000) && inside(levels, 1, 1000) && inside(pollutants, 1, 1000);
  if (!isSane || nX * nY > 50_000_000)
    throw new NereusError("format-invalid", {
      file: source.name,
      place: `its grid record at byte ${records[1 + sites]?.offset ?? 0}`,
      problem: `a grid of ${nX} x ${nY} with ${levels} levels of ${pollutants} pollutants is not plausible`,
    });
  const fieldsPerSample = levels * pollutants;
  return {
    meteorology,
    isPacked: packing === 1,
    nX,
    nY,
    lat0,
    lon0,
    dLat,
    dLon,
    fieldsPerSample,
    firstSample: 4 + sites,
  };
}

async function open(source: ByteSource, record: FortranRecord | undefined): Promise<RecordFields> {
  if (record === undefined) throw new RecordTooShort();
  return new RecordFields(await source.read(record.offset, record.length), false);
}

async function readSamples(
  source: ByteSource,
  records: readonly FortranRecord[],
  header: Header,
): Promise<{ fields: PlumeField[]; timesUtc: string[] }> {
  const fields: PlumeField[] = [];
  const ends = new Set<string>();
  for (let at = header.firstSample; at < records.length; at += 2 + header.fieldsPerSample) {
    const [begin, end] = [readTime(await open(source, records[at])), readTime(await open(source, records[at + 1]))];
    ends.add(end);
    for (let i = 0; i < header.fieldsPerSample; i += 1) {
      const record = records[at + 2 + i];
      if (record === undefined) throw new RecordTooShort();
      fields.push(toField(source, { record, header, begin, end }, await peek(source, record)));
    }
  }
  return { fields, timesUtc: [...ends] };
}

/** Years of two digits are those from 1940 on, as HYSPLIT takes them. */
function readTime(fields: RecordFields): string {
  const [year, month, day, hour, minute] = Array.from({ length: 5 }, () => fields.int32());
  const fullYear = (year ?? 0) < 40 ? 2000 + (year ?? 0) : (year ?? 0) < 100 ? 1900 + (year ?? 0) : (year ?? 0);
  const date = new Date(Date.UTC(fullYear, (month ?? 1) - 1, day, hour, minute));
  if (Number.isNaN(date.getTime())) throw new RecordTooShort();
  return date.toISOString().replace(/\.\d+Z$/, "Z");
}

async function peek(source: ByteSource, record: FortranRecord): Promise<{ pollutant: string; level: number }> {
  if (record.length < 8) throw new RecordTooShort();
  const fields = new RecordFields(await source.read(record.offset, 8), false);
  return { pollutant: fields.text(4), level: fields.int32() };
}

function toField(
  source: ByteSource,
  from: { record: FortranRecord; header: Header; begin: string; end: string },
  { pollutant, level }: { pollutant: string; level: number },
): PlumeField {
  const { record, header, begin, end } = from;
  return {
    name: `${pollutant}|${level}|${begin.slice(0, 19)}`,
    dimensions: ["lat", "lon"],
    shape: [header.nY, header.nX],
    attributes: { level_top_m: Float64Array.of(level), period_begin: begin, period_end: end },
    read: async () => {
      try {
        return readField(await open(source, record), header);
      } catch (error) {
        if (!(error instanceof RecordTooShort)) throw error;
        const problem = "it has fewer values than it says";
        throw new NereusError("format-invalid", {
          file: source.name,
          place: `its field at byte ${record.offset}`,
          problem,
        });
      }
    },
  };
}

/** Packed fields list the cells above 0: column and row from 1, value. */
function readField(fields: RecordFields, { isPacked, nX, nY }: Header): Float32Array {
  fields.skip(8);
  const out = new Float32Array(nX * nY);
  if (!isPacked) {
    for (let cell = 0; cell < out.length; cell += 1) out[cell] = fields.float32();
    return out;
  }
  for (let left = fields.int32(); left > 0; left -= 1) {
    const [column, row, value] = [fields.int16(), fields.int16(), fields.float32()];
    if (!inside(column, 1, nX) || !inside(row, 1, nY)) throw new RecordTooShort();
    out[(row - 1) * nX + column - 1] = value;
  }
  return out;
}
