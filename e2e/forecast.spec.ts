import type { TransactionSql } from "postgres";
import { expect, expectAccessible, test } from "./fixtures.ts";
import { inDatabase, type Workspace } from "./workspace.ts";

/** Opens Lithuania as its owner, with the cap checks of the last thirty hours, and issues this hour's forecasts anew. */
async function openWithHistory({ id, owner }: Workspace): Promise<void> {
  const open = async (tx: TransactionSql) => {
    const claims = JSON.stringify({ sub: owner.id, role: "authenticated" });
    await tx`select set_config('request.jwt.claims', ${claims}, true)`;
    await tx`select launch.list_countries(${id}, array['LT'])`;
    await tx`select launch.activate_country(${id}, 'LT', 'soft', 1000)`;
    await tx`
      insert into launch.kept_slots (counter_id, slot_at, workspace_id, country, operation, day_on, granted)
      select c.id, now() - n * interval '5 minutes', c.workspace_id, c.country, c.operation,
        private.local_date('Europe/Vilnius', now() - n * interval '5 minutes'), 20
      from launch.counters c cross join generate_series(1, 30 * 12) n
      where c.workspace_id = ${id} and c.country = 'LT' and c.operation = 'user'`;
    await tx`delete from launch.forecasts where workspace_id = ${id}`;
    await tx`select launch.issue_forecasts()`;
  };
  await inDatabase((sql) => sql.begin(open));
}

test("E2E-80 a country with history says when its cap will be reached and that coverage isn't measured yet; its page has the forecast too", async ({
  owner: page,
  workspace,
}) => {
  await openWithHistory(workspace);
  await page.goto(".");
  await page
    .getByRole("list", { name: "Launch" })
    .getByRole("link", { name: "Forecast", exact: true })
    .click();
  await expect(page.getByRole("heading", { name: "Forecast", level: 1 })).toBeVisible();
  const card = page.getByRole("region", { name: "Lithuania" });
  // 240 an hour: tomorrow's 1,000 are gone after 4 h 10 min, whenever this runs.
  await expect(card.getByText(/The cap of 1,000 will be reached at 04:\d\d/)).toBeVisible();
  await expect(card.getByText("there is no full week of history yet", { exact: false })).toBeVisible();
  await expect(card.getByText("not measured yet", { exact: false })).toBeVisible();
  await card.getByText("Show as table").click();
  await expect(card.getByRole("columnheader", { name: "P90" })).toBeVisible();
  await expectAccessible(page);
  await card.getByRole("link", { name: "Lithuania" }).click();
  const panel = page.getByRole("region", { name: "Forecast" });
  await expect(panel.getByText(/Tomorrow: The cap of 1,000 will be reached at 04:\d\d/)).toBeVisible();
});

test("E2E-81 an owner sees an experiment's calendar before it is made, makes it, and ends it with a reason", async ({
  owner: page,
}) => {
  await page.goto("experiments");
  await page.getByRole("button", { name: "New experiment" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Seed").fill("the seed of a journey");
  await dialog.getByLabel("Days", { exact: true }).fill("6");
  const days = dialog.getByRole("listitem");
  await expect(days).toHaveCount(6);
  const planned = await days.allTextContents();
  await dialog.getByLabel("Cap B").fill(await dialog.getByLabel("Cap A").inputValue());
  await dialog.getByRole("button", { name: "Begin at that midnight" }).click();
  await expect(dialog.getByText("The two caps are the same")).toBeVisible();
  await dialog.getByLabel("Cap B").fill("1234");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Begin at that midnight" }).click();
  await expect(dialog).toBeHidden();
  const made = page.getByRole("region", { name: /users a day: .* or 1,234/ });
  await expect(made.getByText(/^Begins /)).toBeVisible();
  const kept = await made.getByRole("listitem").allTextContents();
  const arms = (texts: string[]) => texts.map((text) => text.replace(/[\d,]+$/, ""));
  expect(arms(kept)).toEqual(arms(planned));
  await made.getByRole("button", { name: "End it" }).click();
  const ending = page.getByRole("dialog");
  await ending.getByRole("textbox", { name: "Reason" }).fill("A drill");
  await ending.getByRole("button", { name: "End the experiment" }).click();
  await expect(page.getByText("Ended early: A drill").first()).toBeVisible();
  await expectAccessible(page);
});
