import { expect, test } from "vitest";
import { chooseLocale } from "@/lib/messages/choose-locale";

test.each([
  ["it", "en-GB", "it"],
  ["fr", "it-IT,it;q=0.9,en;q=0.8", "it"],
  [null, "fr-FR, en;q=0.4, it;q=0.6", "it"],
  [null, "it;q=0, en", "en"],
  [null, "de", "en"],
  [undefined, null, "en"],
] as const)("cookie %s with Accept-Language %s gives %s", (chosen, accepted, locale) => {
  expect(chooseLocale(chosen, accepted)).toBe(locale);
});
