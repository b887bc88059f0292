import type { GridDescription } from "@/lib/geo/grid";
import { plane, type SmallVariable, smallNetcdf, textFile } from "@/server/programs/stand-in/small-netcdf";
import { runStamp, wrfStamp } from "@/server/programs/stand-in/stamps";
import type { StandIn, StandInFile, StandInHour } from "@/server/programs/stand-in/stand-in";
import { wrfFields, wrfHour } from "@/server/programs/stand-in/wrf";

/** Fetches the hours of wrf5 d03 that the run needs. */
export const dst: StandIn = {
  atOnce: ({ grid, hours }) =>
    hours.map((hour) => ({ ...wrfHour("wrfout_d03", grid, hour), path: `wrf5_d03_${runStamp(hour.validAtUtc)}00.nc` })),
};

export const lnd2: StandIn = { atOnce: ({ grid }) => [surface("landuse.nc", grid, "landuse", (column) => column % 7)] };
export const terrel: StandIn = { atOnce: ({ grid }) => [surface("terrel.dat", grid, "height", (_, row) => 10 * row)] };
export const ctgproc: StandIn = {
  atOnce: ({ grid }) => [surface("lulc.dat", grid, "landuse", (column) => column % 7)],
};
export const makegeo: StandIn = { atOnce: ({ grid }) => [surface("geo.dat", grid, "height", (_, row) => 10 * row)] };

export const wrf2calwrf: StandIn = {
  atOnce: ({ hours }) => [textFile("calwrf.inp", ...hours.map(({ validAtUtc }) => wrfStamp(validAtUtc)))],
};
export const calwrff: StandIn = { atOnce: (work) => [wrfFields("calwrf.dat", work)] };
export const calmet: StandIn = { atOnce: (work) => [wrfFields("cmet.dat", work)] };

/** The dispersion model takes its time for each hour, and leaves one file of all hours at the end. */
export const calpufff: StandIn = {
  hourly: () => [],
  atEnd: ({ grid, hours }) => [concentrations("calpuff.con", grid, hours)],
};

/** One file of concentrations for each hour. */
export const calpost: StandIn = {
  hourly: ({ grid }, hour) => [concentrations(`${runStamp(hour.validAtUtc)}.nc`, grid, [hour])],
};

/** A relative plume, ug m-3: it grows to the north-east from the middle of the grid. */
export function plumeAt({ nX, nY }: GridDescription, { lead }: StandInHour) {
  return (column: number, row: number): number => {
    const [along, across] = [(column - nX / 2 + row - nY / 2) / 2, (column - nX / 2 - row + nY / 2) / 2];
    const isBehind = along < 0 || along > 3 + 2 * lead;
    return isBehind ? 0 : (120 / (1 + along)) * Math.exp(-((across / (1 + along / 3)) ** 2));
  };
}

function concentrations(path: string, grid: GridDescription, hours: readonly StandInHour[]): StandInFile {
  const cells = grid.nX * grid.nY;
  const values = new Float32Array(hours.length * cells);
  for (const [index, hour] of hours.entries()) values.set(plane(grid, plumeAt(grid, hour)), index * cells);
  return onGrid(path, grid, {
    hours,
    variables: { so2: [["time", "lat", "lon"], values, { units: "ug m-3" }] },
  });
}

function surface(
  path: string,
  grid: GridDescription,
  ...[name, value]: [string, (column: number, row: number) => number]
) {
  return onGrid(path, grid, { hours: [], variables: { [name]: [["lat", "lon"], plane(grid, value)] } });
}

function onGrid(
  path: string,
  grid: GridDescription,
  content: { readonly hours: readonly StandInHour[]; readonly variables: Readonly<Record<string, SmallVariable>> },
): StandInFile {
  if (grid.kind !== "latlon")
    throw new RangeError(`CALPUFF's stand-in needs longitudes and latitudes, not ${grid.kind}`);
  const { nX, nY, lon0, lat0, dLon, dLat } = grid;
  const { hours, variables } = content;
  const seconds = hours.map(({ validAtUtc }) => Date.parse(validAtUtc) / 1000);
  const time: Record<string, SmallVariable> =
    hours.length === 0
      ? {}
      : { time: [["time"], Float64Array.from(seconds), { units: "seconds since 1970-01-01 00:00:00" }] };
  return smallNetcdf(path, {
    dimensions: { ...(hours.length === 0 ? {} : { time: hours.length }), lat: nY, lon: nX },
    variables: {
      ...time,
      lat: [["lat"], Float64Array.from({ length: nY }, (_, row) => lat0 + row * dLat), { units: "degrees_north" }],
      lon: [["lon"], Float64Array.from({ length: nX }, (_, column) => lon0 + column * dLon), { units: "degrees_east" }],
      ...variables,
    },
  });
}
