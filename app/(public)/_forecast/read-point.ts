import type { Position } from "@/app/_map/forecast-map.client";
import type { StepStore } from "@/app/_map/step-store";
import { directionFrom } from "@/lib/map/display-unit";
import type { GridTransform } from "@/lib/map/grid-transform";
import type { LayerDefinition, PublishedVariable } from "@/lib/map/product";
import { type Cell, cellAt, publishedValue } from "@/lib/map/sample-field";

/** What is known at a position: nothing outside the grid, a value or "no data" inside, once the step has come. */
export type PointReading =
  | { readonly kind: "outside" }
  | { readonly kind: "reading"; readonly cell: Cell }
  | {
      readonly kind: "read";
      readonly cell: Cell;
      /** Published units; null where there is no data. */
      readonly value: number | null;
      /** Where the wind comes from, degrees; null when the layer has no direction or it has not come yet. */
      readonly fromDegrees: number | null;
    };

export type PointQuestion = {
  readonly store: StepStore;
  readonly grid: GridTransform;
  readonly layer: LayerDefinition;
  readonly variables: readonly PublishedVariable[];
  readonly step: number;
};

/** The published value of the cell under a position: from the stored integers, never from the pixel. */
export function readPoint(question: PointQuestion, position: Position): PointReading {
  const { store, grid, layer, step } = question;
  const cell = cellAt(grid, ...grid.toIndex(position.lon, position.lat));
  if (!cell) return { kind: "outside" };
  const read = (name: string): number | null | undefined => {
    const field = store.get(name, step);
    const packing = store.source.packings[name];
    return field && packing ? publishedValue(field, store.source, { cell, packing }) : undefined;
  };
  const value = read(layer.variable);
  if (value === undefined) return { kind: "reading", cell };
  const east = layer.direction ? read(layer.direction.east) : null;
  const north = layer.direction ? read(layer.direction.north) : null;
  const calm = east === 0 && north === 0;
  const known = typeof east === "number" && typeof north === "number" && !calm;
  return { kind: "read", cell, value, fromDegrees: known ? directionFrom(east, north) : null };
}

/** Published values of a cell over time; undefined where a step has not come yet. */
export function readSeries(question: Omit<PointQuestion, "step">, cell: Cell, stepCount: number): PointSeries {
  const { store, layer } = question;
  const packing = store.source.packings[layer.variable];
  return Array.from({ length: stepCount }, (_, step) => {
    const field = store.get(layer.variable, step);
    return field && packing ? publishedValue(field, store.source, { cell, packing }) : undefined;
  });
}
export type PointSeries = readonly (number | null | undefined)[];
