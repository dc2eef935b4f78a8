import { at } from "./at.ts";
import { expect, expectAccessible, test } from "./fixtures.ts";
import { newMember } from "./people.ts";
import { ask, inDatabase } from "./workspace.ts";

const FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

test("E2E-75 a marketer plans a campaign and makes a link; who follows it and installs stands on the campaign's page", async ({
  workspace,
  browser,
}) => {
  const { guest: page, leave } = await newMember(browser, workspace, "marketing");
  const link = `journey-${crypto.randomUUID().slice(0, 8)}`;
  await page.goto("campaigns");
  await page.getByRole("button", { name: "New campaign" }).click();
  const planning = page.getByRole("dialog");
  await planning.getByLabel("Name").fill("A journey's campaign");
  await planning.getByRole("combobox", { name: "Country" }).click();
  await page.getByRole("option", { name: "Poland" }).click();
  await expectAccessible(page);
  await planning.getByRole("button", { name: "Make draft" }).click();
  await expect(planning).toBeHidden();
  await page.getByRole("link", { name: "A journey's campaign" }).click();
  await expect(page.getByText("No link yet")).toBeVisible();
  await page.getByRole("button", { name: "Add a link" }).click();
  const adding = page.getByRole("dialog");
  await adding.getByLabel("Posted where").fill("A story");
  await adding.getByLabel("Leads to").fill("http://example.com/app");
  await adding.getByLabel("Address", { exact: true }).fill(link);
  await adding.getByRole("button", { name: "Add link" }).click();
  await expect(adding.getByText("An https address of a named host").first()).toBeVisible();
  await adding.getByLabel("Leads to").fill("https://example.com/app");
  await expectAccessible(page);
  await adding.getByRole("button", { name: "Add link" }).click();
  await expect(page.getByText(`/go/${link}`)).toBeVisible();
  await page.getByRole("button", { name: "QR code of A story" }).click();
  await expect(page.getByRole("img", { name: "QR code of A story" })).toBeVisible();
  await page.keyboard.press("Escape");

  const followed = await fetch(`${at.E2E_SITE}/go/${link}`, {
    redirect: "manual",
    headers: { "user-agent": FIREFOX },
  });
  const location = new URL(followed.headers.get("location") ?? "");
  expect([followed.status, location.origin + location.pathname]).toEqual([302, "https://example.com/app"]);
  const throughGate = await fetch(`${at.E2E_GATE}/go/${link}`, {
    redirect: "manual",
    headers: { "user-agent": "curl/8.5.0" },
  });
  expect(throughGate.status).toBe(302);
  const event = {
    specversion: "1.0",
    id: crypto.randomUUID(),
    source: "/app",
    type: "app.installed",
    data: { country: "PL", device: "a journey's phone", click_id: location.searchParams.get("gty_click") },
  };
  const installed = await ask(workspace, "POST events", event, {
    where: at.E2E_GATE,
    headers: { "content-type": "application/cloudevents+json" },
  });
  expect(installed.status).toBe(202);
  // The job runs each minute and judges what was reported a minute ago; the journey doesn't wait for either.
  await inDatabase((sql) => sql`select launch.attribute_events('0')`);
  await page.reload();
  const row = page.getByRole("row", { name: /A story/ });
  await expect(row.getByRole("cell")).toContainText(["A story", `/go/${link}`, "1", "1", "0", "0", "1"]);
  await expect(page.getByText("100% of clicks", { exact: true })).toBeVisible();
  await expectAccessible(page);

  await row.getByRole("button", { name: "Change" }).click();
  const changing = page.getByRole("dialog");
  await changing.getByLabel("In use").uncheck();
  await changing.getByRole("button", { name: "Change link" }).click();
  await expect(row.getByText("Out of use")).toBeVisible();
  await expect(async () => {
    const gone = await fetch(`${at.E2E_SITE}/go/${link}`, { redirect: "manual" });
    expect(gone.status).toBe(404);
  }).toPass();
  await leave();
});
