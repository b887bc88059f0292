"use client";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { keepPreference } from "@/app/_shell/keep-preference";
import { localeCookie } from "@/lib/messages/choose-locale";

const names = { en: "English", it: "Italiano" } as const;

/** Both languages as short buttons; the other is one press away. */
export function LanguageSwitch() {
  const t = useTranslations("shell");
  const current = useLocale();
  const router = useRouter();
  return (
    <fieldset aria-label={t("language")} className="flex items-center text-xs">
      {(["en", "it"] as const).map((locale) => (
        <button
          key={locale}
          type="button"
          lang={locale}
          aria-pressed={locale === current}
          onClick={() => {
            keepPreference(localeCookie, locale);
            router.refresh();
          }}
          className="h-8 rounded-1 px-1.5 text-ink-3 uppercase hover:text-ink aria-pressed:font-bold aria-pressed:text-ink max-md:h-11 max-md:px-2"
        >
          <span aria-hidden="true">{locale}</span>
          <span className="sr-only">{names[locale]}</span>
        </button>
      ))}
    </fieldset>
  );
}
