"use client";
import { useLocale, useTranslations } from "next-intl";
import { describeCron } from "@/lib/cycle/describe-cron";

/** A cron expression as a sentence where one holds it, else the expression itself. */
export function CronText({ cron }: { cron: string }) {
  const t = useTranslations("admin");
  const locale = useLocale();
  const meaning = describeCron(cron);
  if (meaning === null) return <span className="code">{cron}</span>;
  const list = (items: readonly string[]) => new Intl.ListFormat(locale, { type: "conjunction" }).format(items);
  switch (meaning.kind) {
    case "minutes":
      return t("everyMinutes", { minutes: meaning.minutes });
    case "hourly":
      return t("everyHour", { minute: meaning.minute });
    case "daily":
      return t("everyDay", { times: list(meaning.times) });
    case "weekly":
      return t("onWeekdays", {
        days: list(meaning.weekdays.map((day) => weekdayName(day, locale))),
        times: list(meaning.times),
      });
    case "monthly":
      return t("monthly", { day: meaning.day, times: list(meaning.times) });
  }
}

/** 0 is Sunday; 4 January 1970 was one. */
function weekdayName(day: number, locale: string): string {
  return new Intl.DateTimeFormat(locale, { weekday: "long", timeZone: "UTC" }).format(
    new Date(Date.UTC(1970, 0, 4 + day)),
  );
}
