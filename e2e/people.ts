import type { Browser, Page } from "@playwright/test";
import type { Role } from "#lib/workspace/vocabulary.ts";
import { newEmail, PASSWORD } from "./accounts.ts";
import { expect, listenIn, untilStreamed } from "./fixtures.ts";
import { mailedLink } from "./mail.ts";
import { enterAs, type Workspace } from "./workspace.ts";

/** Fills in the sign-up that is open, and confirms the address by the mail. */
export async function signUp(page: Page, name: string, email: string): Promise<void> {
  await page.getByLabel("Your name").fill(name);
  await page.getByLabel("E-mail").fill(email);
  await page.getByRole("textbox", { name: "Password" }).fill(PASSWORD);
  await page.getByRole("button", { name: "Make an account" }).click();
  await expect(page.getByRole("heading", { name: "Check your mail" })).toBeVisible();
  await page.goto(await mailedLink(email, /confirm/i));
}

/** Invites an address from the members page, which stays open. Resolves with the link that was mailed. */
export async function invite(owner: Page, email: string, role: string): Promise<string> {
  await owner.goto("settings/members");
  await owner.getByRole("button", { name: "Invite", exact: true }).click();
  const dialog = owner.getByRole("dialog");
  await dialog.getByLabel("E-mail").fill(email);
  await dialog.getByLabel(role).check();
  await dialog.getByRole("button", { name: "Send invitation" }).click();
  await expect(dialog.getByText("Invitation queued")).toBeVisible();
  await dialog.getByRole("button", { name: "Done" }).click();
  return mailedLink(email, /invit|join/i);
}

/** A browser of somebody else's. */
export interface Guest {
  guest: Page;
  /** Closes it. What its page logged as a problem, but for pages that it shouldn't find, fails the test. */
  leave: () => Promise<void>;
}

/** Opens a browser of somebody else's. */
export async function newGuest(browser: Browser): Promise<Guest> {
  const guest = untilStreamed(await (await browser.newContext()).newPage());
  const said = listenIn(guest);
  const leave = async () => {
    await guest.context().close();
    expect(said.filter((text) => !text.includes("status of 404"))).toEqual([]);
  };
  return { guest, leave };
}

/** Opens a browser of a new member's, who is signed in, without the forms by which they would have come. */
export async function newMember(
  browser: Browser,
  workspace: Workspace,
  role: Role,
): Promise<Guest & { email: string }> {
  const { guest, leave } = await newGuest(browser);
  return { guest, leave, email: await enterAs(guest.context(), workspace, role) };
}

/** Makes somebody new a member, by an invitation, a sign-up and an acceptance. Resolves with their address. */
export async function joinAs(owner: Page, guest: Page, role: string): Promise<string> {
  const email = newEmail(role.toLowerCase());
  await guest.goto(await invite(owner, email, role));
  await guest.getByRole("link", { name: "Make an account" }).click();
  await signUp(guest, `${role} of a journey`, email);
  await guest.getByRole("button", { name: "Accept the invitation" }).click();
  await guest.waitForURL((url) => url.pathname.startsWith("/journey-"));
  return email;
}
