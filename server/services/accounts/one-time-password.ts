import { randomInt } from "node:crypto";

/** Letters and digits that nobody mistakes for another. */
const alphabet = "abcdefghjkmnpqrstuvwxyz23456789";
const groups = 4;
const groupLength = 4;

/** A password to be handed over once, such as `k3vd-9xqm-t7na-hw2c`: 79 bits, easy to type. */
export function oneTimePassword(): string {
  const letters = Array.from({ length: groups * groupLength }, () => alphabet[randomInt(alphabet.length)] ?? "a");
  return Array.from({ length: groups }, (_, group) =>
    letters.slice(group * groupLength, (group + 1) * groupLength).join(""),
  ).join("-");
}
