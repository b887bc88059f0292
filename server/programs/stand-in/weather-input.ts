import { seaState } from "@/server/programs/stand-in/sea";
import { smallGrib } from "@/server/programs/stand-in/small-grib";
import { plane, smallNetcdf, textFile } from "@/server/programs/stand-in/small-netcdf";
import { dayStamp, hoursAfter, runStamp, wrfStamp } from "@/server/programs/stand-in/stamps";
import type { StandIn, StandInWork } from "@/server/programs/stand-in/stand-in";
import { wrfFields } from "@/server/programs/stand-in/wrf";

const domains = ["d01", "d02", "d03"] as const;
/** GFS and the boundaries come every three hours. */
const boundaryHours = ({ hours }: StandInWork) => hours.filter(({ lead }) => lead % 3 === 0);

export const makewpsnamelist: StandIn = {
  atOnce: ({ startUtc }) => [textFile("namelist.wps", "&share", ` start_date = '${wrfStamp(startUtc)}'`, "/")],
};

export const makeinputnamelist: StandIn = {
  atOnce: ({ hours, startUtc }) => [
    textFile(
      "namelist.input",
      "&time_control",
      ` start = '${wrfStamp(hours[0]?.validAtUtc ?? startUtc)}'`,
      " history_interval = 60",
      "/",
    ),
  ],
};

export const gfsdownloader: StandIn = {
  atOnce: (work) => {
    const folder = `data/${dayStamp(work.startUtc)}/${runStamp(work.startUtc)}`;
    return boundaryHours(work).map(({ lead }) => ({
      path: `${folder}/gfs.pgrb2.f${String(lead).padStart(3, "0")}.grib2`,
      bytes: smallGrib({ referenceUtc: work.startUtc, leadHours: lead, kelvin: 290 }),
    }));
  },
};

export const downloadcopernicusdata: StandIn = {
  atOnce: ({ startUtc, grid }) =>
    Array.from({ length: 7 }, (_, day) => dayStamp(hoursAfter(startUtc, 24 * day))).flatMap((date) =>
      ["cur", "tem", "sal", "ssh"].map((kind) => seaState(`data/myoc_d00_${date}_${kind}.nc`, grid, startUtc)),
    ),
};

export const geogrid: StandIn = {
  atOnce: ({ grid }) =>
    domains.map((domain) =>
      smallNetcdf(`geo_em.${domain}.nc`, {
        dimensions: { Time: 1, south_north: grid.nY, west_east: grid.nX },
        variables: {
          HGT_M: [["Time", "south_north", "west_east"], plane(grid, (_, row) => 10 * row), { units: "meters MSL" }],
        },
      }),
    ),
};

/** The intermediate format of WPS is a Fortran record per field; one record that names the time stands for all. */
export const ungrib: StandIn = {
  atOnce: (work) =>
    boundaryHours(work).map(({ validAtUtc }) => ({
      path: `FILE:${wrfStamp(validAtUtc).slice(0, 13)}`,
      bytes: fortranRecord(wrfStamp(validAtUtc)),
    })),
};

export const metgrid: StandIn = {
  atOnce: (work) =>
    boundaryHours(work).flatMap(({ validAtUtc }) =>
      domains.map((domain) => wrfFields(`met_em.${domain}.${wrfStamp(validAtUtc)}.nc`, work)),
    ),
};

export const real: StandIn = {
  atOnce: (work) =>
    ["wrfbdy_d01", ...domains.map((domain) => `wrfinput_${domain}`)].map((name) => wrfFields(name, work)),
};

export const myocean2roms: StandIn = {
  atOnce: ({ grid, startUtc }) => ["ini-d03.nc", "bry-d03.nc"].map((name) => seaState(name, grid, startUtc)),
};

export const wrf2roms: StandIn = { atOnce: ({ grid, startUtc }) => [seaState("wind-d03.nc", grid, startUtc)] };

function fortranRecord(text: string): Uint8Array {
  const body = new TextEncoder().encode(text);
  const record = new Uint8Array(body.length + 8);
  for (const at of [0, body.length + 4]) new DataView(record.buffer).setUint32(at, body.length);
  record.set(body, 4);
  return record;
}
