import type { Page, Request } from "playwright-core";
import { drawnField } from "@/test/e2e/map-pixels";
import { pageHelper } from "@/test/portal/page-helper";

export type ScrubFigures = {
  readonly steps: number;
  /** Frames between the first and the last step in which the map said that no field is drawn. */
  readonly blankFrames: number;
  readonly requests: readonly string[];
};

/** Waits until every step of the timeline is in the browser. */
export async function untilBuffered(page: Page): Promise<void> {
  await page.locator("[data-testid=timeline][data-buffered=all]").waitFor({ timeout: 180_000 });
}

/** Moves the slider of the shown product over all its steps, one by one, and counts what must not happen. */
export async function scrub(page: Page): Promise<ScrubFigures> {
  const slider = page.getByLabel("Valid time");
  const last = Number(await slider.getAttribute("max"));
  const [product = "", run = ""] = (
    (await page.getByTestId("forecast-map").getAttribute("data-field-ready")) ?? ""
  ).split("/");
  const requests = await countRequests(page, async () => {
    await page.evaluate(pageHelper);
    await page.evaluate(watchFrames);
    for (let step = 0; step <= last; step += 1) {
      await slider.fill(String(step));
      await drawnField(page, `${product}/${run}`, `/${step}`);
    }
  });
  const blankFrames = await page.evaluate(() => Number(Reflect.get(window, "blankFrames")));
  return { steps: last + 1, blankFrames, requests };
}

/** Addresses that the page asks for while something is done; a moment more is given to those that come late. */
export async function countRequests(page: Page, act: () => Promise<void>): Promise<readonly string[]> {
  const requests: string[] = [];
  const count = (request: Request) => requests.push(request.url());
  page.on("request", count);
  await act();
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  page.off("request", count);
  return requests;
}

/** Runs in the page: looks at every frame whether the map names the field that it drew. */
function watchFrames(): void {
  const map = document.querySelector<HTMLElement>("[data-testid=forecast-map]");
  Reflect.set(window, "blankFrames", 0);
  const look = () => {
    if (!map?.dataset.fieldReady) Reflect.set(window, "blankFrames", Number(Reflect.get(window, "blankFrames")) + 1);
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
