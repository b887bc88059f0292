import { useTimeZone, useTranslations } from "next-intl";
import type { MeteogramStrip } from "@/app/(public)/_forecast/meteogram.client";
import styles from "@/app/(public)/_forecast/place.module.css";
import { longTime } from "@/app/(public)/_forecast/shown-time";
import { decimalsOf, formatNumber, toDisplay } from "@/lib/map/display-unit";
import type { Locale } from "@/lib/messages/messages";

type HourTableProps = {
  readonly locale: Locale;
  readonly times: readonly string[];
  readonly step: number;
  readonly strips: readonly MeteogramStrip[];
};

/** The numbers of a meteogram, one row an hour. */
export function HourTable({ locale, times, step, strips }: HourTableProps) {
  const t = useTranslations("map");
  const timeZone = useTimeZone() ?? "UTC";
  const text = ({ series, unit, publishedStep }: MeteogramStrip, hour: number): string => {
    const value = series[hour];
    if (value === undefined) return t("notYet");
    if (value === null) return t("noData");
    return formatNumber(toDisplay(unit, value), decimalsOf(unit, publishedStep), locale);
  };
  return (
    <table>
      <caption className={styles.hidden}>{t("tableOfPlace")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("hour")}</th>
          {strips.map(({ id, title, unit }) => (
            <th key={id} scope="col">
              {strips.length > 1 ? `${title}, ` : ""}
              {unit.symbol}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {times.map((iso, hour) => (
          <tr key={iso} data-current={hour === step || undefined}>
            <th scope="row">{longTime({ iso, locale, timeZone })}</th>
            {strips.map((strip) => (
              <td key={strip.id}>{text(strip, hour)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
