import type { Browser } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { hasBrowser, launchBrowser, shootOnFailure, type Visitor, visit } from "@/test/e2e/browser";
import { drawnField } from "@/test/e2e/map-pixels";
import { type Portal, startPortal } from "@/test/e2e/portal";
import { untilForecast } from "@/test/e2e/until-forecast";
import { countRequests, scrub, untilBuffered } from "@/test/portal/scrub";

describe.skipIf(!hasBrowser)("the forecast map (chromium)", () => {
  let portal: Portal;
  let browser: Browser;
  let visitor: Visitor;

  beforeAll(async () => {
    portal = await startPortal();
    browser = await launchBrowser();
    visitor = await visit(browser, portal.origin);
    await untilForecast(visitor.context.request);
  });
  beforeEach(() => shootOnFailure(visitor));
  afterAll(async () => {
    await browser?.close();
    await portal?.stop();
  });

  test("once buffered, all hours are scrubbed without a blank frame and without a request", async () => {
    await visitor.page.goto("/?layer=wind");
    await drawnField(visitor.page, "demo-weather/");
    await untilBuffered(visitor.page);
    const { steps, blankFrames, requests } = await scrub(visitor.page);
    expect(steps).toBe(37);
    expect({ blankFrames, requests }).toEqual({ blankFrames: 0, requests: [] });
  });

  test("colours, unit, threshold, opacity and lines are changed without a request, and the link keeps them", async () => {
    const { page } = visitor;
    const requests = await countRequests(page, async () => {
      await page.getByLabel("Colours").selectOption("wrf5-wind-kt-lamma");
      await page.getByRole("button", { name: "kt", exact: true }).click();
      await page.getByLabel("Only values from").fill("5");
      await page.getByLabel("Opacity").fill("60");
      await page.getByText("Isolines").click();
      await page.getByText("Show the cells").click();
      await page.waitForURL(/show=cells\.isolines/);
    });
    expect(requests).toEqual([]);
    await page.reload();
    await drawnField(page, "demo-weather/");
    await expect.poll(() => page.getByLabel("Only values from").inputValue()).toBe("5");
    expect(await page.getByLabel("Colours").inputValue()).toBe("wrf5-wind-kt-lamma");
    expect(await page.getByLabel("Opacity").inputValue()).toBe("60");
    expect(await page.getByLabel("Isolines").isChecked()).toBe(true);
    expect(await page.getByRole("button", { name: "kt", exact: true }).getAttribute("aria-pressed")).toBe("true");
  });

  test("no page asked another host or complained", () => visitor.expectClean());
});
