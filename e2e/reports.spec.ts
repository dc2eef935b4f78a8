import { readFile } from "node:fs/promises";
import { extractText, getDocumentProxy } from "unpdf";
import { expect, expectAccessible, test } from "./fixtures.ts";
import { mailedLink } from "./mail.ts";
import { inDatabase } from "./workspace.ts";

test("E2E-100 an owner makes a month's report and downloads its PDF; a page that is open elsewhere shows it by itself, and the audit trail says so", async ({
  owner: page,
}) => {
  const elsewhere = await page.context().newPage();
  await elsewhere.goto("reports");
  const listed = elsewhere.getByText(/Made by/);
  await expect(elsewhere.getByText("Live", { exact: true })).toBeVisible();
  const before = await listed.count();
  await page.goto("reports");
  await page.getByRole("button", { name: "Make a report" }).click();
  const dialog = page.getByRole("dialog", { name: "Make a report" });
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Make it" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText(/Audit trail verified up to entry/).first()).toBeVisible();
  await expect(listed).toHaveCount(before + 1);
  await elsewhere.close();
  const downloading = page.waitForEvent("download");
  await page.getByRole("link", { name: "report.pdf" }).first().click();
  const bytes = await readFile(await (await downloading).path());
  expect(bytes.subarray(0, 5).toString()).toBe("%PDF-");
  await expectAccessible(page);
  await page.goto("audit?action=report.downloaded");
  await expect(page.getByRole("table").getByText("report.downloaded").first()).toBeVisible();
});

test("E2E-101 an owner schedules the report and sends it to themselves; an outside address confirms itself and downloads it from a link of its own", async ({
  owner: page,
  workspace,
  browser,
}) => {
  const investor = `investor-${Date.now()}@example.com`;
  const name = `For ${investor}`;
  await page.goto("reports");
  await page.getByRole("button", { name: "Schedule it" }).click();
  const dialog = page.getByRole("dialog", { name: "Send the report each month" });
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByLabel("Recipients").fill(`${workspace.owner.email}, ${investor}`);
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Schedule it" }).click();
  await expect(dialog).toBeHidden();
  const panel = page.getByRole("article", { name });
  await expect(panel.getByText("asked, not confirmed yet")).toBeVisible();

  await panel.getByRole("button", { name: "Send me a test" }).click();
  await page.goto(await mailedLink(workspace.owner.email, /Launch report,/));
  await expect(page.getByRole("heading", { name: "Reports", level: 1 })).toBeVisible();
  // The mail is there before what became of it is kept: the page shows it by itself then.
  await expect(panel.getByText(/test sent/)).toBeVisible({ timeout: 30_000 });
  await expectAccessible(page);

  const context = await browser.newContext();
  const outside = await context.newPage();
  await outside.goto(await mailedLink(investor, /Confirm your address/));
  await expectAccessible(outside);
  await outside.getByRole("button", { name: "Confirm this address" }).click();
  await expect(outside.getByRole("heading", { name: "The address is confirmed" })).toBeVisible();
  // The day of the month is not waited for.
  await inDatabase(async (sql) => {
    await sql`update launch.report_schedules set due_at = launch.now() where name = ${name}`;
    await sql`select launch.send_due_reports()`;
  });
  await outside.goto(await mailedLink(investor, /Launch report,/));
  await expectAccessible(outside);
  const downloading = outside.waitForEvent("download");
  await outside.getByRole("link", { name: "Download the PDF" }).click();
  const bytes = await readFile(await (await downloading).path());
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(bytes)), { mergePages: true });
  expect(text).toContain("Verified: yes");
  await context.close();
  await panel.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("button", { name: "Delete schedule" }).click();
  await expect(panel).toBeHidden();
});

test("E2E-102 an outside recipient stops the mails on a page that works without scripts and says nothing of the workspace; the schedule shows that they left", async ({
  owner: page,
  browser,
}) => {
  const investor = `leaver-${Date.now()}@example.com`;
  const name = `Sent to ${investor}`;
  await page.goto("reports");
  await page.getByRole("button", { name: "Schedule it" }).click();
  const dialog = page.getByRole("dialog", { name: "Send the report each month" });
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByLabel("Recipients").fill(investor);
  await dialog.getByRole("button", { name: "Schedule it" }).click();
  await expect(dialog).toBeHidden();
  // The month and the answer to the question are not waited for.
  await inDatabase(async (sql) => {
    await sql`update launch.report_addresses set confirmed_at = launch.now() where email = ${investor}`;
    await sql`update launch.report_schedules set due_at = launch.now() where name = ${name}`;
    await sql`select launch.send_due_reports()`;
  });
  const link = await mailedLink(investor, /Launch report,/);

  const context = await browser.newContext({ javaScriptEnabled: false });
  const outside = await context.newPage();
  await outside.goto(link);
  await outside.getByRole("link", { name: "stop these mails" }).click();
  await expect(outside.getByRole("heading", { name: `Stop “${name}”?` })).toBeVisible();
  await expect(outside.getByText("Demo")).toHaveCount(0);
  await page.reload();
  const panel = page.getByRole("article", { name });
  await expect(panel.getByText("confirmed address")).toBeVisible();
  await outside.getByRole("button", { name: "Stop these mails" }).click();
  await expect(outside.getByRole("heading", { name: "You get no more mails" })).toBeVisible();
  const departure = outside.url();
  await outside.goto(link);
  await expect(outside.getByRole("heading", { name: "This link has ended" })).toBeVisible();
  await context.close();

  const scripted = await browser.newContext();
  const again = await scripted.newPage();
  await again.goto(departure);
  await expectAccessible(again);
  await scripted.close();
  await page.reload();
  await expect(panel.getByText(/has left: gets nothing, since/)).toBeVisible();
  await expectAccessible(page);
  await panel.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("button", { name: "Delete schedule" }).click();
  await expect(panel).toBeHidden();
});
