"use client";

import { useTranslations } from "next-intl";
import styles from "@/app/(public)/_forecast/legend.module.css";
import { type DisplayUnit, formatNumber, toDisplay } from "@/lib/map/display-unit";
import { classOf, legendPosition } from "@/lib/map/palette";
import type { LayerDefinition, Palette } from "@/lib/map/product";
import type { Locale } from "@/lib/messages/messages";

type LegendProps = {
  readonly locale: Locale;
  readonly layer: LayerDefinition;
  /** The one in force, the layer's own or another. */
  readonly palette: Palette;
  readonly theme: "light" | "dark";
  readonly unit: DisplayUnit;
  readonly onUnit: (unit: DisplayUnit) => void;
  /** Published value that the marker shows: under the cursor, else at the chosen point. */
  readonly marked: number | null;
};

/** Class bounds in the chosen unit, the colours in force, and a marker at the value under the cursor. */
export function Legend({ locale, layer, palette, theme, unit, onUnit, marked }: LegendProps) {
  const t = useTranslations("map");
  const classes = palette.breaks.length;
  return (
    <section className={styles.legend} aria-label={t("legend")}>
      <div className={styles.legendHead}>
        <span>{layer.title[locale]}</span>
        <UnitSwitch layer={layer} unit={unit} onUnit={onUnit} />
      </div>
      <div className={styles.legendBar}>
        {palette[theme].map((colour, index) => (
          <i
            key={palette.breaks[index]}
            style={{ backgroundColor: colour }}
            data-hatch={(palette.hatchTop && index === classes - 1) || undefined}
          />
        ))}
        {marked !== null && classOf(palette, marked) >= 0 && (
          <svg
            width="12"
            height="8"
            style={{ left: `calc(${legendPosition(palette, marked) * 100}% - 6px)` }}
            aria-hidden="true"
          >
            <path d="M0 0h12L6 8z" fill="currentColor" />
          </svg>
        )}
      </div>
      <div className={styles.legendTicks}>
        {palette.breaks.map((bound, index) =>
          index === 0 && !palette.transparentBelow ? null : (
            <span key={bound} style={{ left: `${(index / classes) * 100}%` }}>
              {formatNumber(toDisplay(unit, bound), tickDecimals(unit, palette.breaks), locale)}
            </span>
          ),
        )}
      </div>
      <span className={styles.legendUnit}>{unit.symbol}</span>
    </section>
  );
}

function UnitSwitch({ layer, unit, onUnit }: Pick<LegendProps, "layer" | "unit" | "onUnit">) {
  const t = useTranslations("map");
  if (layer.units.length < 2) return <span className={styles.quiet}>{unit.symbol}</span>;
  return (
    <fieldset className={styles.segments} aria-label={t("unit")}>
      {layer.units.map((choice) => (
        <button
          key={choice.symbol}
          type="button"
          aria-pressed={choice.symbol === unit.symbol}
          onClick={() => onUnit(choice)}
        >
          {choice.symbol}
        </button>
      ))}
    </fieldset>
  );
}

/** As few decimals as tell neighbouring bounds apart; converted units are rounded to what fits a tick. */
function tickDecimals(unit: DisplayUnit, breaks: readonly number[]): number {
  const whole = breaks.every((bound) => Math.abs(toDisplay(unit, bound) - Math.round(toDisplay(unit, bound))) < 1e-9);
  const widest = Math.max(...breaks.map((bound) => Math.abs(toDisplay(unit, bound))));
  return whole || widest >= 20 ? 0 : 1;
}
