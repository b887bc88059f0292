import { demoSeaDomain } from "@/lib/geo/demo-sea-domain";
import { asId, type PipelineId, type ProductId } from "@/lib/ids";
import type { Packing } from "@/lib/map/product";
import type { PlannedProduct } from "@/lib/map/product-schema";

/** Hours between two maps: the currents that drive runs are hourly. */
export const mapEveryHours = 3;
const citation = "Synthetic demonstration data of Nereus. Coast from Natural Earth 1:10m.";
const int16 = (scale: number, offset = 0): Packing => ({ dtype: "int16", scale, offset, fill: -32_768 });
const surface = { en: "surface", it: "superficie" };

/** The demonstration sea as it is published for one cycle. */
export function planDemoSea(cycle: Date, hours: number): PlannedProduct {
  return {
    productId: asId<ProductId>("demo-sea"),
    pipelineId: asId<PipelineId>("demo-sea"),
    title: { en: "Demonstration sea", it: "Mare dimostrativo" },
    domain: "gulf",
    grid: demoSeaDomain,
    times: Array.from({ length: Math.floor(hours / mapEveryHours) + 1 }, (_, step) =>
      isoSeconds(new Date(cycle.valueOf() + step * mapEveryHours * 3_600_000)),
    ),
    variables: [
      {
        name: "current_speed",
        standardName: "sea_water_speed",
        title: { en: "Current", it: "Corrente" },
        units: "m s-1",
        packing: int16(0.01),
        level: surface,
      },
      {
        name: "sst",
        standardName: "sea_surface_temperature",
        title: { en: "Sea temperature", it: "Temperatura del mare" },
        units: "degree_Celsius",
        packing: int16(0.05, 15),
        level: surface,
      },
      {
        name: "zeta",
        standardName: "sea_surface_height_above_geopotential_datum",
        title: { en: "Height of the surface", it: "Altezza della superficie" },
        units: "m",
        packing: int16(0.001),
        level: surface,
      },
    ],
    attributes: {
      source:
        "Depth-mean flow of the Gulf of Naples under tide and an invented wind; not an output of a forecast model",
      institution: "Nereus demonstration",
      nereus_model: "demo-sea 1",
      nereus_cycle: isoSeconds(cycle),
      keywords: "demonstration, current, sea temperature, Gulf of Naples",
    },
    degraded: [],
    demonstration: true,
    licence: "CC0-1.0",
    citation,
  };
}

function isoSeconds(time: Date): string {
  return time.toISOString().replace(".000Z", "Z");
}
