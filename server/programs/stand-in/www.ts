import { crc32 } from "node:zlib";
import type { GridDescription } from "@/lib/geo/grid";
import { lonLatOf } from "@/lib/geo/locate";
import { plumeAt } from "@/server/programs/stand-in/calpuff";
import { textFile } from "@/server/programs/stand-in/small-netcdf";
import { runStamp } from "@/server/programs/stand-in/stamps";
import type { StandIn, StandInFile, StandInHour } from "@/server/programs/stand-in/stand-in";

/** Outlines of the classes of each hour as KML, and all of them in one ZIP. */
export const www: StandIn = {
  atOnce: ({ grid, hours }) => {
    const files = hours.map((hour) => textFile(`${runStamp(hour.validAtUtc)}.kml`, ...kml(grid, hour)));
    return [...files, { path: "isolines.zip", bytes: zip(files) }];
  },
};

/** Above these the classes begin, ug m-3. */
const thresholds = [10, 25, 50] as const;

function kml(grid: GridDescription, hour: StandInHour): readonly string[] {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>${hour.validAtUtc}</name>`,
    ...thresholds.flatMap((threshold) => outline(grid, hour, threshold)),
    "</Document></kml>",
  ];
}

/** West and east end of the plume in each row: enough for a plume without holes. */
function outline(grid: GridDescription, hour: StandInHour, threshold: number): readonly string[] {
  const value = plumeAt(grid, hour);
  const ends = Array.from({ length: grid.nY }, (_, row) => {
    const inside = [...Array(grid.nX).keys()].filter((column) => value(column, row) > threshold);
    return { row, west: inside[0], east: inside.at(-1) };
  });
  const point = (column: number | undefined, row: number) => {
    if (column === undefined) return [];
    const { lon, lat } = lonLatOf(grid, column, row);
    return [`${lon.toFixed(5)},${lat.toFixed(5)},0`];
  };
  const ring = [
    ...ends.flatMap(({ row, east }) => point(east, row)),
    ...ends.toReversed().flatMap(({ row, west }) => point(west, row)),
  ];
  if (ring.length < 3) return [];
  const coordinates = [...ring, ...ring.slice(0, 1)].join(" ");
  return [
    `<Placemark><name>${threshold}</name><Polygon><outerBoundaryIs><LinearRing><coordinates>${coordinates}</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark>`,
  ];
}

/** Files as they are, without compression. Source: PKWARE APPNOTE 6.3, sections 4.3.7, 4.3.12 and 4.3.16. */
function zip(files: readonly StandInFile[]): Uint8Array {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let at = 0;
  for (const { path, bytes } of files) {
    const name = new TextEncoder().encode(path);
    // 1 January 1980: the same files give the same bytes.
    const about = [...u16(20), ...u16(0), ...u16(0), ...u16(0), ...u16(33), ...u32(crc32(bytes))];
    const sizes = [...u32(bytes.length), ...u32(bytes.length), ...u16(name.length), ...u16(0)];
    const local = Uint8Array.from([...u32(0x04_03_4b_50), ...about, ...sizes, ...name]);
    const rest = [...u16(0), ...u16(0), ...u16(0), ...u32(0), ...u32(at), ...name];
    directory.push(Uint8Array.from([...u32(0x02_01_4b_50), ...u16(20), ...about, ...sizes, ...rest]));
    parts.push(local, bytes);
    at += local.length + bytes.length;
  }
  const directoryBytes = directory.reduce((sum, entry) => sum + entry.length, 0);
  const counts = [...u16(0), ...u16(0), ...u16(files.length), ...u16(files.length)];
  const end = [...u32(0x06_05_4b_50), ...counts, ...u32(directoryBytes), ...u32(at), ...u16(0)];
  return Uint8Array.from(Buffer.concat([...parts, ...directory, Uint8Array.from(end)]));
}

const u16 = (value: number): readonly number[] => [value & 255, (value >>> 8) & 255];
const u32 = (value: number): readonly number[] => [...u16(value & 65_535), ...u16(value >>> 16)];
