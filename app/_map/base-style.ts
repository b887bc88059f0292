import type { LayerSpecification, StyleSpecification } from "maplibre-gl";
import type { MapColours } from "@/app/_map/map-colours";
import { placeFeatures } from "@/app/_map/places";
import type { Locale } from "@/lib/messages/messages";

/** The field is drawn under this layer, so that coast, borders and names stay readable. */
export const firstLayerAboveField = "coast-halo-world";

/** Sea, land, coast, borders and names, from this origin only: no tiles, no glyph server. */
export function baseStyle(colours: MapColours, locale: Locale): StyleSpecification {
  return {
    version: 8,
    sources: {
      world: { type: "geojson", data: "/basemap/world.json", tolerance: 0.2 },
      fine: {
        type: "geojson",
        data: "/basemap/fine.json",
        tolerance: 0.2,
        attribution: locale === "it" ? "Coste Natural Earth" : "Coast Natural Earth",
      },
      places: { type: "geojson", data: placeFeatures(locale) },
    },
    layers: [
      { id: "sea", type: "background", paint: { "background-color": colours.sea } },
      fill("land-world", "world", ["land", colours.land]),
      fill("sea-fine", "fine", ["sea", colours.sea]),
      fill("land-fine", "fine", ["land", colours.land]),
      ...linesOf("world", colours),
      ...linesOf("fine", colours),
      ...labels(colours),
    ],
  };
}

function fill(id: string, source: string, [kind, colour]: readonly [string, string]): LayerSpecification {
  return { id, type: "fill", source, filter: ["==", ["get", "kind"], kind], paint: { "fill-color": colour } };
}

function linesOf(source: string, colours: MapColours): LayerSpecification[] {
  return [
    {
      id: `coast-halo-${source}`,
      type: "line",
      source,
      filter: ["==", ["get", "kind"], "coast"],
      paint: { "line-color": colours.halo, "line-width": 3, "line-opacity": 0.55 },
    },
    {
      id: `border-${source}`,
      type: "line",
      source,
      filter: ["==", ["get", "kind"], "border"],
      paint: { "line-color": colours.coast, "line-width": 0.8, "line-opacity": 0.6, "line-dasharray": [3, 2] },
    },
    {
      id: `coast-${source}`,
      type: "line",
      source,
      filter: ["==", ["get", "kind"], "coast"],
      paint: { "line-color": colours.coast, "line-width": 1.2 },
    },
  ];
}

function labels(colours: MapColours): LayerSpecification[] {
  const font = ["Inter Variable", "sans-serif"];
  const halo = { "text-color": colours.label, "text-halo-color": colours.halo, "text-halo-width": 1.6 };
  return [
    {
      id: "place-dots",
      type: "circle",
      source: "places",
      filter: ["all", ["==", ["get", "kind"], "town"], ["<=", ["get", "from"], ["zoom"]]],
      paint: {
        "circle-radius": 2.5,
        "circle-color": colours.label,
        "circle-stroke-color": colours.halo,
        "circle-stroke-width": 1.5,
      },
    },
    {
      id: "seas",
      type: "symbol",
      source: "places",
      filter: ["all", ["==", ["get", "kind"], "sea"], ["<=", ["get", "from"], ["zoom"]]],
      layout: {
        "text-field": ["get", "name"],
        "text-font": font,
        "text-size": 13,
        "text-letter-spacing": 0.08,
        "text-max-width": 14,
      },
      paint: halo,
    },
    {
      id: "towns",
      type: "symbol",
      source: "places",
      filter: ["all", ["==", ["get", "kind"], "town"], ["<=", ["get", "from"], ["zoom"]]],
      layout: {
        "text-field": ["get", "name"],
        "text-font": font,
        "text-size": ["case", ["<=", ["get", "from"], 6], 14, 12.5],
        "text-variable-anchor": ["left", "right", "top"],
        "text-radial-offset": 0.6,
        "text-justify": "auto",
        "symbol-sort-key": ["get", "from"],
      },
      paint: halo,
    },
  ];
}
