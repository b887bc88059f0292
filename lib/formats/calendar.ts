/** A calendar turns a date into a count of days and back; the count has a zero of its own. */
export type Calendar = {
  toDays(year: number, month: number, day: number): number;
  fromDays(days: number): { readonly year: number; readonly month: number; readonly day: number };
};

/**
 * Calendars by their CF names. `standard` (also `gregorian`) is Julian before 1582-10-15 and Gregorian from then on.
 * Source: CF conventions 1.8, section 4.4.1; Julian day numbers by Richards (2013), Explanatory Supplement, 15.11.
 */
export const calendars: ReadonlyMap<string, Calendar> = new Map([
  ["standard", mixed()],
  ["gregorian", mixed()],
  ["proleptic_gregorian", continuous(true)],
  ["julian", withoutYearZero(continuous(false))],
  ["noleap", fixedYears([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])],
  ["365_day", fixedYears([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])],
  ["all_leap", fixedYears([31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])],
  ["366_day", fixedYears([31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])],
  ["360_day", fixedYears(Array.from({ length: 12 }, () => 30))],
]);

/** Julian day number of the first Gregorian day, 1582-10-15. */
const firstGregorianDay = 2299161;

function mixed(): Calendar {
  const [gregorian, julian] = [continuous(true), withoutYearZero(continuous(false))];
  return {
    toDays: (year, month, day) => {
      const days = gregorian.toDays(year, month, day);
      return days >= firstGregorianDay ? days : julian.toDays(year, month, day);
    },
    fromDays: (days) => (days >= firstGregorianDay ? gregorian : julian).fromDays(days),
  };
}

/** In the historical calendars the year 1 BC, written -1, comes right before 1; year 0, where a file names it, is taken as such. */
function withoutYearZero(calendar: Calendar): Calendar {
  return {
    toDays: (year, month, day) => calendar.toDays(year < 0 ? year + 1 : year, month, day),
    fromDays: calendar.fromDays,
  };
}

/** Julian day numbers, of the Gregorian or the Julian calendar extended to all times. */
function continuous(isGregorian: boolean): Calendar {
  return {
    toDays: (year, month, day) => {
      const a = Math.floor((14 - month) / 12);
      const y = year + 4800 - a;
      const m = month + 12 * a - 3;
      const days = day + Math.floor((153 * m + 2) / 5) + 365 * y + Math.floor(y / 4);
      return isGregorian ? days - Math.floor(y / 100) + Math.floor(y / 400) - 32045 : days - 32083;
    },
    fromDays: (days) => {
      const century = isGregorian ? Math.floor((4 * (days + 32044) + 3) / 146097) : 0;
      const c = isGregorian ? days + 32044 - Math.floor((146097 * century) / 4) : days + 32082;
      const d = Math.floor((4 * c + 3) / 1461);
      const e = c - Math.floor((1461 * d) / 4);
      const m = Math.floor((5 * e + 2) / 153);
      return {
        day: e - Math.floor((153 * m + 2) / 5) + 1,
        month: m + 3 - 12 * Math.floor(m / 10),
        year: 100 * century + d - 4800 + Math.floor(m / 10),
      };
    },
  };
}

function fixedYears(months: readonly number[]): Calendar {
  const starts = months.map((_, m) => months.slice(0, m).reduce((sum, length) => sum + length, 0));
  const yearDays = months.reduce((sum, length) => sum + length, 0);
  return {
    toDays: (year, month, day) => year * yearDays + (starts[month - 1] ?? 0) + day - 1,
    fromDays: (days) => {
      const year = Math.floor(days / yearDays);
      const rest = days - year * yearDays;
      const month = starts.findLastIndex((start) => start <= rest) + 1;
      return { year, month, day: rest - (starts[month - 1] ?? 0) + 1 };
    },
  };
}
