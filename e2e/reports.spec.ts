import { readFile } from "node:fs/promises";
import { at, expect, expectAccessible, test } from "./fixtures.ts";

test("E2E-100 an owner makes a month's report and downloads its PDF; the audit trail says so", async ({
  owner: page,
}) => {
  await page.goto(`${at.E2E_SITE}/demo/reports`);
  await page.getByRole("button", { name: "Make a report" }).click();
  const dialog = page.getByRole("dialog", { name: "Make a report" });
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Make it" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText(/Audit trail verified up to entry/).first()).toBeVisible();
  const downloading = page.waitForEvent("download");
  await page.getByRole("link", { name: "report.pdf" }).first().click();
  const bytes = await readFile(await (await downloading).path());
  expect(bytes.subarray(0, 5).toString()).toBe("%PDF-");
  await expectAccessible(page);
  await page.goto(`${at.E2E_SITE}/demo/audit?action=report.downloaded`);
  await expect(page.getByRole("table").getByText("report.downloaded").first()).toBeVisible();
});
