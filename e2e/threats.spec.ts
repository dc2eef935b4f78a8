import type { Page } from "@playwright/test";
import { expect, expectAccessible, test } from "./fixtures.ts";
import { accountsOn, findFarm, newFarm } from "./threats.ts";

test("E2E-60 a device is blocked in the console, the next check of it is refused, and a lift taken back holds again", async ({
  owner: page,
  check,
}) => {
  const device = `d-${crypto.randomUUID()}`;
  const ask = async () => (await check({ country: "PL", operation: "user", device })).body;
  expect(await ask()).not.toMatchObject({ reason: "blocked" });
  await page.goto("threats");
  await page.getByRole("link", { name: "Blocklist" }).click();
  await page.getByRole("button", { name: "Block", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Value", { exact: true }).fill(device);
  await dialog.getByLabel("Reason").fill("Seen on a farm");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Block" }).click();
  await expect(dialog).toBeHidden();
  const lift = page.getByRole("button", { name: `Lift ${device}` });
  await expect(lift).toBeVisible();
  expect(await ask()).toMatchObject({ allowed: false, reason: "blocked" });
  await lift.click();
  const undo = page.getByRole("button", { name: "Undo" });
  await expect(undo).toBeVisible();
  expect(await ask()).not.toMatchObject({ reason: "blocked" });
  await undo.click();
  await expect(page.getByText(`${device} is blocked again`)).toBeVisible();
  await expect(lift).toBeVisible();
  expect(await ask()).toMatchObject({ allowed: false, reason: "blocked" });
});

test("E2E-61 an import names the rows it refuses before it takes the others, and the list goes out as CSV and JSON", async ({
  owner: page,
}) => {
  const account = `a-${crypto.randomUUID()}`;
  await page.goto("threats/blocklist");
  await page.getByRole("button", { name: "Import", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog
    .getByLabel("Blocks", { exact: true })
    .fill(`kind,value,reason\naccount,${account},Chargebacks\nip_range,0.0.0.0/0,All`);
  await dialog.getByRole("button", { name: "Preview" }).click();
  await expect(dialog.getByText("Row 2, 0.0.0.0/0: A range may be as wide as /8")).toBeVisible();
  await dialog.getByLabel("Reason").fill("The list of the payment provider");
  await dialog.getByRole("button", { name: "Import" }).click();
  await expect(page.getByText("1 blocked, 0 blocked already, 1 refused")).toBeVisible();
  const read = async (format: string) =>
    (await page.request.get(`threats/blocklist/export?format=${format}&search=${account}`)).text();
  expect(await read("csv")).toContain(`account,${account},`);
  expect(JSON.parse(await read("json"))).toMatchObject([
    { kind: "account", value: account, source: "import" },
  ]);
});

test("E2E-62 three accounts on one device become a pattern, a backtest finds it too, and one action blocks the device and its accounts", async ({
  owner: page,
  workspace,
  check,
}) => {
  const device = await newFarm(workspace);
  await findFarm(page, workspace, device);
  await page.getByRole("button", { name: "Edit" }).first().click();
  const rule = page.getByRole("dialog");
  await rule.getByRole("button", { name: "What would this have done last week?" }).click();
  await expect(rule.getByText(device, { exact: false })).toBeVisible();
  await expectAccessible(page);
  await rule.getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("link", { name: device, exact: true }).click();
  await page.getByRole("button", { name: "Block the device and its accounts for 7 days" }).click();
  const dialog = page.getByRole("dialog", { name: "Block the device and its accounts for 7 days" });
  await dialog.getByLabel("Reason").fill("A farm");
  await dialog.getByRole("button", { name: "Block" }).click();
  await expect(page.getByText("They are blocked for 7 days")).toBeVisible();
  expect(
    (await check({ country: "PL", operation: "user", subject: accountsOn(device)[2] })).body,
  ).toMatchObject({
    allowed: false,
    reason: "blocked",
  });
});

/** Puts the rule for device farms in a mode, by its dialog. */
async function setFarmMode(page: Page, mode: "Live" | "Shadow"): Promise<void> {
  await page.goto("threats");
  const line = page.getByRole("listitem").filter({ hasText: "Device farm" }).filter({ hasText: "Precision" });
  await line.getByRole("button", { name: "Edit" }).click();
  const rule = page.getByRole("dialog", { name: "Device farm" });
  await rule.getByRole("combobox", { name: "Mode" }).click();
  await page.getByRole("option", { name: new RegExp(`^${mode}`) }).click();
  await rule.getByRole("button", { name: "Save" }).click();
  await expect(rule).toBeHidden();
  await expect(line.getByText(mode.toLowerCase(), { exact: true })).toBeVisible();
}

test("E2E-63 payments of a country are refused while it is protected; the end is taken back, and done again", async ({
  owner: page,
  check,
}) => {
  const pay = async () => (await check({ country: "PL", operation: "payment" })).body;
  expect(await pay()).not.toMatchObject({ reason: "blocked" });
  await page.goto("threats");
  const panel = page.getByRole("region", { name: "Payment protection" });
  await panel.getByRole("button", { name: "Protect payments" }).click();
  const dialog = page.getByRole("dialog", { name: "Protect payments" });
  await dialog.getByRole("combobox", { name: "Country" }).fill("Poland");
  await page.getByRole("option", { name: /^Poland/ }).click();
  await dialog.getByLabel("Reason").fill("Stolen cards");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Refuse payments" }).click();
  await expect(dialog).toBeHidden();
  const end = panel.getByRole("button", { name: "End the protection of Poland" });
  await expect(end).toBeVisible();
  const line = panel.getByRole("listitem").filter({ hasText: "Poland" });
  await expect(line.getByText("Stolen cards")).toBeVisible();
  expect(await pay()).toMatchObject({ allowed: false, reason: "blocked" });
  await end.click();
  const undo = page.getByRole("button", { name: "Undo" });
  await expect(undo).toBeVisible();
  await expect(line).toHaveCount(0);
  expect(await pay()).not.toMatchObject({ reason: "blocked" });
  await undo.click();
  await expect(line.getByText("Stolen cards")).toBeVisible();
  expect(await pay()).toMatchObject({ allowed: false, reason: "blocked" });
  await end.click();
  await expect(line).toHaveCount(0);
  expect(await pay()).not.toMatchObject({ reason: "blocked" });
});

test("E2E-64 in shadow a rule records what it finds and alerts nobody; live again it alerts", async ({
  owner: page,
  workspace,
}) => {
  await setFarmMode(page, "Shadow");
  try {
    const device = await newFarm(workspace);
    await findFarm(page, workspace, device);
    const row = page.getByRole("row", { name: device });
    await expect(row.getByText("active, shadow")).toBeVisible();
    await expect(page.getByRole("region", { name: "Open alerts" }).getByText(device)).toHaveCount(0);
    await row.getByRole("link").click();
    const drawer = page.getByRole("dialog", { name: `Device farm: ${device}` });
    await expect(drawer.getByText("active, shadow")).toBeVisible();
    await expect(drawer.getByRole("list", { name: "Found" }).getByText("3, shadow")).toBeVisible();
    await expect(drawer.getByRole("link", { name: "Open its alert" })).toHaveCount(0);
    await expectAccessible(page);
    await page.goto("alerts?status=all&kind=threat");
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(page.getByText(device)).toHaveCount(0);
  } finally {
    await setFarmMode(page, "Live");
  }
  const device = await newFarm(workspace);
  await findFarm(page, workspace, device);
  await expect(page.getByRole("region", { name: "Open alerts" }).getByText(device)).toBeVisible();
});

test("E2E-65 a snoozed device is left alone with a reason until it ends, and the end can be taken back", async ({
  owner: page,
  workspace,
}) => {
  const device = await newFarm(workspace);
  await page.goto("threats");
  const panel = page.getByRole("region", { name: "Snoozes" });
  await panel.getByRole("button", { name: "Snooze", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Snooze" });
  await dialog.getByLabel("Entity").fill(device);
  await dialog.getByLabel("Reason").fill("The test lab");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Snooze" }).click();
  await expect(dialog).toBeHidden();
  await expect(panel.getByText(/^Device farm, ends .*: The test lab$/)).toBeVisible();
  await findFarm(page, workspace, device);
  await expect(page.getByRole("row", { name: device }).getByText("active, snoozed")).toBeVisible();
  await expect(page.getByRole("region", { name: "Open alerts" }).getByText(device)).toHaveCount(0);
  const end = panel.getByRole("button", { name: `End the snooze of ${device}` });
  await end.click();
  await expect(end).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(end).toBeVisible();
  await expect(panel.getByText(/^Device farm, ends .*: The test lab$/)).toBeVisible();
  await end.click();
  await expect(end).toHaveCount(0);
});

test("E2E-66 an alert of the shield: its evidence, muted and given to somebody, and judged; the rule's precision follows", async ({
  owner: page,
  workspace,
}) => {
  const device = await newFarm(workspace);
  await findFarm(page, workspace, device);
  await page
    .getByRole("region", { name: "Open alerts" })
    .getByRole("link", { name: new RegExp(device) })
    .click();
  const drawer = page.getByRole("dialog", { name: new RegExp(device) });
  await expect(drawer.getByRole("heading", { name: "Evidence" })).toBeVisible();
  for (const account of accountsOn(device)) await expect(drawer.getByText(account).first()).toBeVisible();
  await expectAccessible(page);
  const more = async (point: string) => {
    await drawer.getByRole("button", { name: "More" }).click();
    await page.getByRole("menuitem", { name: point }).click();
  };
  await more("Give to somebody");
  const giving = page.getByRole("dialog", { name: "Give the alert to somebody" });
  await giving.getByRole("combobox", { name: "Member" }).click();
  await page.getByRole("option", { name: /\(you\)$/ }).click();
  await giving.getByRole("button", { name: "Give" }).click();
  await expect(giving).toBeHidden();
  await expect(drawer.getByRole("list", { name: "History" }).getByText(/^Given to /)).toBeVisible();
  await more("Mute for a while");
  const muting = page.getByRole("dialog", { name: "Mute the alert" });
  await muting.getByLabel("8 hours").check();
  await muting.getByLabel("Reason").fill("Known already");
  await muting.getByRole("button", { name: "Mute" }).click();
  await expect(muting).toBeHidden();
  await expect(drawer.getByText(/in 8 hr\.: Known already/)).toBeVisible();
  await more("End the mute");
  await expect(drawer.getByText(/Known already/)).toHaveCount(1);
  await drawer.getByRole("button", { name: "Resolve" }).click();
  const resolving = page.getByRole("dialog", { name: "Resolve the alert" });
  await resolving.getByRole("button", { name: "Resolve" }).click();
  await expect(drawer.getByText("Resolved, a true positive")).toBeVisible();
  await page.goto("threats");
  const rule = page.getByRole("listitem").filter({ hasText: "Device farm" }).filter({ hasText: "Precision" });
  await expect(rule.getByText(/Precision: \d+ % of \d+ judged\./)).toBeVisible();
});
