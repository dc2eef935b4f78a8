import { expect, expectAccessible, test } from "./fixtures.ts";

test("E2E-40 an admin imports a rate, tries a scorecard on every country, and a region says where its KPIs and risk come from", async ({
  owner: page,
}) => {
  await page.goto("regions");
  await page.getByRole("link", { name: "Currency and rates" }).click();
  await page.getByRole("button", { name: "Import rates" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Rates", { exact: true }).fill("day,base,quote,rate\n2026-11-02,EUR,PLX,4.25");
  await dialog.getByRole("button", { name: "Import" }).click();
  await expect(dialog.getByText("Line 2: PLX is no currency.")).toBeVisible();
  await dialog.getByLabel("Rates", { exact: true }).fill("day,base,quote,rate\n2026-11-02,EUR,PLN,4.25");
  await dialog.getByRole("button", { name: "Import" }).click();
  await expect(page.getByText("1 EUR = 4.25 PLN")).toBeVisible();

  await page.goto("regions/scorecard");
  await page.getByRole("button", { name: "Preview" }).click();
  await expect(page.getByText(/There is no snapshot|By the draft/)).toBeVisible();
  await page.getByLabel("Points of rule 1", { exact: true }).fill("3");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByRole("dialog").getByLabel("Reason").fill("Support matters more");
  await page.getByRole("button", { name: "Save as the next version" }).click();
  await expect(page.getByRole("heading", { name: "Version 2" })).toBeVisible();

  await page.goto("regions/PL");
  await page.getByText("90 days").click();
  await page.waitForURL(/span=90d/);
  await expect(page.getByRole("heading", { name: "From soft to public" })).toBeVisible();
  await expectAccessible(page);
});
