import type { PointSeries } from "@/app/(public)/_forecast/read-point";
import { dayName, hourOfDay } from "@/app/(public)/_forecast/shown-time";
import styles from "@/app/(public)/_forecast/timeline.module.css";
import type { Locale } from "@/lib/messages/messages";

type TimelineDrawingProps = {
  readonly times: readonly string[];
  readonly step: number;
  readonly published: ReadonlySet<number>;
  readonly loaded: ReadonlySet<number>;
  readonly series: PointSeries;
  readonly nowMs: number | null;
  readonly locale: Locale;
  readonly timeZone: string;
  readonly notYet: string;
  readonly now: string;
};

/**
 * The curve of the chosen point over the run, days, nights, what is buffered and what is not there yet. Drawn in
 * percent of the width, so that it needs no measuring; the range input above it is what one uses.
 */
export function TimelineDrawing(props: TimelineDrawingProps) {
  const { times, step, published, nowMs } = props;
  const last = Math.max(1, times.length - 1);
  const percent = (index: number) => `${(index / last) * 100}%`;
  const nowAt = nowMs === null ? null : placeOf(times, nowMs);
  return (
    <div className={styles.drawing} aria-hidden="true">
      <svg className={styles.curve} viewBox={`0 0 ${last} 100`} preserveAspectRatio="none">
        <title>{props.now}</title>
        {nights(props).map(([from, to]) => (
          <rect key={from} x={from} width={to - from} y={0} height={100} fill="var(--text)" opacity={0.055} />
        ))}
        <Curve series={props.series} last={last} />
      </svg>
      {gaps(times.length, published).map(([from, to]) => (
        <div
          key={from}
          className={styles.notYet}
          style={{ left: percent(Math.max(0, from - 0.5)), right: `${100 - (Math.min(last, to + 0.5) / last) * 100}%` }}
        >
          {to - from > last / 8 && <span>{props.notYet}</span>}
        </div>
      ))}
      {runsOf(props.loaded).map(([from, to]) => (
        <div
          key={from}
          className={styles.buffered}
          style={{ left: percent(Math.max(0, from - 0.5)), right: `${100 - (Math.min(last, to + 0.5) / last) * 100}%` }}
        />
      ))}
      <Ticks {...props} />
      {nowAt !== null && (
        <div className={styles.nowLine} style={{ left: `${nowAt * 100}%` }}>
          <span>{props.now}</span>
        </div>
      )}
      <div className={styles.handle} style={{ left: percent(step) }} />
    </div>
  );
}

function Curve({ series, last }: { series: PointSeries; last: number }) {
  const known = series.flatMap((value, index) => (typeof value === "number" ? [[index, value] as const] : []));
  if (known.length < 2) return null;
  const values = known.map(([, value]) => value);
  const highest = Math.max(...values);
  const lowest = Math.min(...values);
  // A curve far from zero, such as a temperature, is drawn over its own span.
  const base = lowest > highest / 2 ? lowest - (highest - lowest) * 0.15 : Math.min(0, lowest);
  const y = (value: number) => (highest > base ? 96 - ((value - base) / (highest - base)) * 84 : 96);
  const line = known.map(([index, value]) => `${index},${y(value).toFixed(2)}`);
  const [first] = known[0] ?? [0];
  const [end] = known.at(-1) ?? [last];
  return (
    <>
      <path d={`M${first},100 L${line.join(" L")} L${end},100Z`} fill="var(--text)" opacity={0.09} />
      <path
        d={`M${line.join(" L")}`}
        fill="none"
        stroke="var(--text-2)"
        strokeWidth={1.5}
        vectorEffect="non-scaling-stroke"
      />
    </>
  );
}

function Ticks({ times, timeZone, locale }: TimelineDrawingProps) {
  const last = Math.max(1, times.length - 1);
  const every = times.length > 100 ? 12 : times.length > 30 ? 6 : 3;
  return times.map((iso, index) => {
    const hour = hourOfDay({ iso, timeZone });
    const isDay = hour === 0 || index === 0;
    if (!isDay && hour % every !== 0) return null;
    const left = `${(index / last) * 100}%`;
    return (
      <div
        key={iso}
        className={styles.tick}
        data-day={isDay || undefined}
        data-edge={index === 0 ? "start" : index === last ? "end" : undefined}
        style={{ left }}
      >
        {isDay && index < last * 0.94 && <b>{dayName({ iso, locale, timeZone })}</b>}
        {index > 0 && index < last && hour % every === 0 && <span>{String(hour).padStart(2, "0")}</span>}
      </div>
    );
  });
}

/** Hours between 20 and 6, as index ranges. */
function nights({ times, timeZone }: TimelineDrawingProps): readonly (readonly [number, number])[] {
  const dark = new Set(times.flatMap((iso, index) => (isNight(hourOfDay({ iso, timeZone })) ? [index] : [])));
  return runsOf(dark).map(([from, to]) => [from, Math.min(times.length - 1, to + 1)] as const);
}

const isNight = (hour: number): boolean => hour >= 20 || hour < 6;

const gaps = (count: number, published: ReadonlySet<number>) =>
  runsOf(new Set(Array.from({ length: count }, (_, index) => index).filter((index) => !published.has(index))));

/** First and last of each unbroken run of indices. */
function runsOf(indices: ReadonlySet<number>): readonly (readonly [number, number])[] {
  const runs: [number, number][] = [];
  for (const index of [...indices].sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last && last[1] === index - 1) last[1] = index;
    else runs.push([index, index]);
  }
  return runs;
}

/** Where an instant lies on the axis, 0..1, or null outside. */
function placeOf(times: readonly string[], instantMs: number): number | null {
  const first = Date.parse(times[0] ?? "");
  const last = Date.parse(times.at(-1) ?? "");
  return instantMs >= first && instantMs <= last ? (instantMs - first) / (last - first) : null;
}
