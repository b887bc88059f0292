"use client";

import { useTranslations } from "next-intl";
import styles from "@/app/(public)/_forecast/legend.module.css";
import { MapIcon } from "@/app/(public)/_forecast/map-icon";

/** What the buttons need of the map. */
export type ZoomTarget = {
  zoomIn(): unknown;
  zoomOut(): unknown;
  fitBounds(bounds: [number, number, number, number], options: { padding: number; animate: boolean }): unknown;
};

type MapButtonsProps = {
  readonly map: ZoomTarget | null;
  /** Degrees: west, south, east, north. */
  readonly bounds: readonly [number, number, number, number];
  /** Opens the place panel, where a position can be typed. */
  readonly onTypePosition: () => void;
};

/** Zoom, the whole domain, and a position without a pointer. */
export function MapButtons({ map, bounds, onTypePosition }: MapButtonsProps) {
  const t = useTranslations("map");
  const [west, south, east, north] = bounds;
  return (
    <div className={styles.mapButtons}>
      <button type="button" aria-label={t("zoomIn")} onClick={() => map?.zoomIn()}>
        <MapIcon name="plus" />
      </button>
      <button type="button" aria-label={t("zoomOut")} onClick={() => map?.zoomOut()}>
        <MapIcon name="minus" />
      </button>
      <button
        type="button"
        aria-label={t("whole")}
        onClick={() => map?.fitBounds([west, south, east, north], { padding: 40, animate: false })}
      >
        <MapIcon name="whole" />
      </button>
      <button type="button" aria-label={t("place")} onClick={onTypePosition}>
        <MapIcon name="target" />
      </button>
    </div>
  );
}
