import { randomUUID } from "node:crypto";
import { Webhook } from "standardwebhooks";
import { startReceiver } from "#tests/functions/receiver.ts";
import { at, expect, expectAccessible, test } from "./fixtures.ts";

test("E2E-50 a webhook is made, its secret is shown once, and a test arrives that the secret verifies", async ({
  owner: page,
}) => {
  test.setTimeout(120_000);
  const receiver = await startReceiver();
  try {
    await page.goto(`${at.E2E_SITE}/demo/settings/notifications`);
    const name = `Receiver ${randomUUID().slice(0, 8)}`;
    await page.getByRole("button", { name: "Add a channel" }).click();
    const adding = page.getByRole("dialog", { name: "Add a channel" });
    await adding.getByLabel("Kind", { exact: true }).selectOption("webhook");
    await adding.getByLabel("Name").fill(name);
    await adding.getByLabel("Address").fill("http://10.0.0.1/hook");
    await expectAccessible(page);
    await adding.getByRole("button", { name: "Add channel" }).click();
    await expect(adding.getByText("This address is not on the public internet.")).toBeVisible();
    await adding.getByLabel("Name").fill(name);
    await adding.getByLabel("Address").fill(`${receiver.url}/hook`);
    await adding.getByRole("button", { name: "Add channel" }).click();
    const secret = (await adding.getByText(/^whsec_/).textContent()) ?? "";
    await adding.getByRole("button", { name: "I have saved it" }).click();
    await expect(adding).toBeHidden();
    await expect(page.getByText(secret)).toHaveCount(0);

    const row = page.getByRole("row", { name });
    await row.getByRole("button", { name: "Send a test" }).click();
    const drawer = page.getByRole("dialog", { name: `Test to ${name}` });
    await expect(drawer.getByText("delivered", { exact: true })).toBeVisible({ timeout: 60_000 });
    await expect(drawer.getByText("the other side answered 200")).toBeVisible();
    await expectAccessible(page);
    const [request] = receiver.received;
    const header = (part: string) => String(request?.headers[part]);
    const verified = new Webhook(secret).verify(request?.body ?? "", {
      "webhook-id": header("webhook-id"),
      "webhook-timestamp": header("webhook-timestamp"),
      "webhook-signature": header("webhook-signature"),
    });
    expect(verified).toMatchObject({ type: "channel.test", data: { channel: name } });

    await drawer.getByRole("button", { name: "Close" }).click();
    await expect(drawer).toBeHidden();
    await expect(row.getByText("well", { exact: true })).toBeVisible();
    const more = page.getByRole("button", { name: `More for ${name}` });
    await more.click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    await page.getByRole("button", { name: "Delete channel" }).click();
    await expect(more).toHaveCount(0);
    // The log keeps what was sent.
    await expect(row).toHaveCount(1);
  } finally {
    await receiver.close();
  }
});
