import type { LayerDefinition } from "@/lib/map/product";

/** Line icons of the map, 20 px grid, 1.5 px stroke; the control around them carries the name. */
const paths = {
  close: "m5 5 10 10M15 5 5 15",
  play: "M6 4.2v11.6L15.5 10z",
  pause: "M6.5 4v12M13.5 4v12",
  previous: "M12.5 4.5 7 10l5.5 5.5",
  next: "M7.5 4.5 13 10l-5.5 5.5",
  plus: "M10 4v12M4 10h12",
  minus: "M4 10h12",
  whole: "M4 8V4h4M12 4h4v4M16 12v4h-4M8 16H4v-4",
  target: "M10 4.500a5.500 5.500 0 1 1 0 11 5.500 5.500 0 0 1 0-11zM10 2v4M10 14v4M2 10h4M14 10h4",
  layers: "M10 3 3 6.8l7 3.8 7-3.8zM3 10.6l7 3.8 7-3.8M3 14l7 3.8 7-3.8",
  download: "M10 3v9.5m-4-4 4 4 4-4M3.5 16.5h13",
  picture: "M3.5 5h13v10.500h-13zM3.500 13l4-4 3.500 3.500 2-2 3.500 3.500M13 8h.01",
  share:
    "M7.5 10.500 12.500 7M7.500 9.800l5 3.300M5.500 8a2 2 0 1 1 0 4 2 2 0 0 1 0-4zM14.500 4a2 2 0 1 1 0 4 2 2 0 0 1 0-4zM14.500 12.300a2 2 0 1 1 0 4 2 2 0 0 1 0-4z",
  wind: "M3 8h8.500a2 2 0 1 0-2-2M3 11.500h12a2 2 0 1 1-2 2M3 15h6",
  drop: "M10 3s4.800 5.200 4.800 8.700a4.800 4.800 0 0 1-9.600 0C5.200 8.200 10 3 10 3z",
  temperature: "M8.300 11.600V5a1.700 1.700 0 1 1 3.400 0v6.600a3.200 3.200 0 1 1-3.400 0z",
  height: "M10 3v14M6.500 6.500 10 3l3.500 3.500M6.500 13.500 10 17l3.500-3.500",
  flame:
    "M10 17.500c3 0 5-2 5-4.700 0-3.300-3.500-4.800-3.500-9.300-2.500 1-3.200 3.500-2.700 5.500C7.500 8.500 7.300 7.500 7.300 7 6 8.300 5 10.300 5 12.800c0 2.700 2 4.700 5 4.700z",
} as const;
export type MapIconName = keyof typeof paths;

export function MapIcon({ name, size = 18 }: { name: MapIconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={paths[name]} />
    </svg>
  );
}

/** The icon of a layer: told by what its first unit measures. */
export function LayerIcon({ layer }: { layer: LayerDefinition }) {
  return <MapIcon name={iconOf(layer)} />;
}

function iconOf(layer: LayerDefinition): MapIconName {
  const unit = layer.units[0]?.symbol ?? "";
  if (layer.direction || unit === "m/s") return "wind";
  if (unit.includes("°C") || unit === "K") return "temperature";
  if (unit.includes("g/m")) return "flame";
  if (unit === "m") return "height";
  return "drop";
}
