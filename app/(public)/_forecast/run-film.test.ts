import { expect, test } from "vitest";
import { runFilm } from "@/app/(public)/_forecast/run-film";

function aMap(step: number) {
  const map = { step };
  const drawStep = async (wanted: number) => {
    map.step = wanted;
  };
  return {
    map,
    parts: { steps: [3, 4, 5], startStep: step, shownStep: () => map.step, drawStep, onFrame: () => undefined },
  };
}
const film = new Blob([]);

test("after the film the map shows the step from before", async () => {
  const { map, parts } = aMap(4);
  const drawn: number[] = [];
  const onFrame = (step: number) => drawn.push(step);
  const record = async (draw: (frame: number) => Promise<void>) => {
    for (const frame of [0, 1, 2]) await draw(frame);
    return film;
  };
  expect(await runFilm({ ...parts, onFrame, record })).toBe(film);
  expect([drawn, map.step]).toEqual([[3, 4, 5], 4]);
});

test("a step that a person chose meanwhile stays", async () => {
  const { map, parts } = aMap(4);
  const record = async (draw: (frame: number) => Promise<void>) => {
    await draw(0);
    map.step = 7;
    return film;
  };
  await runFilm({ ...parts, record });
  expect(map.step).toBe(7);
});

test("a recorder that throws is told, and the step comes back", async () => {
  const { map, parts } = aMap(4);
  const record = async (draw: (frame: number) => Promise<void>) => {
    await draw(0);
    throw new Error("no codec");
  };
  await expect(runFilm({ ...parts, record })).rejects.toThrow("no codec");
  expect(map.step).toBe(4);
});
