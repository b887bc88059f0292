"use client";

import "maplibre-gl/dist/maplibre-gl.css";
import type { GeoJSONSource, Map as MapLibreMap } from "maplibre-gl";
import { useLocale, useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { firstLayerAboveField } from "@/app/_map/base-style";
import { FlameMark } from "@/app/_map/flame-mark.client";
import styles from "@/app/_map/map.module.css";
import type { Locale } from "@/lib/messages/messages";

type Point = { readonly lat: number; readonly lon: number };
type Bounds = { readonly south: number; readonly north: number; readonly west: number; readonly east: number };

export type PointPickerProps = {
  readonly value: Point | null;
  readonly onChange: (point: Point) => void;
  /** Where a point may lie, degrees: drawn as an outline. Null while no weather is there. */
  readonly bounds: Bounds | null;
  readonly disabled?: boolean;
};

/** What the map shows when there is no weather domain to show. */
const italy: Bounds = { south: 36, north: 47.2, west: 6.5, east: 18.6 };

/**
 * A map to choose one point on: click or tap, or put the cross in the middle with the arrow keys and press Enter. The
 * form beside it holds the same position as fields.
 */
export function PointPicker(props: PointPickerProps) {
  const t = useTranslations("map");
  const locale: Locale = useLocale() === "it" ? "it" : "en";
  const container = useRef<HTMLDivElement>(null);
  const [map, setMap] = useState<MapLibreMap | null>(null);
  /** The map whose style is ready; a new object for every style, since a new style has lost the outline. */
  const [styled, setStyled] = useState<{ readonly map: MapLibreMap } | null>(null);
  const [cannotDraw, setCannotDraw] = useState(false);
  const latest = useRef(props);
  latest.current = props;

  useEffect(() => {
    const element = container.current;
    if (!element) return;
    let ended = false;
    let close = () => setMap(null);
    void import("@/app/_map/map-view").then(({ hasWebGl2, openMap }) => {
      if (ended) return;
      if (!hasWebGl2()) {
        setCannotDraw(true);
        return;
      }
      const { west, south, east, north } = latest.current.bounds ?? italy;
      const opened = openMap({
        container: element,
        locale,
        bounds: [west, south, east, north],
        padding: { top: 24, right: 24, bottom: 24, left: 24 },
        onStyle: (ready) => setStyled({ map: ready }),
      });
      listen(opened.map, latest);
      close = opened.close;
      setMap(opened.map);
    });
    return () => {
      ended = true;
      close();
    };
  }, [locale]);

  const { bounds, value } = props;
  useEffect(() => {
    // A map that is being closed has lost its layers already.
    if (map && styled?.map === map && bounds && map.getLayer(firstLayerAboveField)) drawDomain(map, bounds);
  }, [map, styled, bounds]);

  useSight(map, props);

  return (
    <div className={styles.pickerFrame} data-disabled={props.disabled || undefined}>
      <div
        ref={container}
        className={styles.map}
        data-testid="point-picker"
        role="application"
        aria-label={t("pickLabel")}
      />
      <span className={styles.crosshair} aria-hidden="true" />
      {cannotDraw && <p className={styles.fallback}>{t("noPickMap")}</p>}
      {map && value && isOnEarth(value) && <FlameMark map={map} {...value} />}
    </div>
  );
}

function listen(map: MapLibreMap, latest: { readonly current: PointPickerProps }): void {
  const choose = ({ lat, lng }: { lat: number; lng: number }) => {
    if (!latest.current.disabled) latest.current.onChange({ lat: round(lat), lon: round(lng) });
  };
  map.on("click", ({ lngLat }) => choose(lngLat));
  map.getCanvas().addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      choose(map.getCenter());
    }
  });
}

/** The map throws at a latitude beyond the poles, which may be typed in the form beside it. */
const isOnEarth = ({ lat, lon }: Point): boolean => Math.abs(lat) <= 90 && Math.abs(lon) <= 180;

/** Four decimals are 11 m: what a field shows and what a person can point at. */
const round = (degrees: number): number => Math.round(degrees * 1e4) / 1e4;

function drawDomain(map: MapLibreMap, { west, south, east, north }: Bounds): void {
  const ring = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
  const data = {
    type: "Feature" as const,
    properties: {},
    geometry: { type: "LineString" as const, coordinates: ring },
  };
  const known = map.getSource<GeoJSONSource>("domain");
  if (known) {
    known.setData(data);
    return;
  }
  const colour = getComputedStyle(document.documentElement).getPropertyValue("--map-label").trim();
  map.addSource("domain", { type: "geojson", data });
  map.addLayer(
    {
      id: "domain",
      type: "line",
      source: "domain",
      paint: { "line-color": colour, "line-width": 1.4, "line-dasharray": [4, 3] },
    },
    firstLayerAboveField,
  );
}

/** Moves the map only when the point is out of sight, and then so that the domain stays in sight too. */
function useSight(map: MapLibreMap | null, { value, bounds }: PointPickerProps): void {
  useEffect(() => {
    if (!map || !value || !isOnEarth(value) || map.getBounds().contains([value.lon, value.lat])) return;
    const { west, south, east, north } = bounds ?? italy;
    map.fitBounds(
      [
        [Math.min(west, value.lon), Math.min(south, value.lat)],
        [Math.max(east, value.lon), Math.max(north, value.lat)],
      ],
      { padding: 40 },
    );
  }, [map, value, bounds]);
}
