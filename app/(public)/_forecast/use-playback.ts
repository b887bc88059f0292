import { useEffect, useRef, useState } from "react";

/** Time that one step stays on the screen while playing, milliseconds. */
const stepMs = 450;

export type Playback = {
  readonly playing: boolean;
  /** Part of the way to the next step, 0..1; stays 0 for layers that are not interpolated. */
  readonly fraction: number;
  toggle(): void;
  pause(): void;
};

type Options = {
  readonly step: number;
  /** The step after this one that is published, or null at the end. */
  readonly nextStep: number | null;
  /** True when the next step is decoded: playing waits for it instead of blanking the map. */
  readonly nextIsLoaded: boolean;
  readonly interpolate: boolean;
  readonly onStep: (step: number) => void;
};

/** Plays the steps one after the other. Never starts by itself; glides between steps only where motion is welcome. */
export function usePlayback(options: Options): Playback {
  const [playing, setPlaying] = useState(false);
  const [fraction, setFraction] = useState(0);
  const latest = useRef(options);
  latest.current = options;

  useEffect(() => {
    if (!playing) return;
    const glides = !matchMedia("(prefers-reduced-motion: reduce)").matches;
    let startedAt = performance.now();
    let frame = 0;
    const tick = (now: number) => {
      const { nextStep, nextIsLoaded, interpolate, onStep } = latest.current;
      if (nextStep === null) {
        setPlaying(false);
        return;
      }
      if (!nextIsLoaded) startedAt = now;
      const part = Math.min(1, (now - startedAt) / stepMs);
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
    };
  }, [playing]);

  return { playing, fraction, toggle: () => setPlaying((was) => !was), pause: () => setPlaying(false) };
}
