import { v7 } from "uuid";
import { z } from "zod";
import { expect, expectAccessible, test } from "./fixtures.ts";
import { api, attribute, report } from "./marketing.ts";
import { enter } from "./workspace.ts";

test("E2E-70 a marketer plans from followers, is told that it does not fit, takes what would, and schedules", async ({
  owner: page,
}) => {
  await page.goto("campaigns");
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
  await page.goto("campaigns?view=calendar");
  await expect(page.getByRole("link", { name: "PL Anna opens Poland" }).first()).toBeVisible();
  await expectAccessible(page);
});

test("E2E-71 rows of a spreadsheet become drafts, and a row that is none is named", async ({
  owner: page,
}) => {
  await page.goto("campaigns");
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

const Made = z.object({ id: z.uuid() });

test("E2E-72 what came within a campaign's own window counts, and its return is what it earned net of chargebacks against its cost", async ({
  owner: page,
  workspace,
}) => {
  const run = `returns-${Date.now()}`;
  await page.goto("campaigns");
  await page.getByRole("button", { name: "New campaign" }).click();
  const planning = page.getByRole("dialog");
  await planning.getByLabel("Name").fill(run);
  await planning.getByRole("combobox", { name: "Country" }).click();
  await page.getByRole("option", { name: "Poland" }).click();
  await planning.getByLabel("Installs", { exact: true }).fill("10");
  await planning.getByLabel("Cost").fill("200");
  await planning.getByRole("combobox", { name: "Currency" }).fill("PLN");
  await page.getByRole("option", { name: "PLN" }).click();
  await planning.getByLabel("Installs within").fill("1");
  await planning.getByRole("button", { name: "Make draft" }).click();
  await expect(planning).toBeHidden();
  await page.getByRole("link", { name: run }).click();
  await expect(page.getByText("Installs within 1 day of a touch, later steps within 30")).toBeVisible();
  const id = new URL(page.url()).pathname.split("/").at(-1) ?? "";

  const path = `campaigns/${id}`;
  const link = { label: "Post", slug: run, destination: "https://example.com/" };
  await api(workspace, `POST ${path}/links`, link, Made);
  const late = v7({ msecs: Date.now() - 26 * 3_600_000 });
  const now = v7({ msecs: Date.now() - 60_000 });
  await api(
    workspace,
    `POST ${path}/clicks`,
    { clicks: [late, now].map((click) => ({ id: click, country: "PL", link: run })) },
    z.unknown(),
  );
  const who = (name: string) => ({ country: "PL", device: `${run} ${name}`, subject: `${run} ${name}` });
  const paid = { amount: { minor: 15_000, currency: "PLN" } };
  const second = crypto.randomUUID();
  await report(workspace, [
    { type: "app.installed", data: { country: "PL", device: `${run} late`, click_id: late } },
    { type: "app.installed", data: { country: "PL", device: `${run} now`, click_id: now } },
    { type: "registration.completed", data: who("now") },
    { type: "purchase.completed", data: { ...who("now"), ...paid } },
    { type: "purchase.completed", id: second, data: { ...who("now"), ...paid } },
  ]);
  await attribute();
  await page.reload();
  const returns = page.getByRole("region", { name: "Forecast and return" });
  await expect(returns).toContainText("1 of 10 (10%)");
  await expect(returns).toContainText("PLN 300.00");
  await expect(returns).toContainText("1.50 × the cost");

  await report(workspace, [
    { type: "purchase.charged_back", data: { ...who("now"), ...paid, purchase: second } },
  ]);
  await attribute();
  await page.reload();
  await expect(returns).toContainText("PLN 150.00, net of chargebacks");
  await expect(returns).toContainText("1 took back PLN 150.00");
  await expect(returns).toContainText("0.75 × the cost");
  await expectAccessible(page);
});

test("E2E-73 the calendar has a campaign on the local days of its country, wherever whoever looks is", async ({
  workspace,
  browser,
}) => {
  const run = `local-${Date.now()}`;
  const window = { starts_at: "2031-03-05T22:30:00Z", ends_at: "2031-03-06T22:15:00Z" };
  for (const country of ["GR", "PL"]) {
    const slug = `${run}-${country.toLowerCase()}`;
    await api(workspace, "POST campaigns", { name: slug, slug, country, ...window }, Made);
  }
  const context = await browser.newContext({ timezoneId: "America/Los_Angeles" });
  const page = await context.newPage();
  await enter(context, workspace.owner);
  await page.goto("campaigns?view=calendar&month=2031-03");
  const day = (date: string) =>
    page.getByRole("listitem").filter({ has: page.locator(`time[datetime="${date}"]`) });
  // It is half past midnight in Athens already, and half past eleven in Warsaw, where it ends on the day after as well.
  await expect(day("2031-03-05").getByRole("link")).toHaveText([`PL ${run}-plfrom 23:30`]);
  await expect(day("2031-03-06").getByRole("link", { name: `GR ${run}-gr` })).toContainText("from 00:30");
  await expect(day("2031-03-06").getByRole("link")).toHaveCount(2);
  await expect(day("2031-03-07").getByRole("link", { name: `GR ${run}-gr` })).toHaveCount(1);
  await expect(day("2031-03-07").getByRole("link")).toHaveCount(1);
  await expect(page.getByText("Days and times are each campaign's own")).toBeVisible();
  await expectAccessible(page);
  await context.close();
});

test("E2E-74 while a campaign that keeps part of the cap is live, its own people are let in and others are not; once it ends the rest is everybody's", async ({
  owner: page,
  workspace,
  check,
}) => {
  const run = `kept-${Date.now()}`;
  await api(workspace, "POST countries", { countries: ["PT"] }, z.unknown());
  await api(workspace, "POST countries/PT/activate", { phase: "soft", caps: { user: 4 } }, z.unknown());

  await page.goto("campaigns");
  await page.getByRole("button", { name: "New campaign" }).click();
  const planning = page.getByRole("dialog");
  await planning.getByLabel("Name").fill(run);
  await planning.getByRole("combobox", { name: "Country" }).click();
  await page.getByRole("option", { name: "Portugal" }).click();
  await planning.getByLabel("Keep for it").fill("2");
  await planning.getByRole("button", { name: "Make draft" }).click();
  await expect(planning).toBeHidden();
  await page.getByRole("link", { name: run }).click();
  await page.waitForURL(/\/campaigns\/[0-9a-f-]{36}$/);
  const campaign = page.url();
  const id = new URL(campaign).pathname.split("/").at(-1) ?? "";
  const { slug } = await api(workspace, `GET campaigns/${id}`, undefined, z.object({ slug: z.string() }));
  await expect(page.getByText(slug, { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Start now" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Start now" }).click();
  await expect(page.getByRole("button", { name: "End it" })).toBeVisible();

  const ask = async (from?: string) =>
    (await check({ country: "PT", operation: "user", ...(from !== undefined && { campaign: from }) })).body;
  expect([(await ask()).allowed, (await ask()).allowed]).toEqual([true, true]);
  expect(await ask()).toMatchObject({ allowed: false, reason: "cap_reached" });
  expect((await ask(slug)).allowed).toBe(true);
  await page.reload();
  await expect(page.getByText("2 users a day while live, 1 of today's used")).toBeVisible();
  await page.goto("countries/PT");
  await expect(page.getByText(/[1-9] kept for campaigns/)).toBeVisible();
  await expectAccessible(page);

  await page.goto(campaign);
  await page.getByRole("button", { name: "End it" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "End it" }).click();
  await expect(page.getByRole("button", { name: "End it" })).toHaveCount(0);
  expect((await ask()).allowed).toBe(true);
  expect(await ask()).toMatchObject({ allowed: false, reason: "cap_reached" });
});
