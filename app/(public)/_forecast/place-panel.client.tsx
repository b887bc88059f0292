"use client";

import { useTimeZone, useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import type { Position } from "@/app/_map/forecast-map.client";
import { HourTable } from "@/app/(public)/_forecast/hour-table";
import { MapIcon } from "@/app/(public)/_forecast/map-icon";
import { Meteogram, type MeteogramStrip } from "@/app/(public)/_forecast/meteogram.client";
import { isPosition } from "@/app/(public)/_forecast/permalink";
import styles from "@/app/(public)/_forecast/place.module.css";
import { directionFields, numberText, positionText } from "@/app/(public)/_forecast/point-words";
import type { PointReading } from "@/app/(public)/_forecast/read-point";
import { saveFile } from "@/app/(public)/_forecast/save-file";
import { longTime } from "@/app/(public)/_forecast/shown-time";
import { type DisplayUnit, decimalsOf, toDisplay } from "@/lib/map/display-unit";
import { pointCsv } from "@/lib/map/point-csv";
import type { LayerDefinition, ProductDescription, PublishedVariable } from "@/lib/map/product";
import type { Cell } from "@/lib/map/sample-field";
import type { Locale } from "@/lib/messages/messages";

type PlacePanelProps = {
  readonly locale: Locale;
  readonly layer: LayerDefinition;
  readonly variable: PublishedVariable;
  readonly unit: DisplayUnit;
  readonly position: Position;
  readonly reading: PointReading;
  readonly times: readonly string[];
  readonly step: number;
  readonly strips: readonly MeteogramStrip[];
  readonly description: ProductDescription;
  readonly onStep: (step: number) => void;
  readonly onPosition: (position: Position) => void;
  readonly onClose: () => void;
};

/** The chosen point: its value large, the hours as a sentence and a table, a position typed instead of clicked. */
export function PlacePanel(props: PlacePanelProps) {
  const t = useTranslations("map");
  const timeZone = useTimeZone() ?? "UTC";
  const { locale, layer, variable, unit, position, reading, times, strips } = props;
  const words = { unit, variable, locale };
  const time = (index: number) => longTime({ iso: times[index] ?? "", locale, timeZone });
  const value = reading.kind === "read" && reading.value !== null ? numberText(reading.value, words) : null;
  const known = (strips[0]?.series ?? []).flatMap((entry, index) =>
    typeof entry === "number" ? [{ index, entry }] : [],
  );
  const top = known.reduce((best, each) => (each.entry > best.entry ? each : best), known[0] ?? { index: 0, entry: 0 });
  return (
    <section className={styles.place} aria-label={t("place")}>
      <div className={styles.placeHead}>
        <div>
          <h2>{t("place")}</h2>
          <p className={styles.quiet}>{positionText(position, locale)}</p>
        </div>
        <button type="button" aria-label={t("closePlace")} onClick={props.onClose}>
          <MapIcon name="close" />
        </button>
      </div>
      <p className={styles.number} data-testid="point-value">
        {value === null ? (
          <span>{absence(t, reading)}</span>
        ) : (
          <>
            {value} <small>{unit.symbol}</small>
          </>
        )}
        {reading.kind === "read" && reading.fromDegrees !== null && (
          <span className={styles.small}>{t("from", directionFields(reading.fromDegrees, locale))}</span>
        )}
      </p>
      {known.length > 1 && (
        <p className={styles.small}>
          {t("highest", { value: `${numberText(top.entry, words)} ${unit.symbol}`, time: time(top.index) })}
        </p>
      )}
      <p className={styles.hidden} aria-live="polite">
        {t("sentence", {
          layer: layer.title[locale],
          position: positionText(position, locale),
          value: value === null ? absence(t, reading) : `${value} ${unit.symbol}`,
          time: time(props.step),
        })}
      </p>
      <TypedPosition position={position} onPosition={props.onPosition} />
      {known.length > 1 && <Meteogram {...{ locale, times, strips }} step={props.step} onStep={props.onStep} />}
      {known.length > 1 && reading.kind !== "outside" && (
        <button type="button" className={styles.csv} onClick={() => saveCsv({ ...props, cell: reading.cell })}>
          <MapIcon name="download" /> {t("csv")}
        </button>
      )}
      <details className={styles.tableBox}>
        <summary>{t("table")}</summary>
        <div className={styles.tableScroll}>
          <HourTable {...{ locale, times, strips }} step={props.step} />
        </div>
      </details>
    </section>
  );
}

type Translate = ReturnType<typeof useTranslations<"map">>;

function absence(t: Translate, reading: PointReading): string {
  if (reading.kind === "outside") return t("outside");
  return reading.kind === "reading" ? t("reading") : t("noData");
}

/** The hours as a file, in the units on screen. */
function saveCsv({
  description,
  position,
  strips,
  cell,
}: Pick<PlacePanelProps, "description" | "position" | "strips"> & { cell: Cell }): void {
  const columns = strips.map(({ title, unit, series, publishedStep }) => ({
    name: title,
    unit: unit.symbol,
    values: series.map((value) => (typeof value === "number" ? toDisplay(unit, value) : value)),
    decimals: decimalsOf(unit, publishedStep),
  }));
  const text = pointCsv(description, { ...position, cell }, columns);
  const name = `${description.productId}_${position.lat.toFixed(4)}_${position.lon.toFixed(4)}.csv`;
  saveFile(name, new Blob([text], { type: "text/csv;charset=utf-8" }));
}

/** Latitude and longitude as fields: the way to a point without a pointer. */
function TypedPosition({ position, onPosition }: Pick<PlacePanelProps, "position" | "onPosition">) {
  const t = useTranslations("map");
  const [wrong, setWrong] = useState(false);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const [lat, lon] = ["lat", "lon"].map((name) => Number(String(fields.get(name)).replace(",", ".")));
    const isRight = lat !== undefined && lon !== undefined && isPosition(lat, lon);
    setWrong(!isRight);
    if (isRight) onPosition({ lat, lon });
  };
  return (
    <form key={`${position.lat}/${position.lon}`} className={styles.typedPosition} onSubmit={submit}>
      <label>
        <span>{t("latitude")}</span>
        <input
          name="lat"
          inputMode="decimal"
          defaultValue={position.lat.toFixed(4)}
          aria-invalid={wrong || undefined}
        />
      </label>
      <label>
        <span>{t("longitude")}</span>
        <input
          name="lon"
          inputMode="decimal"
          defaultValue={position.lon.toFixed(4)}
          aria-invalid={wrong || undefined}
        />
      </label>
      <button type="submit">{t("go")}</button>
      {wrong && <p role="alert">{t("badPosition")}</p>}
    </form>
  );
}
