import { rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { NereusError } from "@/lib/errors";
import { encodeClassicNetcdf } from "@/lib/formats/netcdf-classic-writer";
import { modelVersion } from "@/lib/transport/model-version";
import type { HourFields } from "@/lib/transport/plume-sampler";
import { openNetcdf } from "@/server/formats/open-netcdf";

export type MemberHour = {
  /** 1 for the first hour of the run. */
  readonly number: number;
  readonly validAtUtc: string;
  /** At least one member. */
  readonly members: readonly { readonly member: number; readonly fields: HourFields }[];
};

/** What some members say of an hour: cells that hold smoke, one entry for each member and cell. */
export type MemberEntries = {
  readonly hour: number;
  readonly validAtUtc: string;
  /** Numbers of the members that the file speaks for, with entries or without. */
  readonly members: readonly number[];
  readonly member: ArrayLike<number>;
  readonly cell: ArrayLike<number>;
  /** ug m-3, above 0. */
  readonly pm25: ArrayLike<number>;
  /** Counting error, 1/sqrt of the effective number of particles. */
  readonly relativeError: ArrayLike<number>;
  /** By cell: how many of the members cover it. */
  readonly covered: ArrayLike<number>;
};

/** Writes an hour of some members into a folder; the name appears only when the file is whole. */
export async function writeMemberHour(folder: string, hour: MemberHour): Promise<void> {
  const first = String(hour.members[0]?.member ?? 0).padStart(3, "0");
  const path = join(folder, `members_${first}_${String(hour.number).padStart(4, "0")}.nc`);
  await writeFile(`${path}.part`, encode(hour));
  await rename(`${path}.part`, path);
}

/** Reads what `writeMemberHour` wrote. @throws {NereusError} file-unreadable when it is something else */
export async function readMemberHour(path: string): Promise<MemberEntries> {
  const file = await openNetcdf(path);
  try {
    const { hour, valid_at: validAtUtc } = file.attributes;
    if (typeof validAtUtc !== "string")
      throw new NereusError("file-unreadable", { file: path, problem: "it is not an hour of ensemble members" });
    return {
      hour: Number(hour?.[0]),
      validAtUtc,
      members: Array.from(await file.readRaw("members"), Number),
      member: numbers(await file.readRaw("member")),
      cell: numbers(await file.readRaw("cell")),
      pm25: numbers(await file.readRaw("pm25")),
      relativeError: numbers(await file.readRaw("pm25_relative_error")),
      covered: numbers(await file.readRaw("covered")),
    };
  } finally {
    await file.close();
  }
}

function numbers(values: ArrayLike<number | bigint>): Float64Array {
  return Float64Array.from(values, Number);
}

/** NetCDF with one row for each cell of each member that holds smoke; a first row without smoke, so that there is one. */
function encode({ number, validAtUtc, members }: MemberHour): Uint8Array {
  const rows: [number, number, number, number][] = [[members[0]?.member ?? 0, 0, 0, 1]];
  const cells = members[0]?.fields.pm25.length ?? 0;
  const covered = new Int16Array(cells);
  for (const { member, fields } of members)
    for (let cell = 0; cell < cells; cell += 1) {
      const value = fields.pm25[cell] ?? Number.NaN;
      if (!Number.isNaN(value)) covered[cell] = (covered[cell] ?? 0) + 1;
      if (value > 0) rows.push([member, cell, value, fields.relativeError[cell] ?? 1]);
    }
  const column = (at: 0 | 1 | 2 | 3) => rows.map((row) => row[at]);
  return encodeClassicNetcdf({
    name: `hour ${number} of ensemble members`,
    dimensions: { entry: rows.length, cells, group: members.length },
    attributes: { source: modelVersion, hour: new Int32Array([number]), valid_at: validAtUtc },
    variables: [
      { name: "members", dimensions: ["group"], data: Int16Array.from(members, ({ member }) => member) },
      { name: "member", dimensions: ["entry"], data: Int16Array.from(column(0)) },
      { name: "cell", dimensions: ["entry"], data: Int32Array.from(column(1)) },
      {
        name: "pm25",
        dimensions: ["entry"],
        attributes: { units: "ug m-3", long_name: "PM2.5 from the fire, mean of 0-50 m above ground" },
        data: Float32Array.from(column(2)),
      },
      {
        name: "pm25_relative_error",
        dimensions: ["entry"],
        attributes: { units: "1" },
        data: Float32Array.from(column(3)),
      },
      { name: "covered", dimensions: ["cells"], data: covered },
    ],
  });
}
