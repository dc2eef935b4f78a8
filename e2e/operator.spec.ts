import { expect, test } from "./fixtures.ts";

test("E2E-04 an operator pauses Poland and the next check is refused; resuming lets it through", async ({
  owner,
  check,
}) => {
  await owner.goto("countries/PL");
  expect((await check({ country: "PL", operation: "user" })).body).toMatchObject({
    allowed: true,
    reason: "granted",
  });

  await owner
    .getByRole("button", { name: /^Pause/ })
    .first()
    .click();
  const pausing = owner.getByRole("dialog");
  await pausing.getByText("Overload", { exact: true }).click();
  await pausing.getByRole("button", { name: "Pause Poland" }).click();
  await expect(owner.getByText("Poland is paused").first()).toBeVisible();
  expect((await check({ country: "PL", operation: "user" })).body).toMatchObject({
    allowed: false,
    reason: "paused",
  });

  await owner
    .getByRole("button", { name: /^Resume/ })
    .first()
    .click();
  await owner.getByRole("dialog").getByRole("button", { name: "Resume", exact: true }).click();
  await expect(owner.getByText("Poland is open again").first()).toBeVisible();
  expect((await check({ country: "PL", operation: "user" })).body).toMatchObject({ allowed: true });
});

test("E2E-05 a check made elsewhere shows without a reload", async ({ owner, check }) => {
  await owner.goto("countries/PL");
  await expect(owner.getByText("Live", { exact: true }).first()).toBeVisible();
  const { body } = await check({ country: "PL", operation: "creator", units: 7 });
  const used = Number(body.cap) - Number(body.remaining);
  await expect(owner.getByText(new RegExp(`\\b${used}\\b`)).first()).toBeVisible();
});

test("E2E-06 a new cap holds for the next check, and the audit trail verifies", async ({ owner, check }) => {
  await owner.goto("countries/PL");
  await owner.getByRole("button", { name: /caps/i }).first().click();
  const dialog = owner.getByRole("dialog");
  await dialog.getByLabel("Payments a day").fill("0");
  await dialog.getByRole("button", { name: "Change caps" }).click();
  await expect(owner.getByText("Poland has new caps").first()).toBeVisible();
  expect((await check({ country: "PL", operation: "payment" })).body).toMatchObject({
    allowed: false,
    reason: "cap_reached",
    cap: 0,
  });

  await owner.goto("audit");
  await owner.getByRole("button", { name: "Verify" }).click();
  await expect(owner.getByText(/entries, all in order/)).toBeVisible();
});

test("E2E-07 a country is activated with its phase's default caps, advanced, corrected and given a zone", async ({
  owner,
  check,
}) => {
  await owner.goto("countries/CZ");
  const dialog = owner.getByRole("dialog");
  const submit = async (name: string) => {
    await dialog.getByRole("button", { name, exact: true }).click();
    await expect(dialog).toBeHidden();
  };
  await owner.getByRole("button", { name: "Activate", exact: true }).click();
  await dialog.getByRole("radio", { name: /Alpha/ }).click();
  await submit("Activate");
  expect((await check({ country: "CZ", operation: "user" })).body).toMatchObject({
    allowed: true,
    cap: 100,
    remaining: 99,
  });

  await owner.getByRole("button", { name: "Advance", exact: true }).click();
  await submit("Advance");
  expect((await check({ country: "CZ", operation: "user" })).body).toMatchObject({
    cap: 1000,
    remaining: 998,
  });

  await owner.getByRole("button", { name: "More actions" }).click();
  await owner.getByRole("menuitem", { name: "Correct today's counter" }).click();
  await dialog.getByRole("textbox", { name: "Units" }).fill("500");
  await dialog.getByLabel("Reason").fill("Sign-ups made by hand before the launch");
  await submit("Correct");
  expect((await check({ country: "CZ", operation: "user" })).body).toMatchObject({ remaining: 497 });

  await owner.getByRole("button", { name: "More actions" }).click();
  await owner.getByRole("menuitem", { name: "Change time zone" }).click();
  await dialog.getByRole("combobox", { name: "Time zone" }).fill("Europe/London");
  await owner.getByRole("option", { name: "Europe/London" }).click();
  await submit("Change time zone");
  await expect(owner.getByText("Europe/London").first()).toBeVisible();
});

test("E2E-08 the switch that ends enforcement asks for its name and records what would have been", async ({
  owner,
  check,
}) => {
  await owner.goto("flags");
  const caps = owner.getByRole("listitem").filter({ hasText: "launch.countryCaps" });
  const turn = async (word: "off" | "on") => {
    await caps.getByRole("switch").press("Space");
    const dialog = owner.getByRole("dialog");
    await dialog.getByLabel("Reason").fill("Trying the shadow mode");
    const confirmation = dialog.getByLabel(/to confirm/);
    if (await confirmation.isVisible()) await confirmation.fill("launch.countryCaps");
    await dialog.getByRole("button", { name: `Turn ${word}` }).click();
    await expect(dialog).toBeHidden();
  };
  await turn("off");
  const { body } = await check({ country: "SK", operation: "user" });
  expect(body).toMatchObject({ allowed: true, shadow: { allowed: false, reason: "not_launched" } });
  await turn("on");
  expect((await check({ country: "SK", operation: "user" })).body).toMatchObject({ allowed: false });
});

test("CON-07 a country that was never activated is taken off the list and listed again", async ({
  owner,
  check,
}) => {
  const dialog = owner.getByRole("dialog");
  const asked = async () => (await check({ country: "NO", operation: "user" })).body.reason;
  const add = async () => {
    await owner.getByRole("button", { name: "Add countries" }).first().click();
    await dialog.getByRole("combobox", { name: "Countries" }).fill("Norway");
    await owner.getByRole("option", { name: /Norway/ }).click();
    await dialog.getByRole("button", { name: "Add to the list" }).click();
    // The notice of the time before may still stand.
    await expect(owner.getByText("One country is listed").last()).toBeVisible();
    await expect(owner.getByRole("link", { name: /^Norway/ })).toBeVisible();
  };
  await owner.goto("countries");
  await add();
  await owner.getByRole("link", { name: /^Norway/ }).click();
  await owner.getByRole("button", { name: "More actions" }).click();
  await owner.getByRole("menuitem", { name: "Take off the list" }).click();
  await dialog.getByRole("button", { name: "Take off the list" }).click();
  await owner.waitForURL((url) => url.pathname.endsWith("/countries"));
  await expect(owner.getByText("Norway is off the list")).toBeVisible();
  await expect(owner.getByRole("link", { name: /^Norway/ })).toHaveCount(0);
  expect(await asked()).toBe("not_launched");
  expect((await owner.request.get("countries/NO")).status()).toBe(404);
  await add();
});
