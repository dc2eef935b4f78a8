import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { ask, inDatabase } from "./workspace.ts";

async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
}

test("E2E-20 a cap that comes near is an alert, taken on with one click, resolved with an outcome, and reopened", async ({
  owner,
  workspace,
  check,
}) => {
  await ask(workspace, "POST countries", { countries: ["EE"] });
  await ask(workspace, "POST countries/EE/activate", { phase: "alpha", caps: { user: 10 } });
  const reply = await check({ country: "EE", operation: "user", units: 8 });
  expect(reply.body).toMatchObject({ allowed: true });
  await open(owner, "alerts");
  const row = owner.getByRole("link", { name: "EE is at 80 % of its user cap" });
  // The watch looks once a minute; the page tells by itself what it finds.
  await inDatabase((sql) => sql`select launch.watch_capacity()`);
  await expect(row).toBeVisible();
  await row.click();
  const drawer = owner.getByRole("dialog");
  await drawer.getByRole("button", { name: "Acknowledge" }).click();
  await expect(drawer.getByText("Acknowledged", { exact: true }).first()).toBeVisible();
  await drawer.getByRole("button", { name: "Resolve" }).click();
  const resolve = owner.getByRole("dialog", { name: "Resolve the alert" });
  await resolve.getByLabel("A false positive: nothing was wrong").check();
  await resolve.getByRole("button", { name: "Resolve" }).click();
  await expect(drawer.getByText("Resolved, a false positive")).toBeVisible();
  await drawer.getByRole("button", { name: "Reopen" }).click();
  await expect(drawer.getByText("Open", { exact: true })).toBeVisible();
});

test("E2E-21 a job can be run by hand, and its history says who asked and what it came to", async ({
  owner,
}) => {
  await open(owner, "jobs?job=load-gate");
  const drawer = owner.getByRole("dialog", { name: "load-gate" });
  await drawer.getByRole("button", { name: "Run now, here" }).click();
  const newest = drawer.locator("li").first();
  await expect(newest.getByText("Ended well")).toBeVisible({ timeout: 30_000 });
  const asked = drawer.locator("li", { has: owner.locator("dt", { hasText: "Asked by" }) }).first();
  await asked.locator("summary").click();
  await expect(asked.getByText("Demo owner")).toBeVisible();
  await expect(asked.getByText("done", { exact: true })).toBeVisible();
});
