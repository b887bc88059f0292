import { NereusError } from "@/lib/errors";
import { niceLevels } from "@/lib/formats/vector/nice-levels";
import type { CutProduct } from "@/lib/map/cut-product";
import type { Coverage, LayerDefinition } from "@/lib/map/product";
import { findPipeline } from "@/pipelines/registry";
import type { ExportForm } from "@/server/services/open-data/export-form";

type Contours = Extract<ExportForm, { format: string }>;

/**
 * What `export-part` is told of contours: levels that were asked for, else the classes of the map, else round values in the
 * range of the field; and the colours that the map has for them.
 * @throws {NereusError} subset-parameter-invalid for more than one variable or time
 */
export function contourForm(part: CutProduct, form: Contours, coverage: Coverage) {
  const { description, steps } = part;
  const [variable, ...moreVariables] = description.variables;
  const [step, ...moreSteps] = steps;
  if (variable === undefined || moreVariables.length > 0)
    throw notOne("variables", description.variables.map(({ name }) => name).join(","), "one variable for contours");
  if (step === undefined || moreSteps.length > 0)
    throw notOne("time", description.times.join("/"), "one time for contours");
  const palette = findPipeline(description.pipelineId)?.layers.find(
    isLayerOf(description.productId, variable.name),
  )?.palette;
  const range = coverage.steps.find(({ index }) => index === step)?.extremes[variable.name];
  const levels = form.levels ?? palette?.breaks ?? niceLevels(range?.min ?? 0, range?.max ?? 0);
  const colours = levels.map((level) => palette?.light[palette.breaks.indexOf(level)] ?? "");
  return { kind: form.kind, format: form.format, levels, colours };
}

const isLayerOf = (productId: string, variable: string) => (layer: LayerDefinition) =>
  layer.productId === productId && layer.variable === variable;

const notOne = (parameter: string, value: string, expected: string) =>
  new NereusError("subset-parameter-invalid", { parameter, value: value.slice(0, 100), expected });
