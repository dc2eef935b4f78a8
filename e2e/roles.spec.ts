import type { Page } from "@playwright/test";
import { at, expect, test } from "./fixtures.ts";
import { joinAs, newGuest } from "./people.ts";

// Each journey opens every page of the console, as owner and as guest.
test.describe.configure({ timeout: 180_000 });

const NO_ACCESS = "Your role doesn't open this page";

/** The pages that the navigation leads to, by their paths. */
async function pagesOf(page: Page): Promise<Map<string, string>> {
  await page.goto(`${at.E2E_SITE}/demo`);
  const links = page.getByRole("navigation", { name: "Console" }).getByRole("listitem").getByRole("link");
  await expect(links.first()).toBeVisible();
  const found = await links.evaluateAll((all) =>
    all.map((link): [string, string] => [link.textContent ?? "", link.getAttribute("href") ?? ""]),
  );
  return new Map(found);
}

/** Every page of the owner's that the guest isn't led to says so and leads back; every other one opens. */
async function expectPages(owner: Page, guest: Page): Promise<void> {
  const [all, mine] = [await pagesOf(owner), await pagesOf(guest)];
  for (const [label, path] of all) {
    await guest.goto(at.E2E_SITE + path);
    const heading = guest.getByRole("heading", { level: 1 });
    if (mine.has(label)) {
      await expect(heading).not.toHaveText(NO_ACCESS);
      continue;
    }
    await expect(heading, path).toHaveText(NO_ACCESS);
    await guest.getByRole("link", { name: "Back to the overview" }).click();
    await expect(heading).toHaveText("Mission control");
  }
}

/** No button changes a country, a flag or anybody. */
async function expectReadOnly(guest: Page): Promise<void> {
  await guest.goto(`${at.E2E_SITE}/demo/countries`);
  await expect(guest.getByRole("link", { name: /^Poland/ })).toBeVisible();
  await expect(guest.getByRole("button", { name: "Add countries" })).toHaveCount(0);
  await expect(guest.getByRole("button", { name: /^(Activate|Resume)/ })).toHaveCount(0);
  await guest.goto(`${at.E2E_SITE}/demo/countries/PL`);
  await expect(guest.getByRole("heading", { level: 1 })).toHaveText("Poland");
  const forbidden = /^(Activate|Advance|Change caps|Resume|More actions)/;
  await expect(guest.getByRole("button", { name: forbidden })).toHaveCount(0);
  await guest.goto(`${at.E2E_SITE}/demo/flags`);
  await expect(guest.getByText("launch.countryCaps")).toBeVisible();
  await expect(guest.getByRole("switch", { disabled: false })).toHaveCount(0);
}

test("CON-08 a viewer sees countries and flags, changes nothing, and is told whom to ask elsewhere", async ({
  owner,
  browser,
}) => {
  const { guest, leave } = await newGuest(browser);
  await joinAs(owner, guest, "Viewer");
  await expectPages(owner, guest);
  const pages = [...(await pagesOf(guest)).keys()];
  expect(pages).toEqual(expect.arrayContaining(["Mission control", "Countries", "Flags"]));
  for (const label of ["Audit", "Members", "API keys", "Settings"]) expect(pages).not.toContain(label);
  await expectReadOnly(guest);
  await guest.goto(`${at.E2E_SITE}/demo/countries/PL`);
  await expect(guest.getByRole("button", { name: "Pause" })).toHaveCount(0);
  await expect(guest.getByRole("heading", { name: /^Receipts/ })).toHaveCount(0);
  await leave();
});

test("CON-09 marketing reads its own audit entries and changes no country", async ({ owner, browser }) => {
  const { guest, leave } = await newGuest(browser);
  const email = await joinAs(owner, guest, "Marketing");
  await expectPages(owner, guest);
  const pages = [...(await pagesOf(guest)).keys()];
  expect(pages).toContain("Audit");
  for (const label of ["Members", "API keys", "Settings"]) expect(pages).not.toContain(label);
  await expectReadOnly(guest);
  await guest.goto(`${at.E2E_SITE}/demo/audit`);
  const rows = guest.getByRole("table", { name: "Audit entries" }).getByRole("row");
  await expect(rows.filter({ hasText: "member.joined" })).toHaveCount(1);
  await expect(rows).toHaveCount(2);
  await expect(rows.filter({ hasText: email })).toHaveCount(1);
  await expect(guest.getByRole("button", { name: "Verify" })).toHaveCount(0);
  await leave();
});

test("CON-10 safety pauses a country from the table and from its page, and can do nothing else to it", async ({
  owner,
  browser,
  check,
}) => {
  const dialog = (page: Page) => page.getByRole("dialog");
  const asked = async () => (await check({ country: "HR", operation: "user" })).body.reason;
  await owner.goto(`${at.E2E_SITE}/demo/countries/HR`);
  await owner.getByRole("button", { name: "Activate", exact: true }).click();
  await dialog(owner).getByRole("radio", { name: /Soft/ }).click();
  await dialog(owner).getByRole("button", { name: "Activate", exact: true }).click();
  await expect(dialog(owner)).toBeHidden();

  const { guest, leave } = await newGuest(browser);
  await joinAs(owner, guest, "Safety");
  await expectPages(owner, guest);
  await expectReadOnly(guest);
  await guest.goto(`${at.E2E_SITE}/demo/countries/HR`);
  await expect(guest.getByRole("heading", { name: /^Receipts/ })).toBeVisible();

  await guest.goto(`${at.E2E_SITE}/demo/countries`);
  await guest.getByRole("button", { name: "Pause Croatia" }).click();
  await dialog(guest).getByText("Fraud suspected", { exact: true }).click();
  await dialog(guest).getByRole("button", { name: "Pause Croatia" }).click();
  await expect(guest.getByText("Croatia is paused").first()).toBeVisible();
  expect(await asked()).toBe("paused");
  await expect(guest.getByRole("button", { name: /^(Resume Croatia|Undo)/ })).toHaveCount(0);

  await owner.goto(`${at.E2E_SITE}/demo/countries/HR`);
  await owner.getByRole("button", { name: "Resume", exact: true }).click();
  await dialog(owner).getByRole("button", { name: "Resume", exact: true }).click();
  await expect(dialog(owner)).toBeHidden();
  expect(await asked()).toBe("granted");

  await guest.goto(`${at.E2E_SITE}/demo/countries/HR`);
  await guest.getByRole("button", { name: "Pause", exact: true }).click();
  await dialog(guest).getByText("Fraud suspected", { exact: true }).click();
  await dialog(guest).getByRole("button", { name: "Pause Croatia" }).click();
  await expect(guest.getByText("Croatia is paused").first()).toBeVisible();
  expect(await asked()).toBe("paused");
  await leave();
});
