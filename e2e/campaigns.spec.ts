import { at, expect, expectAccessible, test } from "./fixtures.ts";

test("E2E-70 a marketer plans from followers, is told that it does not fit, takes what would, and schedules", async ({
  owner: page,
}) => {
  test.setTimeout(120_000);
  await page.goto(`${at.E2E_SITE}/demo/campaigns`);
  await page.getByRole("button", { name: "New campaign" }).click();
  const planning = page.getByRole("dialog");
  await planning.getByLabel("Name").fill("Anna opens Poland");
  await planning.getByRole("combobox", { name: "Country" }).click();
  await page.getByRole("option", { name: "Poland" }).click();
  await planning.getByLabel("Followers").fill("150000");
  await expect(planning.getByLabel("Installs", { exact: true })).toHaveValue("3000");
  await expect(planning.getByLabel("Clicks")).toHaveValue("15000");
  await expectAccessible(page);
  await planning.getByRole("button", { name: "Make draft" }).click();
  await expect(planning).toBeHidden();
  await page.getByRole("link", { name: "Anna opens Poland" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Anna opens Poland" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "It does not fit" })).toBeVisible();
  await expect(page.getByText(/3,000 expected|expected, room for/).first()).toBeVisible();
  const task = page.getByRole("checkbox", { name: "Prepare support" });
  await task.check();
  await expect(task).toBeChecked();
  const fits = page.getByRole("group", { name: "What would fit" });
  await fits.getByRole("button", { name: /^Plan .* installs$/ }).click();
  await expect(page.getByRole("heading", { name: "It fits" })).toBeVisible();
  await page.getByRole("button", { name: "Schedule" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Schedule" }).click();
  await expect(page.getByText("Scheduled", { exact: true })).toBeVisible();
  await expectAccessible(page);
  await page.goto(`${at.E2E_SITE}/demo/campaigns?view=calendar`);
  await expect(page.getByRole("link", { name: "PL Anna opens Poland" }).first()).toBeVisible();
  await expectAccessible(page);
});

test("E2E-71 rows of a spreadsheet become drafts, and a row that is none is named", async ({
  owner: page,
}) => {
  await page.goto(`${at.E2E_SITE}/demo/campaigns`);
  await page.getByRole("button", { name: "Import" }).click();
  const importing = page.getByRole("dialog");
  await importing
    .getByLabel("Rows")
    .fill(
      "name,country,starts_at,ends_at,followers\nOne of two,PL,2030-06-01T18:00:00Z,2030-06-02T18:00:00Z,1000\nNowhere,XX,2030-06-01T18:00:00Z,2030-06-02T18:00:00Z,1000",
    );
  await importing.getByRole("button", { name: "Import" }).click();
  await expect(page.getByText("1 drafts made")).toBeVisible();
  await expect(page.getByText(/Row 2 \(Nowhere\)/)).toBeVisible();
  await expect(page.getByText("One of two")).toBeVisible();
});
