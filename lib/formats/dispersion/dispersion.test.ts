import { expect, test } from "vitest";
import { calpuffOrder, openCalpuff } from "@/lib/formats/dispersion/open-calpuff";
import { isCdump, openCdump } from "@/lib/formats/dispersion/open-cdump";
import { openGeoDat } from "@/lib/formats/dispersion/open-geo-dat";
import { memoryByteSource } from "@/lib/formats/memory-byte-source";
import { fortranRecords, type RecordField } from "@/test/fixtures/fortran-records";

const ints = (...values: number[]): RecordField[] => values.map((int) => ({ int }));
const floats = (...values: number[]): RecordField[] => values.map((float) => ({ float }));
const text = (value: string, length: number): RecordField => ({ text: value, length });

/** A CALPUFF file of one period on 3 x 2 cells, one species. */
function calpuff(timeZone: RecordField[], data: RecordField[][]): Uint8Array {
  const sampling = ints(1, 1, 3, 2, 1);
  const header = [text("CALPUFF", 12), text("6.4", 12), text("101025", 12), ...ints(2024, 180, 11, 0), ...timeZone];
  const grid = [...ints(1, 1, 3600, 10, 10), ...floats(0.2, 0.2), ...ints(1), ...floats(430, 4500)];
  return fortranRecords([
    [text("CONC.DAT", 16), text("2.1", 16), text("", 64)],
    ints(0),
    [...header, ...grid, ...ints(0, 1, 10, 1, 10), ...sampling],
    [text("SO2           1", 15)],
    ints(2024, 180, 11, 0, 2024, 180, 12, 0),
    [...ints(0, 1), text("TOTAL", 16), ...floats(1, 2)],
    ...data,
  ]);
}

const label = text("SO2           1", 15);

test("a CALPUFF field is named by species, source and begin, its time the end of the period", async () => {
  const bytes = calpuff(floats(0), [[label, ...floats(1, 2, 3, 4, 5, 6)]]);
  expect(calpuffOrder(bytes)).toBe("big");
  const dataset = await openCalpuff(memoryByteSource("a.con", bytes), "big");
  expect(dataset.timesUtc).toEqual(["2024-06-28T12:00:00Z"]);
  expect([...(await dataset.readRaw("SO2 1|TOTAL|2024-06-28T11:00:00"))]).toEqual([1, 2, 3, 4, 5, 6]);
});

test("runs of zeros of a compressed field are spread out", async () => {
  const bytes = calpuff(floats(0), [ints(3), [label, ...floats(-2, 7, -3)]]);
  const dataset = await openCalpuff(memoryByteSource("a.con", bytes), "big");
  const [name = ""] = dataset.variables.keys();
  expect([...(await dataset.readRaw(name))]).toEqual([0, 0, 7, 0, 0, 0]);
});

test.each([
  ["hours west of Greenwich", floats(5), "2024-06-28T17:00:00Z"],
  ["an offset from UTC", [text("UTC+0100", 8)], "2024-06-28T11:00:00Z"],
])("times of a zone written as %s come in UTC", async (_, timeZone, wanted) => {
  const bytes = calpuff(timeZone, [[label, ...floats(1, 2, 3, 4, 5, 6)]]);
  expect((await openCalpuff(memoryByteSource("a.con", bytes), "big")).timesUtc).toEqual([wanted]);
});

test("a compressed field that does not fill its cells is refused by its byte", async () => {
  const bytes = calpuff(floats(0), [ints(2), [label, ...floats(-2, 7)]]);
  const dataset = await openCalpuff(memoryByteSource("a.con", bytes), "big");
  const [name = ""] = dataset.variables.keys();
  await expect(dataset.readRaw(name)).rejects.toMatchObject({ code: "format-invalid" });
});

/** A HYSPLIT file of one sample on 3 x 2 cells. */
const cdump = (...cells: RecordField[]) =>
  fortranRecords([
    [text("GFSG", 4), ...ints(16, 1, 7, 12, 0, 1, 1)],
    [...ints(16, 1, 7, 12), ...floats(45, -66, 10), ...ints(0)],
    [...ints(2, 3), ...floats(0.5, 0.5, 40, 10)],
    ints(1, 500),
    [...ints(1), text("C137", 4)],
    ints(16, 1, 7, 12, 0, 0),
    ints(16, 1, 7, 18, 0, 0),
    [text("C137", 4), ...ints(500), ...cells],
  ]);

test("cells that a cdump leaves out hold 0", async () => {
  const bytes = cdump({ int: 1 }, { short: 2 }, { short: 1 }, { float: 0.5 });
  expect(isCdump(bytes)).toBe(true);
  const dataset = await openCdump(memoryByteSource("cdump", bytes));
  expect(dataset.timesUtc).toEqual(["2016-01-07T18:00:00Z"]);
  expect([...(await dataset.readRaw("C137|500|2016-01-07T12:00:00"))]).toEqual([0, 0.5, 0, 0, 0, 0]);
});

test("a cdump that is cut or points outside its grid is refused", async () => {
  const whole = cdump({ int: 1 }, { short: 9 }, { short: 1 }, { float: 0.5 });
  const dataset = await openCdump(memoryByteSource("cdump", whole));
  await expect(dataset.readRaw("C137|500|2016-01-07T12:00:00")).rejects.toMatchObject({ code: "format-invalid" });
  await expect(openCdump(memoryByteSource("cdump", whole.subarray(0, 200)))).rejects.toMatchObject({
    code: "file-truncated",
  });
});

test("GEO.DAT holds land use and terrain, rows as written", async () => {
  const lines = ["GEO.DAT  2.0", "1", "made by hand", "UTM", "33N", "WGS-84", "2 2 430.5 4500 0.2 0.2", "KM M"];
  const blocks = ["0 - LAND USE", "10, 20,", "20, 10", "1.0 - TERRAIN", "1.5 2", "3 4"];
  const source = memoryByteSource("geo.dat", new TextEncoder().encode([...lines, ...blocks].join("\n")));
  const dataset = await openGeoDat(source);
  expect([...(await dataset.readRaw("land_use"))]).toEqual([10, 20, 20, 10]);
  expect([...(await dataset.readRaw("terrain"))]).toEqual([1.5, 2, 3, 4]);
});
