import type { Page } from "playwright-core";

export type Account = { readonly email: string; readonly oneTimePassword: string };

/** The password that every test account gets at its first sign-in. */
const ownPassword = "a longer secret 42";

/**
 * Signs in for the first time by way of a page that needs an account: the portal asks who one is, has the one-time
 * password replaced, and comes back to that page.
 */
export async function signInFirst(
  page: Page,
  { email, oneTimePassword }: Account,
  path = "/requests/new",
): Promise<void> {
  await page.goto(path);
  await page.waitForURL((url) => url.pathname === "/sign-in");
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password").fill(oneTimePassword);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL((url) => url.pathname === "/account/password");
  await page.getByLabel("Present password").fill(oneTimePassword);
  await page.getByLabel("New password", { exact: true }).fill(ownPassword);
  await page.getByLabel("New password, once more").fill(ownPassword);
  await page.getByRole("button", { name: "Change the password" }).click();
  await page.waitForURL((url) => url.pathname === path);
}
