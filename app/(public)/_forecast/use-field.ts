import { useMemo } from "react";
import type { FieldFrame, FieldLook } from "@/app/_map/field-look";
import type { UploadedField } from "@/app/_map/field-textures";
import type { StepStore } from "@/app/_map/step-store";
import type { ShownProduct } from "@/app/(public)/_forecast/forecast-data";
import { type GridTransform, gridTransform } from "@/lib/map/grid-transform";
import { buildMesh, type ReprojectionMesh } from "@/lib/map/mesh";
import { classTable, storedThreshold } from "@/lib/map/palette";
import type { LayerDefinition, Palette, PublishedVariable } from "@/lib/map/product";
import type { ViewOptions } from "@/lib/map/view-options";

/** The grid of a product as the map needs it: found once per run. */
export function useGrid(product: ShownProduct): { transform: GridTransform; mesh: ReprojectionMesh } {
  const { grid } = product.description;
  return useMemo(() => {
    const transform = gridTransform(grid);
    return { transform, mesh: buildMesh(transform) };
  }, [grid]);
}

type FrameQuestion = {
  readonly layer: LayerDefinition;
  readonly variable: PublishedVariable;
  readonly step: number;
  readonly nextStep: number | null;
  readonly fraction: number;
};

/** What the map draws now: null until the step has come. */
export function frameOf(store: StepStore, question: FrameQuestion): FieldFrame | null {
  const { layer, variable, step, nextStep, fraction } = question;
  const field = fieldOf(store, variable, step);
  if (!field) return null;
  const glides = layer.interpolateTime && nextStep !== null && fraction > 0;
  const next = glides ? fieldOf(store, variable, nextStep) : null;
  return { field, next, mix: next ? fraction : 0 };
}

function fieldOf(store: StepStore, variable: PublishedVariable, step: number): UploadedField | null {
  const integers = store.get(variable.name, step);
  if (!integers) return null;
  const { nX, nY } = store.source;
  return { key: store.keyOf(variable.name, step), integers, nX, nY, fill: variable.packing.fill };
}

/** How the field is coloured; a change of theme, palette or options makes a new look and nothing else. */
export function useLook(question: {
  palette: Palette;
  variable: PublishedVariable;
  theme: "light" | "dark";
  options: ViewOptions;
}): FieldLook {
  const { palette, variable, theme, options } = question;
  const { packing } = variable;
  return useMemo(
    () => ({
      classes: classTable(palette, packing, theme),
      transparentBelow: palette.transparentBelow,
      hatchTop: palette.hatchTop,
      showCells: options.showCells,
      isolines: options.isolines,
      threshold: options.threshold === null ? null : storedThreshold(options.threshold, packing),
      opacity: options.opacity,
      lines: theme === "dark" ? [1, 1, 1] : [0.05, 0.09, 0.12],
    }),
    [palette, packing, theme, options],
  );
}
