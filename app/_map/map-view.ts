import { AttributionControl, type LngLatBoundsLike, Map as MapLibreMap, ScaleControl, setWorkerUrl } from "maplibre-gl";
import { baseStyle } from "@/app/_map/base-style";
import { onThemeChange, readMapColours } from "@/app/_map/map-colours";
import type { Locale } from "@/lib/messages/messages";

export type MapViewOptions = {
  readonly container: HTMLElement;
  readonly locale: Locale;
  /** Degrees: west, south, east, north. */
  readonly bounds: readonly [number, number, number, number];
  readonly padding: { readonly top: number; readonly right: number; readonly bottom: number; readonly left: number };
  /** Called when the style is ready, again after a change of theme and after lost graphics memory came back. */
  readonly onStyle: (map: MapLibreMap) => void;
  /** Told when the browser takes the graphics memory away, and when it gives it back. */
  readonly onLost?: (isLost: boolean) => void;
};

/** True when the browser can draw the map. */
export function hasWebGl2(): boolean {
  return document.createElement("canvas").getContext("webgl2") !== null;
}

/**
 * A map without network beyond this origin, in the theme of the page. Returns the map and what ends it.
 * Flat and north up: a field is read as a chart.
 */
export function openMap(options: MapViewOptions): { map: MapLibreMap; close(): void } {
  setWorkerUrl(new URL("maplibre-gl/dist/maplibre-gl-worker.mjs", import.meta.url).href);
  const map = new MapLibreMap({
    container: options.container,
    style: baseStyle(readMapColours(), options.locale),
    bounds: boundsOf(options.bounds),
    fitBoundsOptions: { padding: options.padding, animate: false },
    attributionControl: false,
    renderWorldCopies: false,
    dragRotate: false,
    pitchWithRotate: false,
    maxPitch: 0,
    maxZoom: 14,
    minZoom: 3,
    // Test and export read pixels; the cost on a chart that redraws on demand is not measurable.
    canvasContextAttributes: { preserveDrawingBuffer: true, antialias: true },
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new ScaleControl({ unit: "metric", maxWidth: 160 }), "bottom-left");
  map.addControl(new AttributionControl({ compact: false }), "bottom-right");
  map.on("style.load", () => options.onStyle(map));
  map.on("webglcontextlost", () => options.onLost?.(true));
  map.on("webglcontextrestored", () => options.onLost?.(false));
  const endTheme = onThemeChange(() => map.setStyle(baseStyle(readMapColours(), options.locale), { diff: false }));
  return {
    map,
    close() {
      endTheme();
      map.remove();
    },
  };
}

const boundsOf = ([west, south, east, north]: MapViewOptions["bounds"]): LngLatBoundsLike => [
  [west, south],
  [east, north],
];
