/** How a visitor wants the field drawn; nothing of it needs a request. */
export type ViewOptions = {
  /** Id of one of the layer's other palettes; null = its own. */
  readonly palette: string | null;
  /** Symbol of one of the layer's units; null = its first. */
  readonly unit: string | null;
  /** In published units: only values from here on are drawn; null = all. */
  readonly threshold: number | null;
  /** 0.2 to 1. */
  readonly opacity: number;
  readonly showCells: boolean;
  readonly isolines: boolean;
  /** Moving streaks along the wind or the current, where the layer has a direction. */
  readonly streaks: boolean;
};

export const defaultViewOptions: ViewOptions = {
  palette: null,
  unit: null,
  threshold: null,
  opacity: 1,
  showCells: false,
  isolines: false,
  streaks: false,
};

/** Least opacity that can be chosen: below it a field is taken for the map. */
export const leastOpacity = 0.2;

/** Reads the options of a link; what is not understood counts as absent. */
export function readViewOptions(query: URLSearchParams): ViewOptions {
  const opacity = numberOf(query.get("opacity"));
  const shown = new Set((query.get("show") ?? "").split("."));
  return {
    palette: query.get("palette"),
    unit: query.get("unit"),
    threshold: numberOf(query.get("above")),
    opacity: opacity === null ? 1 : Math.max(leastOpacity, Math.min(1, opacity / 100)),
    showCells: shown.has("cells"),
    isolines: shown.has("isolines"),
    streaks: shown.has("streaks"),
  };
}

/** Writes what differs from the default into a link. */
export function writeViewOptions(query: URLSearchParams, options: ViewOptions): void {
  if (options.palette !== null) query.set("palette", options.palette);
  if (options.unit !== null) query.set("unit", options.unit);
  if (options.threshold !== null) query.set("above", String(Number(options.threshold.toPrecision(6))));
  if (options.opacity < 1) query.set("opacity", String(Math.round(options.opacity * 100)));
  const shown = [
    ...(options.showCells ? ["cells"] : []),
    ...(options.isolines ? ["isolines"] : []),
    ...(options.streaks ? ["streaks"] : []),
  ];
  if (shown.length > 0) query.set("show", shown.join("."));
}

function numberOf(text: string | null): number | null {
  const value = text === null || text.trim() === "" ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : null;
}
