/**
 * `Retry-After` in seconds or as a date, as seconds from now; null without one that can be read.
 * Source: RFC 9110, 10.2.3.
 */
export function readRetryAfter(text: string | undefined, now: Date): number | null {
  if (text === undefined) return null;
  if (/^\d+$/.test(text.trim())) return Number(text);
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : Math.max(0, Math.ceil((at - now.getTime()) / 1000));
}
