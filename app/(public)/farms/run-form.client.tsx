"use client";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Banner } from "@/app/_ui/banner";
import { Button } from "@/app/_ui/button";
import { Field, SelectField } from "@/app/_ui/field";
import type { DeskProps } from "@/app/(public)/farms/desk-props";
import { SeaChoice } from "@/app/(public)/farms/sea-choice.client";
import { useMusselRequest } from "@/app/(public)/farms/use-mussel-request.client";

const rains = ["none", "light", "heavy", "storm"] as const;

/** Which farms, from when, which currents, how much rain: one run, followed on its own page. */
export function RunForm({ farms, sources, nowUtc, hoursLimit, mayMakeSea }: DeskProps) {
  const t = useTranslations("farms");
  const { typed, set, problems, formProblem, isBusy, submit } = useMusselRequest({
    farms,
    nowUtc,
    hoursLimit,
    sources,
  });
  const [left, setLeft] = useState<readonly string[]>([]);
  const chosen = farms.filter(({ id }) => !left.includes(id));
  const send = (event: FormEvent) => {
    event.preventDefault();
    submit(chosen);
  };
  return (
    <form onSubmit={send} noValidate className="grid content-start gap-4 border-line px-5 py-4 max-lg:border-t">
      <div>
        <h2 className="font-bold text-lg">{t("ask")}</h2>
        <p className="text-ink-2 text-sm">{t("askText")}</p>
      </div>
      <fieldset className="grid gap-1">
        <legend className="pb-1 font-medium text-ink-2 text-xs">{t("which")}</legend>
        {farms.length === 0 ? <p className="text-sm">{t("demoFarms")}</p> : null}
        {farms.map(({ id, name }) => (
          <label key={id} className="flex min-h-6 items-center gap-2 text-sm">
            <input
              type="checkbox"
              checked={!left.includes(id)}
              onChange={({ target }) =>
                setLeft((before) => (target.checked ? before.filter((one) => one !== id) : [...before, id]))
              }
              className="size-5"
            />
            {name}
          </label>
        ))}
      </fieldset>
      <SeaChoice
        sources={sources}
        value={typed.sea}
        error={problems.sea ?? null}
        onChange={(sea) => set({ sea })}
        mayMakeSea={mayMakeSea}
        nowUtc={nowUtc}
      />
      <div className="grid grid-cols-2 gap-3">
        <Field
          label={t("start")}
          type="datetime-local"
          value={typed.start}
          error={problems.start}
          onChange={(event) => set({ start: event.target.value })}
        />
        <Field
          label={t("hours")}
          inputMode="numeric"
          unit="h"
          value={typed.hours}
          error={problems.hours}
          onChange={(event) => set({ hours: event.target.value })}
        />
      </div>
      <SelectField label={t("rain")} value={typed.rain} onChange={(event) => set({ rain: event.target.value })}>
        {rains.map((rain) => (
          <option key={rain} value={rain}>
            {t(`rains.${rain}`)}
          </option>
        ))}
      </SelectField>
      <label className="font-medium text-ink-2 text-xs">
        <span className="block pb-1">{t("outfalls")}</span>
        <input
          type="file"
          accept=".geojson,.json"
          onChange={(event) => void event.target.files?.[0]?.text().then((outfalls) => set({ outfalls }))}
          className="min-h-6 text-sm"
        />
      </label>
      {problems.outfalls ? <Banner kind="bad">{problems.outfalls}</Banner> : null}
      {formProblem ? (
        <p role="alert" className="text-bad-text text-sm">
          {formProblem}
        </p>
      ) : null}
      <Button type="submit" variant="primary" size="large" disabled={isBusy}>
        {isBusy ? t("sending") : t("submit")}
      </Button>
    </form>
  );
}
