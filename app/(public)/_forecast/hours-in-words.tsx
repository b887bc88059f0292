import { useTimeZone, useTranslations } from "next-intl";
import { numberText } from "@/app/(public)/_forecast/point-words";
import { longTime } from "@/app/(public)/_forecast/shown-time";
import styles from "@/app/(public)/_forecast/words.module.css";
import type { DisplayUnit } from "@/lib/map/display-unit";
import type { Coverage, LayerDefinition, PublishedVariable } from "@/lib/map/product";
import type { Locale } from "@/lib/messages/messages";

type HoursInWordsProps = {
  readonly locale: Locale;
  readonly layer: LayerDefinition;
  readonly variable: PublishedVariable;
  readonly unit: DisplayUnit;
  readonly coverage: Coverage;
  readonly step: number;
};

/** The map as a sentence and a table of hours: for whoever cannot see it, and for a browser that cannot draw it. */
export function HoursInWords({ locale, layer, variable, unit, coverage, step }: HoursInWordsProps) {
  const t = useTranslations("map");
  const timeZone = useTimeZone() ?? "UTC";
  const hours = [...coverage.steps]
    .sort((a, b) => a.index - b.index)
    .map(({ index, validAtUtc, extremes }) => ({
      index,
      time: longTime({ iso: validAtUtc, locale, timeZone }),
      found: extremes[variable.name] ?? null,
    }));
  const written = (value: number) => numberText(value, { unit, variable, locale });
  const shown = hours.find(({ index }) => index === step);
  return (
    <details className={styles.words}>
      <summary>{t("inWords")}</summary>
      <p>
        {shown?.found
          ? t("hourInWords", {
              layer: layer.title[locale],
              time: shown.time,
              lowest: written(shown.found.min),
              highest: `${written(shown.found.max)} ${unit.symbol}`,
            })
          : t("notYetLong")}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls is reached by keyboard */}
      <section className={styles.scroll} aria-label={t("table")} tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t("hour")}</th>
              <th scope="col">{t("lowestOf", { unit: unit.symbol })}</th>
              <th scope="col">{t("highestOf", { unit: unit.symbol })}</th>
            </tr>
          </thead>
          <tbody>
            {hours.map(({ index, time, found }) => (
              <tr key={index} data-current={index === step || undefined}>
                <th scope="row">{time}</th>
                <td>{found ? written(found.min) : t("noData")}</td>
                <td>{found ? written(found.max) : t("noData")}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}
