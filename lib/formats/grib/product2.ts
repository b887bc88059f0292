import { addUnits, dateMs, isoUtc } from "@/lib/formats/grib/date";
import type { GribField } from "@/lib/formats/grib/grib-field";
import { levelKind } from "@/lib/formats/grib/level-kinds";
import type { GribSection } from "@/lib/formats/grib/message-bytes";
import { parameter2 } from "@/lib/formats/grib/parameter-names";
import { wrongMessage } from "@/lib/formats/grib/wrong-message";

type Product = Pick<GribField, "parameter" | "level" | "referenceUtc" | "validUtc" | "stepHours">;

/** Octet (from 1) at which the end of the overall time interval starts, by product template. */
const intervalEnds: ReadonlyMap<number, number> = new Map([
  [8, 35],
  [9, 48],
  [10, 36],
  [11, 38],
  [12, 37],
  [13, 69],
  [14, 65],
  [42, 37],
  [43, 40],
  [46, 48],
  [47, 51],
  [61, 45],
  [67, 44],
  [68, 47],
]);

/** Templates whose time and level stand two or more octets later: aerosol and chemical constituents. */
const shifts: ReadonlyMap<number, number> = new Map([
  [40, 2],
  [41, 2],
  [42, 2],
  [43, 2],
  [44, 11],
  [45, 11],
  [46, 11],
  [47, 11],
  [48, 24],
  [49, 24],
]);

/** Parameter, level and times of section 4. @throws format-invalid for a date or a unit of time that is none */
export function readProduct2(
  section: GribSection,
  from: { readonly identification: GribSection; readonly discipline: number },
): Product {
  const template = section.unsigned(8, 2);
  const shift = shifts.get(template) ?? 0;
  const reference = referenceMs(from.identification);
  const valid = validMs(section, { template, shift, reference });
  const levelCode = section.unsigned(23 + shift, 1);
  return {
    parameter: parameter2(from.discipline, section.unsigned(10, 1), section.unsigned(11, 1)),
    level: { kind: levelKind(levelCode), value: levelValue(section, 24 + shift) },
    referenceUtc: isoUtc(reference),
    validUtc: isoUtc(valid),
    stepHours: (valid - reference) / 3_600_000,
  };
}

function referenceMs(section: GribSection): number {
  return dateMs(section, [section.unsigned(13, 2), ...[15, 16, 17, 18, 19].map((octet) => section.unsigned(octet, 1))]);
}

/** The end of the interval where a field is a sum or a mean; else reference time plus forecast time. */
function validMs(section: GribSection, at: { template: number; shift: number; reference: number }): number {
  const end = intervalEnds.get(at.template);
  const year = end === undefined ? 0 : section.unsigned(end, 2);
  if (end !== undefined && year > 0)
    return dateMs(section, [year, ...[2, 3, 4, 5, 6].map((more) => section.unsigned(end + more, 1))]);
  const code = section.unsigned(18 + at.shift, 1);
  const valid = addUnits(at.reference, section.signed(19 + at.shift, 4), { code, edition: 2 });
  if (valid === null) throw wrongMessage(section.file, section.message, `its unit of time ${code} is none`);
  return valid;
}

function levelValue(section: GribSection, octet: number): number {
  const scale = section.unsigned(octet, 1);
  const value = section.unsigned(octet + 1, 4);
  if (value === 0xffffffff) return 0;
  const factor = section.signed(octet, 1);
  const scaled = section.signed(octet + 1, 4);
  return scale === 255 ? scaled : Number((scaled / 10 ** factor).toPrecision(9));
}
