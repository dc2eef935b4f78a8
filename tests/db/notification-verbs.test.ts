import { afterAll, beforeAll, expect, test } from "vitest";
import { asUser } from "#lib/db/as-user.ts";
import type { Tx } from "#lib/db/service.ts";
import {
  changeChannel,
  createChannel,
  deleteChannel,
  readChannels,
  requireTarget,
  rotateChannelSecret,
  switchChannel,
} from "#lib/delivery/channels.ts";
import {
  readAttempts,
  readDeliveries,
  readDelivery,
  replayDelivery,
  replayFailedDeliveries,
  testChannel,
} from "#lib/delivery/deliveries.ts";
import { ChannelChange, NewChannel } from "#lib/delivery/schema.ts";
import { ROUTING_KEY, raiseAlert } from "#tests/setup/channels.ts";
import { setClock, type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { join, newWorkspace, type Person, type Workspace } from "#tests/setup/people.ts";

let db: TestDatabase;
let w: Workspace;

beforeAll(async () => {
  db = await testDatabase();
  Object.assign(process.env, {
    DATABASE_URL: db.serviceUrl,
    GANTRY_LOG_LEVEL: "silent",
    GANTRY_SECRET: "s".repeat(32),
    GANTRY_SITE_URL: "http://127.0.0.1:3000",
    GANTRY_PRIVATE_TARGETS: "127.0.0.0/8",
    NEXT_PUBLIC_SUPABASE_URL: "http://127.0.0.1:3001",
    NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY: "none",
  });
  await setClock(db, "2026-06-01T12:00:00.000Z");
  w = await newWorkspace(db);
});
afterAll(() => db.close());

const as = <T>(person: Person, verb: (tx: Tx) => Promise<T>) => asUser({ sub: person.id }, verb);
const owner = <T>(verb: (tx: Tx) => Promise<T>) => as(w.owner, verb);
const wants = { message_types: ["alert.opened"] };
const hook = { ...wants, kind: "webhook", name: "Hook", url: "http://127.0.0.1:9/hook" };

/** The channel of that name, as the page reads it. */
async function named(name: string) {
  const found = (await owner((tx) => readChannels(tx, w.id))).find((channel) => channel.name === name);
  if (found === undefined) throw new Error(`no channel ${name}`);
  return found;
}

test("DLV-29 each kind of channel is made as its form sends it, read without its secret, changed and deleted", async () => {
  const inputs = [
    { ...wants, kind: "slack", name: "Slack", secret: "https://hooks.slack.com/services/T/B/abcd" },
    { ...wants, kind: "pagerduty", name: "Pager", secret: ROUTING_KEY, minimum_severity: "critical" },
    { ...wants, kind: "email", name: "Mail", recipients: "a@example.com, b@example.com" },
    hook,
  ];
  const wrong = NewChannel.safeParse({ ...inputs[2], recipients: "a@example.com, nobody" });
  expect(wrong.error?.issues).toMatchObject([
    { path: ["recipients"], message: "nobody is no e-mail address." },
  ]);
  const secrets: (string | null)[] = [];
  for (const input of inputs) {
    secrets.push(await owner((tx) => createChannel(tx, w.id, NewChannel.parse(input))));
  }
  expect(secrets).toEqual([null, null, null, expect.stringMatching(/^whsec_/)]);
  expect((await owner((tx) => readChannels(tx, w.id))).map(({ name }) => name)).toEqual([
    "Hook",
    "Mail",
    "Pager",
    "Slack",
  ]);
  const slack = await named("Slack");
  expect(slack).toMatchObject({ kind: "slack", hint: "abcd", url: null, enabled: true, alert_kinds: null });
  const change = { ...wants, id: slack.id, expected_version: slack.version, kind: "slack", name: "Team" };
  await owner((tx) => changeChannel(tx, w.id, ChannelChange.parse({ ...change, alert_kinds: ["load"] })));
  expect(await named("Team")).toMatchObject({ hint: "abcd", alert_kinds: ["load"] });
  await expect(owner((tx) => changeChannel(tx, w.id, ChannelChange.parse(change)))).rejects.toMatchObject({
    cause: { code: "GTVER" },
  });
  await owner((tx) => deleteChannel(tx, w.id, slack.id));
  await expect(named("Team")).rejects.toThrow("no channel");
  const { id } = await named("Hook");
  const rotated = await owner((tx) => rotateChannelSecret(tx, w.id, id, 3600));
  expect(rotated).not.toBe(secrets[3]);
  expect(await named("Hook")).toMatchObject({
    hint: rotated.slice(-4),
    rotation_ends_at: expect.any(String),
  });
});

test("DLV-30 an address that may not be called is refused before it is saved, with its field", async () => {
  await requireTarget(NewChannel.parse(hook));
  const refused = [
    [{ ...hook, url: "http://10.0.0.1/hook" }, "url"],
    [{ ...hook, url: "http://127.0.0.1:3000/demo" }, "url"],
    [{ ...wants, kind: "slack", name: "S", secret: "https://169.254.169.254/latest" }, "secret"],
  ] as const;
  for (const [input, field] of refused) {
    await expect(requireTarget(NewChannel.parse(input))).rejects.toMatchObject({
      code: "invalid_input",
      details: { field },
    });
  }
});

test("DLV-31 deliveries are read newest first, each with its attempts, and sent again one by one or since a time", async () => {
  const channel = await named("Hook");
  await db.owner`update app.channels set message_types = '{alert.opened,alert.worsened}' where id = ${channel.id}`;
  await raiseAlert(db, w, "load:webrtc", { severity: "critical" });
  await raiseAlert(db, w, "load:webrtc", { severity: "critical", step: 1 });
  const tested = await owner((tx) => testChannel(tx, w.id, channel.id));
  const page = await owner((tx) => readDeliveries(tx, w.id, { before: undefined, limit: 1 }));
  expect(page.data).toMatchObject([{ id: tested, type: "channel.test", state: "pending", channel: "Hook" }]);
  expect(page.older).toBe(tested);
  const both = await owner((tx) => readDeliveries(tx, w.id, { before: tested, limit: 2 }));
  expect(both.data).toMatchObject([
    { type: "alert.worsened", waits: true },
    { type: "alert.opened", waits: false },
  ]);
  await db.owner`update app.deliveries set state = 'dead', settled_at = launch.now() where workspace_id = ${w.id}`;
  await db.owner`insert into app.delivery_attempts values (${tested}, 1, ${w.id}, launch.now(), 500, 'It answered 500.', 'no', 12)`;
  expect(await owner((tx) => readAttempts(tx, tested))).toMatchObject([
    { attempt: 1, status: 500, took_ms: 12 },
  ]);
  const partly = async (state: string, reached: string) => {
    await db.owner`update app.deliveries set state = ${state}, settled_at = launch.now(), reached = ${reached}, last_error = 'Refused.' where id = ${tested}`;
    return (await owner((tx) => readDelivery(tx, w.id, tested)))?.partly;
  };
  expect([await partly("delivered", "{a@example.com}"), await partly("dead", "{}")]).toEqual([true, false]);
  await owner((tx) => replayDelivery(tx, w.id, tested));
  expect(await owner((tx) => readDelivery(tx, w.id, tested))).toMatchObject({ state: "pending" });
  const since = (iso: string) => owner((tx) => replayFailedDeliveries(tx, w.id, channel.id, iso));
  expect(await since("2026-06-02T00:00:00Z")).toBe(0);
  expect(await since("2026-06-01T00:00:00Z")).toBe(2);
  await owner((tx) => switchChannel(tx, w.id, channel.id, false));
  expect(await named("Hook")).toMatchObject({ enabled: false, disabled_reason: "person" });
  const viewer = await join(db, w, "viewer");
  expect(await as(viewer, (tx) => readDelivery(tx, w.id, tested))).toBeNull();
  expect(await as(viewer, (tx) => readChannels(tx, w.id))).toEqual([]);
});
