import type { BenchmarkFigures } from "@/test/bench/benchmark-figures";
import { openFieldBrowser } from "@/test/e2e/field-browser";
import { goldenFigures } from "@/test/portal/golden-view";
import { goldenViews, romsDepth, wrfDomain } from "@/test/portal/real-field";

/** Pixels of real fields at three zooms: coloured where nothing is drawn, blank where the field is. */
export async function portalGolden(): Promise<BenchmarkFigures> {
  const browser = await openFieldBrowser();
  const figures: Record<string, number> = {};
  try {
    for (const [name, load, views] of [
      ["wrf", wrfDomain, goldenViews.wrf],
      ["roms", romsDepth, goldenViews.roms],
    ] as const)
      for (const view of views) {
        const { bleeding, blank, coloured } = await goldenFigures(await load(), view, browser.draw);
        figures[`${name}${view.sideCells}BleedingPixels`] = bleeding;
        figures[`${name}${view.sideCells}BlankPixels`] = blank;
        figures[`${name}${view.sideCells}ColouredPixels`] = coloured;
      }
  } finally {
    await browser.close();
  }
  return { figures, postgres: "not used" };
}
