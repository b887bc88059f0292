import { expect, test } from "vitest";
import { openGrib } from "@/lib/formats/grib/open-grib";
import { memoryByteSource } from "@/lib/formats/memory-byte-source";
import { u16 } from "@/test/fixtures/a-grib-message";
import { aGrib1Message, octets } from "@/test/fixtures/a-grib1-message";

// The messages below were read by ecCodes 2.28.0 (grib_get_data), which gave the values that the tests want.

async function valuesOf(message: Omit<Parameters<typeof aGrib1Message>[0], "nColumns" | "nRows" | "flags">) {
  const bytes = aGrib1Message({ nColumns: 4, nRows: 3, flags: 0x50, ...message });
  const dataset = await openGrib(memoryByteSource("a.grib", bytes), () => Promise.reject());
  const [name = ""] = dataset.variables.keys();
  return [...(await dataset.readRaw(name))];
}

/** Octets 11 to 21, and what follows. */
function packed(extended: number, of: { firstOctet: number; secondOctet: number; groups: number; points?: number }) {
  const { firstOctet, secondOctet, groups, points } = of;
  return [5, ...u16(firstOctet), extended, ...u16(secondOctet), ...u16(groups), ...u16(points ?? 12), 0];
}

const missing = Number.NaN;

test("row by row: each row has a width of its own", async () => {
  // Widths 2, 0 and 3; first-order values 7, 20 and 31 of 5 bits.
  const lists = [2, 0, 3, ...octets("00111 10100 11111"), ...octets("00 01 10 11" + "000 111 010 100")];
  const sections = packed(0x10, { firstOctet: 25, secondOctet: 27, groups: 3 });
  expect(await valuesOf({ packed: [...sections, ...lists] })).toEqual([7, 8, 9, 10, 20, 20, 20, 20, 31, 38, 33, 35]);
  const bitmap = octets("1011 0110 1001");
  const fewer = [2, 0, 3, ...octets("00111 10100 11111"), ...octets("00 10 11" + "000 100")];
  const some = packed(0x10, { firstOctet: 25, secondOctet: 27, groups: 3, points: 7 });
  expect(await valuesOf({ packed: [...some, ...fewer], bitmap })).toEqual([
    ...[7, missing, 9, 10],
    ...[missing, 20, 20, missing],
    ...[31, missing, missing, 35],
  ]);
});

test("constant width: a secondary bitmap marks where groups begin", async () => {
  const lists = [3, ...octets("1000 0010 0100"), ...octets("00111 10100 11111")];
  const values = octets("000 001 010 011 100 101 110 111 000 001 010 011");
  const sections = packed(0x20, { firstOctet: 25, secondOctet: 27, groups: 3 });
  expect(await valuesOf({ packed: [...sections, ...lists, ...values] })).toEqual([
    ...[7, 8, 9, 10],
    ...[11, 12, 26, 27],
    ...[20, 32, 33, 34],
  ]);
});

test("general: groups of any length, each with a width of its own", async () => {
  const lists = [3, 0, 4, ...octets("1000 0010 0100"), ...octets("00111 10100 11111")];
  const values = octets("000 001 010 011 100 101" + "1111 0000 0001");
  const sections = packed(0x30, { firstOctet: 27, secondOctet: 29, groups: 3 });
  expect(await valuesOf({ packed: [...sections, ...lists, ...values] })).toEqual([
    ...[7, 8, 9, 10],
    ...[11, 12, 20, 20],
    ...[20, 46, 31, 32],
  ]);
});

/** ECMWF's layout: groups of 5, 4 and 3 points less the differenced ones, widths 2, 0 and 1 in 2 bits. */
function extendedMessage(order: number, more = 0) {
  const first = 12 - order - 7;
  const spd = order === 0 ? [] : [6, ...octets(["001010", "001100", "001111"].slice(0, order).join("") + "100011")];
  const widths = octets("10 00 01");
  const lengths = octets([first, 4, 3].map((length) => length.toString(2).padStart(3, "0")).join(""));
  const lengthsOctet = 26 + spd.length + widths.length;
  const firstOctet = lengthsOctet + lengths.length;
  const firstOrder = octets("00111 00010 11111");
  const second = octets("01 11 00 10 01".slice(0, first * 3) + "101");
  const head = packed(0x18 | more | order, { firstOctet, secondOctet: firstOctet + firstOrder.length, groups: 3 });
  return [...head, 2, 3, ...u16(lengthsOctet), ...spd, ...widths, ...lengths, ...firstOrder, ...second];
}

test.each([
  [0, [8, 10, 7, 9, 8, 2, 2, 2, 2, 32, 31, 32]],
  [1, [10, 15, 22, 26, 32, 31, 30, 29, 28, 57, 85, 114]],
  [2, [10, 12, 19, 33, 51, 68, 84, 99, 113, 156, 227, 327]],
  [3, [10, 12, 15, 24, 46, 80, 125, 180, 244, 346, 514, 777]],
])("extended, differenced %d times", async (order, wanted) => {
  expect(await valuesOf({ packed: extendedMessage(order) })).toEqual(wanted);
});

test("rows that run back and forth are turned", async () => {
  expect(await valuesOf({ packed: extendedMessage(0, 0x04) })).toEqual([8, 10, 7, 9, 2, 2, 2, 8, 2, 32, 31, 32]);
});

test("groups that do not add up to the points, and lists beyond the section, are refused", async () => {
  const whole = extendedMessage(1);
  const wrong = [...whole.slice(0, 6), ...u16(2), ...whole.slice(8)];
  await expect(valuesOf({ packed: wrong })).rejects.toMatchObject({ code: "format-invalid" });
  await expect(valuesOf({ packed: whole.slice(0, -3) })).rejects.toMatchObject({ code: "format-invalid" });
});
