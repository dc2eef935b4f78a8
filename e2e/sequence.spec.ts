import type { Page } from "@playwright/test";
import { z } from "zod";
import { expect, expectAccessible, test } from "./fixtures.ts";
import { newMember } from "./people.ts";
import { ask, inDatabase } from "./workspace.ts";

test("E2E-85 an owner installs a template, reorders it by keyboard, sets how a country moves, ticks its checklist, and freezes all", async ({
  owner: page,
  workspace,
}) => {
  await page.goto("sequence");
  const list = page.getByRole("list", { name: "Market sequence" });
  const names = () => list.getByRole("heading", { level: 2 }).allTextContents();
  await expect(list.getByRole("heading", { level: 2 }).first()).toBeVisible();
  await page.getByRole("button", { name: "Install a template" }).click();
  const installing = page.getByRole("dialog");
  await installing.getByRole("combobox", { name: "Template" }).click();
  await page.getByRole("option", { name: "DACH" }).click();
  await expectAccessible(page);
  await installing.getByRole("button", { name: "Install", exact: true }).click();
  await expect(installing).toBeHidden();
  await expect(list.getByRole("heading", { level: 2 })).toHaveCount(11);
  const [first, second, third, fourth, ...rest] = await names();
  expect(rest.slice(-3)).toEqual(["Austria", "Switzerland", "Germany"]);
  await page.getByRole("button", { name: `Move ${third} up` }).press("Enter");
  await expect.poll(names).toEqual([first, third, second, fourth, ...rest]);
  await page.getByRole("button", { name: `Drag ${fourth}` }).focus();
  await page.keyboard.press("Space");
  await expect(page.getByText("You have lifted an item in position 4")).toBeAttached();
  await page.keyboard.press("ArrowUp");
  await expect(page.getByText("You have moved the item from position 4 to position 3")).toBeAttached();
  await page.keyboard.press("Space");
  await expect.poll(names).toEqual([first, third, fourth, second, ...rest]);
  const saved = async () => {
    const { body } = await ask(workspace, "GET sequence");
    const { data } = z.object({ data: z.array(z.object({ country: z.string() })) }).parse(body);
    return data.map(({ country }) => `/${workspace.slug}/countries/${country}`);
  };
  const shown = await list
    .getByRole("heading", { level: 2 })
    .getByRole("link")
    .evaluateAll((links) => links.map((link) => link.getAttribute("href")));
  await expect.poll(saved).toEqual(shown);
  await page.reload();
  await expect.poll(names).toEqual([first, third, fourth, second, ...rest]);

  const slovakia = list
    .getByRole("listitem")
    .filter({ has: page.getByRole("heading", { name: "Slovakia" }) });
  await slovakia.getByRole("button", { name: "How it moves" }).click();
  const setting = page.getByRole("dialog");
  await setting.getByRole("combobox", { name: "Moves" }).click();
  await page.getByRole("option", { name: /^By itself/ }).click();
  await setting.getByLabel("Monday").check();
  await setting.getByLabel("From").fill("09:00");
  await setting.getByRole("button", { name: "Save" }).click();
  await expect(setting.getByText("Later than it opens.")).toBeVisible();
  await setting.getByLabel("To", { exact: true }).fill("12:00");
  await setting.getByRole("button", { name: "Save" }).click();
  await expect(slovakia.getByText("Change window: Mon, 09:00 to 12:00")).toBeVisible();

  await slovakia.getByRole("button", { name: "Checklist 0 of 8" }).click();
  const checklist = page.getByRole("dialog");
  await checklist.getByLabel("Monitoring is live and watched").check();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await slovakia.getByRole("button", { name: "Checklist 1 of 8" }).click();
  await page.getByRole("dialog").getByLabel("Monitoring is live and watched").uncheck();
  await page.keyboard.press("Escape");
  await expect(slovakia.getByRole("button", { name: "Checklist 0 of 8" })).toBeVisible();

  await page.getByRole("button", { name: "Freeze", exact: true }).click();
  const freezing = page.getByRole("dialog");
  await freezing.getByRole("textbox", { name: "Reason" }).fill("The holidays");
  await freezing.getByRole("button", { name: "Freeze", exact: true }).click();
  await expect(page.getByText("All countries are frozen")).toBeVisible();
  await expect(slovakia.getByText(/Frozen until .*The holidays/)).toBeVisible();
  await page.getByRole("button", { name: "End it" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "End it" }).click();
  await expect(page.getByText("All countries are frozen")).toBeHidden();
});

test("E2E-86 who proposes a country's next phase is told that somebody else approves, and an admin does", async ({
  owner: page,
  workspace,
  browser,
}) => {
  const { guest, leave } = await newMember(browser, workspace, "admin");
  const cardOf = (on: Page) =>
    on
      .getByRole("list", { name: "Market sequence" })
      .getByRole("listitem")
      .filter({ has: on.getByRole("heading", { name: "Italy" }) });
  await inDatabase(
    (
      sql,
    ) => sql`insert into launch.sequence_dependencies (workspace_id, country, needs_country, needs_phase, needs_days)
      values (${workspace.id}, 'IT', 'PL', 'soft', 0)`,
  );
  await page.goto("sequence");
  await cardOf(page).getByRole("button", { name: "Propose" }).click();
  const proposing = page.getByRole("dialog");
  await proposing.getByRole("textbox", { name: "Reason" }).fill("We are ready");
  await expectAccessible(page);
  await proposing.getByRole("button", { name: "Propose" }).click();
  await expect(cardOf(page).getByText("You proposed it: somebody else approves.")).toBeVisible();
  await expect(cardOf(page).getByRole("button", { name: "Approve" })).toHaveCount(0);
  await guest.goto("sequence");
  await expect(cardOf(guest).getByText("We are ready")).toBeVisible();
  await cardOf(guest).getByRole("button", { name: "Approve" }).click();
  const approving = guest.getByRole("dialog");
  await expectAccessible(guest);
  await approving.getByRole("button", { name: "Approve" }).click();
  await expect(guest.getByText("Italy is approved")).toBeVisible();
  await expect(cardOf(guest).getByText("We are ready")).toBeHidden();
  await page.reload();
  await expect(cardOf(page).getByText("Soft", { exact: true }).first()).toBeVisible();
  await leave();
});
