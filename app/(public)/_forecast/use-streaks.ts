import { useEffect, useState } from "react";
import type { FlowStreaks } from "@/app/_map/flow-streaks";
import type { LiveMap } from "@/app/_map/live-map";
import type { StepStore } from "@/app/_map/step-store";
import type { GridTransform } from "@/lib/map/grid-transform";
import type { LayerDefinition } from "@/lib/map/product";
import { cellAt, publishedValue } from "@/lib/map/sample-field";

type StreakQuestion = {
  readonly map: LiveMap | null;
  readonly store: StepStore | null;
  readonly grid: GridTransform;
  readonly layer: LayerDefinition;
  readonly step: number;
  readonly isOn: boolean;
  /** Streaks are light on a dark map. */
  readonly theme: "light" | "dark";
};

/** Streaks along the wind of the shown step, while they are wanted and motion is welcome. */
export function useStreaks({ map, store, grid, layer, step, isOn, theme }: StreakQuestion): void {
  const [streaks, setStreaks] = useState<FlowStreaks | null>(null);
  const isWanted = isOn && layer.direction !== null;
  useEffect(() => {
    if (!map || !isWanted || matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    let opened: FlowStreaks | null = null;
    let ended = false;
    void import("@/app/_map/flow-streaks").then((module) => {
      if (ended) return;
      opened = new module.FlowStreaks(map, { colour: theme === "dark" ? "#ffffff" : "#10202c" });
      setStreaks(opened);
    });
    return () => {
      ended = true;
      opened?.remove();
      setStreaks(null);
    };
  }, [map, isWanted, theme]);

  const east = layer.direction && store?.get(layer.direction.east, step);
  const north = layer.direction && store?.get(layer.direction.north, step);
  useEffect(() => {
    const packings = store?.source.packings;
    const [eastPacking, northPacking] = [
      packings?.[layer.direction?.east ?? ""],
      packings?.[layer.direction?.north ?? ""],
    ];
    if (!streaks || !east || !north || !eastPacking || !northPacking) return;
    streaks.show((lon, lat) => {
      const cell = cellAt(grid, ...grid.toIndex(lon, lat));
      if (!cell) return null;
      const [u, v] = [
        publishedValue(east, grid, { cell, packing: eastPacking }),
        publishedValue(north, grid, { cell, packing: northPacking }),
      ];
      return u === null || v === null ? null : [u, v];
    });
  }, [streaks, store, grid, layer, east, north]);
}
