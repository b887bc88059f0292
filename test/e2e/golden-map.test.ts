import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasBrowser } from "@/test/e2e/browser";
import { openFieldBrowser } from "@/test/e2e/field-browser";
import { isAbsent } from "@/test/fixtures/reference";
import { goldenFigures } from "@/test/portal/golden-view";
import { goldenViews, romsDepth, wrfDomain } from "@/test/portal/real-field";

const isReady = hasBrowser && !isAbsent("data/wrf") && !isAbsent("data/roms");

describe.skipIf(!isReady)("golden pictures of real fields (chromium, data/wrf, data/roms)", () => {
  let browser: Awaited<ReturnType<typeof openFieldBrowser>> | null = null;
  beforeAll(async () => {
    browser = await openFieldBrowser();
  });
  afterAll(async () => await browser?.close());

  describe.each([
    ["a WRF grid with lakes", wrfDomain, goldenViews.wrf],
    ["a ROMS grid with its land", romsDepth, goldenViews.roms],
  ] as const)("%s", (_, load, views) => {
    test.each([...views])(
      "around cell $x, $y, $sideCells cells wide: nothing bleeds and nothing is blank",
      async (view) => {
        if (!browser) throw new Error("the browser did not start");
        const { bleeding, blank, coloured, empty } = await goldenFigures(await load(), view, browser.draw);
        expect({ bleeding, blank }).toEqual({ bleeding: 0, blank: 0 });
        expect(Math.min(coloured, empty)).toBeGreaterThan(5_000);
      },
    );
  });
});
