import { useTranslations } from "next-intl";
import type { Position } from "@/app/_map/forecast-map.client";
import styles from "@/app/(public)/_forecast/flag.module.css";
import { directionFields, numberText, positionText } from "@/app/(public)/_forecast/point-words";
import type { PointReading } from "@/app/(public)/_forecast/read-point";
import type { DisplayUnit } from "@/lib/map/display-unit";
import type { PublishedVariable } from "@/lib/map/product";
import type { Locale } from "@/lib/messages/messages";

type ProbeFlagProps = {
  readonly locale: Locale;
  readonly position: Position;
  readonly reading: PointReading;
  readonly unit: DisplayUnit;
  readonly variable: PublishedVariable;
};

/** What the flag at the chosen point says: value, unit, direction, position and cell. */
export function ProbeFlag({ locale, position, reading, unit, variable }: ProbeFlagProps) {
  const t = useTranslations("map");
  const where = positionText(position, locale);
  if (reading.kind === "outside") return <FlagText first={t("outside")} second={where} />;
  const cell = t("cell", { x: reading.cell.x, y: reading.cell.y });
  if (reading.kind === "reading") return <FlagText first={t("reading")} second={`${where} · ${cell}`} />;
  if (reading.value === null) return <FlagText first={t("noData")} second={`${where} · ${cell}`} />;
  return (
    <>
      <span className={styles.flagValue} data-testid="probe-value">
        <b>
          {numberText(reading.value, { unit, variable, locale })} {unit.symbol}
        </b>{" "}
        {reading.fromDegrees !== null && t("from", directionFields(reading.fromDegrees, locale))}
      </span>
      <span className={styles.flagPlace}>{`${where} · ${cell}`}</span>
    </>
  );
}

function FlagText({ first, second }: { first: string; second: string }) {
  return (
    <>
      <span className={styles.flagValue}>{first}</span>
      <span className={styles.flagPlace}>{second}</span>
    </>
  );
}
