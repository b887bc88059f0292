import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { messages } from "@/lib/messages/messages";
import { hasBrowser, launchBrowser, shootOnFailure, type Visitor, visit } from "@/test/e2e/browser";
import { drawnField } from "@/test/e2e/map-pixels";
import { type Portal, startPortal } from "@/test/e2e/portal";
import { signInFirst } from "@/test/e2e/sign-in";
import { untilForecast } from "@/test/e2e/until-forecast";
import { violations } from "@/test/e2e/violations";

const paths = [
  "/",
  "/requests",
  "/requests/new",
  "/farms",
  "/runs",
  "/runs/{run}",
  "/data",
  "/data/demo-weather",
  "/preview",
  "/account/password",
  "/sign-in",
  "/admin/schedules",
  "/admin/users",
  "/admin/audit",
  "/nothing-here",
];

describe.skipIf(!hasBrowser)("everybody can use the portal (chromium)", () => {
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
  });
  beforeEach(() => shootOnFailure(visitor));
  afterAll(async () => {
    await browser?.close();
    await portal?.stop();
  });

  const open = async (path: string) => {
    const { page } = visitor;
    await page.goto(path.replace("{run}", runId));
    await settle(page, path);
  };
  const prefer = async (locale: string, theme: string) => {
    const cookie = (name: string, value: string) => ({ name, value, url: portal.origin });
    await visitor.context.addCookies([cookie("nereus-locale", locale), cookie("nereus-theme", theme)]);
  };

  describe.each([
    ["en", "light"],
    ["en", "dark"],
    ["it", "light"],
    ["it", "dark"],
  ])("in %s, %s", (locale, theme) => {
    test.each(paths)("%s breaks no rule of axe and says its language", async (path) => {
      await prefer(locale, theme);
      await open(path);
      expect(await visitor.page.locator("html").getAttribute("lang")).toBe(locale);
      expect(await visitor.page.locator("html").getAttribute("data-theme")).toBe(theme);
      expect(await violations(visitor.page)).toEqual([]);
    });
  });

  test.each([
    ["/runs", "runs"],
    ["/data", "data"],
    ["/requests/new", "requests"],
  ] as const)("%s leaves no English words behind when the language is switched", async (path, area) => {
    await prefer("en", "light");
    await open(path);
    const before = await visitor.page.locator("body").innerText();
    await visitor.page.getByRole("button", { name: "Italiano" }).click();
    await visitor.page.locator("html[lang=it]").waitFor();
    await settle(visitor.page, path);
    const after = await visitor.page.locator("body").innerText();
    const different = [...wordsThatDiffer(area), ...wordsThatDiffer("shell")];
    expect(different.filter(({ english }) => hasLine(before, english)).length).toBeGreaterThan(3);
    expect(different.filter(({ english }) => hasLine(after, english)).map(({ english }) => english)).toEqual([]);
  });

  test("the first press of Tab offers to skip to the content", async () => {
    await prefer("en", "light");
    await open("/runs");
    await visitor.page.keyboard.press("Tab");
    expect(await focusedText(visitor.page)).toBe("Skip to the content");
    await visitor.page.keyboard.press("Enter");
    await expect.poll(() => visitor.page.evaluate(() => document.activeElement?.id)).toBe("main");
  });

  test("a run is asked for with the keyboard alone", async () => {
    const { page } = visitor;
    await open("/requests/new");
    await tabTo(page, "Latitude");
    await page.keyboard.type("40.85");
    await tabTo(page, "Longitude");
    await page.keyboard.type("14.27");
    await tabTo(page, "Duration");
    await page.keyboard.press("Control+A");
    await page.keyboard.type("1");
    await tabTo(page, "Maquis");
    // Held until it has acted, as a hand does: the group looks at the key after the press.
    await page.keyboard.down("ArrowRight");
    await expect.poll(() => page.getByRole("radio", { name: "Pine wood" }).isChecked(), { timeout: 30_000 }).toBe(true);
    await page.keyboard.up("ArrowRight");
    await tabTo(page, "Start the simulation");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/runs\/[^/]+$/);
    await page.getByRole("heading", { name: "Wildfire smoke" }).waitFor();
  });

  test("a point of the map is read with the keyboard alone", async () => {
    const { page } = visitor;
    await page.goto("/");
    await drawnField(page, "demo-weather/");
    await tabTo(page, "Chosen point");
    await page.keyboard.press("Enter");
    await page.getByTestId("probe-value").waitFor();
  });

  test("no page asked another host or complained but about the page that is not there", () =>
    visitor.expectClean(/status of 404/));
});

/** Waits until what comes late is on the page: map, graph. */
async function settle(page: Page, path: string): Promise<void> {
  if (path === "/") await drawnField(page, "demo-weather/");
  if (path === "/requests/new") await page.getByTestId("point-picker").locator("canvas").waitFor();
  if (path === "/runs/{run}") await page.locator(".react-flow__node").first().waitFor();
}

/** Texts without fields that the two languages word differently. */
function wordsThatDiffer(area: "runs" | "data" | "requests" | "shell"): readonly { english: string }[] {
  const words: Readonly<Record<string, unknown>> = messages.en[area];
  const others: Readonly<Record<string, unknown>> = messages.it[area];
  return Object.entries(words).flatMap(([key, english]) =>
    typeof english === "string" && !english.includes("{") && english !== others[key] ? [{ english }] : [],
  );
}

const hasLine = (text: string, words: string): boolean => text.split(/[\n\t]/).some((line) => line.trim() === words);

const focusedText = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const focused = document.activeElement;
    const label = focused instanceof HTMLInputElement ? focused.labels?.[0]?.textContent : null;
    return (label ?? focused?.getAttribute("aria-label") ?? focused?.textContent ?? "").trim();
  });

/** Presses Tab until the element with this name has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
  const wanted = new RegExp(name, "i");
  for (let presses = 0; presses < 80; presses += 1) {
    await page.keyboard.press("Tab");
    if (wanted.test(await focusedText(page))) return;
  }
  throw new Error(`80 presses of Tab did not reach ${name}`);
}
