/** `2026-07-01_00:00:00`, as WRF names its files. */
export const wrfStamp = (timeUtc: string): string => timeUtc.slice(0, 19).replace("T", "_");

/** `20260701Z00`, as restarts and folders of runs are named. */
export const runStamp = (timeUtc: string): string => `${dayStamp(timeUtc)}Z${timeUtc.slice(11, 13)}`;

/** `20260701`. */
export const dayStamp = (timeUtc: string): string => timeUtc.slice(0, 10).replaceAll("-", "");

/** The time so many hours later, ISO 8601 UTC without fractions. */
export const hoursAfter = (timeUtc: string, hours: number): string =>
  new Date(Date.parse(timeUtc) + hours * 3_600_000).toISOString().replace(".000Z", "Z");
