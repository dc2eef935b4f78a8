import { Webhook } from "standardwebhooks";
import { type Received, type Receiver, startReceiver } from "#tests/functions/receiver.ts";
import {
  changeCaps,
  channelName,
  channelRow,
  choosePoint,
  closeDrawer,
  deleteChannel,
  deliveriesTo,
  fillChannel,
  openNotifications,
  sendTest,
  submit,
  submitForSecret,
} from "./channels.ts";
import { expect, expectAccessible, test } from "./fixtures.ts";

const CAPS = "Country's caps changed";

let receiver: Receiver;
test.beforeEach(async () => {
  receiver = await startReceiver();
});
test.afterEach(() => receiver.close());

/** The message of a request, when the secret signs it; throws when it doesn't. */
function verify(request: Received | undefined, secret: string): unknown {
  const header = (part: string) => String(request?.headers[part]);
  return new Webhook(secret).verify(request?.body ?? "", {
    "webhook-id": header("webhook-id"),
    "webhook-timestamp": header("webhook-timestamp"),
    "webhook-signature": header("webhook-signature"),
  });
}

/** Makes a webhook to the receiver; resolves with its name and its signing secret. */
async function newWebhook(
  page: Parameters<typeof fillChannel>[0],
): Promise<{ name: string; secret: string }> {
  await openNotifications(page);
  const name = channelName("Receiver");
  const answers = { Address: `${receiver.url}/hook` };
  const dialog = await fillChannel(page, { kind: "Webhook", name, answers, messages: [CAPS] });
  return { name, secret: await submitForSecret(dialog, "Add channel") };
}

test("E2E-50 a webhook is made, its secret is shown once, and a test arrives that the secret verifies", async ({
  owner: page,
}) => {
  await openNotifications(page);
  const name = channelName("Receiver");
  const answers = { Address: "http://10.0.0.1/hook" };
  const adding = await fillChannel(page, { kind: "Webhook", name, answers, messages: [CAPS] });
  await expectAccessible(page);
  await adding.getByRole("button", { name: "Add channel" }).click();
  await expect(adding.getByText("This address is not on the public internet.")).toBeVisible();
  await adding.getByLabel("Name").fill(name);
  await adding.getByLabel("Address").fill(`${receiver.url}/hook`);
  const secret = await submitForSecret(adding, "Add channel");
  await expect(page.getByText(secret)).toHaveCount(0);

  const drawer = await sendTest(page, name, "delivered");
  await expect(drawer.getByText("the other side answered 200")).toBeVisible();
  await expectAccessible(page);
  expect(verify(receiver.received[0], secret)).toMatchObject({
    type: "channel.test",
    data: { channel: name },
  });
  await closeDrawer(drawer);
  await expect(channelRow(page, name).getByText("well", { exact: true })).toBeVisible();
  await deleteChannel(page, name);
});

test("E2E-51 a webhook is changed; its secret is rotated, and both sign until the old one ends", async ({
  owner: page,
}) => {
  const { name, secret: first } = await newWebhook(page);
  await choosePoint(page, name, "Change");
  const changing = page.getByRole("dialog", { name: `Change ${name}` });
  const renamed = `${name} moved`;
  await changing.getByLabel("Name").fill(renamed);
  await changing.getByLabel("Address").fill("https://10.0.0.1/hook");
  await changing.getByRole("button", { name: "Save" }).click();
  await expect(changing.getByText("This address is not on the public internet.")).toBeVisible();
  await changing.getByLabel("Address").fill(`${receiver.url}/moved`);
  await submit(changing, "Save");
  await expect(channelRow(page, renamed).getByText(`${receiver.url}/moved`)).toBeVisible();

  const rotate = async (overlap: string) => {
    await choosePoint(page, renamed, "Rotate the signing secret");
    const rotating = page.getByRole("dialog", { name: `Rotate the signing secret of ${renamed}` });
    await rotating.getByLabel("The old secret signs as well for").selectOption({ label: overlap });
    return submitForSecret(rotating, "Make the new secret");
  };
  const second = await rotate("1 day");
  await expect(channelRow(page, renamed).getByText(/The old secret signs as well/)).toBeVisible();
  await closeDrawer(await sendTest(page, renamed, "delivered"));
  const both = receiver.received[0];
  expect(both?.path).toBe("/moved");
  for (const secret of [first, second]) expect(verify(both, secret)).toMatchObject({ type: "channel.test" });

  const third = await rotate("Not at all: it stops now");
  await expect(channelRow(page, renamed).getByText(/The old secret signs as well/)).toHaveCount(0);
  await closeDrawer(await sendTest(page, renamed, "delivered"));
  const last = receiver.received[1];
  expect(verify(last, third)).toMatchObject({ type: "channel.test" });
  for (const secret of [first, second]) expect(() => verify(last, secret)).toThrow("No matching signature");
  await deleteChannel(page, renamed);
});

test("E2E-52 a receiver that fails is shown with what it answered; what was given up is sent again under its id", async ({
  owner: page,
  workspace,
}) => {
  const { name, secret } = await newWebhook(page);
  const row = channelRow(page, name);
  receiver.answer((response) => void response.writeHead(503).end("Out for lunch"));
  await changeCaps(workspace);
  await expect(row.getByText("failing", { exact: true })).toBeVisible({ timeout: 60_000 });
  await expect(row.getByText("It answered 503.")).toBeVisible();
  const sent = deliveriesTo(page, name);
  await expect(sent.getByText("under way", { exact: true })).toBeVisible();

  await choosePoint(page, name, "Switch off");
  await page.getByRole("dialog").getByRole("button", { name: "Switch off" }).click();
  await expect(row.getByText("switched off", { exact: true })).toBeVisible();
  await expect(sent.getByText("given up", { exact: true })).toBeVisible();
  await choosePoint(page, name, "Switch on");
  await expect(row.getByText("switched off", { exact: true })).toHaveCount(0);

  const failed = receiver.received.length;
  receiver.answer((response) => void response.writeHead(204).end());
  await choosePoint(page, name, "Send again what failed since…");
  const again = page.getByRole("dialog", { name: `Send again to ${name}` });
  await expectAccessible(page);
  await again.getByRole("button", { name: "Send again" }).click();
  await expect(page.getByText("1 message is sent again")).toBeVisible();
  await expect(sent.getByText("delivered", { exact: true })).toBeVisible({ timeout: 60_000 });
  await expect(row.getByText("well", { exact: true })).toBeVisible();
  const [before, after] = [receiver.received[0], receiver.received[failed]];
  expect(verify(after, secret)).toMatchObject({ type: "country.caps_changed", data: { country: "SI" } });
  expect(after?.headers["webhook-id"]).toBe(before?.headers["webhook-id"]);
  expect(after?.body).toBe(before?.body);

  await sent.getByRole("link").first().click();
  const drawer = page.getByRole("dialog", { name: `${CAPS} to ${name}` });
  const attempts = drawer.getByRole("list", { name: "Attempts" }).getByRole("listitem");
  await expect(attempts.first()).toContainText("the other side answered 204");
  await expect(attempts.last()).toContainText("Out for lunch");
  await closeDrawer(drawer);
  await deleteChannel(page, name);
});
