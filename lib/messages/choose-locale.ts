import { type Locale, locales } from "@/lib/messages/messages";

/** Name of the cookie that keeps the chosen language. */
export const localeCookie = "nereus-locale";

/**
 * The language of an answer: the one chosen before, else the first of `Accept-Language` that we speak, else English.
 * @param chosen    value of the cookie, anything
 * @param accepted  the `Accept-Language` header, such as `it-IT,it;q=0.9,en;q=0.8`
 */
export function chooseLocale(chosen: string | null | undefined, accepted: string | null | undefined): Locale {
  const kept = locales.find((locale) => locale === chosen);
  if (kept) return kept;
  const wanted = (accepted ?? "")
    .split(",")
    .map((part) => {
      const [tag = "", ...parameters] = part.trim().split(";");
      const quality = parameters
        .find((parameter) => parameter.trim().startsWith("q="))
        ?.trim()
        .slice(2);
      return { language: tag.toLowerCase().split("-")[0] ?? "", quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality);
  for (const { language } of wanted) {
    const spoken = locales.find((locale) => locale === language);
    if (spoken) return spoken;
  }
  return "en";
}
