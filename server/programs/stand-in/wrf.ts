import type { GridDescription } from "@/lib/geo/grid";
import { lonLatOf } from "@/lib/geo/locate";
import { projectionOf } from "@/lib/geo/projection";
import { plane, smallNetcdf, textFile } from "@/server/programs/stand-in/small-netcdf";
import { hoursAfter, wrfStamp } from "@/server/programs/stand-in/stamps";
import type { StandIn, StandInFile, StandInHour, StandInWork } from "@/server/programs/stand-in/stand-in";

const domains = ["d01", "d02", "d03"] as const;
const axes = ["Time", "south_north", "west_east"] as const;

/** `wrf.exe`: a file per domain and hour, restarts for the next day, and the line by which success is known. */
export const wrf: StandIn = {
  hourly: (work, hour) => domains.map((domain) => wrfHour(`wrfout_${domain}`, work.grid, hour)),
  atEnd: (work) => {
    const last = work.hours.at(-1)?.validAtUtc ?? work.startUtc;
    const next = hoursAfter(`${last.slice(0, 10)}T00:00:00Z`, 24);
    const restart = { validAtUtc: next, day: work.hours.at(-1)?.day ?? 0, lead: 0 };
    return [
      ...domains.map((domain) => wrfHour(`wrfrst_${domain}`, work.grid, restart)),
      textFile("rsl.out.0000", "wrf: SUCCESS COMPLETE WRF"),
    ];
  },
};

/** The state of one hour on a grid: a wind that turns with the hour, warm in the middle of the day. */
export function wrfHour(prefix: string, grid: GridDescription, { validAtUtc, day, lead }: StandInHour): StandInFile {
  const field = (value: (column: number, row: number) => number) => [axes, plane(grid, value)] as const;
  const place = (column: number, row: number) => lonLatOf(grid, column, row);
  const angle = (column: number, row: number) => turnOf(grid, place(column, row).lon);
  const [heading, hourOfDay] = [(lead * Math.PI) / 12, Number(validAtUtc.slice(11, 13))];
  const speed = (column: number, row: number) => 5 + 3 * Math.sin(column / 6) * Math.cos(row / 6);
  const stamp = wrfStamp(validAtUtc);
  return smallNetcdf(`${prefix}_${stamp}`, {
    dimensions: { Time: 1, DateStrLen: 19, south_north: grid.nY, west_east: grid.nX },
    attributes: { START_DATE: stamp, MAP_PROJ: Int32Array.of(1) },
    metadata: { domain: prefix.slice(-3), day, lead },
    variables: {
      Times: [["Time", "DateStrLen"], new TextEncoder().encode(stamp)],
      XLAT: field((column, row) => place(column, row).lat),
      XLONG: field((column, row) => place(column, row).lon),
      SINALPHA: field((column, row) => Math.sin(angle(column, row))),
      COSALPHA: field((column, row) => Math.cos(angle(column, row))),
      U10: field((column, row) => speed(column, row) * Math.cos(heading)),
      V10: field((column, row) => speed(column, row) * Math.sin(heading)),
      T2: field((_, row) => 293 - row / 10 + 5 * Math.sin(((hourOfDay - 9) * Math.PI) / 12)),
    },
  });
}

/** WRF measures the angle from north to the grid's y axis, the other way round than a projection's convergence. */
function turnOf(grid: GridDescription, lon: number): number {
  if (grid.kind === "latlon") return 0;
  return (-projectionOf(grid.projection).convergenceDeg(lon) * Math.PI) / 180;
}

/** Only what the hours of a run share; for programs that come before or after WRF. */
export const wrfFields = (name: string, { grid, startUtc }: StandInWork): StandInFile => ({
  ...wrfHour(name, grid, { validAtUtc: startUtc, day: 0, lead: 0 }),
  path: name,
  metadata: {},
});
