"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import styles from "@/app/(public)/_forecast/layers.module.css";
import look from "@/app/(public)/_forecast/view.module.css";
import { formatNumber, toDisplay } from "@/lib/map/display-unit";
import type { LayerDefinition } from "@/lib/map/product";
import { thresholdRange } from "@/lib/map/threshold-range";
import { leastOpacity, type ViewOptions } from "@/lib/map/view-options";
import type { Locale } from "@/lib/messages/messages";

type ViewPanelProps = {
  readonly locale: Locale;
  readonly layer: LayerDefinition;
  readonly options: ViewOptions;
  readonly onOptions: (options: ViewOptions) => void;
};

/** How the field is drawn and what lies on it: cells, lines, streaks, colours, opacity, a threshold. No request follows. */
export function ViewPanel({ locale, layer, options, onOptions }: ViewPanelProps) {
  const t = useTranslations("map");
  const change = (part: Partial<ViewOptions>) => onOptions({ ...options, ...part });
  const others = layer.otherPalettes ?? [];
  return (
    <div className={styles.onTop}>
      <div className={styles.groupName}>{t("onTop")}</div>
      <Switch name={t("showCells")} on={options.showCells} onChange={(showCells) => change({ showCells })} />
      <Switch name={t("isolines")} on={options.isolines} onChange={(isolines) => change({ isolines })} />
      {layer.direction && (
        <Switch name={t("streaks")} on={options.streaks} onChange={(streaks) => change({ streaks })} />
      )}
      {layer.direction && options.streaks && <p className={look.reduced}>{t("streaksStill")}</p>}
      {others.length > 0 && (
        <label className={look.row}>
          <span>{t("palette")}</span>
          <select
            value={options.palette ?? ""}
            onChange={({ target }) => change({ palette: target.value === "" ? null : target.value })}
          >
            <option value="">{t("ownPalette")}</option>
            {others.map(({ id, title }) => (
              <option key={id} value={id}>
                {title[locale]}
              </option>
            ))}
          </select>
        </label>
      )}
      <Slider name={t("opacity")} value={`${Math.round(options.opacity * 100)}\u2009%`}>
        <input
          type="range"
          min={leastOpacity * 100}
          max={100}
          step={5}
          value={Math.round(options.opacity * 100)}
          aria-label={t("opacity")}
          onChange={({ target }) => change({ opacity: Number(target.value) / 100 })}
        />
      </Slider>
      <Threshold {...{ locale, layer, options, change }} />
    </div>
  );
}

type Change = { readonly change: (part: Partial<ViewOptions>) => void };

/** Draws only what reaches a value: the question of who is over a limit, without another map. */
function Threshold({ locale, layer, options, change }: Omit<ViewPanelProps, "onOptions"> & Change) {
  const t = useTranslations("map");
  const unit = layer.units.find(({ symbol }) => symbol === options.unit) ?? layer.units[0];
  const { lowest, highest, step } = thresholdRange(layer.palette.breaks);
  const { threshold } = options;
  if (!unit) return null;
  const inUnit = (value: number) => formatNumber(toDisplay(unit, value), step * unit.scale < 1 ? 1 : 0, locale);
  const text = threshold === null ? t("everything") : `≥ ${inUnit(threshold)} ${unit.symbol}`;
  return (
    <Slider name={t("threshold")} value={text}>
      <input
        type="range"
        min={lowest}
        max={highest}
        step={step}
        value={threshold ?? lowest}
        aria-label={t("threshold")}
        aria-valuetext={text}
        onChange={({ target }) => {
          const value = Number(target.value);
          change({ threshold: value <= lowest ? null : value });
        }}
      />
    </Slider>
  );
}

function Slider({ name, value, children }: { name: string; value: string; children: ReactNode }) {
  return (
    <div className={look.slider}>
      <span>{name}</span>
      <output>{value}</output>
      {children}
    </div>
  );
}

function Switch({ name, on, onChange }: { name: string; on: boolean; onChange: (on: boolean) => void }) {
  return (
    <label className={styles.layerRow}>
      <input type="checkbox" checked={on} onChange={({ target }) => onChange(target.checked)} />
      <span className={styles.switch} data-on={on || undefined} aria-hidden="true" />
      <span>{name}</span>
    </label>
  );
}
