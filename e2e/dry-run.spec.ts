import type { Locator, Page } from "@playwright/test";
import { expect, expectAccessible, test } from "./fixtures.ts";

const NOTHING = /Nothing was asked in the last 7 days/;
const WOULD = { name: "What would this have done last week?" };

/** Clicks "What would this have done last week?" in a form and waits for what it came to. */
async function tryLastWeek(form: Page | Locator, answer: RegExp): Promise<void> {
  await form.getByRole("button", WOULD).click();
  await expect(form.getByText(answer).first()).toBeVisible({ timeout: 30_000 });
}

/** Opens a country of the first wave that no other journey touches. */
async function openCountry(page: Page, code: string): Promise<void> {
  await page.goto(`countries/${code}`);
  await page.getByRole("button", { name: "Activate", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Activate", exact: true }).click();
  await expect(dialog).toBeHidden();
}

test("E2E-90 traffic is asked for, a lower cap is tried on it, read, and applied through the form that it filled in", async ({
  owner: page,
  check,
}) => {
  await openCountry(page, "BG");
  for (let place = 0; place < 6; place++) {
    const { body } = await check({ country: "BG", operation: "creator", units: 1 });
    expect(body.allowed).toBe(true);
  }
  await page.goto("dry-runs");
  const form = page.getByRole("region", { name: "Try a policy" });
  await form.getByRole("combobox", { name: "Countries" }).click();
  await page.getByRole("option", { name: "Bulgaria" }).click();
  await page.keyboard.press("Escape");
  await form.getByLabel("Creators a day").fill("2");
  await form.getByRole("button", { name: "Throttle limits" }).click();
  await form.getByRole("button", { name: "Threat rules" }).click();
  await expectAccessible(page);
  await form.getByRole("button", { name: "Start the dry run" }).click();
  const result = page.getByRole("region", { name: "What it would have done" });
  await expect(result.getByText(/creators? fewer let in/).first()).toBeVisible({ timeout: 60_000 });
  await expect(result.getByText(/A cap would have been reached on 1 local day/)).toBeVisible();
  await expect(result.getByRole("row", { name: /Bulgaria, creators/ })).toBeVisible();
  await expectAccessible(page);
  await result.getByRole("link", { name: "Change caps of Bulgaria" }).click();
  const dialog = page.getByRole("dialog", { name: "Caps of Bulgaria" });
  await expect(dialog.getByText("These are the values that the dry run tried.")).toBeVisible();
  await expect(dialog.getByLabel("Creators a day")).toHaveValue("2");
  await expectAccessible(page);
  await dialog.getByLabel("Reason").fill("Tried on last week");
  await dialog.getByRole("button", { name: "Change caps" }).click();
  await expect(page.getByText("Bulgaria has new caps")).toBeVisible();
  await expect(dialog).toBeHidden();
  await expect(page.getByText("Tried on last week").first()).toBeVisible();
});

test("E2E-91 each change form says what it would have done last week, and changes nothing", async ({
  owner: page,
}) => {
  await openCountry(page, "RO");
  await page.getByRole("button", { name: "Change caps" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Users a day").fill("1");
  await tryLastWeek(dialog, NOTHING);
  await expect(dialog.getByRole("link", { name: /See it by country and hour/ })).toBeVisible();
  await dialog.getByRole("button", { name: "Cancel", exact: true }).click();
  await page.getByRole("button", { name: "Advance" }).click();
  await tryLastWeek(dialog, NOTHING);
  await dialog.getByRole("button", { name: "Cancel", exact: true }).click();
  await page.getByRole("button", { name: "Pause", exact: true }).click();
  await tryLastWeek(dialog, NOTHING);
  await page.goto("load");
  await page.getByRole("button", { name: "Edit" }).first().click();
  await tryLastWeek(dialog, /Throttling would have lasted/);
  await page.goto("regions/scorecard");
  await tryLastWeek(page, /pauses? for risk would have happened/);
  await page.goto("threats");
  await page.getByRole("button", { name: "Edit" }).first().click();
  await tryLastWeek(dialog, /It would have found/);
});

test("E2E-92 limits, scorecard and threat rules are tried in one run, and each opens its form filled in", async ({
  owner: page,
}) => {
  await page.goto("dry-runs");
  const form = page.getByRole("region", { name: "Try a policy" });
  await form.getByRole("button", { name: "Throttle limits" }).click();
  await form.getByRole("group", { name: "payments_per_minute" }).getByLabel("Limit").fill("250");
  await form.getByRole("button", { name: "Scorecard" }).click();
  await form.getByLabel("Try this scorecard").check();
  await form.getByLabel("Fewest active users to judge").fill("20");
  await form.getByRole("button", { name: "Threat rules" }).click();
  await form.getByRole("group", { name: "Device farm" }).getByLabel("At least (accounts)").fill("7");
  await form.getByRole("button", { name: "Start the dry run" }).click();
  const result = page.getByRole("region", { name: "What it would have done" });
  await expect(result.getByText(/Throttling would have lasted/)).toBeVisible({ timeout: 60_000 });
  const run = page.url();
  await result.getByRole("link", { name: "Change the limit of payments_per_minute" }).click();
  const limit = page.getByRole("dialog", { name: "Limit of payments_per_minute" });
  await expect(limit.getByLabel("Limit", { exact: true })).toHaveValue("250");
  await page.goto(run);
  await result.getByRole("link", { name: "Edit the scorecard" }).click();
  await expect(page.getByLabel("Fewest active users to judge")).toHaveValue("20");
  await page.goto(run);
  await result.getByRole("link", { name: /Change the rule “Device farm”/ }).click();
  const rule = page.getByRole("dialog", { name: "Device farm" });
  await expect(rule.getByLabel("At least (accounts)")).toHaveValue("7");
  await expectAccessible(page);
});
