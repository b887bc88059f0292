/**
 * One message of GRIB edition 2: a constant temperature at 2 m on a grid of 2 x 2, in simple packing of 0 bits.
 * Source: WMO Manual on Codes 306, FM 92 GRIB; read back by our reader and ecCodes in the tests
 */
export function smallGrib(message: {
  readonly referenceUtc: string;
  readonly leadHours: number;
  readonly kelvin: number;
}): Uint8Array {
  const time = new Date(message.referenceUtc);
  const [year, month, day, hour] = [
    time.getUTCFullYear(),
    time.getUTCMonth() + 1,
    time.getUTCDate(),
    time.getUTCHours(),
  ];
  const corner = [...u32(40_000_000), ...u32(13_000_000)];
  const opposite = [...u32(41_000_000), ...u32(14_000_000)];
  const sections = [
    section(1, [0, 7, 0, 0, 2, 1, 1, ...u16(year), month, day, hour, 0, 0, 0, 1]),
    section(3, [
      ...[0, ...u32(4), 0, 0, ...u16(0), 6, ...Array.from({ length: 15 }, () => 0)],
      ...[...u32(2), ...u32(2), ...u32(0), ...u32(0xff_ff_ff_ff), ...corner, 0x30, ...opposite],
      ...[...u32(1_000_000), ...u32(1_000_000), 0x40],
    ]),
    section(4, [
      ...[...u16(0), ...u16(0), 0, 0, 2, 0, 96, ...u16(0), 0, 1, ...u32(message.leadHours)],
      ...[103, 0, ...u32(2), 255, 0, ...u32(0)],
    ]),
    section(5, [...u32(4), ...u16(0), ...f32(message.kelvin), ...u16(0), ...u16(0), 0, 0]),
    section(6, [255]),
    section(7, []),
  ].flat();
  const totalBytes = 16 + sections.length + 4;
  return Uint8Array.from([...ascii("GRIB"), 0, 0, 0, 2, ...u32(0), ...u32(totalBytes), ...sections, ...ascii("7777")]);
}

const section = (number: number, body: readonly number[]): readonly number[] => [
  ...u32(body.length + 5),
  number,
  ...body,
];
const u16 = (value: number): readonly number[] => [(value >> 8) & 255, value & 255];
const u32 = (value: number): readonly number[] => [...u16(Math.floor(value / 65_536)), ...u16(value % 65_536)];
const f32 = (value: number): readonly number[] => [...new Uint8Array(Float32Array.of(value).buffer)].reverse();
const ascii = (text: string): readonly number[] => [...text].map((letter) => letter.charCodeAt(0));
