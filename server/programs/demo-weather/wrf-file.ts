import type { AttributeValue } from "@/lib/formats/dataset";
import type { ClassicArray, ClassicFile, ClassicVariable } from "@/lib/formats/netcdf-classic-writer";
import { demoDomain } from "@/lib/geo/demo-domain";
import { type Domain, nZ } from "@/server/programs/demo-weather/domain";
import type { Place } from "@/server/programs/demo-weather/place";
import type { DemoHour } from "@/server/programs/demo-weather/simulate-hour";

const { nX, nY, dX, projection } = demoDomain;
const title =
  "SYNTHETIC DEMONSTRATION DATA of Nereus in the layout of WRF history files; not a forecast, not made by WRF";

/** Variables of a frame that never change, made once for all hours. */
export function constantVariables(domain: Domain): readonly ClassicVariable[] {
  const of = (places: readonly Place[], field: keyof Place) => Float32Array.from(places, (place) => place[field]);
  return [
    variable("XLAT", "mass2d", "degree_north", "LATITUDE, SOUTH IS NEGATIVE", of(domain.mass, "lat")),
    variable("XLONG", "mass2d", "degree_east", "LONGITUDE, WEST IS NEGATIVE", of(domain.mass, "lon")),
    variable("XLAT_U", "u2d", "degree_north", "LATITUDE, SOUTH IS NEGATIVE", of(domain.uPoints, "lat")),
    variable("XLONG_U", "u2d", "degree_east", "LONGITUDE, WEST IS NEGATIVE", of(domain.uPoints, "lon")),
    variable("XLAT_V", "v2d", "degree_north", "LATITUDE, SOUTH IS NEGATIVE", of(domain.vPoints, "lat")),
    variable("XLONG_V", "v2d", "degree_east", "LONGITUDE, WEST IS NEGATIVE", of(domain.vPoints, "lon")),
    variable("HGT", "mass2d", "m", "Terrain Height", domain.terrainM),
    variable("LANDMASK", "mass2d", "", "LAND MASK (1 FOR LAND, 0 FOR WATER)", Float32Array.from(domain.landMask)),
    variable("MAPFAC_M", "mass2d", "", "Map scale factor on mass grid", of(domain.mass, "mapFactor")),
    variable("MAPFAC_MX", "mass2d", "", "Map scale factor on mass grid, x direction", of(domain.mass, "mapFactor")),
    variable("MAPFAC_MY", "mass2d", "", "Map scale factor on mass grid, y direction", of(domain.mass, "mapFactor")),
    variable("MAPFAC_UX", "u2d", "", "Map scale factor on u-grid, x direction", of(domain.uPoints, "mapFactor")),
    variable("MAPFAC_VY", "v2d", "", "Map scale factor on v-grid, y direction", of(domain.vPoints, "mapFactor")),
    variable("SINALPHA", "mass2d", "", "Local sine of map rotation", of(domain.mass, "sinAlpha")),
    variable("COSALPHA", "mass2d", "", "Local cosine of map rotation", of(domain.mass, "cosAlpha")),
    variable(
      "PHB",
      "w3d",
      "m2 s-2",
      "base-state geopotential",
      domain.levelM.map((height) => 9.81 * height),
    ),
    variable("PB", "mass3d", "Pa", "BASE STATE PRESSURE", domain.basePressurePa),
    variable(
      "ZNU",
      "levels",
      "",
      "eta values on half (mass) levels",
      etaOf(domain, nZ, (k) => columnPressure(domain, k)),
    ),
    variable(
      "ZNW",
      "wLevels",
      "",
      "eta values on full (w) levels",
      etaOf(domain, nZ + 1, (k) => facePressure(domain, k)),
    ),
  ];
}

/**
 * One hour as a WRF history file with one frame.
 * @param frame.rain  mm since the cycle and in the last hour
 */
export function wrfFile(
  name: string,
  frame: {
    readonly cycle: Date;
    readonly valid: Date;
    readonly constant: readonly ClassicVariable[];
    readonly hour: DemoHour;
    readonly rain: { readonly sinceCycleMm: Float32Array; readonly lastHourMm: Float32Array };
  },
): ClassicFile {
  const { wind, surface, air } = frame.hour;
  const basePressure = frame.constant.find((constant) => constant.name === "PB")?.data ?? new Float32Array();
  const pressure = air.pressurePa.map((total, at) => total - (basePressure[at] ?? 0));
  const minutes = (frame.valid.valueOf() - frame.cycle.valueOf()) / 60_000;
  const dry = new Float32Array(nX * nY);
  return {
    name,
    dimensions: { Time: 1, DateStrLen: 19, ...Object.fromEntries(Object.entries(lengths)) },
    recordDimension: "Time",
    attributes: globalAttributes(frame.cycle),
    variables: [
      { name: "Times", dimensions: ["Time", "DateStrLen"], data: new TextEncoder().encode(wrfTime(frame.valid)) },
      {
        name: "XTIME",
        dimensions: ["Time"],
        attributes: {
          units: `minutes since ${wrfTime(frame.cycle).replace("_", " ")}`,
          description: `minutes since ${wrfTime(frame.cycle).replace("_", " ")}`,
        },
        data: Float32Array.of(minutes),
      },
      ...frame.constant,
      variable("U", "u3d", "m s-1", "x-wind component", wind.u),
      variable("V", "v3d", "m s-1", "y-wind component", wind.v),
      variable("W", "w3d", "m s-1", "z-wind component", wind.w),
      variable("PH", "w3d", "m2 s-2", "perturbation geopotential", new Float32Array(wind.w.length)),
      variable("P", "mass3d", "Pa", "perturbation pressure", pressure),
      variable(
        "T",
        "mass3d",
        "K",
        "perturbation potential temperature theta-t0",
        air.potentialTemperatureK.map((theta) => theta - 300),
      ),
      variable("T2", "mass2d", "K", "TEMP at 2 M", surface.t2K),
      variable("U10", "mass2d", "m s-1", "U at 10 M", surface.u10),
      variable("V10", "mass2d", "m s-1", "V at 10 M", surface.v10),
      variable("PSFC", "mass2d", "Pa", "SFC PRESSURE", air.surfacePressurePa),
      variable("PBLH", "mass2d", "m", "PBL HEIGHT", surface.boundaryLayerM),
      variable("UST", "mass2d", "m s-1", "U* IN SIMILARITY THEORY", surface.frictionVelocity),
      variable("HFX", "mass2d", "W m-2", "UPWARD HEAT FLUX AT THE SURFACE", surface.heatFlux),
      variable("RAINC", "mass2d", "mm", "ACCUMULATED TOTAL CUMULUS PRECIPITATION", dry),
      variable("RAINNC", "mass2d", "mm", "ACCUMULATED TOTAL GRID SCALE PRECIPITATION", frame.rain.sinceCycleMm),
      variable("PREC_ACC_C", "mass2d", "mm", "ACCUMULATED CUMULUS PRECIPITATION OVER prec_acc_dt PERIODS OF TIME", dry),
      variable(
        "PREC_ACC_NC",
        "mass2d",
        "mm",
        "ACCUMULATED GRID SCALE PRECIPITATION OVER prec_acc_dt PERIODS OF TIME",
        frame.rain.lastHourMm,
      ),
    ],
  };
}

/** `2026-07-01_00:00:00`, as in WRF's Times and file names. */
export function wrfTime(time: Date): string {
  return time.toISOString().slice(0, 19).replace("T", "_");
}

const lengths = {
  west_east: nX,
  south_north: nY,
  bottom_top: nZ,
  west_east_stag: nX + 1,
  south_north_stag: nY + 1,
  bottom_top_stag: nZ + 1,
};

const shapes = {
  mass2d: { axes: ["south_north", "west_east"], order: "XY ", stagger: "", at: "XLONG XLAT XTIME" },
  u2d: { axes: ["south_north", "west_east_stag"], order: "XY ", stagger: "X", at: "XLONG_U XLAT_U XTIME" },
  v2d: { axes: ["south_north_stag", "west_east"], order: "XY ", stagger: "Y", at: "XLONG_V XLAT_V XTIME" },
  mass3d: { axes: ["bottom_top", "south_north", "west_east"], order: "XYZ", stagger: "", at: "XLONG XLAT XTIME" },
  w3d: { axes: ["bottom_top_stag", "south_north", "west_east"], order: "XYZ", stagger: "Z", at: "XLONG XLAT XTIME" },
  u3d: {
    axes: ["bottom_top", "south_north", "west_east_stag"],
    order: "XYZ",
    stagger: "X",
    at: "XLONG_U XLAT_U XTIME",
  },
  v3d: {
    axes: ["bottom_top", "south_north_stag", "west_east"],
    order: "XYZ",
    stagger: "Y",
    at: "XLONG_V XLAT_V XTIME",
  },
  levels: { axes: ["bottom_top"], order: "Z  ", stagger: "", at: null },
  wLevels: { axes: ["bottom_top_stag"], order: "Z  ", stagger: "Z", at: null },
} as const;

function variable(
  name: string,
  shape: keyof typeof shapes,
  ...[units, description, data]: [string, string, ClassicArray]
): ClassicVariable {
  const { axes, order, stagger, at } = shapes[shape];
  return {
    name,
    dimensions: ["Time", ...axes],
    attributes: {
      FieldType: Int32Array.of(104),
      MemoryOrder: order,
      description,
      units,
      stagger,
      ...(at === null ? {} : { coordinates: at }),
    },
    data,
  };
}

function globalAttributes(cycle: Date): Record<string, AttributeValue> {
  if (projection.name !== "lambert") throw new RangeError(projection.name);
  const start = wrfTime(cycle);
  const startOfYear = Date.UTC(cycle.getUTCFullYear(), 0, 1);
  return {
    TITLE: title,
    START_DATE: start,
    SIMULATION_START_DATE: start,
    "WEST-EAST_GRID_DIMENSION": Int32Array.of(nX + 1),
    "SOUTH-NORTH_GRID_DIMENSION": Int32Array.of(nY + 1),
    "BOTTOM-TOP_GRID_DIMENSION": Int32Array.of(nZ + 1),
    DX: Float32Array.of(dX),
    DY: Float32Array.of(dX),
    GRIDTYPE: "C",
    GRID_ID: Int32Array.of(1),
    PREC_ACC_DT: Float32Array.of(60),
    CEN_LAT: Float32Array.of(projection.lat0),
    CEN_LON: Float32Array.of(projection.standLon),
    TRUELAT1: Float32Array.of(projection.trueLat1),
    TRUELAT2: Float32Array.of(projection.trueLat2),
    MOAD_CEN_LAT: Float32Array.of(projection.lat0),
    STAND_LON: Float32Array.of(projection.standLon),
    POLE_LAT: Float32Array.of(90),
    POLE_LON: Float32Array.of(0),
    GMT: Float32Array.of(cycle.getUTCHours()),
    JULYR: Int32Array.of(cycle.getUTCFullYear()),
    JULDAY: Int32Array.of(1 + Math.floor((cycle.valueOf() - startOfYear) / 86_400_000)),
    MAP_PROJ: Int32Array.of(1),
    MAP_PROJ_CHAR: "Lambert Conformal",
    nereus_demonstration: Int32Array.of(1),
    nereus_notes:
      "Made flow: large-scale wind drawn from the date, land and sea breeze, mass balanced; relief is a sum of Gaussians; coast from Natural Earth 1:10m, coarse at this scale.",
  };
}

function etaOf(domain: Domain, count: number, pressureAt: (k: number) => number): Float32Array {
  const [bottom, top] = [facePressure(domain, 0), facePressure(domain, nZ)];
  return Float32Array.from({ length: count }, (_, k) => (pressureAt(k) - top) / (bottom - top));
}

/** Base-state pressure over the sea, from the lowest column. */
function columnPressure(domain: Domain, k: number): number {
  return (facePressure(domain, k) + facePressure(domain, k + 1)) / 2;
}

function facePressure({ levelM }: Domain, k: number): number {
  const seaCell = levelM.subarray(0, nX * nY).indexOf(0);
  return 101_325 * (1 - (0.0065 * (levelM[k * nX * nY + seaCell] ?? 0)) / 288.15) ** 5.2559;
}
