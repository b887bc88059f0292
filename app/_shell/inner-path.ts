import type { QueryValue } from "@/app/_shell/first-value";

/** A path of this portal out of an address; anything that leads elsewhere becomes the start page. */
export function innerPath(value: QueryValue): string {
  if (typeof value !== "string" || !value.startsWith("/")) return "/";
  const base = "http://inner.invalid";
  return URL.canParse(value, base) && new URL(value, base).origin === base ? value : "/";
}
