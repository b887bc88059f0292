/** A loop of steps on the map, and the step that it took the map away from. */
export type Film = {
  readonly steps: readonly number[];
  readonly startStep: number;
  /** The step on the map now. */
  readonly shownStep: () => number;
  readonly drawStep: (step: number) => Promise<void>;
  readonly onFrame: (step: number, frame: number) => void;
  /** Plays the frames and gives the film. */
  readonly record: (draw: (frame: number) => Promise<void>) => Promise<Blob>;
};

/** Films the steps and shows the first step again, unless a person has gone to another one meanwhile. */
export async function runFilm({ steps, startStep, shownStep, drawStep, onFrame, record }: Film): Promise<Blob> {
  let own = startStep;
  try {
    return await record(async (frame) => {
      own = steps[frame] ?? startStep;
      await drawStep(own);
      onFrame(own, frame);
    });
  } finally {
    if (own !== startStep && shownStep() === own) await drawStep(startStep);
  }
}
