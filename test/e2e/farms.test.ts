import type { Browser } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { hasBrowser, launchBrowser, shootOnFailure, type Visitor, visit } from "@/test/e2e/browser";
import { type Portal, startPortal } from "@/test/e2e/portal";
import { signInFirst } from "@/test/e2e/sign-in";
import { violations } from "@/test/e2e/violations";
import { until } from "@/test/fixtures/until";

describe.skipIf(!hasBrowser)("mussel farms (chromium)", () => {
  let portal: Portal;
  let browser: Browser;
  let visitor: Visitor;

  beforeAll(async () => {
    portal = await startPortal();
    browser = await launchBrowser();
    visitor = await visit(browser, portal.origin);
    await signInFirst(visitor.page, portal.admin);
  });
  beforeEach(() => shootOnFailure(visitor));
  afterAll(async () => {
    await browser?.close();
    await portal?.stop();
  });

  test("a farm is typed and kept by keyboard alone, a wrong one gets its sentence, and the page has no violation", async () => {
    const { page } = visitor;
    await page.goto("/farms");
    await page.getByText("not a food-safety decision").first().waitFor();
    const corners = page.getByLabel("Corners", { exact: true });
    const save = page.getByRole("button", { name: "Save the farm" });
    // What is typed before the page has come to life is lost.
    await until(
      "the page has come to life",
      async () => {
        await corners.fill("14.10 40.77\n14.12 40.77");
        await save.press("Enter");
        return (await page.getByText("This is no area").count()) > 0 ? true : null;
      },
      40_000,
    );
    await page.getByLabel("Name", { exact: true }).fill("North line");
    await corners.fill("14.10 40.77\n14.12 40.77\n14.12 40.79");
    await save.press("Enter");
    await page.getByRole("button", { name: "Remove North line" }).waitFor();
    expect(await page.getByRole("checkbox", { name: "North line" }).isChecked()).toBe(true);
    expect(await violations(page)).toEqual([]);
  });
});
