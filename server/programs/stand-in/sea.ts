import type { GridDescription } from "@/lib/geo/grid";
import { lonLatOf } from "@/lib/geo/locate";
import { plane, type SmallVariable, smallNetcdf, textFile } from "@/server/programs/stand-in/small-netcdf";
import { runStamp } from "@/server/programs/stand-in/stamps";
import type { StandIn, StandInFile, StandInHour } from "@/server/programs/stand-in/stand-in";

const levels = 3;
const rho = ["ocean_time", "eta_rho", "xi_rho"] as const;

/** ROMS: one history file an hour, on staggered points, levels from the bottom to the surface. */
export const roms: StandIn = {
  hourly: ({ grid }, hour) => {
    const eddy = (column: number, row: number) => Math.sin(column / 8 + hour.lead / 6) * Math.cos(row / 8);
    const { nX, nY } = grid;
    return [
      seaHour(`output/ocean_his_${String(hour.lead + 1).padStart(4, "0")}.nc`, grid, hour, {
        zeta: [rho, plane(grid, (column, row) => 0.2 * eddy(column, row)), { units: "meter" }],
        temp: [["ocean_time", "s_rho", "eta_rho", "xi_rho"], column3d(grid, (c, r, k) => 18 + 2 * k + eddy(c, r))],
        salt: [
          ["ocean_time", "s_rho", "eta_rho", "xi_rho"],
          column3d(grid, (c, r, k) => 38 - 0.1 * k + 0.2 * eddy(c, r)),
        ],
        u: [
          ["ocean_time", "s_rho", "eta_rho", "xi_u"],
          column3d({ nX: nX - 1, nY }, (c, r, k) => 0.1 * (k + 1) * eddy(r, c)),
        ],
        v: [
          ["ocean_time", "s_rho", "eta_v", "xi_rho"],
          column3d({ nX, nY: nY - 1 }, (c, r, k) => 0.1 * (k + 1) * eddy(c, r)),
        ],
      }),
    ];
  },
};

/** WaComM++: one history file an hour with the counts of particles, and a restart of each midnight. */
export const wacommpp: StandIn = {
  hourly: ({ grid }, hour) => {
    const [x0, y0] = [grid.nX / 3 + hour.lead / 4, grid.nY / 2];
    const count = (c: number, r: number, k: number) =>
      Math.round(500 * (k + 1) * Math.exp(-((c - x0) ** 2 + (r - y0) ** 2) / (20 + 4 * hour.lead)));
    const file = seaHour(`output/wacomm_his_${runStamp(hour.validAtUtc)}.nc`, grid, hour, {
      conc: [["ocean_time", "s_rho", "eta_rho", "xi_rho"], column3d(grid, count), { units: "1" }],
    });
    const isMidnight = hour.validAtUtc.slice(11, 13) === "00";
    const restart = textFile(`history/WACOMM_rst_${runStamp(hour.validAtUtc)}.txt`, "0 0 0 0 1.0 0.0 0.0");
    return isMidnight ? [restart, file] : [file];
  },
};

/** Initial and boundary conditions, and the forcing: the fields of ROMS at the start. */
export function seaState(path: string, grid: GridDescription, startUtc: string): StandInFile {
  const hour = { validAtUtc: startUtc, day: 0, lead: 0 };
  return seaHour(path, grid, hour, { zeta: [rho, plane(grid, () => 0), { units: "meter" }] });
}

type Size = Pick<GridDescription, "nX" | "nY">;

/** Values on all levels, from the bottom up. */
function column3d(size: Size, value: (column: number, row: number, level: number) => number): Float32Array {
  const values = new Float32Array(levels * size.nX * size.nY);
  for (let k = 0; k < levels; k += 1)
    values.set(
      plane(size, (c, r) => value(c, r, k)),
      k * size.nX * size.nY,
    );
  return values;
}

function seaHour(
  path: string,
  grid: GridDescription,
  ...[hour, variables]: [StandInHour, Readonly<Record<string, SmallVariable>>]
): StandInFile {
  const { nX, nY } = grid;
  const seconds = (Date.parse(hour.validAtUtc) - Date.parse("1968-05-23T00:00:00Z")) / 1000;
  return smallNetcdf(path, {
    dimensions: { ocean_time: 1, s_rho: levels, eta_rho: nY, xi_rho: nX, eta_v: nY - 1, xi_u: nX - 1 },
    metadata: { day: hour.day, lead: hour.lead },
    variables: {
      ocean_time: [["ocean_time"], Float64Array.of(seconds), { units: "seconds since 1968-05-23 00:00:00 GMT" }],
      lon_rho: [["eta_rho", "xi_rho"], plane(grid, (column, row) => lonLatOf(grid, column, row).lon)],
      lat_rho: [["eta_rho", "xi_rho"], plane(grid, (column, row) => lonLatOf(grid, column, row).lat)],
      ...variables,
    },
  });
}
