"use client";
import { useLocale, useTranslations } from "next-intl";
import type { RunForecast } from "@/lib/dag/run-view";
import { formatInstant } from "@/lib/messages/format-time";

/** Says that a live run will pass its deadline, or has; nothing otherwise. */
export function LateLabel({ forecast }: { forecast: RunForecast | null }) {
  const t = useTranslations("runs");
  const locale = useLocale();
  if (forecast === null || !forecast.isLate || forecast.deadlineAt === null) return null;
  const meaning = t("lateMeans", { deadline: formatInstant(forecast.deadlineAt, locale) });
  return (
    <span
      title={meaning}
      className="inline-flex h-[22px] items-center whitespace-nowrap rounded-1 bg-warn-tint px-2 font-medium text-warn-text text-xs"
    >
      <span aria-hidden="true">{t("late")}</span>
      <span className="sr-only">{meaning}</span>
    </span>
  );
}
