import { at } from "./at.ts";
import { expect, expectAccessible, signIn, test } from "./fixtures.ts";

test("E2E-95 an operator pauses a country from the keyboard alone: Ctrl+K, its name, a reason; and takes it back", async ({
  owner: page,
}) => {
  await page.goto(".");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.keyboard.press("Control+k");
  const palette = page.getByRole("dialog", { name: "Search and commands" });
  const text = palette.getByRole("textbox", { name: "Search the workspace, or go to a page" });
  await expect(text).toBeFocused();
  await text.fill("no such thing anywhere");
  await expect(palette.getByText("Nothing found by that")).toBeVisible();
  await text.fill("poland");
  await expect(palette.getByRole("button", { name: "Pause Poland" })).toBeVisible();
  await expectAccessible(page);
  await palette.getByRole("button", { name: "Pause Poland" }).press("Enter");
  const dialog = page.getByRole("dialog", { name: "Pause Poland" });
  await dialog.getByRole("textbox", { name: "Reason" }).fill("A drill from the palette");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Pause Poland" }).press("Enter");
  await expect(page.getByText("Poland is paused").first()).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("Poland is back in").first()).toBeVisible();
  await page.keyboard.press("Control+k");
  await text.fill("country.paused");
  await palette
    .getByRole("button", { name: /country\.paused country PL/ })
    .first()
    .click();
  await expect(page).toHaveURL(/\/audit\?entry=\d+/);
  await expect(page.getByText("A drill from the palette").first()).toBeVisible();
});

test("E2E-96 mission control says what needs somebody, and its map is walked by keyboard to a country", async ({
  owner: page,
}) => {
  await page.goto(".");
  await expect(page.getByRole("heading", { name: "Mission control", level: 1 })).toBeVisible();
  await expect(page.getByRole("heading", { name: /needs? you/ })).toBeVisible();
  await expect(page.getByRole("heading", { name: "Launch success" })).toBeVisible();
  await expect(page.getByText("target above 95 %")).toBeVisible();
  const poland = page.getByRole("group", { name: "Countries" }).getByRole("link", { name: /^Poland: / });
  await poland.focus();
  await expect(poland).toBeFocused();
  await expectAccessible(page);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Poland", level: 1 })).toBeVisible();
});

test("E2E-98 the live campaigns stand on mission control, and a campaign is found from the keyboard by its link", async ({
  page,
}) => {
  await signIn(page, at.E2E_EMAIL, at.E2E_PASSWORD);
  await page.goto(`${at.E2E_SITE}/demo`);
  const live = page.getByRole("region", { name: "Live campaigns" });
  await expect(live.getByRole("link", { name: "Sample stories" })).toBeVisible();
  await expect(live.getByRole("meter", { name: "Installs of Sample stories" })).toBeVisible();
  await page.keyboard.press("Control+k");
  const palette = page.getByRole("dialog", { name: "Search and commands" });
  await palette.getByRole("textbox").fill("sample-premiere");
  await palette
    .getByRole("button", { name: /Sample premiere/ })
    .first()
    .press("Enter");
  await expect(page.getByRole("heading", { name: "Sample premiere", level: 1 })).toBeVisible();
});

test("E2E-97 a person ticks a routine, goes where it is done, and takes the tick back; an admin edits it", async ({
  owner: page,
  workspace,
}) => {
  await page.goto("routines");
  const midday = page.getByRole("region", { name: "Midday check" });
  await midday.getByRole("checkbox", { name: "Review fraud alerts" }).check();
  await expect(midday.getByText("1 of 3")).toBeVisible();
  await expect(midday.getByText(workspace.owner.email)).toBeVisible();
  await page.reload();
  await expect(midday.getByRole("checkbox", { name: "Review fraud alerts" })).toBeChecked();
  await midday.getByRole("checkbox", { name: "Review fraud alerts" }).uncheck();
  await expect(midday.getByText("0 of 3")).toBeVisible();
  await page.getByRole("button", { name: "Edit Evening analysis" }).click();
  const dialog = page.getByRole("dialog", { name: "Edit: Evening analysis" });
  await dialog.getByLabel("Items").fill("Look at the day | regions\nTell the night shift");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Save" }).click();
  const evening = page.getByRole("region", { name: "Evening analysis" });
  await expect(evening.getByRole("checkbox", { name: "Tell the night shift" })).toBeVisible();
  await evening.getByRole("link", { name: "Look at the day" }).click();
  await expect(page.getByRole("heading", { name: "Regions", level: 1 })).toBeVisible();
});
