import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { exportAudit } from "#lib/workspace/audit-export.ts";
import { type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { asPerson, join as joinAs, newWorkspace, type Workspace } from "#tests/setup/people.ts";
import { type Expectations, type Finding, walkChain } from "../../audit/chain.ts";
import { readDatabase } from "../../audit/read-database.ts";
import { readExport } from "../../audit/read-export.ts";

let db: TestDatabase;
let workspace: Workspace;
let folder: string;

beforeAll(async () => {
  db = await testDatabase();
  process.env.DATABASE_URL = db.serviceUrl;
  folder = mkdtempSync(join(tmpdir(), "gantry-audit-"));
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await db.close();
});

const ODD = 'Quote " back \\ tab \t line \n bell \u0007 delete \u007f ł 日本 🚦  end';

beforeEach(async () => {
  workspace = await newWorkspace(db);
  await asPerson(db, workspace.owner, async (sql) => {
    for (const enabled of [false, true, false, true]) {
      await sql`select app.set_flag(${workspace.id}, 'launch.fraudShield', ${enabled}, ${ODD})`;
    }
    await sql`select app.change_workspace(${workspace.id}, ${"Name ł 🚦"}, true, null)`;
  });
  await db.owner`select private.write_audit(${workspace.id}, 'engine.measured', 'throttle', ${ODD}, 'info', null,
    '{"b": 1.50, "a": [1e20, -0.0, {"deep": null, "é": "\\u2028"}], "long": 12345678901234567890}')`;
});

async function verify(expected: Partial<Expectations> = {}): Promise<Finding | undefined> {
  return readDatabase(db.ownerUrl, workspace.slug, ({ head, links }) =>
    walkChain(links, { head, kept: null, complete: true, ...expected }),
  );
}

/** What somebody with the superuser's password could do: no trigger of ours fires. */
async function tamper(statement: string): Promise<void> {
  await db.owner.begin(async (sql) => {
    await sql`set local session_replication_role = replica`;
    await sql.unsafe(statement.replaceAll("$workspace", `'${workspace.id}'::uuid`));
  });
}

async function exported(who = workspace.owner, filter = {}): Promise<string> {
  const { id, slug } = workspace;
  const claims = { sub: who.id };
  let text = "";
  for await (const piece of exportAudit({
    claims,
    workspace: { id, slug, name: "Test" },
    filter,
    format: "json",
  })) {
    text += piece;
  }
  const file = join(folder, `${slug}-${Math.random()}.json`);
  writeFileSync(file, text);
  return file;
}

async function verifyFile(file: string): Promise<Finding> {
  const { links, head, complete } = readExport(file);
  return walkChain(links, { head, complete, kept: null });
}

test("AUD-20 the text of an entry is rebuilt outside the database to the byte, whatever stands in it", async () => {
  const [stored] = await db.owner<{ hash: string }[]>`
    select encode(hash, 'hex') as hash from app.audit_heads where workspace_id = ${workspace.id}`;
  expect(await verify()).toEqual({ checked: 7, head: { sequence: 7, hash: stored?.hash }, bad: null });
});

test.each([
  [
    "an altered detail",
    "update app.audit_entries set details = '{}' where workspace_id = $workspace and sequence = 3",
    3,
  ],
  [
    "an altered reason",
    "update app.audit_entries set reason = 'x' where workspace_id = $workspace and sequence = 2",
    2,
  ],
  ["a removed entry", "delete from app.audit_entries where workspace_id = $workspace and sequence = 4", 4],
  ["a removed end", "delete from app.audit_entries where workspace_id = $workspace and sequence = 7", 7],
  [
    "a rewritten and rehashed entry",
    `update app.audit_entries a set reason = 'x' where workspace_id = $workspace and sequence = 3;
     update app.audit_entries a set hash = private.audit_hash(a) where workspace_id = $workspace and sequence = 3`,
    4,
  ],
  [
    "two entries that changed places",
    `update app.audit_entries set sequence = 100 where workspace_id = $workspace and sequence = 3;
     update app.audit_entries set sequence = 3 where workspace_id = $workspace and sequence = 4;
     update app.audit_entries set sequence = 4 where workspace_id = $workspace and sequence = 100`,
    3,
  ],
])("AUD-21 the outside verifier names the first bad entry after %s", async (_what, statement, sequence) => {
  await tamper(statement);
  expect((await verify())?.bad).toMatchObject({ sequence });
});

test("AUD-22 a kept head uncovers a chain that was cut off together with its head, or rewritten whole", async () => {
  const kept = (await verify())?.head ?? null;
  expect((await verify({ kept }))?.bad).toBeNull();
  await tamper(`delete from app.audit_entries where workspace_id = $workspace and sequence = 7;
    update app.audit_heads h set (sequence, hash) = (select sequence, hash from app.audit_entries a
      where a.workspace_id = $workspace and a.sequence = 6) where h.workspace_id = $workspace`);
  expect((await verify())?.bad).toBeNull();
  expect((await verify({ kept }))?.bad).toMatchObject({ sequence: 7 });
  await db.owner`select private.write_audit(${workspace.id}, 'engine.measured', 'throttle', 'x', 'info', null, null)`;
  expect((await verify())?.bad).toBeNull();
  expect((await verify({ kept }))?.bad).toMatchObject({ sequence: 7 });
});

test("AUD-23 an owner's export holds the whole chain and verifies on its own", async () => {
  const finding = await verifyFile(await exported());
  expect(finding).toEqual({ ...(await verify()), checked: 7 });
});

test("AUD-24 an export whose columns say something else than their sealed text is caught", async () => {
  const file = await exported();
  writeFileSync(file, readFileSync(file, "utf8").replace('"severity":"high"', '"severity":"info"'));
  expect((await verifyFile(file)).bad).toMatchObject({ problem: expect.stringContaining("something else") });
});

test("AUD-25 marketing's export holds only what they did, says that it isn't complete, and each entry still verifies", async () => {
  const person = await joinAs(db, workspace, "marketing");
  await db.owner.begin(async (sql) => {
    await sql`select set_config('request.jwt.claims', ${JSON.stringify({ sub: person.id })}, true)`;
    await sql`select private.write_audit(${workspace.id}, 'campaign.made', 'campaign', 'a', 'info', null, null)`;
    await sql`select private.write_audit(${workspace.id}, 'campaign.made', 'campaign', 'b', 'info', null, null)`;
  });
  const chain = readExport(await exported(person));
  expect(chain).toMatchObject({ complete: false, head: null });
  expect(chain.links.map((link) => link.sequence)).toEqual([8, 9]);
  expect((await walkChain(chain.links, { head: null, kept: null, complete: false })).bad).toBeNull();
  expect(readExport(await exported(await joinAs(db, workspace, "viewer"))).links).toEqual([]);
});
