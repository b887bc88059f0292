import type { Map as MapLibreMap } from "maplibre-gl";

/** The open map, for those who only hand it on. */
export type LiveMap = MapLibreMap;
