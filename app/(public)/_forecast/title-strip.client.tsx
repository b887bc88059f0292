"use client";

import { useTranslations } from "next-intl";
import type { ShownProduct } from "@/app/(public)/_forecast/forecast-data";
import { HoursInWords } from "@/app/(public)/_forecast/hours-in-words";
import { longTime } from "@/app/(public)/_forecast/shown-time";
import styles from "@/app/(public)/_forecast/title.module.css";
import type { DisplayUnit } from "@/lib/map/display-unit";
import { ageText, hourRanges, productState } from "@/lib/map/freshness";
import type { Coverage, LayerDefinition, PublishedVariable } from "@/lib/map/product";
import type { Locale } from "@/lib/messages/messages";

type TitleStripProps = {
  readonly locale: Locale;
  readonly product: ShownProduct;
  readonly coverage: Coverage;
  readonly layer: LayerDefinition;
  readonly unit: DisplayUnit;
  readonly variable: PublishedVariable;
  readonly step: number;
  readonly nowMs: number;
};

/** Variable, level, model, run, age and state, always on the screen, and the banners that are true of this run. */
export function TitleStrip(props: TitleStripProps) {
  const { locale, product, coverage, layer, nowMs } = props;
  const t = useTranslations("map");
  const { description } = product;
  const level = description.variables.find(({ name }) => name === layer.variable)?.level[locale] ?? "";
  const first = description.times[0] ?? "";
  const last = description.times.at(-1) ?? "";
  const age = ageText(product.kind === "routinary" ? first : coverage.updatedAtUtc, nowMs, locale);
  const isPast = product.kind === "routinary" && Date.parse(last) < nowMs;
  return (
    <section className={styles.title} aria-label={t("shown")}>
      <div className={styles.titleRow}>
        <div>
          <h1>
            {layer.title[locale]}
            {layer.title[locale].includes(level) ? "" : ` · ${level}`}
          </h1>
          <p className={styles.small}>
            {description.title[locale]} · {t("run", { run: runName(first, locale) })} ·{" "}
            {product.kind === "routinary" ? t("age", { age }) : t("published", { age })}
          </p>
        </div>
        <StateChip coverage={coverage} />
      </div>
      <HoursInWords {...props} />
      <noscript>
        <p className={styles.banner} data-tone="info">
          {t("noScript")}
        </p>
      </noscript>
      <div className={styles.banners}>
        {description.demonstration && (
          <p className={styles.banner} data-tone="info">
            {t("demonstration")}
          </p>
        )}
        {product.newerRunUtc && (
          <p className={styles.banner} data-tone="warn">
            {t("older", { run: runName(product.newerRunUtc, locale) })}{" "}
            <a href={`/?product=${description.productId}&layer=${layer.id}`}>{t("showNewest")}</a>
          </p>
        )}
        {isPast && (
          <p className={styles.banner} data-tone="warn">
            {t("past", { age: ageText(last, nowMs, locale) })}
          </p>
        )}
        {description.degraded.map(({ code, text }) => (
          <p key={code} className={styles.banner} data-tone="warn">
            {t("degraded")}: {text[locale]}
          </p>
        ))}
      </div>
    </section>
  );
}

/** "Wed 1 Jul 00 UTC": the run by its first hour. */
function runName(iso: string, locale: Locale): string {
  return `${longTime({ iso, locale, timeZone: "UTC" }).replace(/, (\d\d):00$/, " $1")} UTC`;
}

const letters = { running: "R", completed: "C", partial: "P", failed: "F" } as const;

function StateChip({ coverage }: { coverage: Coverage }) {
  const t = useTranslations("map");
  const state = productState(coverage);
  const text = t(`state.${state}`, {
    done: coverage.steps.length,
    total: coverage.expectedSteps,
    ranges: hourRanges(coverage.steps),
  });
  return (
    <span className={styles.chip} data-state={state} aria-live="polite">
      <b aria-hidden="true">{letters[state]}</b>
      {text}
    </span>
  );
}
