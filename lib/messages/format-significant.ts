import { formatNumber } from "@/lib/messages/format-number";
import type { Locale } from "@/lib/messages/messages";

/** A value of which only its unit is known: five significant digits, or a power of ten where it is very small or large. */
export function formatSignificant(value: number, locale: Locale): string {
  const size = Math.abs(value);
  if (value !== 0 && (size < 1e-4 || size >= 1e9)) {
    const [mantissa = "", exponent = ""] = value.toExponential(3).split("e");
    return `${formatNumber(Number(mantissa), locale, 3)} × 10^${Number(exponent)}`;
  }
  const decimals = value === 0 ? 0 : Math.max(0, Math.min(8, 4 - Math.floor(Math.log10(size))));
  const plain = Number(value.toFixed(decimals));
  return formatNumber(plain, locale, String(plain).split(".")[1]?.length ?? 0);
}
