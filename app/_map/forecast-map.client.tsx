"use client";

import "maplibre-gl/dist/maplibre-gl.css";
import type { Map as MapLibreMap, Marker } from "maplibre-gl";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { firstLayerAboveField } from "@/app/_map/base-style";
import { FieldLayer } from "@/app/_map/field-layer";
import type { FieldFrame, FieldLook } from "@/app/_map/field-look";
import { FlameMark } from "@/app/_map/flame-mark.client";
import styles from "@/app/_map/map.module.css";
import type { MapViewOptions } from "@/app/_map/map-view";
import type { ReprojectionMesh } from "@/lib/map/mesh";
import type { Locale } from "@/lib/messages/messages";

export type Position = { readonly lat: number; readonly lon: number };

export type ForecastMapProps = {
  readonly locale: Locale;
  readonly label: string;
  readonly bounds: MapViewOptions["bounds"];
  readonly mesh: ReprojectionMesh | null;
  readonly frame: FieldFrame | null;
  readonly look: FieldLook | null;
  /** Where the fire is that the field comes from. */
  readonly fire: Position | null;
  readonly position: Position | null;
  /** What stands at the chosen position: the value and how it was found. */
  readonly flag: ReactNode;
  readonly onPick: (position: Position) => void;
  readonly onHover: (position: Position | null) => void;
  /** Hands out zoom once the map is there; null while it is not. */
  readonly onMap: (map: MapLibreMap | null) => void;
  /** A picture of the same view from the server: there before the map, and in its place when it cannot be drawn. */
  readonly poster: { readonly address: string; readonly text: string } | null;
  /** What is said when the map cannot be drawn here. */
  readonly fallback: (trouble: MapTrouble) => ReactNode;
};

/** Why there is no live map: no WebGL 2, graphics memory taken away, or its program did not load. */
export type MapTrouble = "unsupported" | "lost" | "not-loaded";

/**
 * The map with one field. `data-field-ready` on the container names the field that the last frame drew
 * (`product/run/variable/step`) and is absent while none is on the screen.
 */
export function ForecastMap(props: ForecastMapProps) {
  const container = useRef<HTMLDivElement>(null);
  const [map, setMap] = useState<MapLibreMap | null>(null);
  const [layer, setLayer] = useState<FieldLayer | null>(null);
  const [trouble, setTrouble] = useState<MapTrouble | null>(null);
  const [isDrawn, setIsDrawn] = useState(false);
  const handlers = useRef(props);
  handlers.current = props;
  const { bounds, locale } = props;
  const opening = useRef({ bounds, locale });

  useEffect(() => {
    const element = container.current;
    if (!element) return;
    let close = () => setMap(null);
    let ended = false;
    const open = ({ hasWebGl2, openMap }: typeof import("@/app/_map/map-view")) => {
      if (ended) return;
      if (!hasWebGl2()) {
        setTrouble("unsupported");
        return;
      }
      const opened = openMap({
        container: element,
        ...opening.current,
        padding: panelPadding(),
        onStyle: (ready) => setLayer(addField(ready, element, setIsDrawn)),
        onLost: (isLost) => setTrouble(isLost ? "lost" : null),
      });
      listen(opened.map, handlers);
      close = opened.close;
      setMap(opened.map);
      handlers.current.onMap(opened.map);
    };
    import("@/app/_map/map-view").then(open).catch(() => setTrouble("not-loaded"));
    return () => {
      ended = true;
      handlers.current.onMap(null);
      close();
    };
  }, []);

  const { mesh, frame, look } = props;
  useEffect(() => {
    if (layer && mesh && look) layer.show(mesh, frame, look);
  }, [layer, mesh, frame, look]);

  const { position } = props;
  useEffect(() => {
    if (map && position) bringIntoSight(map, position);
  }, [map, position]);

  return (
    <div className={styles.stage}>
      {props.poster && !(isDrawn && trouble === null) && <Poster {...props.poster} />}
      <div
        ref={container}
        className={styles.map}
        data-hidden={trouble !== null || undefined}
        data-testid="forecast-map"
        role="application"
        aria-label={props.label}
      />
      {trouble && <div className={styles.trouble}>{props.fallback(trouble)}</div>}
      {map && props.fire && <FlameMark map={map} {...props.fire} isSmall />}
      {map && props.position && <Probe map={map} position={props.position} flag={props.flag} />}
    </div>
  );
}

/** What the panels cover when the map opens is not where one looks. */
function panelPadding(): MapViewOptions["padding"] {
  if (matchMedia("(max-width: 47.99rem)").matches) return { top: 80, right: 8, bottom: 300, left: 8 };
  return { top: 92, right: 60, bottom: 128, left: 300 };
}

/** The panel of the chosen place never covers it: the map moves until it lies free, a third from the top. */
function bringIntoSight(map: MapLibreMap, { lat, lon }: Position): void {
  const { clientWidth, clientHeight } = map.getContainer();
  const isPhone = matchMedia("(max-width: 47.99rem)").matches;
  const free = isPhone
    ? { left: 24, right: clientWidth - 24, top: 150, bottom: clientHeight - 400 }
    : { left: 300, right: clientWidth - 340, top: 150, bottom: clientHeight - 140 };
  const { x, y } = map.project([lon, lat]);
  if (x >= free.left && x <= free.right && y >= free.top && y <= free.bottom) return;
  const wanted = { x: (free.left + free.right) / 2, y: free.top + (free.bottom - free.top) / 3 };
  // The library leaves the motion out by itself where less motion is asked for.
  map.panBy([x - wanted.x, y - wanted.y], { duration: 320 });
}

function addField(map: MapLibreMap, container: HTMLElement, onDrawn: (isDrawn: boolean) => void): FieldLayer {
  const layer = new FieldLayer((key) => {
    if (key) container.dataset.fieldReady = key;
    else delete container.dataset.fieldReady;
    // The poster goes with the first field and does not come back for a step that is still on its way.
    if (key) onDrawn(true);
  });
  if (map.getLayer(layer.id)) map.removeLayer(layer.id);
  map.addLayer(layer, firstLayerAboveField);
  return layer;
}

function listen(map: MapLibreMap, handlers: { readonly current: ForecastMapProps }): void {
  map.on("click", ({ lngLat }) => handlers.current.onPick({ lat: lngLat.lat, lon: lngLat.lng }));
  let scheduled = 0;
  map.on("mousemove", ({ lngLat }) => {
    cancelAnimationFrame(scheduled);
    scheduled = requestAnimationFrame(() => handlers.current.onHover({ lat: lngLat.lat, lon: lngLat.lng }));
  });
  map.on("mouseout", () => {
    cancelAnimationFrame(scheduled);
    handlers.current.onHover(null);
  });
}

/** The picture; a product that has none leaves the place empty. */
function Poster({ address, text }: { address: string; text: string }) {
  const image = useRef<HTMLImageElement>(null);
  const [missing, setMissing] = useState<string | null>(null);
  useEffect(() => {
    // It may have failed before the page came to life.
    if (image.current?.complete && image.current.naturalWidth === 0) setMissing(address);
  }, [address]);
  if (missing === address) return null;
  return (
    <img
      ref={image}
      className={styles.poster}
      data-testid="poster"
      src={address}
      alt={text}
      fetchPriority="high"
      onError={() => setMissing(address)}
    />
  );
}

/** Ring at the chosen position and the flag above it, below it near the upper edge. */
function Probe({ map, position, flag }: { map: MapLibreMap; position: Position; flag: ReactNode }) {
  const [element, setElement] = useState<HTMLElement | null>(null);
  const [below, setBelow] = useState(false);
  const marker = useRef<Marker | null>(null);
  const { lat, lon } = position;

  useEffect(() => {
    let ended = false;
    void import("maplibre-gl").then(({ Marker: MapMarker }) => {
      if (ended) return;
      const ring = document.createElement("div");
      marker.current = new MapMarker({ element: ring, anchor: "center" }).setLngLat([0, 0]).addTo(map);
      setElement(ring);
    });
    return () => {
      ended = true;
      marker.current?.remove();
      marker.current = null;
    };
  }, [map]);

  useEffect(() => {
    if (element) marker.current?.setLngLat([lon, lat]);
    const place = () => setBelow(map.project([lon, lat]).y < 150);
    place();
    map.on("move", place);
    return () => {
      map.off("move", place);
    };
  }, [map, element, lat, lon]);

  if (!element) return null;
  return createPortal(
    <div className={styles.probe}>
      <span className={styles.ring} />
      <div className={styles.flag} data-below={below || undefined}>
        {flag}
      </div>
    </div>,
    element,
  );
}
