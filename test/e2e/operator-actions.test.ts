import type { Browser } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { hasBrowser, launchBrowser, shootOnFailure, type Visitor, visit } from "@/test/e2e/browser";
import { mutate, query } from "@/test/e2e/call-api";
import { type Portal, startPortal } from "@/test/e2e/portal";
import { signInFirst } from "@/test/e2e/sign-in";
import { untilForecast } from "@/test/e2e/until-forecast";
import { violations } from "@/test/e2e/violations";

/** What operators do on the page of a run; each test goes on where the last one ended. */
describe.skipIf(!hasBrowser)("an operator acts on a run (chromium)", () => {
  let portal: Portal;
  let browser: Browser;
  let visitor: Visitor;
  let runId = "";

  beforeAll(async () => {
    portal = await startPortal();
    browser = await launchBrowser();
    visitor = await visit(browser, portal.origin);
    runId = await untilForecast(visitor.context.request);
    await signInFirst(visitor.page, portal.admin);
    await visitor.page.goto(`/runs/${runId}`);
  });
  beforeEach(() => shootOnFailure(visitor));
  afterAll(async () => {
    await browser?.close();
    await portal?.stop();
  });

  const dialog = () => visitor.page.getByRole("dialog");
  const runOf = async () => (await query(visitor.context.request, "runs.get", { runId })).data;

  test("a rerun shows first what it would do, and wants a reason", async () => {
    const { page } = visitor;
    await page.getByRole("button", { name: /^Rerun from / }).click();
    await dialog().getByText("Run: Completed → Running").waitFor();
    const confirm = dialog().getByRole("button", { name: "Rerun" });
    expect(await confirm.isDisabled()).toBe(true);
    await dialog().getByLabel("Reason").fill("the weather was wrong");
    await confirm.click();
    await dialog().waitFor({ state: "detached" });
    expect(await runOf()).toMatchObject({ state: "running" });
  });

  test("a held run says who holds it and why, and goes on when it is released", async () => {
    const { page } = visitor;
    await page.getByRole("button", { name: "Hold" }).click();
    await dialog().getByText("Run: Running → Held").waitFor();
    await dialog().getByLabel("Reason").fill("look at the input first");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Release" }).waitFor();
    await page.getByRole("radio", { name: "Why" }).click();
    await page.getByText(/The run is held by .+: look at the input first/).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole("button", { name: "Release" }).click();
    await dialog().getByLabel("Reason").fill("it is right");
    await dialog().getByRole("button", { name: "Release" }).click();
    await expect.poll(async () => await runOf(), { timeout: 240_000 }).toMatchObject({ state: "completed" });
  });

  test.each([
    ["en", "light", "Act", "Rerun"],
    ["it", "dark", "Agisci", "Riesegui"],
  ])("the menu of a step and its dialog work by keyboard and break no rule of axe (%s, %s)", async (...row) => {
    const [locale, theme, act, rerun] = row;
    const { page, context } = visitor;
    const cookie = (name: string, value: string) => ({ name, value, url: portal.origin });
    await context.addCookies([cookie("nereus-locale", locale), cookie("nereus-theme", theme)]);
    await page.goto(`/runs/${runId}`);
    const trigger = page.getByRole("button", { name: act, exact: true });
    const first = page.getByRole("menuitem", { name: rerun }).first();
    // A key pressed before the page has come to life opens nothing.
    await expect
      .poll(
        async () => {
          if (await first.isVisible()) return true;
          await trigger.focus();
          await page.keyboard.press("Enter");
          return first.waitFor({ timeout: 2000 }).then(
            () => true,
            () => false,
          );
        },
        { timeout: 40_000 },
      )
      .toBe(true);
    // The menu is there a moment before its first item has the focus.
    await expect.poll(() => first.evaluate((item) => item === document.activeElement)).toBe(true);
    await page.keyboard.press("Enter");
    await dialog().getByRole("listitem").first().waitFor();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await dialog().waitFor({ state: "detached" });
  });

  test("people without an account see why, and no button that acts", async () => {
    const stranger = await visit(browser, portal.origin);
    await stranger.page.goto(`/runs/${runId}`);
    await stranger.page.getByRole("radio", { name: "Why" }).click();
    await stranger.page
      .getByText(/^It has ended:/)
      .first()
      .waitFor();
    expect(await stranger.page.getByRole("button", { name: /^(Rerun from|Act|Hold|Cancel)/ }).count()).toBe(0);
    const refused = await mutate(stranger.context.request, "runs.operate", { runId, action: "hold", reason: "r" });
    expect(refused).toMatchObject({ status: 401, error: { code: "sign-in-required" } });
    await stranger.close();
  });

  test("no page asked another host or complained", () => visitor.expectClean());
});
