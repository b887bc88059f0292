"use client";

import type { Map as MapLibreMap, Marker } from "maplibre-gl";
import { useEffect, useRef, useState } from "react";
import { createPortal } from "react-dom";
import styles from "@/app/_map/map.module.css";

type FlameMarkProps = {
  readonly map: MapLibreMap;
  readonly lat: number;
  readonly lon: number;
  readonly isSmall?: boolean;
};

/** The flame in its ring where the fire is. */
export function FlameMark({ map, lat, lon, isSmall }: FlameMarkProps) {
  const [element, setElement] = useState<HTMLElement | null>(null);
  const marker = useRef<Marker | null>(null);

  useEffect(() => {
    let ended = false;
    void import("maplibre-gl").then(({ Marker: MapMarker }) => {
      if (ended) return;
      const place = document.createElement("div");
      place.style.pointerEvents = "none";
      marker.current = new MapMarker({ element: place, anchor: "center" }).setLngLat([0, 0]).addTo(map);
      setElement(place);
    });
    return () => {
      ended = true;
      marker.current?.remove();
      marker.current = null;
    };
  }, [map]);

  useEffect(() => {
    if (element) marker.current?.setLngLat([lon, lat]);
  }, [element, lat, lon]);

  if (!element) return null;
  return createPortal(
    <span className={styles.flame} data-small={isSmall || undefined}>
      <svg
        width="16"
        height="16"
        viewBox="0 0 20 20"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.9"
        strokeLinejoin="round"
        aria-hidden="true"
      >
        <path d="M10 17.500c3 0 5-2 5-4.700 0-3.300-3.500-4.800-3.500-9.300-2.500 1-3.200 3.500-2.700 5.500C7.500 8.500 7.300 7.500 7.300 7 6 8.300 5 10.300 5 12.800c0 2.700 2 4.700 5 4.700z" />
      </svg>
    </span>,
    element,
  );
}
