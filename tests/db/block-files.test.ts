import { afterAll, beforeAll, expect, test } from "vitest";
import { asUser } from "#lib/db/as-user.ts";
import { exportBlocks } from "#lib/threats/block-export.ts";
import { importBlocks, parseBlocks } from "#lib/threats/block-import.ts";
import { setClock, type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { join, newWorkspace, type Person, type Workspace } from "#tests/setup/people.ts";

let db: TestDatabase;
let from: Workspace;
let to: Workspace;
let safety: Person;

beforeAll(async () => {
  db = await testDatabase();
  process.env.DATABASE_URL = db.serviceUrl;
  process.env.GANTRY_LOG_LEVEL = "silent";
  await setClock(db, "2026-06-01T12:00:00.000Z");
  from = await newWorkspace(db);
  to = await newWorkspace(db);
  safety = await join(db, from, "safety");
});
afterAll(() => db.close());

const load = (person: Person, workspace: Workspace, csv: string) =>
  asUser({ sub: person.id }, (tx) => {
    const parsed = parseBlocks(csv);
    if ("problem" in parsed) throw new Error(parsed.problem);
    return importBlocks(tx, workspace.id, { rows: parsed.rows, reason: "a list", preview: false });
  });

async function save(person: Person, workspace: Workspace): Promise<string> {
  let csv = "";
  const request = {
    claims: { sub: person.id },
    workspaceId: workspace.id,
    filter: {},
    format: "csv" as const,
  };
  for await (const piece of exportBlocks(request)) csv += piece;
  return csv;
}

const blocks = (workspace: Workspace) => db.owner`
  select kind, value, until, reason from launch.blocks where workspace_id = ${workspace.id} order by value collate "C"`;

test("BLK-50 what was exported comes back as it was, also what a spreadsheet would run", async () => {
  const values = [
    "=1+1",
    "+48123456789",
    "-5",
    "@sum",
    "'=quoted",
    "''+twice",
    "'plain",
    'say "hi", you',
    "zażółć",
  ];
  for (const value of values) {
    await asUser({ sub: safety.id }, (tx) =>
      importBlocks(tx, from.id, {
        rows: [{ kind: "account", value, until: "2026-06-08T12:00:00Z", reason: `=${value}` }],
        reason: "a list",
        preview: false,
      }),
    );
  }
  expect((await blocks(from)).map(({ value }) => value)).toEqual(values.toSorted());
  const csv = await save(safety, from);
  for (const value of values.slice(0, 6)) expect(csv).toContain(`account,"'${value}",`);
  expect(await load(to.owner, to, csv)).toMatchObject({ added: values.length, refused: 0 });
  expect(await blocks(to)).toEqual(await blocks(from));
  expect(await load(to.owner, to, await save(to.owner, to))).toMatchObject({ added: 0, refused: 0 });
});
