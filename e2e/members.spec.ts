import type { Page } from "@playwright/test";
import { newEmail } from "./accounts.ts";
import { expect, test } from "./fixtures.ts";
import { mailedLink } from "./mail.ts";
import { invite, newGuest, newMember } from "./people.ts";

const rowOf = (page: Page, text: string) => page.getByRole("row").filter({ hasText: text });

/** Presses a row's button and the one of the same name in the dialog that asks. */
async function confirm(page: Page, row: string, name: string): Promise<void> {
  await rowOf(page, row).getByRole("button", { name, exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name, exact: true }).click();
  await expect(dialog).toBeHidden();
}

test("CON-03 an invitation sent again mails a new link, and the link sent before stops working", async ({
  owner,
  browser,
}) => {
  const email = newEmail("twice");
  const first = await invite(owner, email, "Viewer");
  await confirm(owner, email, "Send again");
  await expect(owner.getByText(`A new invitation to ${email} is on its way`)).toBeVisible();
  const { guest, leave } = await newGuest(browser);
  await guest.goto(first);
  await expect(guest.getByRole("heading", { level: 1 })).toHaveText("This invitation was taken back");
  await guest.goto(await mailedLink(email, /invit|join/i, first));
  await expect(guest.getByRole("heading", { level: 1 })).toHaveText("Join Demo product");
  await expect(guest.getByRole("link", { name: "Make an account" })).toBeVisible();
  await leave();
});

test("CON-04 a revoked invitation leaves the list, and its link stops working at once", async ({
  owner,
  browser,
}) => {
  const email = newEmail("revoked");
  const link = await invite(owner, email, "Marketing");
  await confirm(owner, email, "Revoke");
  await expect(owner.getByText("The invitation was revoked")).toBeVisible();
  await expect(rowOf(owner, email)).toHaveCount(0);
  const { guest, leave } = await newGuest(browser);
  await guest.goto(link);
  await expect(guest.getByRole("heading", { level: 1 })).toHaveText("This invitation was taken back");
  await leave();
});

test("CON-05 a removed member is shut out with their next click", async ({ owner, workspace, browser }) => {
  const { guest, leave, email } = await newMember(browser, workspace, "viewer");
  await guest.goto("flags");
  await owner.goto("settings/members");
  await confirm(owner, email, "Remove");
  await expect(rowOf(owner, email)).toHaveCount(0);
  await guest.getByRole("link", { name: "Countries", exact: true }).click();
  await expect(guest.getByRole("heading", { level: 1 })).toHaveText("There is no such page");
  await guest.getByRole("link", { name: "Go to the start" }).click();
  await expect(guest.getByText("Demo product")).toHaveCount(0);
  await leave();
});

test("CON-06 a member leaves by themselves; the only owner is told why they cannot", async ({
  owner,
  workspace,
  browser,
}) => {
  const { guest, leave, email } = await newMember(browser, workspace, "marketing");
  await guest.goto("settings/profile");
  await guest.getByRole("button", { name: "Leave Demo product" }).click();
  await guest.getByRole("dialog").getByRole("button", { name: "Leave", exact: true }).click();
  await guest.waitForURL((url) => url.pathname === "/");
  await guest.goto(".");
  await expect(guest.getByRole("heading", { level: 1 })).toHaveText("There is no such page");
  await leave();

  await owner.goto("settings/members");
  await expect(rowOf(owner, email)).toHaveCount(0);
  await expect(rowOf(owner, workspace.owner.email).getByText("The only owner stays")).toBeVisible();
  await owner.goto("settings/profile");
  await owner.getByRole("button", { name: "Leave Demo product" }).click();
  await owner.getByRole("dialog").getByRole("button", { name: "Leave", exact: true }).click();
  await expect(owner.getByRole("dialog").getByRole("alert")).toHaveText(
    "A workspace keeps at least one owner.",
  );
});

test("CON-12 a dialog opened from a row stays open when the page is made anew around it", async ({
  owner,
}) => {
  const [first, second] = [newEmail("kept"), newEmail("meanwhile")];
  await invite(owner, first, "Viewer");
  await rowOf(owner, first).getByRole("button", { name: "Revoke" }).click();
  const dialog = owner.getByRole("dialog");
  await expect(dialog).toBeVisible();
  const elsewhere = await owner.context().newPage();
  await invite(elsewhere, second, "Viewer");
  await elsewhere.close();
  // As an answer to an action or a change elsewhere does.
  await owner.evaluate(() => Reflect.get(window, "next").router.refresh());
  await expect(owner.getByText(second)).toBeVisible();
  await dialog.getByRole("button", { name: "Revoke" }).click({ timeout: 5000 });
  await expect(owner.getByText("The invitation was revoked")).toBeVisible();
  await expect(owner.getByText(first)).toHaveCount(0);
});
