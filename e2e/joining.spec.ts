import { newEmail } from "./accounts.ts";
import { at } from "./at.ts";
import { expect, signIn, test } from "./fixtures.ts";
import { mailedLink } from "./mail.ts";
import { joinAs, newGuest, signUp } from "./people.ts";

test("E2E-09 somebody signs up, confirms by mail and makes a workspace of their own", async ({ page }) => {
  const email = newEmail("founder");
  await page.goto(`${at.E2E_SITE}/sign-up`);
  await signUp(page, "Founder", email);
  await page.goto(`${at.E2E_SITE}/new`);
  await page.getByLabel("Name").fill(`Product ${Date.now()}`);
  await page.getByRole("button", { name: "Make the workspace" }).click();
  await page.waitForURL((url) => url.pathname.startsWith("/product-"));
  await page.getByRole("button", { name: "Add countries" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: /EU first wave/ }).click();
  await dialog.getByRole("button", { name: /^Add/ }).click();
  await expect(page.getByRole("link", { name: /Greece/ }).first()).toBeVisible();
});

test("E2E-10 an invitation by mail makes a viewer, who sees countries and cannot change them", async ({
  owner,
  browser,
}) => {
  const { guest, leave } = await newGuest(browser);
  await joinAs(owner, guest, "Viewer");
  await guest.goto("countries/PL");
  await expect(guest.getByRole("heading", { level: 1 })).toContainText("Poland");
  await expect(guest.getByRole("button", { name: /^Pause/ })).toHaveCount(0);
  await guest.goto("settings/keys");
  await expect(guest.getByRole("button", { name: "Create key" })).toHaveCount(0);
  await leave();
});

test("E2E-11 a forgotten password is set anew by mail", async ({ page }) => {
  const email = newEmail("forgetful");
  await page.goto(`${at.E2E_SITE}/sign-up`);
  await signUp(page, "Forgetful", email);
  await page.context().clearCookies();
  await page.goto(`${at.E2E_SITE}/forgot-password`);
  await page.getByLabel("E-mail").fill(email);
  await page.getByRole("button", { name: /send|link|mail/i }).click();
  await page.goto(await mailedLink(email, /password|reset/i));
  await page.getByRole("textbox", { name: "New password" }).fill("another long password");
  await page.getByRole("textbox", { name: "Again" }).fill("another long password");
  await page.getByRole("button", { name: "Save" }).click();
  await page.waitForURL((url) => !url.pathname.startsWith("/reset-password"));
  await page.context().clearCookies();
  await signIn(page, email, "another long password");
});

test("E2E-12 a key is shown once, works at the gate, and is refused as soon as it is revoked", async ({
  owner,
}) => {
  const name = `Journey ${Date.now()}`;
  await owner.goto("settings/keys");
  await owner.getByRole("button", { name: "Create key" }).click();
  const dialog = owner.getByRole("dialog");
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByRole("button", { name: "Create key" }).click();
  const key = (await dialog.getByText(/^gty_[0-9A-Za-z]{39}$/).textContent()) ?? "";
  await dialog.getByRole("button", { name: "I have saved it" }).click();
  const capacity = () =>
    fetch(`${at.E2E_GATE}/api/v1/countries/PL/capacity`, { headers: { authorization: `Bearer ${key}` } });
  expect((await capacity()).status).toBe(200);

  const row = owner.getByRole("row").filter({ hasText: name });
  await row.getByRole("button", { name: "Revoke" }).click();
  const asking = owner.getByRole("dialog");
  await asking.getByLabel("Reason").fill("The journey ends here");
  await asking.getByRole("button", { name: "Revoke key" }).click();
  await expect(row.getByText("revoked")).toBeVisible();
  expect((await capacity()).status).toBe(401);
});
