import { BitReader, BitsExhausted } from "@/lib/formats/bits";

/**
 * Run-length packing of levels (GRIB2 template 5.200); level 0 is missing. A number above `maxLevel` is a digit of the
 * length of the run before it, in base `2^bits - 1 - maxLevel`.
 * @throws BitsExhausted where runs and points do not agree
 */
export function decodeRunLength(
  data: Uint8Array,
  packing: {
    readonly count: number;
    readonly bits: number;
    readonly maxLevel: number;
    readonly levels: readonly number[];
  },
): Float64Array {
  const { count, bits, maxLevel, levels } = packing;
  const base = 2 ** bits - 1 - maxLevel;
  if (bits < 1 || bits > 16 || base < 1) throw new BitsExhausted();
  const values = new Float64Array(count).fill(Number.NaN);
  const reader = new BitReader(data);
  let at = 0;
  let next = reader.read(bits);
  while (at < count) {
    const level = next;
    let [length, factor] = [1, 1];
    for (;;) {
      if (reader.remaining < bits) {
        next = 0;
        break;
      }
      next = reader.read(bits);
      if (next <= maxLevel) break;
      length += (next - maxLevel - 1) * factor;
      factor *= base;
    }
    if (level > maxLevel || at + length > count) throw new BitsExhausted();
    values.fill(level === 0 ? Number.NaN : (levels[level - 1] ?? Number.NaN), at, at + length);
    at += length;
    if (reader.remaining < bits && at < count && next === 0) throw new BitsExhausted();
  }
  return values;
}
