import type { BenchmarkFigures } from "@/test/bench/benchmark-figures";
import { launchBrowser, visit } from "@/test/e2e/browser";
import { drawnField } from "@/test/e2e/map-pixels";
import { startPortal } from "@/test/e2e/portal";
import { runCli } from "@/test/fixtures/run-cli";
import { countRequests, scrub, untilBuffered } from "@/test/portal/scrub";

/** A forecast of 72 hours on the map, buffered and then scrubbed hour by hour; after that every look of the field. */
export async function portalScrub(): Promise<BenchmarkFigures> {
  const portal = await startPortal();
  const browser = await launchBrowser();
  try {
    const args = ["run", "demo-weather", "--input", "hours=72", "--wait", "--json"];
    const { code, stdout, stderr } = await runCli(args, { NEREUS_HOME: portal.home });
    if (code !== 0) throw new Error(`the forecast of 72 hours failed: ${stderr}`);
    const { runId }: { runId: string } = JSON.parse(stdout);
    const { page } = await visit(browser, portal.origin);
    await page.goto(`/?product=demo-weather&run=${runId}&layer=wind`);
    await drawnField(page, `demo-weather/${runId}`);
    const startedAt = Date.now();
    await untilBuffered(page);
    const bufferSeconds = (Date.now() - startedAt) / 1000;
    const { steps, blankFrames, requests } = await scrub(page);
    const looks = await countRequests(page, async () => {
      await page.getByLabel("Colours").selectOption({ index: 1 });
      await page.getByRole("button", { name: "kt", exact: true }).click();
      for (let value = 1; value <= 20; value += 1) await page.getByLabel("Only values from").fill(String(value));
    });
    const figures = { steps, blankFrames, scrubRequests: requests.length, lookRequests: looks.length, bufferSeconds };
    return { figures, postgres: "embedded" };
  } finally {
    await browser.close();
    await portal.stop();
  }
}
