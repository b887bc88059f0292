import { randomFillSync } from "node:crypto";

/** Crockford's base 32: no letter that is taken for another, and nothing but word characters. */
const digits = "0123456789abcdefghjkmnpqrstvwxyz";

/** A new identifier that sorts by time, of small letters and digits only: 9 digits of milliseconds, 10 at random. */
export function mintId(prefix: string, now: Date): string {
  return `${prefix}${mintStamp(now)}${mintChance()}`;
}

/** Asked of the system for many identifiers at once: one by one it is most of their cost. */
const pool = new Uint8Array(10 * 256);
let used = pool.length;

function mintChance(): string {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  let chance = "";
  for (const end = used + 10; used < end; used += 1) chance += digits[(pool[used] ?? 0) % 32];
  return chance;
}

/** The 9 digits of milliseconds that identifiers of that time begin with. */
export function mintStamp(now: Date): string {
  let time = "";
  for (let rest = now.getTime(); time.length < 9; rest = Math.floor(rest / 32)) time = `${digits[rest % 32]}${time}`;
  return time;
}
