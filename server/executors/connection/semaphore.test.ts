import { expect, test } from "vitest";
import { Semaphore } from "@/server/executors/connection/semaphore";

/** Work that ends when it is told to. */
function aTask(log: string[], name: string) {
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const work = async () => {
    log.push(`${name} starts`);
    await ended;
  };
  return { work, end: () => end() };
}

test("at most so many work at once, the others in the order they came", async () => {
  const log: string[] = [];
  const semaphore = new Semaphore(2);
  const tasks = ["a", "b", "c", "d"].map((name) => aTask(log, name));
  const running = tasks.map(({ work }) => semaphore.run(work));
  await Promise.resolve();
  expect(log).toEqual(["a starts", "b starts"]);
  tasks[1]?.end();
  await running[1];
  expect(log).toEqual(["a starts", "b starts", "c starts"]);
  for (const { end } of tasks) end();
  await Promise.all(running);
  expect(log.at(-1)).toBe("d starts");
});

test("who stops waiting leaves the row and takes no place", async () => {
  const semaphore = new Semaphore(1);
  const first = aTask([], "first");
  const running = semaphore.run(first.work);
  const controller = new AbortController();
  const impatient = semaphore.run(async () => "never", controller.signal);
  const patient = semaphore.run(async () => "done");
  controller.abort(new Error("enough"));
  await expect(impatient).rejects.toThrow("enough");
  first.end();
  await running;
  expect(await patient).toBe("done");
});

test("a place is given back by work that failed", async () => {
  const semaphore = new Semaphore(1);
  await expect(semaphore.run(() => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(await semaphore.run(async () => "yes")).toBe("yes");
});
