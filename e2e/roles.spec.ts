import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { joinAs, newGuest, newMember } from "./people.ts";

const NO_ACCESS = "Your role doesn't open this page";

/** The pages that the navigation leads to, by their paths. */
async function pagesOf(page: Page): Promise<Map<string, string>> {
  await page.goto(".");
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
  const heading = guest.getByRole("heading", { level: 1 });
  for (const [label, path] of all) {
    if (mine.has(label)) {
      const response = await guest.request.get(path);
      expect(response.status(), path).toBe(200);
      expect(await response.text(), path).not.toContain(NO_ACCESS.replace("'", "&#x27;"));
      continue;
    }
    await guest.goto(path);
    await expect(heading, path).toHaveText(NO_ACCESS);
    await guest.getByRole("link", { name: "Back to the overview" }).click();
    await expect(heading).toHaveText("Mission control");
  }
}

/** No button changes a country, a flag or anybody. */
async function expectReadOnly(guest: Page): Promise<void> {
  await guest.goto("countries");
  await expect(guest.getByRole("link", { name: /^Poland/ })).toBeVisible();
  await expect(guest.getByRole("button", { name: "Add countries" })).toHaveCount(0);
  await expect(guest.getByRole("button", { name: /^(Activate|Resume)/ })).toHaveCount(0);
  await guest.goto("countries/PL");
  await expect(guest.getByRole("heading", { level: 1 })).toHaveText("Poland");
  const forbidden = /^(Activate|Advance|Change caps|Resume|More actions)/;
  await expect(guest.getByRole("button", { name: forbidden })).toHaveCount(0);
  await guest.goto("flags");
  await expect(guest.getByText("launch.countryCaps")).toBeVisible();
  await expect(guest.getByRole("switch", { disabled: false })).toHaveCount(0);
}

test("CON-08 a viewer sees countries and flags, changes nothing, and is told whom to ask elsewhere", async ({
  owner,
  workspace,
  browser,
}) => {
  const { guest, leave } = await newMember(browser, workspace, "viewer");
  await expectPages(owner, guest);
  const pages = [...(await pagesOf(guest)).keys()];
  expect(pages).toEqual(expect.arrayContaining(["Mission control", "Countries", "Flags"]));
  for (const label of ["Audit", "Members", "API keys", "Settings"]) expect(pages).not.toContain(label);
  await expectReadOnly(guest);
  await guest.goto("countries/PL");
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
  await guest.goto("audit");
  const rows = guest.getByRole("table", { name: "Audit entries" }).getByRole("row");
  await expect(rows.filter({ hasText: "member.joined" })).toHaveCount(1);
  await expect(rows).toHaveCount(2);
  await expect(rows.filter({ hasText: email })).toHaveCount(1);
  await expect(guest.getByRole("button", { name: "Verify" })).toHaveCount(0);
  await leave();
});

test("CON-10 safety pauses a country from the table and from its page, and can do nothing else to it", async ({
  owner,
  workspace,
  browser,
  check,
}) => {
  const dialog = (page: Page) => page.getByRole("dialog");
  const asked = async () => (await check({ country: "HR", operation: "user" })).body.reason;
  await owner.goto("countries/HR");
  await owner.getByRole("button", { name: "Activate", exact: true }).click();
  await dialog(owner).getByRole("radio", { name: /Soft/ }).click();
  await dialog(owner).getByRole("button", { name: "Activate", exact: true }).click();
  await expect(dialog(owner)).toBeHidden();

  const { guest, leave } = await newMember(browser, workspace, "safety");
  await expectPages(owner, guest);
  await expectReadOnly(guest);
  await guest.goto("countries/HR");
  await expect(guest.getByRole("heading", { name: /^Receipts/ })).toBeVisible();

  await guest.goto("countries");
  await guest.getByRole("button", { name: "Pause Croatia" }).click();
  await dialog(guest).getByText("Fraud suspected", { exact: true }).click();
  await dialog(guest).getByRole("button", { name: "Pause Croatia" }).click();
  await expect(guest.getByText("Croatia is paused").first()).toBeVisible();
  expect(await asked()).toBe("paused");
  await expect(guest.getByRole("button", { name: /^(Resume Croatia|Undo)/ })).toHaveCount(0);

  await owner.goto("countries/HR");
  await owner.getByRole("button", { name: "Resume", exact: true }).click();
  await dialog(owner).getByRole("button", { name: "Resume", exact: true }).click();
  await expect(dialog(owner)).toBeHidden();
  expect(await asked()).toBe("granted");

  await guest.goto("countries/HR");
  await guest.getByRole("button", { name: "Pause", exact: true }).click();
  await dialog(guest).getByText("Fraud suspected", { exact: true }).click();
  await dialog(guest).getByRole("button", { name: "Pause Croatia" }).click();
  await expect(guest.getByText("Croatia is paused").first()).toBeVisible();
  expect(await asked()).toBe("paused");
  await leave();
});
