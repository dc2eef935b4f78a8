import { expect, expectAccessible, test } from "./fixtures.ts";

test("E2E-31 an owner limits a new measurement, forces a level with a reason and ends it; its dialog is accessible", async ({
  owner: page,
}) => {
  await page.goto("load");
  await expect(page.getByRole("heading", { name: "Load", level: 1 })).toBeVisible();
  await expect(page.getByText("webrtc_sessions").first()).toBeVisible();
  await page.getByRole("button", { name: "Add a limit" }).click();
  const adding = page.getByRole("dialog");
  await adding.getByLabel("Measurement").fill("queue_depth");
  await adding.getByLabel("Limit", { exact: true }).fill("250");
  await expectAccessible(page);
  await adding.getByRole("button", { name: "Save" }).click();
  await expect(adding).toBeHidden();
  await expect(page.getByText("queue_depth").first()).toBeVisible();
  await expect(page.getByText("of 250")).toBeVisible();
  await page.getByRole("button", { name: "Force a level" }).click();
  const forcing = page.getByRole("dialog");
  await forcing.getByRole("textbox", { name: "Reason" }).fill("A drill");
  await forcing.getByRole("button", { name: "Force it" }).click();
  await expect(page.getByText("“A drill”")).toBeVisible();
  await page.getByRole("button", { name: "End it now" }).click();
  const ending = page.getByRole("dialog");
  await ending.getByRole("textbox", { name: "Reason" }).fill("Over");
  await ending.getByRole("button", { name: "End it", exact: true }).click();
  await expect(page.getByRole("button", { name: "Force a level" })).toBeVisible();
});
