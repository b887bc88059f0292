import type { LatLonGrid } from "@/lib/geo/grid";
import { asId, type PipelineId, type ProductId } from "@/lib/ids";
import type { PlannedProduct } from "@/lib/map/product-schema";

export const title = { en: "Smoke (CALPUFF, stand-in)", it: "Fumo (CALPUFF, segnaposto)" };
export const licence = "CC0-1.0";
export const citation = "Made by stand-ins of the CALPUFF programs that prove the chain; not a forecast.";

/** 60 x 60 points at about 300 m around the fire, in place of 100 x 100 at 200 m. */
export const gridAround = (lat: number, lon: number): LatLonGrid => ({
  ...{ kind: "latlon", nX: 60, nY: 60, dLon: 0.0036, dLat: 0.0027 },
  ...{ lon0: lon - 29.5 * 0.0036, lat0: lat - 29.5 * 0.0027 },
});

/** The plume as it is published, hour by hour. */
export function planSmokeChain(grid: LatLonGrid, times: readonly string[]): PlannedProduct {
  return {
    productId: asId<ProductId>("calpuff"),
    pipelineId: asId<PipelineId>("smoke-chain"),
    title,
    domain: "fire",
    grid,
    times: [...times],
    variables: [
      {
        name: "so2",
        standardName: null,
        title: { en: "SO2, relative", it: "SO2, relativo" },
        units: "ug m-3",
        packing: { dtype: "int16", scale: 0.1, offset: 0, fill: -32_768 },
        level: { en: "ground", it: "suolo" },
        attributes: { comment: "1 g/s of SO2 stands for any emission, as in SmokeTracer: a relative plume." },
      },
    ],
    attributes: { source: "Stand-in of CALPUFF; not an output of a model", keywords: "smoke, demonstration" },
    degraded: [],
    demonstration: true,
    licence,
    citation,
  };
}
