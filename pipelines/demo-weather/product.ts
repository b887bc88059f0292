import { demoDomain } from "@/lib/geo/demo-domain";
import { asId, type PipelineId, type ProductId } from "@/lib/ids";
import type { Packing } from "@/lib/map/product";
import type { PlannedProduct } from "@/lib/map/product-schema";

/** The demonstration weather as it is published for one cycle: hourly from the cycle on. */
export function planDemoWeather(cycle: Date, hours: number): PlannedProduct {
  return {
    productId: asId<ProductId>("demo-weather"),
    pipelineId: asId<PipelineId>("demo-weather"),
    title: { en: "Demonstration weather", it: "Meteo dimostrativo" },
    domain: "d01",
    grid: demoDomain,
    times: Array.from({ length: hours + 1 }, (_, lead) => isoSeconds(new Date(cycle.valueOf() + lead * 3_600_000))),
    variables,
    attributes: {
      source: "Synthetic weather made by the program demo-weather from the date; not an output of a weather model",
      institution: "Nereus demonstration",
      nereus_model: "demo-weather 1",
      nereus_cycle: isoSeconds(cycle),
      keywords: "demonstration, wind, air temperature, mixing height, Campania",
    },
    degraded: [],
    demonstration: true,
    licence: "CC0-1.0",
    citation: "Synthetic demonstration data of Nereus. Coast from Natural Earth 1:10m.",
  };
}

const int16 = (scale: number, offset = 0): Packing => ({ dtype: "int16", scale, offset, fill: -32_768 });
const at10m = { en: "10 m above ground", it: "10 m dal suolo" };
const turned = { comment: "Relative to true north and east: turned from the grid's axes once, when it was published." };

const variables: PlannedProduct["variables"] = [
  {
    name: "wind_speed",
    standardName: "wind_speed",
    title: { en: "Wind", it: "Vento" },
    units: "m s-1",
    packing: int16(0.1),
    level: at10m,
  },
  {
    name: "wind_u",
    standardName: "eastward_wind",
    title: { en: "Eastward wind", it: "Vento verso est" },
    units: "m s-1",
    packing: int16(0.1),
    level: at10m,
    attributes: turned,
  },
  {
    name: "wind_v",
    standardName: "northward_wind",
    title: { en: "Northward wind", it: "Vento verso nord" },
    units: "m s-1",
    packing: int16(0.1),
    level: at10m,
    attributes: turned,
  },
  {
    name: "t2",
    standardName: "air_temperature",
    title: { en: "Temperature", it: "Temperatura" },
    units: "K",
    packing: int16(0.05, 273.15),
    level: { en: "2 m above ground", it: "2 m dal suolo" },
  },
  {
    name: "pblh",
    standardName: "atmosphere_boundary_layer_thickness",
    title: { en: "Mixing height", it: "Altezza di rimescolamento" },
    units: "m",
    packing: int16(5),
    level: { en: "above ground", it: "sopra il suolo" },
  },
  {
    name: "psfc",
    standardName: "surface_air_pressure",
    title: { en: "Pressure", it: "Pressione" },
    units: "Pa",
    packing: int16(10),
    level: { en: "at ground", it: "al suolo" },
  },
  {
    name: "rain",
    standardName: "precipitation_amount",
    title: { en: "Rain of the hour", it: "Pioggia dell'ora" },
    units: "kg m-2",
    packing: int16(0.1),
    level: { en: "at ground", it: "al suolo" },
    attributes: {
      cell_methods: "time: sum",
      comment: "Sum over the hour that ends at the valid time; 1 kg m-2 = 1 mm.",
    },
  },
];

function isoSeconds(time: Date): string {
  return time.toISOString().replace(".000Z", "Z");
}
