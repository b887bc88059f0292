import { useEffect, useRef, useState } from "react";
import { type BufferedAhead, isEnoughToPlay } from "@/lib/map/buffered-ahead";

/** Time that one step stays on the screen while playing, milliseconds. */
const stepMs = 450;

export type Playback = {
  readonly playing: boolean;
  /** True while playing stands still because the steps ahead have not come. */
  readonly waiting: boolean;
  /** Part of the way to the next step, 0..1; stays 0 for layers that are not interpolated. */
  readonly fraction: number;
  toggle(): void;
  pause(): void;
};

type Options = {
  readonly step: number;
  /** The step after this one that is published, or null at the end. */
  readonly nextStep: number | null;
  readonly firstStep: number;
  readonly ahead: BufferedAhead;
  readonly interpolate: boolean;
  readonly onStep: (step: number) => void;
};

/**
 * Plays the steps one after the other, from the first again when asked at the end. Starts only with four seconds in
 * memory and waits for more rather than blank the map. Glides between steps only where motion is welcome.
 */
export function usePlayback(options: Options): Playback {
  const [playing, setPlaying] = useState(false);
  const [waiting, setWaiting] = useState(false);
  const [fraction, setFraction] = useState(0);
  const latest = useRef(options);
  latest.current = options;

  useEffect(() => {
    if (!playing) return;
    const glides = !matchMedia("(prefers-reduced-motion: reduce)").matches;
    let startedAt: number | null = null;
    let frame = 0;
    const tick = (now: number) => {
      const { nextStep, ahead, interpolate, onStep } = latest.current;
      if (nextStep === null) {
        setPlaying(false);
        return;
      }
      const goes = startedAt === null ? isEnoughToPlay(ahead, stepMs) : ahead.loaded > 0;
      setWaiting(!goes);
      startedAt = goes ? (startedAt ?? now) : null;
      const part = startedAt === null ? 0 : Math.min(1, (now - startedAt) / stepMs);
      if (part >= 1) {
        startedAt = now;
        setFraction(0);
        onStep(nextStep);
      } else if (interpolate && glides) setFraction(part);
      frame = requestAnimationFrame(tick);
    };
    frame = requestAnimationFrame(tick);
    return () => {
      cancelAnimationFrame(frame);
      setFraction(0);
      setWaiting(false);
    };
  }, [playing]);

  const toggle = () => {
    if (!playing && options.nextStep === null && options.step !== options.firstStep) options.onStep(options.firstStep);
    setPlaying(!playing);
  };
  return { playing, waiting, fraction, toggle, pause: () => setPlaying(false) };
}
