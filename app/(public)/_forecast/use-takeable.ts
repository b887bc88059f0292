import { useTimeZone, useTranslations } from "next-intl";
import { useRef } from "react";
import type { LiveMap } from "@/app/_map/live-map";
import { folderOf, type ShownProduct } from "@/app/(public)/_forecast/forecast-data";
import { clock, longTime, zoneName } from "@/app/(public)/_forecast/shown-time";
import type { Takeable } from "@/app/(public)/_forecast/takeable";
import { type DisplayUnit, formatNumber, toDisplay } from "@/lib/map/display-unit";
import type { LayerDefinition, Palette, PublishedVariable } from "@/lib/map/product";
import type { Locale } from "@/lib/messages/messages";

type TakeQuestion = {
  readonly map: LiveMap | null;
  readonly locale: Locale;
  readonly product: ShownProduct;
  readonly layer: LayerDefinition;
  readonly variable: PublishedVariable;
  readonly palette: Palette;
  readonly unit: DisplayUnit;
  readonly theme: "light" | "dark";
  readonly step: number;
  readonly loaded: ReadonlySet<number>;
  readonly onStep: (step: number) => void;
};

/** Longest wait for a step that is in memory to be on the screen, milliseconds. */
const drawMs = 5_000;

/** What the map shows, in the words and numbers that go out with a picture of it. */
export function useTakeable(question: TakeQuestion): Takeable {
  const t = useTranslations("map");
  const timeZone = useTimeZone() ?? "UTC";
  const { map, locale, product, layer, variable, palette, unit, theme, step, loaded, onStep } = question;
  const { description } = product;
  const shown = useRef(step);
  shown.current = step;
  const first = description.times[0] ?? "";
  const decimals = palette.breaks.every((bound) => Number.isInteger(toDisplay(unit, bound))) ? 0 : 1;
  const words = (at: number) => {
    const iso = description.times[at] ?? first;
    const local = `${longTime({ iso, locale, timeZone })} ${zoneName({ iso, timeZone })}`;
    return {
      title: `${layer.title[locale]} · ${variable.level[locale]}`,
      lines: [
        `${description.title[locale]} · ${t("run", { run: `${longTime({ iso: first, locale, timeZone: "UTC" })} UTC` })}`,
        `${local} · ${clock({ iso, locale, timeZone: "UTC" })} UTC`,
      ],
      legend: {
        colours: palette[theme],
        ticks: palette.breaks.map((bound) => formatNumber(toDisplay(unit, bound), decimals, locale)),
        unit: unit.symbol,
      },
      footer: [
        ...(description.demonstration ? [t("demonstration")] : []),
        `${description.citation} · ${description.licence} · ${location.host}`,
      ].join(" · "),
    };
  };
  const drawStep = async (at: number) => {
    onStep(at);
    const wanted = `/${variable.name}/${at}`;
    const deadlineMs = performance.now() + drawMs;
    while (!map?.getContainer().dataset.fieldReady?.endsWith(wanted) && performance.now() < deadlineMs)
      await new Promise((done) => requestAnimationFrame(done));
  };
  return {
    map,
    name: `${description.productId}_${variable.name}_${(description.times[step] ?? "").replace(/\D/g, "").slice(0, 12)}`,
    words,
    steps: [...loaded].sort((a, b) => a - b),
    shownStep: () => shown.current,
    drawStep,
    call: {
      productId: description.productId,
      run: folderOf(description),
      variable: variable.name,
      step,
      packing: variable.packing,
    },
  };
}
