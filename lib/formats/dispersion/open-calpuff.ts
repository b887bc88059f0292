import { NereusError } from "@/lib/errors";
import type { ByteSource } from "@/lib/formats/byte-source";
import type { Dataset } from "@/lib/formats/dataset";
import { type CalpuffHeader, readCalpuffHeader } from "@/lib/formats/dispersion/calpuff-header";
import { type PlumeField, plumeDataset } from "@/lib/formats/dispersion/plume-dataset";
import { type FortranRecord, listRecords, RecordFields, RecordTooShort } from "@/lib/formats/fortran/records";

/** Kinds of files by the name in their first record. */
const units: ReadonlyMap<string, string> = new Map([
  ["CONC.DAT", "g m-3"],
  ["DFLX.DAT", "g m-2 s-1"],
  ["WFLX.DAT", "g m-2 s-1"],
]);

/** Byte order of a CALPUFF output file (CONC.DAT, DFLX.DAT, WFLX.DAT); null when the bytes start none. */
export function calpuffOrder(head: Uint8Array): "little" | "big" | null {
  if (!units.has(String.fromCharCode(...head.subarray(4, 12)))) return null;
  const [first, , , fourth] = head;
  if (first === 96) return "little";
  return fourth === 96 ? "big" : null;
}

/**
 * Opens an output file of CALPUFF (data set version 2). Each field is a variable
 * `species level|source group|begin of the averaging period`, rows from the south; discrete receptors are a field of
 * their own, ` receptors` added. Times are the ends of the periods.
 * @throws file-truncated where a record is not closed; format-invalid
 * Source: CALPUFF 6 and 7, subroutines wrout and comprs (the writing side).
 */
export async function openCalpuff(source: ByteSource, order: "little" | "big"): Promise<Dataset> {
  const isLittleEndian = order === "little";
  const records = await listRecords(source, isLittleEndian);
  try {
    const header = await readCalpuffHeader(source, records, isLittleEndian);
    const { fields, timesUtc } = await readPeriods({ source, records, isLittleEndian, header });
    const { nX, nY, originKm, cellKm, model, timeZoneHours } = header;
    return plumeDataset(source, {
      format: "calpuff",
      dimensions: { x: nX, y: nY },
      attributes: {
        source: model,
        x_origin_km: Float64Array.of(originKm[0]),
        y_origin_km: Float64Array.of(originKm[1]),
        cell_km: Float64Array.from(cellKm),
        time_zone_hours: Float64Array.of(timeZoneHours),
      },
      timesUtc,
      fields,
    });
  } catch (error) {
    if (!(error instanceof RecordTooShort)) throw error;
    throw new NereusError("format-invalid", {
      file: source.name,
      place: "its header",
      problem: "one of its records is shorter than its fields",
    });
  }
}

type Opened = {
  readonly source: ByteSource;
  readonly records: readonly FortranRecord[];
  readonly isLittleEndian: boolean;
  readonly header: CalpuffHeader;
};

/** Characters of the name of a field: species and level. */
const nameBytes = 15;

type Period = { readonly begin: string; readonly end: string };

async function readPeriods(opened: Opened): Promise<{ fields: PlumeField[]; timesUtc: string[] }> {
  const { source, records, header } = opened;
  const fields = new Map<string, PlumeField>();
  const ends = new Set<string>();
  let [period, group]: [Period | null, string] = [null, ""];
  for (let at = header.firstPeriod; at < records.length; at += 1) {
    const record = records[at];
    // The count before each compressed field says what the length of the field's record says.
    if (record === undefined || record.length === 4) continue;
    const head = await fieldsOf(opened, record, Math.min(record.length, 32));
    if (record.length === 32 && isPeriod(head)) {
      period = readPeriod(await fieldsOf(opened, record, 32), header);
      ends.add(period.end);
      const next = records[at + 1];
      group = next === undefined ? "" : await readGroup(opened, next);
      at += 1;
    } else if (period !== null && record.length >= nameBytes) {
      const field = toField(opened, record, { label: head, period, group });
      fields.set(field.name, field);
    }
  }
  if (fields.size === 0)
    throw new NereusError("format-invalid", { file: source.name, place: "its records", problem: "it holds no period" });
  return { fields: [...fields.values()], timesUtc: [...ends] };
}

async function fieldsOf({ source, isLittleEndian }: Opened, record: FortranRecord, length: number) {
  return new RecordFields(await source.read(record.offset, length), isLittleEndian);
}

/** Two dates as year, day of the year, hour, second. */
function isPeriod(fields: RecordFields): boolean {
  const numbers = Array.from({ length: 8 }, () => fields.int32());
  return [0, 4].every((at) => {
    const [year = 0, day = 0, hour = -1, second = -1] = numbers.slice(at, at + 4);
    return (
      year > 1800 && year < 2500 && day >= 1 && day <= 366 && hour >= 0 && hour <= 24 && second >= 0 && second <= 3600
    );
  });
}

function readPeriod(fields: RecordFields, { timeZoneHours }: CalpuffHeader): Period {
  const time = () => {
    const [year, day, hour, second] = [fields.int32(), fields.int32(), fields.int32(), fields.int32()];
    const ms = Date.UTC(year, 0, day, hour, 0, second) + timeZoneHours * 3_600_000;
    return new Date(ms).toISOString().replace(/\.\d+Z$/, "Z");
  };
  return { begin: time(), end: time() };
}

async function readGroup(opened: Opened, record: FortranRecord): Promise<string> {
  const fields = await fieldsOf(opened, record, record.length);
  fields.skip(8);
  return fields.text(16);
}

function toField(
  opened: Opened,
  record: FortranRecord,
  about: { label: RecordFields; period: Period; group: string },
): PlumeField {
  const { source, isLittleEndian, header } = opened;
  const { nX, nY } = header;
  const label = new RecordFields(about.label.bytes, isLittleEndian).text(nameBytes).replace(/\s+/g, " ");
  const words = (record.length - nameBytes) / 4;
  const isCompressed = header.isCompressed;
  const isGrid = isCompressed || words === nX * nY;
  const shape = isGrid ? [nY, nX] : [Math.floor(words)];
  return {
    name: `${label}${isGrid ? "" : " receptors"}|${about.group}|${about.period.begin.slice(0, 19)}`,
    dimensions: isGrid ? ["y", "x"] : ["receptor"],
    shape,
    attributes: {
      ...(units.get(header.kind) === undefined ? {} : { units: units.get(header.kind) ?? "" }),
      source_group: about.group,
      period_begin: about.period.begin,
      period_end: about.period.end,
    },
    read: async () => {
      const bytes = await source.read(record.offset + nameBytes, record.length - nameBytes);
      const values = floats(bytes, isLittleEndian);
      if (!isCompressed) return values;
      return expand(
        values,
        nX * nY,
        () =>
          new NereusError("format-invalid", {
            file: source.name,
            place: `${label} at byte ${record.offset}`,
            problem: `its compressed values do not fill ${nX} x ${nY} cells`,
          }),
      );
    },
  };
}

function floats(bytes: Uint8Array, isLittleEndian: boolean): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return Float32Array.from({ length: Math.floor(bytes.length / 4) }, (_, i) => view.getFloat32(4 * i, isLittleEndian));
}

/** Compressed fields write a run of n zeros as -n. */
function expand(values: Float32Array, cells: number, refuse: () => NereusError): Float32Array {
  const out = new Float32Array(cells);
  let at = 0;
  for (const value of values) {
    if (value > 0) out[at] = value;
    at += value > 0 ? 1 : Math.round(-value);
    if (!(at <= cells)) throw refuse();
  }
  if (at !== cells) throw refuse();
  return out;
}
