"use client";

import { useTimeZone, useTranslations } from "next-intl";
import styles from "@/app/(public)/_forecast/meteogram.module.css";
import type { PointSeries } from "@/app/(public)/_forecast/read-point";
import { dayName, hourOfDay, longTime } from "@/app/(public)/_forecast/shown-time";
import { type DisplayUnit, decimalsOf, directionFrom, formatNumber, toDisplay } from "@/lib/map/display-unit";
import type { Locale } from "@/lib/messages/messages";

/** One quantity of a place over the run, ready to be drawn: numbers in the unit on screen. */
export type MeteogramStrip = {
  readonly id: string;
  readonly title: string;
  readonly unit: DisplayUnit;
  readonly publishedStep: number;
  /** Published units. */
  readonly series: PointSeries;
  readonly wind: { readonly east: PointSeries; readonly north: PointSeries } | null;
};

type MeteogramProps = {
  readonly locale: Locale;
  readonly times: readonly string[];
  readonly step: number;
  readonly strips: readonly MeteogramStrip[];
  readonly onStep: (step: number) => void;
};

/** The hours of a place, one strip a quantity over the same axis; a click goes to the hour. The table says the same. */
export function Meteogram({ locale, times, step, strips, onStep }: MeteogramProps) {
  const timeZone = useTimeZone() ?? "UTC";
  const last = Math.max(1, times.length - 1);
  return (
    <div className={styles.meteogram}>
      {strips.map((strip) => (
        <Strip key={strip.id} {...{ locale, times, step, strip, onStep }} />
      ))}
      <div className={styles.days} aria-hidden="true">
        {times.map((iso, index) =>
          (hourOfDay({ iso, timeZone }) === 0 || index === 0) && index < last * 0.9 ? (
            <span key={iso} style={{ left: `${(index / last) * 100}%` }}>
              {dayName({ iso, locale, timeZone })}
            </span>
          ) : null,
        )}
      </div>
    </div>
  );
}

type StripProps = Omit<MeteogramProps, "strips"> & { readonly strip: MeteogramStrip };

function Strip({ locale, times, step, strip, onStep }: StripProps) {
  const t = useTranslations("map");
  const timeZone = useTimeZone() ?? "UTC";
  const { unit, title } = strip;
  const last = Math.max(1, times.length - 1);
  const known = strip.series.flatMap((value, index) =>
    typeof value === "number" ? [{ index, value: toDisplay(unit, value) }] : [],
  );
  const [lowest, highest] = [
    Math.min(...known.map(({ value }) => value)),
    Math.max(...known.map(({ value }) => value)),
  ];
  const decimals = decimalsOf(unit, strip.publishedStep);
  const written = (value: number) => formatNumber(value, decimals, locale);
  const shown = known.find(({ index }) => index === step);
  const base = lowest > highest / 2 || lowest < 0 ? lowest - (highest - lowest) * 0.15 : 0;
  const y = (value: number) => (highest > base ? 94 - ((value - base) / (highest - base)) * 82 : 94);
  const line = known.map(({ index, value }) => `${index},${y(value).toFixed(1)}`).join(" L");
  const top = known.find(({ value }) => value === highest);
  const label =
    known.length > 0
      ? t("stripLabel", {
          title,
          lowest: written(lowest),
          highest: `${written(highest)} ${unit.symbol}`,
          time: longTime({ iso: times[top?.index ?? 0] ?? "", locale, timeZone }),
        })
      : `${title}: ${t("noData")}`;
  return (
    <figure className={styles.strip}>
      <figcaption>
        <span>{title}</span>
        <b>{shown ? `${written(shown.value)} ${unit.symbol}` : t("noData")}</b>
      </figcaption>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the time slider is the way by keyboard */}
      <svg
        viewBox={`0 0 ${last} 100`}
        preserveAspectRatio="none"
        role="img"
        aria-label={label}
        onClick={({ currentTarget, clientX }) => {
          const { left, width } = currentTarget.getBoundingClientRect();
          onStep(Math.max(0, Math.min(last, Math.round(((clientX - left) / width) * last))));
        }}
      >
        {times.map((iso, index) =>
          isNight(hourOfDay({ iso, timeZone })) && index < last ? (
            <rect key={iso} x={index} y={0} width={1} height={100} className={styles.night} />
          ) : null,
        )}
        {known.length > 1 && (
          <>
            <path d={`M${known[0]?.index},100 L${line} L${known.at(-1)?.index},100Z`} className={styles.area} />
            <path d={`M${line}`} className={styles.line} vectorEffect="non-scaling-stroke" />
          </>
        )}
        <path d={`M${step},0V100`} className={styles.shown} vectorEffect="non-scaling-stroke" />
      </svg>
      {known.length > 0 && (
        <div className={styles.range} aria-hidden="true">
          <span>{written(highest)}</span>
          <span>{written(lowest)}</span>
        </div>
      )}
      {strip.wind && <Arrows wind={strip.wind} count={times.length} />}
    </figure>
  );
}

/** Where the wind blows to, at about a dozen hours. */
function Arrows({ wind, count }: { wind: NonNullable<MeteogramStrip["wind"]>; count: number }) {
  const every = Math.max(1, Math.round(count / 12));
  return (
    <div className={styles.arrows} aria-hidden="true">
      {Array.from({ length: Math.floor((count - 1) / every) + 1 }, (_, place) => place * every).map((index) => {
        const [east, north] = [wind.east[index], wind.north[index]];
        if (typeof east !== "number" || typeof north !== "number" || (east === 0 && north === 0)) return null;
        return (
          <svg
            key={index}
            viewBox="0 0 12 12"
            style={{ left: `${(index / Math.max(1, count - 1)) * 100}%` }}
            aria-hidden="true"
          >
            <path d="M6 1v10M3 8l3 3 3-3" transform={`rotate(${directionFrom(east, north)} 6 6)`} />
          </svg>
        );
      })}
    </div>
  );
}

const isNight = (hour: number): boolean => hour >= 20 || hour < 6;
