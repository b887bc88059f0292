// Saves pictures of the main screens of a running portal to docs/screens.
// NEREUS_EMAIL=... NEREUS_PASSWORD=... node tools/screens.mjs [http://127.0.0.1:3000]
// Needs Chromium, a completed smoke run and an account that may see the schedules.
import { mkdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const origin = process.argv[2] ?? "http://127.0.0.1:3000";
const { NEREUS_EMAIL: email = "admin@nereus.local", NEREUS_PASSWORD: password } = process.env;
const folder = join(dirname(fileURLToPath(import.meta.url)), "../docs/screens");
const mostBytes = 300_000;
const desk = { viewport: { width: 1440, height: 900 }, colorScheme: "light" };
const tablet = { viewport: { width: 768, height: 1024 }, colorScheme: "dark" };
const phone = { viewport: { width: 360, height: 780 }, isMobile: true, hasTouch: true, colorScheme: "dark" };

if (!password) throw new Error("Give the password of the account in NEREUS_PASSWORD.");
mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-dev-shm-usage", "--enable-unsafe-swiftshader"],
});
try {
  const storageState = await signIn();
  await shoot({ ...desk, storageState }, async (page, save) => {
    await page.goto("/?layer=temperature");
    await settled(page);
    await page.mouse.click(800, 380);
    await page.getByRole("button", { name: "Close" }).waitFor();
    await save("forecast");
    await page.goto("/requests/new?lat=40.9100&lon=14.4900");
    await page.locator("[data-testid=point-picker] canvas").waitFor();
    await page.waitForLoadState("networkidle");
    await save("request");
    await page.goto("/runs");
    const run = await page.getByRole("link", { name: "Wildfire smoke" }).first().getAttribute("href");
    await page.goto(run ?? "/runs");
    await page.getByRole("button", { name: "publish" }).click();
    await page.getByRole("log").waitFor();
    await page.waitForLoadState("networkidle");
    await save("run");
    await page.goto(`/?product=smoke&run=${run?.split("/").at(-1)}`);
    await settled(page);
    for (let step = 0; step < 5; step++) await page.getByRole("button", { name: "One step on" }).click();
    await settled(page);
    await save("smoke");
    for (const [name, path] of [
      ["data", "/data/demo-weather"],
      ["schedules", "/admin/schedules"],
    ]) {
      await page.goto(path);
      await page.waitForLoadState("networkidle");
      await save(name);
    }
  });
  await shoot({ ...tablet, storageState }, async (page, save) => {
    await page.goto("/?layer=wind&show=isolines&above=3&lat=40.7&lon=14.3");
    await settled(page);
    await page.getByRole("img", { name: /^Mixing height/ }).waitFor();
    await save("forecast-tablet-dark");
  });
  await shoot({ ...phone, storageState }, async (page, save) => {
    await page.goto("/?layer=wind");
    await settled(page);
    await save("forecast-phone-dark");
  });
} finally {
  await browser.close();
}

async function signIn() {
  const context = await browser.newContext({ ...desk, baseURL: origin, locale: "en-GB" });
  const page = await context.newPage();
  await page.goto("/sign-in");
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL((url) => url.pathname === "/");
  const state = await context.storageState();
  await context.close();
  return state;
}

/** One window; `save` writes what it shows and refuses a picture that is too large for the repository. */
async function shoot(options, act) {
  const context = await browser.newContext({ ...options, baseURL: origin, locale: "en-GB" });
  const page = await context.newPage();
  await act(page, async (name) => {
    const path = join(folder, `${name}.png`);
    await page.screenshot({ path });
    const { size } = statSync(path);
    if (size > mostBytes) throw new Error(`${path} has ${size} bytes; at most ${mostBytes} are kept.`);
    console.log(`${path} ${Math.round(size / 1000)} kB`);
  });
  await context.close();
}

/** Waits until the field is drawn and nothing more is fetched. */
async function settled(page) {
  await page.locator("[data-field-ready]").waitFor();
  await page.waitForLoadState("networkidle");
}
