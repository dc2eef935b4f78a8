import { type Receiver, startReceiver } from "#tests/functions/receiver.ts";
import { newEmail } from "./accounts.ts";
import { at } from "./at.ts";
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
  switchOffAndOn,
} from "./channels.ts";
import { expect, expectAccessible, test } from "./fixtures.ts";
import { mailsTo } from "./mail.ts";
import { newMember } from "./people.ts";
import { findFarm, newFarm } from "./threats.ts";

const CAPS = "Country's caps changed";

let receiver: Receiver;
test.afterEach(() => receiver.close());

test("E2E-53 Slack: an address that is gone is a dead letter and an alert; a new one takes what was given up", async ({
  owner: page,
  workspace,
}) => {
  receiver = await startReceiver();
  await openNotifications(page);
  const name = channelName("Ops on Slack");
  const input = "Webhook address";
  const adding = await fillChannel(page, {
    kind: "Slack",
    name,
    answers: { [input]: "http://[fd00::1]/services/T0" },
    messages: [CAPS],
  });
  await adding.getByRole("button", { name: "Add channel" }).click();
  await expect(adding.getByText("This address is not on the public internet.")).toBeVisible();
  await adding.getByLabel(input).fill(`${receiver.url}/services/gone`);
  await submit(adding, "Add channel");
  const row = channelRow(page, name);
  await expect(row.getByText("an address that ends in gone")).toBeVisible();
  await closeDrawer(await sendTest(page, name, "delivered"));
  expect(JSON.parse(receiver.received[0]?.body ?? "{}").text).toBe(`A test of ${name}`);

  receiver.answer((response, { path }) =>
    path.endsWith("gone")
      ? void response.writeHead(404).end("no_service")
      : void response.writeHead(200).end(),
  );
  await changeCaps(workspace);
  await expect(row.getByText("failing", { exact: true })).toBeVisible({ timeout: 60_000 });
  await expect(row.getByText("It answered 404.")).toBeVisible();
  const sent = deliveriesTo(page, name).filter({ hasText: CAPS });
  await expect(sent.getByText("given up", { exact: true })).toBeVisible();
  await page.goto("alerts?kind=delivery");
  const alert = page.getByRole("link", { name: `Messages to ${name} could not be delivered` });
  await expect(alert).toBeVisible();
  await openNotifications(page);

  await choosePoint(page, name, "Change");
  const changing = page.getByRole("dialog", { name: `Change ${name}` });
  await expect(changing.getByText("Left blank, the one that ends in gone stays.")).toBeVisible();
  await changing.getByLabel(input).fill(`${receiver.url}/services/here`);
  await submit(changing, "Save");
  await expect(row.getByText("an address that ends in here")).toBeVisible();
  await sent.getByRole("link").click();
  const drawer = page.getByRole("dialog", { name: `${CAPS} to ${name}` });
  await expect(drawer.getByText("no_service")).toBeVisible();
  await drawer.getByRole("button", { name: "Send again" }).click();
  await expect(drawer.getByRole("status").getByText("delivered")).toBeVisible({ timeout: 60_000 });
  await closeDrawer(drawer);
  await switchOffAndOn(page, name, "well");
  await deleteChannel(page, name);
  await page.goto("alerts?kind=delivery");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(alert).toHaveCount(0);
});

test("E2E-54 PagerDuty: an incident is triggered, acknowledged and resolved with its alert; what it refused is sent again", async ({
  owner: page,
  workspace,
}) => {
  receiver = await startReceiver(at.E2E_PAGERDUTY_PORT);
  const key = crypto.randomUUID().replaceAll("-", "");
  const events = () =>
    receiver.received.map(({ body }) => JSON.parse(body)).filter(({ routing_key }) => routing_key === key);
  await openNotifications(page);
  const name = channelName("On call");
  const adding = await fillChannel(page, {
    kind: "PagerDuty",
    name,
    answers: { "Routing key": "short" },
    messages: ["Alert opened", "Alert acknowledged", "Alert resolved"],
  });
  await expect(adding.getByLabel(CAPS)).toHaveCount(0);
  await adding.getByLabel("Threats", { exact: true }).check();
  await adding.getByRole("button", { name: "Add channel" }).click();
  await expect(adding.getByText("A routing key has 32 letters and digits.")).toBeVisible();
  await adding.getByLabel("Routing key").fill(key);
  await submit(adding, "Add channel");
  await closeDrawer(await sendTest(page, name, "delivered"));
  expect(events()).toMatchObject([{ event_action: "trigger" }]);

  receiver.reset();
  receiver.answer((response) => void response.writeHead(400).end('{"message":"Invalid routing key"}'));
  const device = await newFarm(workspace);
  const opened = deliveriesTo(page, name).filter({ hasText: "Alert opened" }).filter({ hasText: device });
  await findFarm(page, workspace, device);
  await openNotifications(page);
  await expect(opened.getByText("given up", { exact: true })).toBeVisible({ timeout: 60_000 });
  await expect(channelRow(page, name).getByText("It answered 400.")).toBeVisible();
  receiver.answer((response) => void response.writeHead(202).end());
  await opened.getByRole("link").click();
  const drawer = page.getByRole("dialog", { name: `Alert opened to ${name}` });
  await expect(drawer.getByText("Invalid routing key")).toBeVisible();
  await drawer.getByRole("button", { name: "Send again" }).click();
  await expect(drawer.getByRole("status").getByText("delivered")).toBeVisible({ timeout: 60_000 });
  await closeDrawer(drawer);

  await page.goto("alerts?kind=threat");
  await page.getByRole("link", { name: new RegExp(device) }).click();
  const alert = page.getByRole("dialog");
  await alert.getByRole("button", { name: "Acknowledge" }).click();
  await alert.getByRole("button", { name: "Resolve" }).click();
  const resolving = page.getByRole("dialog", { name: "Resolve the alert" });
  await resolving.getByRole("button", { name: "Resolve" }).click();
  await expect(resolving).toBeHidden();
  // Under the alert's fingerprint, by which PagerDuty ties them together.
  const about = `threat:device_farm:${device}`;
  const actions = () =>
    events()
      .filter(({ dedup_key }) => dedup_key === about)
      .map(({ event_action }) => event_action);
  await expect.poll(actions, { timeout: 60_000 }).toEqual(["trigger", "trigger", "acknowledge", "resolve"]);

  await openNotifications(page);
  await choosePoint(page, name, "Change");
  const changing = page.getByRole("dialog", { name: `Change ${name}` });
  await changing.getByLabel("Of alerts, it gets").selectOption({ label: "Critical alerts only" });
  await submit(changing, "Save");
  await expect(channelRow(page, name).getByText("critical alerts only")).toBeVisible();
  await switchOffAndOn(page, name, "well");
  await deleteChannel(page, name);
});

test("E2E-55 e-mail: a message reaches every recipient; a mailbox that is gone is shown, and corrected", async ({
  owner: page,
  workspace,
}) => {
  receiver = await startReceiver();
  const [one, two] = [newEmail("one"), newEmail("two")];
  await openNotifications(page);
  const name = channelName("Everybody");
  const adding = await fillChannel(page, {
    kind: "E-mail",
    name,
    answers: { Addresses: "ops@example.com, nobody" },
    messages: [CAPS],
  });
  await adding.getByRole("button", { name: "Add channel" }).click();
  await expect(adding.getByText("nobody is no e-mail address.")).toBeVisible();
  await adding.getByLabel("Addresses").fill("gone@gantry.invalid");
  await submit(adding, "Add channel");
  const drawer = await sendTest(page, name, "given up");
  await expect(drawer.getByText(/There is no such mailbox/).first()).toBeVisible();
  await closeDrawer(drawer);
  await changeCaps(workspace);
  const row = channelRow(page, name);
  await expect(row.getByText("failing", { exact: true })).toBeVisible({ timeout: 60_000 });
  await expect(row.getByText(/There is no such mailbox/)).toBeVisible();

  await choosePoint(page, name, "Change");
  const changing = page.getByRole("dialog", { name: `Change ${name}` });
  await changing.getByLabel("Addresses").fill(`${one}, ${two}`);
  await submit(changing, "Save");
  await choosePoint(page, name, "Send again what failed since…");
  const again = page.getByRole("dialog", { name: `Send again to ${name}` });
  await again.getByRole("button", { name: "Send again" }).click();
  await expect(page.getByText("1 message is sent again")).toBeVisible();
  await expect(row.getByText("well", { exact: true })).toBeVisible({ timeout: 60_000 });
  for (const address of [one, two]) {
    const [mail] = await mailsTo(address);
    expect(mail?.subject).toBe("[Demo product] Slovenia has new caps");
    expect(mail?.links).toEqual([`${at.E2E_SITE}/${workspace.slug}/countries/SI`]);
  }
  await switchOffAndOn(page, name, "well");
  await deleteChannel(page, name);
});

test("E2E-56 a viewer opens no notifications page and learns of no channel", async ({
  owner: page,
  workspace,
  browser,
}) => {
  receiver = await startReceiver();
  await openNotifications(page);
  const name = channelName("Not for viewers");
  const answers = { "Webhook address": `${receiver.url}/secret` };
  await submit(await fillChannel(page, { kind: "Slack", name, answers, messages: [CAPS] }), "Add channel");
  const { guest, leave } = await newMember(browser, workspace, "viewer");
  await guest.goto("settings/notifications");
  await expect(guest.getByText("Notifications are managed by others.")).toBeVisible();
  await expectAccessible(guest);
  expect(await guest.content()).not.toContain(name);
  await leave();
  await openNotifications(page);
  await deleteChannel(page, name);
});
