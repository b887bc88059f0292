"use client";

import { useTimeZone, useTranslations } from "next-intl";
import type { KeyboardEvent, ReactNode } from "react";
import styles from "@/app/(public)/_forecast/dock.module.css";
import { MapIcon } from "@/app/(public)/_forecast/map-icon";
import type { PointSeries } from "@/app/(public)/_forecast/read-point";
import { clock, localInput, longTime, zoneName } from "@/app/(public)/_forecast/shown-time";
import line from "@/app/(public)/_forecast/timeline.module.css";
import { TimelineDrawing } from "@/app/(public)/_forecast/timeline-drawing";
import { nearestStep } from "@/lib/map/time-axis";
import type { Locale } from "@/lib/messages/messages";

type TimeDockProps = {
  readonly locale: Locale;
  readonly times: readonly string[];
  readonly step: number;
  readonly onStep: (step: number) => void;
  readonly published: ReadonlySet<number>;
  readonly loaded: ReadonlySet<number>;
  /** True when no more steps are on their way. */
  readonly isBuffered: boolean;
  readonly series: PointSeries;
  readonly nowMs: number | null;
  readonly playing: boolean;
  readonly waiting: boolean;
  readonly onPlay: () => void;
  /** Buttons at the right end: share, download. */
  readonly actions: ReactNode;
};

/** Time of the map: play, typed time, a native range over the curve of the chosen point. */
export function TimeDock(props: TimeDockProps) {
  const t = useTranslations("map");

  const timeZone = useTimeZone() ?? "UTC";
  const { locale, times, step, onStep } = props;
  const iso = times[step] ?? times[0] ?? "";
  const move = (by: number) => onStep(Math.max(0, Math.min(times.length - 1, step + by)));
  const spoken = `${longTime({ iso, locale, timeZone })} ${zoneName({ iso, timeZone })}`;
  return (
    <section className={styles.dock} aria-label={t("time")}>
      <div className={styles.when}>
        <button
          type="button"
          className={styles.play}
          data-waiting={props.waiting || undefined}
          aria-label={props.playing ? t("pause") : t("play")}
          onClick={props.onPlay}
        >
          <MapIcon name={props.playing ? "pause" : "play"} />
        </button>
        <div className={styles.instant}>
          <TypedTime {...{ times, step, onStep, timeZone }} text={longTime({ iso, locale, timeZone })} />
          <div className={styles.small}>
            {zoneName({ iso, timeZone })} · {clock({ iso, locale, timeZone: "UTC" })} UTC ·{" "}
            {t("step", { step: step + 1, total: times.length })}
          </div>
        </div>
      </div>
      <div className={line.timeline} data-testid="timeline" data-buffered={props.isBuffered ? "all" : "part"}>
        <TimelineDrawing {...props} timeZone={timeZone} notYet={t("notYet")} now={t("now")} />
        <input
          type="range"
          className={line.range}
          min={0}
          max={times.length - 1}
          step={1}
          value={step}
          aria-label={t("timeSlider")}
          aria-valuetext={props.published.has(step) ? spoken : `${spoken}, ${t("notYet")}`}
          onChange={(event) => onStep(Number(event.target.value))}
          onKeyDown={(event) => jumpByKey(event, move)}
        />
      </div>
      <div className={styles.dockActions}>
        <button type="button" aria-label={t("previous")} onClick={() => move(-1)} disabled={step === 0}>
          <MapIcon name="previous" />
        </button>
        <button type="button" aria-label={t("next")} onClick={() => move(1)} disabled={step === times.length - 1}>
          <MapIcon name="next" />
        </button>
        {props.actions}
      </div>
    </section>
  );
}

/** Shift with an arrow moves six steps, a page key one day; plain arrows are the range's own. */
function jumpByKey(event: KeyboardEvent, move: (by: number) => void): void {
  const forward = event.key === "ArrowRight" || event.key === "ArrowUp";
  const back = event.key === "ArrowLeft" || event.key === "ArrowDown";
  const by = event.shiftKey && (forward || back) ? 6 : event.key === "PageUp" || event.key === "PageDown" ? 24 : 0;
  if (by === 0) return;
  event.preventDefault();
  move(forward || event.key === "PageUp" ? by : -by);
}

type TypedTimeProps = Pick<TimeDockProps, "times" | "step" | "onStep"> & { text: string; timeZone: string };

/** The instant in large type; the field over it takes a typed or picked time and goes to the nearest step. */
function TypedTime({ times, onStep, text, step, timeZone }: TypedTimeProps) {
  const t = useTranslations("map");
  const local = times.map((iso) => localInput({ iso, timeZone }));
  return (
    <div className={styles.typed}>
      <span className={styles.big} aria-hidden="true">
        {text}
      </span>
      <input
        type="datetime-local"
        aria-label={t("typedTime")}
        value={local[step] ?? ""}
        min={local[0]}
        max={local.at(-1)}
        onChange={({ target }) => {
          // Both sides are in the portal's zone, so they are compared as if they were UTC.
          const wanted = Date.parse(`${target.value}Z`);
          if (Number.isFinite(wanted))
            onStep(
              nearestStep(
                local.map((each) => `${each}Z`),
                wanted,
              ),
            );
        }}
      />
    </div>
  );
}
