import { useEffect, useRef, useState } from "react";
import { composePicture } from "@/app/_map/compose-picture";
import { recordLoop } from "@/app/_map/record-loop";
import { runFilm } from "@/app/(public)/_forecast/run-film";
import { saveFile } from "@/app/(public)/_forecast/save-file";
import type { Takeable } from "@/app/(public)/_forecast/takeable";

/** A film of the steps in memory: how many frames it has, null while there is none, and whether the last one failed. */
export function useFilm({ map, name, words, steps, shownStep, drawStep, call }: Takeable) {
  const [done, setDone] = useState<number | null>(null);
  const [hasFailed, setFailed] = useState(false);
  const recording = useRef<AbortController | null>(null);
  // Nothing goes on once the dialog is closed.
  useEffect(() => () => recording.current?.abort(), []);
  const start = async () => {
    if (!map) return;
    const end = new AbortController();
    recording.current = end;
    setDone(0);
    setFailed(false);
    const canvas = document.createElement("canvas");
    const onFrame = (step: number, frame: number) => {
      composePicture(canvas, map.getCanvas(), words(step));
      setDone(frame + 1);
    };
    try {
      const record = (draw: (frame: number) => Promise<void>) =>
        recordLoop({ canvas, count: steps.length, draw, signal: end.signal });
      const film = await runFilm({ steps, startStep: call.step, shownStep, drawStep, onFrame, record });
      if (!end.signal.aborted) saveFile(`${name}.webm`, film);
    } catch {
      // Of the browser's own words none helps: it names no codec and no cause.
      setFailed(true);
    } finally {
      setDone(null);
    }
  };
  return { done, hasFailed, start, stop: () => recording.current?.abort() };
}
