/** What a cron expression says, when it is of a kind that one sentence holds; null for the others. */
export type CronMeaning =
  | { readonly kind: "minutes"; readonly minutes: number }
  | { readonly kind: "hourly"; readonly minute: number }
  | { readonly kind: "daily"; readonly times: readonly string[] }
  | { readonly kind: "weekly"; readonly weekdays: readonly number[]; readonly times: readonly string[] }
  | { readonly kind: "monthly"; readonly day: number; readonly times: readonly string[] };

/**
 * Reads five cron fields. Times are `HH:mm`; weekdays 0..6 from Sunday.
 * Expressions with ranges of hours, names or extensions give null: the next starts are shown instead of a guess.
 */
export function describeCron(cron: string): CronMeaning | null {
  const [minute = "", hour = "", day = "", month = "", weekday = "", ...rest] = cron.trim().split(/\s+/);
  if (rest.length > 0 || month !== "*") return null;
  const everyMinutes = /^\*\/(\d{1,2})$/.exec(minute)?.[1];
  const isEveryDay = day === "*" && weekday === "*";
  if (everyMinutes !== undefined && hour === "*" && isEveryDay)
    return { kind: "minutes", minutes: Number(everyMinutes) };
  const minutes = numbers(minute, 59);
  if (minutes === null) return null;
  const [onlyMinute] = minutes;
  if (hour === "*" && isEveryDay && minutes.length === 1 && onlyMinute !== undefined)
    return { kind: "hourly", minute: onlyMinute };
  const hours = numbers(hour, 23);
  if (hours === null) return null;
  const times = hours.flatMap((h) => minutes.map((m) => `${pad(h)}:${pad(m)}`));
  if (isEveryDay) return { kind: "daily", times };
  const weekdays = numbers(weekday, 7);
  if (day === "*" && weekdays !== null) return { kind: "weekly", weekdays: weekdays.map((one) => one % 7), times };
  const [onlyDay, ...otherDays] = numbers(day, 31) ?? [];
  if (weekday === "*" && onlyDay !== undefined && otherDays.length === 0)
    return { kind: "monthly", day: onlyDay, times };
  return null;
}

function numbers(field: string, highest: number): readonly number[] | null {
  const parts = field.split(",");
  if (!parts.every((part) => /^\d{1,2}$/.test(part) && Number(part) <= highest)) return null;
  return parts.map(Number);
}

const pad = (value: number): string => String(value).padStart(2, "0");
