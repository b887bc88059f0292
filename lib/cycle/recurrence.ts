import { Cron } from "croner";
import { NereusError } from "@/lib/errors";

/** When a schedule fires: five cron fields in a time zone. */
export type Recurrence = { readonly cron: string; readonly timeZone: string };

/**
 * The next instants at which a schedule fires, each strictly after the one before. Safe across changes of the clock: an
 * hour that is skipped in spring fires once at the change, an hour that comes twice in autumn fires once.
 * @param count  how many at most; a schedule that ends gives fewer
 * @throws {NereusError} cron-invalid, time-zone-unknown
 */
export function nextInstants(recurrence: Recurrence, after: Date, count: number): readonly Date[] {
  return parse(recurrence).nextRuns(count, after);
}

/** @throws {NereusError} cron-invalid, time-zone-unknown */
export function checkRecurrence(recurrence: Recurrence): void {
  parse(recurrence).nextRun();
}

const ranges: Readonly<Record<string, string>> = {
  minute: "minute must be from 0 to 59",
  hour: "hour must be from 0 to 23",
  day: "day must be from 1 to 31",
  month: "month must be from 1 to 12",
  dayOfWeek: "day of the week must be from 0 to 7",
};

/** The library counts days and months from 0 in its messages, so its numbers are not repeated. */
function describeProblem(cause: unknown): string {
  const field = /Invalid value for (\w+)/.exec(String(cause))?.[1] ?? "";
  return ranges[field] ? `its ${ranges[field]}` : "a field cannot be read";
}

function parse({ cron, timeZone }: Recurrence): Cron {
  try {
    new Intl.DateTimeFormat("en", { timeZone });
  } catch (cause) {
    throw new NereusError("time-zone-unknown", { timeZone }, { cause });
  }
  const fields = cron.trim().split(/\s+/).length;
  if (fields !== 5) throw new NereusError("cron-invalid", { cron, problem: `it has ${fields} fields` });
  try {
    return new Cron(cron.trim(), { timezone: timeZone, paused: true });
  } catch (cause) {
    throw new NereusError("cron-invalid", { cron, problem: describeProblem(cause) }, { cause });
  }
}
