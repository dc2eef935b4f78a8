import { at, expect, expectAccessible, test } from "./fixtures.ts";

const SHOP = "/shop/threats";

/** Asks the API with the demo key. */
async function call(path: string, body: unknown, type = "application/json"): Promise<number> {
  const response = await fetch(`${at.E2E_SITE}/api/v1/${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${at.E2E_KEY}`, "content-type": type },
    body: JSON.stringify(body),
  });
  await response.text();
  return response.status;
}

test("E2E-60 a device is blocked in the console, the next check of it is refused, and a lift taken back holds again", async ({
  owner: page,
  check,
}) => {
  const device = `d-${crypto.randomUUID()}`;
  const ask = async () => (await check({ country: "PL", operation: "user", device })).body;
  expect(await ask()).not.toMatchObject({ reason: "blocked" });
  await page.goto(`${at.E2E_SITE}/demo/threats`);
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
  await page.goto(`${at.E2E_SITE}/demo/threats/blocklist`);
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
    (
      await page.request.get(
        `${at.E2E_SITE}/demo/threats/blocklist/export?format=${format}&search=${account}`,
      )
    ).text();
  expect(await read("csv")).toContain(`account,${account},`);
  expect(JSON.parse(await read("json"))).toMatchObject([
    { kind: "account", value: account, source: "import" },
  ]);
});

test("E2E-62 three accounts on one device become a pattern, a backtest finds it too, and one action blocks the device and its accounts", async ({
  owner: page,
  check,
}) => {
  test.setTimeout(120_000);
  const device = `farm-${crypto.randomUUID()}`;
  const accounts = [1, 2, 3].map((n) => `${device}-${n}`);
  const events = accounts.map((subject) => ({
    specversion: "1.0",
    id: subject,
    source: SHOP,
    type: "registration.completed",
    subject,
    data: { country: "PL", device, ip: "203.0.113.7" },
  }));
  expect(await call("events", events, "application/cloudevents-batch+json")).toBeLessThan(300);
  await expect
    .poll(
      async () => {
        await call("jobs/threat-shield/runs", {});
        await page.goto(`${at.E2E_SITE}/demo/threats`);
        return page.getByRole("link", { name: device, exact: true }).count();
      },
      { timeout: 60_000 },
    )
    .toBe(1);
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
  expect((await check({ country: "PL", operation: "user", subject: accounts[2] })).body).toMatchObject({
    allowed: false,
    reason: "blocked",
  });
});
