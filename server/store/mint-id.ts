import { randomBytes } from "node:crypto";

/** Crockford's base 32: no letter that is taken for another, and nothing but word characters. */
const digits = "0123456789abcdefghjkmnpqrstvwxyz";

/** A new identifier that sorts by time, of small letters and digits only: 9 digits of milliseconds, 10 at random. */
export function mintId(prefix: string, now: Date): string {
  const chance = Array.from(randomBytes(10), (byte) => digits[byte % 32]).join("");
  return `${prefix}${mintStamp(now)}${chance}`;
}

/** The 9 digits of milliseconds that identifiers of that time begin with. */
export function mintStamp(now: Date): string {
  let time = "";
  for (let rest = now.getTime(); time.length < 9; rest = Math.floor(rest / 32)) time = `${digits[rest % 32]}${time}`;
  return time;
}
