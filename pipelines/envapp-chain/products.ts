import { type GridDescription, type LatLonGrid, type ProjectedGrid, wrfEarthRadiusM } from "@/lib/geo/grid";
import { projectionOf } from "@/lib/geo/projection";
import { asId, type PipelineId, type ProductId } from "@/lib/ids";
import type { Packing, PublishedVariable } from "@/lib/map/product";
import type { PlannedProduct } from "@/lib/map/product-schema";
import type { LocalText } from "@/lib/pipeline/definition";

const projection = { name: "lambert", trueLat1: 50.36, trueLat2: 50.36, standLon: 8.959, lat0: 50.36 } as const;
const middle = projectionOf({ ...projection, radiusM: wrfEarthRadiusM }).toPlane(14.3, 40.8);

/** WRF's d03 of the real chain, coarse: 40 x 40 points at 5 km in place of 300 x 305 at 1 km. */
export const airGrid: ProjectedGrid = {
  ...{ kind: "projected", nX: 40, nY: 40, projection: { ...projection, radiusM: wrfEarthRadiusM } },
  ...{ x0: middle.x - 97_500, y0: middle.y - 97_500, dX: 5000, dY: 5000 },
};

/** The sea off Campania: 60 x 40 points at 2 km in place of 1528 x 1135 at 200 m. */
export const seaGrid: LatLonGrid = {
  ...{ kind: "latlon", nX: 60, nY: 40, lon0: 13.7, lat0: 40.2, dLon: 0.024, dLat: 0.018 },
};

export const productTitles = {
  wrf5: { en: "Weather (WRF, stand-in)", it: "Meteo (WRF, segnaposto)" },
  rms3: { en: "Sea (ROMS, stand-in)", it: "Mare (ROMS, segnaposto)" },
  wcm3: { en: "Outfalls (WaComM++, stand-in)", it: "Scarichi (WaComM++, segnaposto)" },
} as const satisfies Record<string, LocalText>;
export type EnvappProduct = keyof typeof productTitles;

export const licence = "CC0-1.0";
export const citation = "Made by stand-ins of WRF, ROMS and WaComM++ that prove the chain; not a forecast.";

/** A product of the chain as it is published: those hours, on that grid. */
export function planProduct(
  id: EnvappProduct,
  { pipelineId, times }: { readonly pipelineId: string; readonly times: readonly string[] },
): PlannedProduct {
  return {
    productId: asId<ProductId>(id),
    pipelineId: asId<PipelineId>(pipelineId),
    title: productTitles[id],
    domain: "d03",
    grid: gridOf(id),
    times: [...times],
    variables: [...variables[id]],
    attributes: { source: `Stand-in of ${id}; not an output of a model`, keywords: `${id}, Campania, demonstration` },
    degraded: [],
    demonstration: true,
    licence,
    citation,
  };
}

const gridOf = (id: EnvappProduct): GridDescription => (id === "wrf5" ? airGrid : seaGrid);

const int16 = (scale: number, offset = 0): Packing => ({ dtype: "int16", scale, offset, fill: -32_768 });
const surface = { en: "sea surface", it: "superficie del mare" };
const at10m = { en: "10 m above ground", it: "10 m dal suolo" };

const variables: Readonly<Record<EnvappProduct, readonly PublishedVariable[]>> = {
  wrf5: [
    {
      ...{ name: "wind_speed", standardName: "wind_speed", title: { en: "Wind", it: "Vento" } },
      ...{ units: "m s-1", packing: int16(0.1), level: at10m },
    },
    {
      ...{ name: "wind_u", standardName: "eastward_wind", title: { en: "Eastward wind", it: "Vento verso est" } },
      ...{ units: "m s-1", packing: int16(0.1), level: at10m },
    },
    {
      ...{ name: "wind_v", standardName: "northward_wind", title: { en: "Northward wind", it: "Vento verso nord" } },
      ...{ units: "m s-1", packing: int16(0.1), level: at10m },
    },
    {
      ...{ name: "t2", standardName: "air_temperature", title: { en: "Temperature", it: "Temperatura" } },
      ...{ units: "K", packing: int16(0.05, 273.15), level: { en: "2 m above ground", it: "2 m dal suolo" } },
    },
  ],
  rms3: [
    {
      ...{ name: "sst", standardName: "sea_surface_temperature" },
      title: { en: "Sea surface temperature", it: "Temperatura del mare" },
      ...{ units: "degree_Celsius", packing: int16(0.05), level: surface },
    },
    {
      ...{ name: "sss", standardName: "sea_surface_salinity", title: { en: "Salinity", it: "Salinità" } },
      ...{ units: "1e-3", packing: int16(0.005, 20), level: surface },
    },
    {
      ...{ name: "zeta", standardName: "sea_surface_height_above_geoid" },
      title: { en: "Sea level", it: "Livello del mare" },
      ...{ units: "m", packing: int16(0.01), level: surface },
    },
    {
      ...{ name: "current_speed", standardName: "sea_water_speed", title: { en: "Current", it: "Corrente" } },
      ...{ units: "m s-1", packing: int16(0.01), level: surface },
    },
  ],
  wcm3: [
    {
      ...{
        name: "conc",
        standardName: null,
        title: { en: "Particles from outfalls", it: "Particelle dagli scarichi" },
      },
      ...{ units: "1", packing: { dtype: "int32", scale: 1, offset: 0, fill: -2_147_483_648 }, level: surface },
    },
  ],
};
