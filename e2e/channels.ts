import type { Locator, Page } from "@playwright/test";
import { expect } from "./fixtures.ts";
import { ask, deliver, type Workspace } from "./workspace.ts";

/** Labels of inputs and what to type or choose there. */
type Answers = Record<string, string>;

/** What a channel is made of. */
interface NewChannel {
  kind: "Slack" | "PagerDuty" | "E-mail" | "Webhook";
  name: string;
  answers: Answers;
  /** The messages it wants, by their labels. */
  messages: string[];
}

/** A name that no other channel has. */
export const channelName = (what: string): string => `${what} ${crypto.randomUUID().slice(0, 8)}`;

export async function openNotifications(page: Page): Promise<void> {
  await page.goto("settings/notifications");
  await expect(page.getByRole("heading", { level: 1, name: "Notifications" })).toBeVisible();
}

/** The line of a channel. The log below names the channel too, but without its buttons. */
export function channelRow(page: Page, name: string): Locator {
  return page.getByRole("table", { name: "Channels" }).getByRole("row", { name });
}

/** The lines of the log that are about a channel. */
export function deliveriesTo(page: Page, name: string): Locator {
  return page.getByRole("table", { name: "Deliveries" }).getByRole("row", { name });
}

async function choose(dialog: Locator, messages: readonly string[]): Promise<void> {
  const group = dialog.getByRole("group", { name: "Messages" });
  for (const box of await group.getByRole("checkbox").all()) await box.uncheck();
  for (const label of messages) await group.getByRole("checkbox", { name: label, exact: true }).check();
}

/** Fills in the dialog of a new channel. It isn't sent yet. */
export async function fillChannel(
  page: Page,
  { kind, name, answers, messages }: NewChannel,
): Promise<Locator> {
  await page.getByRole("button", { name: "Add a channel" }).click();
  const dialog = page.getByRole("dialog", { name: "Add a channel" });
  await dialog.getByLabel("Kind", { exact: true }).selectOption({ label: kind });
  await dialog.getByLabel("Name").fill(name);
  for (const [label, value] of Object.entries(answers)) await dialog.getByLabel(label).fill(value);
  await choose(dialog, messages);
  return dialog;
}

/** Sends a dialog that makes or changes a channel, and waits until it has closed. */
export async function submit(dialog: Locator, label: "Add channel" | "Save"): Promise<void> {
  await dialog.getByRole("button", { name: label }).click();
  await expect(dialog).toBeHidden();
}

/** Sends a dialog that makes a signing secret. Resolves with the secret, which is then no longer on the page. */
export async function submitForSecret(dialog: Locator, label: string): Promise<string> {
  await dialog.getByRole("button", { name: label }).click();
  const secret = (await dialog.getByText(/^whsec_/).textContent()) ?? "";
  await dialog.getByRole("button", { name: "I have saved it" }).click();
  await expect(dialog).toBeHidden();
  return secret;
}

/** Chooses something of a channel's menu. */
export async function choosePoint(page: Page, name: string, point: string): Promise<void> {
  await page.getByRole("button", { name: `More for ${name}` }).click();
  await page.getByRole("menuitem", { name: point }).click();
}

/** Sends a test and waits until its delivery says how it ended; the drawer stays open. */
export async function sendTest(page: Page, name: string, state: "delivered" | "given up"): Promise<Locator> {
  await channelRow(page, name).getByRole("button", { name: "Send a test" }).click();
  const drawer = page.getByRole("dialog", { name: `Test to ${name}` });
  await expect(drawer).toBeVisible();
  await deliver();
  await expect(drawer.getByRole("status").getByText(state, { exact: true })).toBeVisible({ timeout: 60_000 });
  return drawer;
}

export async function closeDrawer(drawer: Locator): Promise<void> {
  await drawer.getByRole("button", { name: "Close" }).click();
  await expect(drawer).toBeHidden();
}

/** Switches a channel off and on again, and sees both in its health. */
export async function switchOffAndOn(page: Page, name: string, health: string): Promise<void> {
  const row = channelRow(page, name);
  await choosePoint(page, name, "Switch off");
  await page.getByRole("dialog").getByRole("button", { name: "Switch off" }).click();
  await expect(row.getByText("switched off", { exact: true })).toBeVisible();
  await choosePoint(page, name, "Switch on");
  await expect(row.getByText(health, { exact: true })).toBeVisible();
}

/** Deletes a channel; what was sent to it stays in the log. */
export async function deleteChannel(page: Page, name: string): Promise<void> {
  const sent = await deliveriesTo(page, name).count();
  await choosePoint(page, name, "Delete");
  await page.getByRole("button", { name: "Delete channel" }).click();
  await expect(channelRow(page, name)).toHaveCount(0);
  await expect(page.getByRole("button", { name: `More for ${name}` })).toHaveCount(0);
  await expect(deliveriesTo(page, name)).toHaveCount(sent);
}

/** Changes Slovenia's caps, which a channel hears of that wants it. Opens the country first when it isn't open. */
export async function changeCaps(workspace: Workspace): Promise<void> {
  await ask(workspace, "POST countries", { countries: ["SI"] });
  await ask(workspace, "POST countries/SI/activate", { phase: "alpha" });
  const user = 100 + Math.floor(Math.random() * 1_000_000);
  expect((await ask(workspace, "PATCH countries/SI/caps", { caps: { user } })).status).toBe(200);
  await deliver();
}
