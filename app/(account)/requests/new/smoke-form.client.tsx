"use client";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import type { FormEvent } from "react";
import { Button } from "@/app/_ui/button";
import { Field } from "@/app/_ui/field";
import { LoadingBox } from "@/app/_ui/state-box";
import { FuelChoice } from "@/app/(account)/requests/new/fuel-choice.client";
import { MetChoice } from "@/app/(account)/requests/new/met-choice.client";
import { type TypedRequest, toNumber } from "@/app/(account)/requests/new/typed-request";
import { useSmokeRequest } from "@/app/(account)/requests/new/use-smoke-request.client";
import { WhenFields } from "@/app/(account)/requests/new/when-fields.client";
import type { MetSourceView } from "@/server/services/met/list-met-sources";

type Props = {
  sources: readonly MetSourceView[];
  first: TypedRequest;
  limits: { readonly hours: number; readonly particles: number };
};

const PointPicker = dynamic(() => import("@/app/_map/point-picker.client").then((module) => module.PointPicker), {
  ssr: false,
  loading: () => <LoadingBox label="…" />,
});

/** Point, time, what burns: at most five acts from here to a running simulation. Works without the map too. */
export function SmokeForm({ sources, first, limits }: Props) {
  const t = useTranslations("requests");
  const { typed, set, problems, formProblem, isBusy, submit } = useSmokeRequest(first, limits);
  const source = sources.find((one) => one.source === typed.met);
  const lat = toNumber(typed.lat);
  const lon = toNumber(typed.lon);
  const send = (event: FormEvent) => {
    event.preventDefault();
    submit();
  };
  return (
    <div className="grid bg-surface md:grid-cols-[408px_minmax(0,1fr)]">
      <section
        aria-label={t("mapLabel")}
        className="relative h-[38dvh] border-line border-b md:order-2 md:h-[calc(100dvh-var(--shell-top)-var(--shell-bottom))] md:border-b-0 md:border-l"
      >
        <PointPicker
          value={Number.isFinite(lat) && Number.isFinite(lon) ? { lat, lon } : null}
          onChange={(point) => set({ lat: point.lat.toFixed(4), lon: point.lon.toFixed(4) })}
          bounds={source?.covers?.bounds ?? null}
        />
      </section>
      <form
        onSubmit={send}
        noValidate
        className="flex flex-col md:h-[calc(100dvh-var(--shell-top)-var(--shell-bottom))] md:overflow-y-auto"
      >
        <h1 className="px-5 py-4 text-xl">{t("title")}</h1>
        <fieldset className="grid grid-cols-2 gap-3 border-line border-t px-5 pt-3.5 pb-4">
          <legend className="float-left col-span-2 font-bold text-sm">{t("where")}</legend>
          <Field
            label={t("lat")}
            inputMode="decimal"
            unit="°"
            value={typed.lat}
            error={problems.lat}
            onChange={(event) => set({ lat: event.target.value })}
          />
          <Field
            label={t("lon")}
            inputMode="decimal"
            unit="°"
            value={typed.lon}
            error={problems.lon}
            onChange={(event) => set({ lon: event.target.value })}
          />
          <p className="col-span-2 text-ink-3 text-xs">{t("whereHint")}</p>
        </fieldset>
        <WhenFields typed={typed} set={set} problems={problems} covers={source?.covers ?? null} />
        <FuelChoice typed={typed} set={set} problems={problems} />
        <MetChoice typed={typed} set={set} problems={problems} sources={sources} />
        <details className="border-line border-t px-5 py-3.5">
          <summary className="font-bold text-sm">{t("more")}</summary>
          <div className="mt-3 grid grid-cols-2 gap-3">
            <Field
              label={t("particles")}
              inputMode="numeric"
              hint={t("particlesHint")}
              value={typed.particles}
              error={problems.particles}
              onChange={(event) => set({ particles: event.target.value })}
            />
            <Field
              label={t("seed")}
              inputMode="numeric"
              hint={t("seedHint")}
              value={typed.seed}
              error={problems.seed}
              onChange={(event) => set({ seed: event.target.value })}
            />
          </div>
        </details>
        <div className="mt-auto grid gap-3 border-line border-t px-5 py-4 md:sticky md:bottom-0 md:bg-surface">
          <p className="text-ink-3 text-xs">{t("makesText")}</p>
          {formProblem ? (
            <p role="alert" className="text-bad-text text-sm">
              {formProblem}
            </p>
          ) : null}
          <Button type="submit" variant="primary" size="large" disabled={isBusy}>
            {isBusy ? t("sending") : t("submit")}
          </Button>
        </div>
      </form>
    </div>
  );
}
