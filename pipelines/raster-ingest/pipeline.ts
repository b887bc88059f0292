import type { ArtifactFilter, FilterOperator } from "@/lib/dag/artifact-filter";
import { definePipeline, fieldOf, input, literal, output, program, ref } from "@/lib/pipeline/define-pipeline";
import type { PipelineModule } from "@/lib/pipeline/pipeline-module";
import { rasterIngestInput } from "@/pipelines/raster-ingest/input";
import { rasterIngestLayers } from "@/pipelines/raster-ingest/layers";
import { prepareRasterIngest } from "@/pipelines/raster-ingest/prepare";

/** A file up to this size is what a client fetches in a request or two: it is not cut, bytes. */
const smallBytes = 256 * 1024;
const sized = (operator: FilterOperator): ArtifactFilter => ({
  rules: [{ field: "file_size", operator, value: smallBytes }],
});

const source = "workflow:///validate/raster/*.tif";
const whole = literal(null);

const definition = definePipeline({
  id: "raster-ingest",
  title: { en: "Raster ingestion", it: "Acquisizione di raster" },
  kind: "on-demand",
  input: rasterIngestInput,
  nodes: [
    program("validate", {
      program: "raster",
      params: { step: literal("validate"), raster: input("raster"), tileSize: input("tileSize") },
      outputs: [output("raster/*.tif"), output("raster.json")],
      retries: 1,
      memoryMb: 2000,
    }),
    program("tiles", {
      program: "raster",
      fan: "single",
      inputs: { raster: ref(source, { filter: sized("gt") }) },
      params: { step: literal("tiles"), tileSize: input("tileSize") },
      outputs: [output("windows/*.json", { commit: "on-rename" })],
    }),
    program("cog", {
      program: "raster",
      fan: "single",
      pool: "compute",
      inputs: {
        window: ref("workflow:///tiles/windows/*.json", { stream: true }),
        raster: ref(source, { role: "side" }),
      },
      // What was told about the window is what is given.
      params: {
        step: literal("cog"),
        tile: fieldOf("tiles", "tile"),
        row: fieldOf("tiles", "row"),
        column: fieldOf("tiles", "column"),
        rows: fieldOf("tiles", "rows"),
        columns: fieldOf("tiles", "columns"),
      },
      outputs: [output("*.tif")],
      retries: 1,
    }),
    program("direct", {
      program: "raster",
      fan: "single",
      pool: "compute",
      inputs: { raster: ref(source, { filter: sized("lte") }) },
      params: { step: literal("cog"), tile: whole, row: whole, column: whole, rows: whole, columns: whole },
      outputs: [output("*.tif")],
      retries: 1,
    }),
    program("item", {
      program: "raster",
      fan: "single",
      inputs: {
        tile: ref("workflow:///cog/*.tif", { stream: true, role: "main" }),
        direct: ref("workflow:///direct/*.tif", { role: "main" }),
      },
      params: { step: literal("item"), datetime: input("datetime") },
      outputs: [output("*.json")],
    }),
    program("mosaic", {
      program: "raster",
      pool: "compute",
      inputs: {
        facts: ref("workflow:///validate/raster.json"),
        tiles: ref("workflow:///cog/*.tif"),
        direct: ref("workflow:///direct/*.tif"),
      },
      params: { step: literal("mosaic") },
      outputs: [output("*_mosaic.tif")],
      memoryMb: 3000,
    }),
    program("collection", {
      program: "raster",
      inputs: {
        mosaic: ref("workflow:///mosaic/*_mosaic.tif"),
        items: ref("workflow:///item/*.json"),
        tiles: ref("workflow:///cog/*.tif"),
        direct: ref("workflow:///direct/*.tif"),
      },
      params: { step: literal("collection"), datetime: input("datetime"), licence: input("licence") },
      outputs: [output("catalogue/collection.json"), output("catalogue/**")],
    }),
  ],
});

/** A GeoTIFF becomes cloud-optimised tiles, a mosaic and a STAC catalogue. */
export const rasterIngest: PipelineModule = {
  definition,
  input: rasterIngestInput,
  layers: rasterIngestLayers,
  needsMet: false,
  hostFiles: ["raster"],
  prepare: prepareRasterIngest,
};
