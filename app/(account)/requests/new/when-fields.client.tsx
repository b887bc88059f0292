"use client";
import { useLocale, useTranslations } from "next-intl";
import { Field } from "@/app/_ui/field";
import { toNumber } from "@/app/(account)/requests/new/typed-request";
import type { FormPart } from "@/app/(account)/requests/new/use-smoke-request.client";
import { formatUtc } from "@/lib/messages/format-time";
import { fromLocalInput } from "@/lib/messages/local-input";
import { portalTimeZone } from "@/lib/messages/portal-time-zone";
import type { MetSourceView } from "@/server/services/met/list-met-sources";

/** Start and length, with the hours of weather that they use. */
export function WhenFields({ typed, set, problems, covers }: FormPart & { covers: MetSourceView["covers"] }) {
  const t = useTranslations("requests");
  const tCommon = useTranslations("common");
  const locale = useLocale();
  const start = fromLocalInput(typed.start);
  return (
    <fieldset className="grid grid-cols-[1fr_7rem] gap-3 border-line border-t px-5 pt-3.5 pb-4">
      <legend className="float-left col-span-2 flex w-full justify-between">
        <span className="font-bold text-sm">{t("when")}</span>
        <span className="text-ink-3 text-xs">{portalTimeZone}</span>
      </legend>
      <Field
        label={t("start")}
        type="datetime-local"
        step={3600}
        value={typed.start}
        hint={start ? formatUtc(start, locale) : null}
        error={problems.start}
        onChange={(event) => set({ start: event.target.value })}
      />
      <Field
        label={t("hours")}
        inputMode="numeric"
        unit={tCommon("hours")}
        value={typed.hours}
        error={problems.hours}
        onChange={(event) => set({ hours: event.target.value })}
      />
      {covers && start ? (
        <Availability covers={covers} startMs={Date.parse(start)} hours={toNumber(typed.hours)} />
      ) : null}
    </fieldset>
  );
}

type Given = { covers: NonNullable<MetSourceView["covers"]>; startMs: number; hours: number };

/** One square per hour of weather: before the fire, used, left over. */
function Availability({ covers, startMs, hours }: Given) {
  const firstMs = Date.parse(covers.firstUtc);
  const squares = Array.from({ length: Math.min(covers.hours, 72) }, (_, index) => {
    const at = firstMs + index * 3_600_000;
    return { at, isUsed: at >= startMs && at < startMs + hours * 3_600_000 };
  });
  return (
    <div aria-hidden="true" className="col-span-2 flex gap-0.5">
      {squares.map(({ at, isUsed }) => (
        <span key={at} className={`h-3 flex-1 rounded-[2px] ${isUsed ? "bg-ok" : "bg-surface-3"}`} />
      ))}
    </div>
  );
}
