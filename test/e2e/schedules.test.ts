import type { Browser } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { hasBrowser, launchBrowser, shootOnFailure, type Visitor, visit } from "@/test/e2e/browser";
import { type Portal, startPortal } from "@/test/e2e/portal";
import { signInFirst } from "@/test/e2e/sign-in";

/** One schedule from its making to its removal; each test goes on where the last one ended. */
describe.skipIf(!hasBrowser)("an administrator schedules the forecast (chromium)", () => {
  let portal: Portal;
  let browser: Browser;
  let visitor: Visitor;

  beforeAll(async () => {
    portal = await startPortal();
    browser = await launchBrowser();
    visitor = await visit(browser, portal.origin);
  });
  beforeEach(() => shootOnFailure(visitor));
  afterAll(async () => {
    await browser?.close();
    await portal?.stop();
  });

  test("a daily schedule shows its next ten starts, each a day after the other", async () => {
    const { page } = visitor;
    await signInFirst(page, portal.admin, "/admin/schedules");
    await page.getByText("No schedules yet.").waitFor();
    // The empty box offers the same act as the head of the page.
    await page.getByRole("button", { name: "New schedule" }).last().click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Pipeline").selectOption("demo-weather");
    await dialog.getByLabel("Cron expression").fill("15 3 * * *");
    await dialog.getByText("Every day at 03:15").waitFor();
    await dialog.getByLabel("Time zone").fill("UTC");
    await dialog.getByRole("button", { name: "Create the schedule" }).click();
    await dialog.waitFor({ state: "hidden" });
    const starts = page.getByRole("complementary").getByRole("listitem");
    await starts.nth(9).waitFor();
    const texts = await starts.allTextContents();
    expect(texts).toHaveLength(10);
    expect(new Set(texts).size).toBe(10);
    for (const text of texts) expect(text).toContain("03:15");
  });

  test("a cron expression that is none is refused at its field", async () => {
    const { page } = visitor;
    await page.getByRole("button", { name: "New schedule" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Cron expression").fill("61 3 * * *");
    await dialog.getByRole("button", { name: "Create the schedule" }).click();
    await dialog.getByText("The cron expression “61 3 * * *” is not valid").waitFor();
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "hidden" });
    expect(await page.getByRole("row").count()).toBe(2);
  });

  test("it is paused with a reason, goes on and is removed", async () => {
    const { page } = visitor;
    await page.getByRole("button", { name: "Pause" }).click();
    await page.getByRole("dialog").getByLabel("Reason").fill("disk being replaced");
    await page.getByRole("dialog").getByRole("button", { name: "Pause" }).click();
    await page.getByText("paused: disk being replaced").waitFor();
    await page.getByRole("button", { name: "Resume" }).click();
    await page.getByText("paused: disk being replaced").waitFor({ state: "hidden" });
    await page.getByRole("button", { name: "Remove" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
    await page.getByText("No schedules yet.").waitFor();
  });

  test("the audit log tells who did all of it, and why", async () => {
    const { page } = visitor;
    await page.goto("/admin/audit");
    const rows = await page.getByRole("row").allTextContents();
    const ofSchedules = rows.filter((row) => row.includes("schedule"));
    for (const act of ["made", "paused", "resumed", "removed"])
      expect(
        ofSchedules.filter((row) => row.includes(act) && row.includes(portal.admin.email)),
        act,
      ).toHaveLength(1);
    expect(ofSchedules.join("\n")).toContain("disk being replaced");
  });

  test("no page asked another host or complained but about the refused schedule", () =>
    visitor.expectClean(/status of 400/));
});
