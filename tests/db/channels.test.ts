import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { newChannel, newSigningSecret, ROUTING_KEY } from "#tests/setup/channels.ts";
import { setClock, type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { asPerson, join, newWorkspace, type Person, type Workspace } from "#tests/setup/people.ts";

const NOON = "2026-06-01T12:00:00.000Z";

let db: TestDatabase;
let w: Workspace;

beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());
beforeEach(async () => {
  await setClock(db, NOON);
  w = await newWorkspace(db);
});

async function channel(id: string) {
  const [row] = await db.owner`select * from app.channels where id = ${id}`;
  return row;
}

async function secrets(id: string): Promise<Record<string, string>> {
  const rows = await db.owner<{ name: string; secret: string }[]>`
    select replace(name, ${`channel_${id}`}, 'secret') as name, decrypted_secret as secret from vault.decrypted_secrets
    where name like ${`channel_${id}%`}`;
  return Object.fromEntries(rows.map(({ name, secret }) => [name, secret]));
}

const as = (person: Person, run: Parameters<typeof asPerson<unknown>>[2]) => asPerson(db, person, run);

describe("a channel", () => {
  test("DLV-01 a secret goes to Vault, the row keeps its last four characters, and no entry of the trail holds it", async () => {
    const url = "https://hooks.slack.com/services/T000/B000/very-secret-part-wxyz";
    const slack = await newChannel(db, w, { kind: "slack", secret: url });
    const hook = await newChannel(db, w, { kind: "webhook" });
    const pager = await newChannel(db, w, { kind: "pagerduty" });
    expect(await channel(slack)).toMatchObject({ hint: "wxyz", url: null });
    expect(await secrets(slack)).toEqual({ secret: url });
    expect(await secrets(pager)).toEqual({ secret: ROUTING_KEY });
    const kept = await db.owner`
      select row_to_json(c)::text as text from app.channels c union all select row_to_json(a)::text from app.audit_entries a
      union all select row_to_json(s)::text from vault.secrets s where s.name like 'channel_%'`;
    const text = kept.map((row) => row.text).join("\n");
    expect(text).toContain("channel.created");
    for (const secret of [url, ROUTING_KEY, (await secrets(hook)).secret ?? ""])
      expect(text).not.toContain(secret);
  });

  test("DLV-02 a channel that could not work is refused, with the field", async () => {
    const wrong: [Parameters<typeof newChannel>[2], string, string][] = [
      [{ kind: "slack", secret: "hooks.slack.com/x" }, "GTINV", "secret"],
      [{ kind: "slack", secret: null }, "GTINV", "secret"],
      [{ kind: "pagerduty", secret: "short" }, "GTINV", "secret"],
      [{ kind: "webhook", secret: newSigningSecret(23) }, "GTINV", "secret"],
      [{ kind: "webhook", secret: newSigningSecret(65) }, "GTINV", "secret"],
      [{ kind: "webhook", secret: "whsec_%%%" }, "GTINV", "secret"],
      [{ kind: "webhook", url: null }, "23514", ""],
      [{ kind: "webhook", url: "ftp://example.com" }, "23514", ""],
      [{ kind: "email", recipients: [] }, "23514", ""],
      [{ kind: "email", recipients: null }, "23514", ""],
      [{ kind: "email", recipients: ["nobody"] }, "GTINV", "recipients"],
      [{ kind: "email", recipients: ["a@example.com\r\nBcc: b@example.com"] }, "GTINV", "recipients"],
      [{ kind: "email", secret: "x" }, "GTINV", "secret"],
      [{ messageTypes: [] }, "23514", ""],
      [{ messageTypes: ["alert.exploded"] }, "GTINV", "message_types"],
      [{ messageTypes: ["channel.test"] }, "GTINV", "message_types"],
      [{ kind: "pagerduty", messageTypes: ["country.paused"] }, "GTINV", "message_types"],
      [{ alertKinds: ["weather"] }, "GTINV", "alert_kinds"],
      [{ minimumSeverity: "info" }, "23514", ""],
      [{ name: " " }, "23514", ""],
    ];
    for (const [partial, code, field] of wrong) {
      const error = await newChannel(db, w, partial).then(
        () => ({ code: "none", detail: "" }),
        (thrown) => thrown,
      );
      expect(error.code, JSON.stringify(partial)).toBe(code);
      expect(error.detail ?? "", JSON.stringify(partial)).toContain(code === "GTINV" ? `"${field}"` : "");
    }
    expect(await db.owner`select from app.channels where workspace_id = ${w.id}`).toHaveLength(0);
    for (const bytes of [24, 64])
      expect(await newChannel(db, w, { secret: newSigningSecret(bytes) })).toBeTruthy();
    await newChannel(db, w, { name: "Night watch" });
    await expect(newChannel(db, w, { name: "night WATCH" })).rejects.toMatchObject({ code: "GTDUP" });
  });

  test("DLV-03 who may choose where alerts go changes channels; others are refused and other workspaces hear of none", async () => {
    const id = await newChannel(db, w);
    const other = await newWorkspace(db);
    const calls = (workspace: string): Parameters<typeof asPerson<unknown>>[2][] => [
      (sql) => sql`select app.rotate_channel_secret(${workspace}, ${id}, ${newSigningSecret()}, 60)`,
      (sql) => sql`select app.test_channel(${workspace}, ${id})`,
      (sql) => sql`select app.replay_failed_deliveries(${workspace}, ${id}, now())`,
      (sql) =>
        sql`select app.change_channel(${workspace}, ${id}, 'x', null, 'https://example.com', null, '{alert.opened}', 'warning', null)`,
      (sql) => sql`select app.switch_channel(${workspace}, ${id}, false)`,
      (sql) => sql`select app.delete_channel(${workspace}, ${id})`,
    ];
    for (const role of ["marketing", "safety", "viewer"] as const) {
      const person = await join(db, w, role);
      for (const call of calls(w.id)) await expect(as(person, call)).rejects.toMatchObject({ code: "GTROL" });
    }
    for (const call of [...calls(w.id), ...calls(other.id)])
      await expect(as(other.owner, call)).rejects.toMatchObject({ code: "GTNIL" });
    const admin = await join(db, w, "admin");
    for (const call of calls(w.id)) await as(admin, call);
    expect(await channel(id)).toMatchObject({ enabled: false, disabled_reason: "deleted" });
  });

  test("DLV-04 of two people who change one version, the second is told; a secret left out stays", async () => {
    const id = await newChannel(db, w, { kind: "slack", name: "Ops" });
    const change = (name: string, secret: string | null, version: number | null) =>
      as(
        w.owner,
        (
          sql,
        ) => sql`select app.change_channel(${w.id}, ${id}, ${name}, ${secret}, null, null, '{alert.opened}', 'critical',
          '{load}', ${version}::int)`,
      );
    await change("Operators", null, 1);
    await expect(change("Others", null, 1)).rejects.toMatchObject({ code: "GTVER" });
    expect(await channel(id)).toMatchObject({
      name: "Operators",
      version: 2,
      minimum_severity: "critical",
      alert_kinds: ["load"],
    });
    expect((await secrets(id)).secret).toContain("hooks.slack.com");
    await change("Operators", "https://hooks.slack.com/services/T1/B1/another-abcd", 2);
    expect(await channel(id)).toMatchObject({ hint: "abcd" });
    expect((await secrets(id)).secret).toContain("another-abcd");
    await expect(change("Operators", "nonsense", null)).rejects.toMatchObject({ code: "GTINV" });
  });

  test("DLV-05 a signing secret is rotated with an overlap, and by rotation alone", async () => {
    const first = newSigningSecret();
    const second = newSigningSecret();
    const id = await newChannel(db, w, { secret: first });
    const rotate = (secret: string, overlap: number) =>
      as(w.owner, (sql) => sql`select app.rotate_channel_secret(${w.id}, ${id}, ${secret}, ${overlap})`);
    await expect(rotate(second, -1)).rejects.toMatchObject({ code: "GTINV" });
    await expect(rotate(second, 2_592_001)).rejects.toMatchObject({ code: "GTINV" });
    await rotate(second, 3600);
    expect(await secrets(id)).toEqual({ secret: second, secret_old: first });
    expect(await channel(id)).toMatchObject({
      hint: second.slice(-4),
      rotation_ends_at: new Date("2026-06-01T13:00:00.000Z"),
    });
    await expect(
      as(
        w.owner,
        (sql) =>
          sql`select app.change_channel(${w.id}, ${id}, 'x', ${first}, 'https://example.com', null, '{alert.opened}', 'warning', null)`,
      ),
    ).rejects.toMatchObject({ code: "GTINV" });
    const slack = await newChannel(db, w, { kind: "slack" });
    await expect(
      as(w.owner, (sql) => sql`select app.rotate_channel_secret(${w.id}, ${slack}, ${second}, 60)`),
    ).rejects.toMatchObject({ code: "GTINV" });
  });

  test("DLV-06 a deleted channel takes its secrets along, and so does a workspace", async () => {
    const id = await newChannel(db, w, { name: "Once" });
    await as(
      w.owner,
      (sql) => sql`select app.rotate_channel_secret(${w.id}, ${id}, ${newSigningSecret()}, 3600)`,
    );
    await as(w.owner, (sql) => sql`select app.delete_channel(${w.id}, ${id})`);
    expect(await secrets(id)).toEqual({});
    await expect(
      as(w.owner, (sql) => sql`select app.switch_channel(${w.id}, ${id}, true)`),
    ).rejects.toMatchObject({
      code: "GTNIL",
    });
    const next = await newChannel(db, w, { name: "Once" });
    expect(await secrets(next)).not.toEqual({});
    await db.owner.begin(async (sql) => {
      await sql`set local session_replication_role = replica`;
      await sql`delete from app.audit_entries where workspace_id = ${w.id}`;
      await sql`set local session_replication_role = origin`;
      await sql`delete from app.channels where workspace_id = ${w.id}`;
    });
    expect(await secrets(next)).toEqual({});
  });
});
