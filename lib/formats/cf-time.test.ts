import { expect, test } from "vitest";
import { isNereusError } from "@/lib/errors";
import { decodeTimes } from "@/lib/formats/cf-time";

const cases: [number, string, string | undefined, string][] = [
  [0, "seconds since 1968-05-23", undefined, "1968-05-23T00:00:00Z"],
  [737_000.5, "hours since 1900-01-01", undefined, "1984-01-29T08:30:00Z"],
  [720, "minutes since 2005-08-28 00:00:00", "standard", "2005-08-28T12:00:00Z"],
  [330, "Hour since 2017-05-21T00:00:00Z", undefined, "2017-06-03T18:00:00Z"],
  [738034.5, "days since 0001-1-1T00:00:0.0", "gregorian", "2021-08-31T12:00:00Z"],
  [738034.5, "days since 0001-1-1T00:00:0.0", "proleptic_gregorian", "2021-09-02T12:00:00Z"],
  [1, "days since 1582-10-04", "gregorian", "1582-10-15T00:00:00Z"],
  [1, "days since 1582-10-04", "proleptic_gregorian", "1582-10-05T00:00:00Z"],
  [1825, "days since 1673-01-01", "NOLEAP", "1678-01-01T00:00:00Z"],
  [2299, "days since 1900-1-1", "365_day", "1906-04-20T00:00:00Z"],
  [2299, "days since 1900-1-1", "360_day", "1906-05-20T00:00:00Z"],
  [59, "days since 2001-01-01", "360_day", "2001-02-30T00:00:00Z"],
  [59, "days since 2001-01-01", "all_leap", "2001-02-29T00:00:00Z"],
  [1, "days since 1964-03-12 12:09:00 -09:00", undefined, "1964-03-13T21:09:00Z"],
  [-1, "seconds since 2000-03-01", undefined, "2000-02-29T23:59:59Z"],
  [36, "Hours Since 2020-01-01", undefined, "2020-01-02T12:00:00Z"],
  [3.6e9, "microseconds since 2020-01-01", undefined, "2020-01-01T01:00:00Z"],
  [2, "months since 2001-01-01", "360_day", "2001-03-01T00:00:00Z"],
  [1, "common_years since 2000-01-01", "noleap", "2001-01-01T00:00:00Z"],
  [2_451_545, "days since -4713-01-01 12:00:00", "standard", "2000-01-01T12:00:00Z"],
  [1 / 3, "days since 2024-01-01 00:00 UTC", undefined, "2024-01-01T08:00:00Z"],
];

test.each(cases)("%d %s in %s is read", (value, units, calendar, wanted) => {
  expect(decodeTimes([value], { units, calendar, file: "a.nc" })).toEqual([wanted]);
});

test.each([
  ["second", undefined],
  [undefined, undefined],
  ["fortnights since 2000-01-01", undefined],
  ["months since 2000-01-01", "standard"],
  ["days since yesterday", undefined],
  ["seconds since 1-1-1970", undefined],
  ["days since 2024-1-1T00:00:00 U C", undefined],
  ["days since 2000-01-01", "martian"],
])("%s in %s is refused, naming the file", (units, calendar) => {
  const attempt = () => decodeTimes([0], { units, calendar, file: "a.nc" });
  expect(attempt).toThrow(
    expect.toSatisfy((error) => isNereusError(error, "time-undefined") && error.fields.file === "a.nc"),
  );
});
