import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";
import { extractText, getDocumentProxy } from "unpdf";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Tx } from "#lib/db/service.ts";
import { drawReport, fetchReportFile, isUndrawn, makeReport, readReports } from "#lib/reports/reports.ts";
import { type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import {
  asPerson,
  join,
  newWorkspace,
  openCountry,
  type Person,
  type Workspace,
} from "#tests/setup/people.ts";

const MONTH = `${new Date().toISOString().slice(0, 7)}-01`;
let db: TestDatabase;
let w: Workspace;
let id: string;

async function make(workspace: Workspace, month = MONTH): Promise<string> {
  const made = await as(workspace.owner, (tx) => makeReport(tx, workspace.id, month));
  await drawReport(made, drizzle(db.service));
  return made;
}

async function pdfText(content: Buffer | undefined): Promise<string> {
  const pdf = await getDocumentProxy(new Uint8Array(content ?? Buffer.alloc(0)));
  const { text } = await extractText(pdf, { mergePages: true });
  return text.replaceAll(/\s+/g, " ");
}

function as<T>(person: Person, work: (tx: Tx) => Promise<T>): Promise<T> {
  const claims = JSON.stringify({ sub: person.id, email: person.email, role: "authenticated" });
  return drizzle(db.service).transaction(async (tx) => {
    await tx.execute(
      sql`select set_config('role', 'authenticated', true), set_config('request.jwt.claims', ${claims}, true)`,
    );
    return work(tx);
  });
}

const fetchFile = (name: string, person = w.owner, of = w.id, report = id) =>
  as(person, (tx) => fetchReportFile(tx, of, { id: report, name }));

beforeAll(async () => {
  db = await testDatabase({ clock: false });
  w = await newWorkspace(db);
  await openCountry(db, w, "PL");
  await asPerson(
    db,
    w.owner,
    (own) => own`select launch.pause_country(${w.id}, 'PL', '=HYPERLINK("zażółć")')`,
  );
  await db.owner`insert into launch.region_days (workspace_id, country, day_on, day_starts_at, day_ends_at, installs, verified, revenue_minor, store_rating)
    select ${w.id}, 'PL', ${MONTH}::date + n, ${MONTH}::date + n, ${MONTH}::date + n + 1, 1000, 900, 123456, 4.6 from generate_series(0, 1) n`;
  await db.owner`insert into launch.region_days (workspace_id, country, day_on, day_starts_at, day_ends_at, revenue_minor, currency)
    values (${w.id}, 'PL', ${MONTH}::date + 2, ${MONTH}::date + 2, ${MONTH}::date + 3, 5000, 'JPY')`;
  await db.owner`update launch.region_days set missing_currencies = '{XAF}' where workspace_id = ${w.id} and day_on = ${MONTH}`;
  await db.owner`update app.workspaces set name = 'Test product' where id = ${w.id}`;
  id = await make(w);
});
afterAll(() => db.close());

test("REP-01 the PDF holds the KPIs, the phase history, every table and the verified head of the audit trail", async () => {
  const [head] = await db.owner`select audit_sequence::int as sequence from launch.reports where id = ${id}`;
  const [entry] = await db.owner`select encode(hash, 'hex') as hash from app.audit_entries
    where workspace_id = ${w.id} and sequence = ${head?.sequence}`;
  const file = await fetchFile("report.pdf");
  const flat = await pdfText(file?.content);
  for (const words of [
    "Test product",
    "KPIs by country",
    "Poland 2,000 1,800 90",
    "5000 JPY, 2469.12 USD, without XAF",
    "Phase history",
    "zażółć",
    "Incidents",
    "Campaign returns",
    "Audit digest",
    "country.paused 1",
    "Verified: yes",
    "npm run audit:verify",
    entry?.hash,
  ]) {
    expect(flat).toContain(words);
  }
});

test("REP-02 each table is a CSV file of its own, and no cell of it is a formula", async () => {
  const [report] = await as(w.owner, (tx) => readReports(tx, w.id));
  expect(report?.files.map(({ name, sha256 }) => [name, sha256?.length])).toEqual([
    ["report.pdf", 64],
    ["kpis.csv", 64],
    ["phases.csv", 64],
    ["incidents.csv", 64],
    ["campaigns.csv", 64],
    ["audit.csv", 64],
  ]);
  expect((await fetchFile("kpis.csv"))?.content.toString()).toMatch(
    /^Country,Installs,.*\r\nPoland,2000,1800,90,/,
  );
  expect((await fetchFile("phases.csv"))?.content.toString()).toContain(`"'=HYPERLINK(""zażółć"")"`);
});

test("REP-03 what was made is kept as it was: nobody changes or deletes it, and its hash is that of its bytes", async () => {
  const file = await fetchFile("report.pdf");
  const [kept] = await db.owner`select encode(sha256(content), 'hex') as hash from launch.report_files
    where report_id = ${id} and name = 'report.pdf'`;
  expect(kept?.hash).toBe(file?.sha256);
  await expect(db.owner`update launch.report_files set content = '\\x00'`).rejects.toMatchObject({
    code: "GTIMM",
  });
  await expect(db.owner`delete from launch.reports`).rejects.toMatchObject({ code: "GTIMM" });
});

test("REP-04 making and downloading are audited, and only who may reads or makes a report", async () => {
  const written = await db.owner<{ action: string }[]>`select distinct action from app.audit_entries
    where workspace_id = ${w.id} and resource_id = ${id} order by action`;
  expect(written.map(({ action }) => action)).toEqual(["report.downloaded", "report.drawn", "report.made"]);
  for (const role of ["marketing", "safety", "viewer"] as const) {
    const person = await join(db, w, role);
    expect(await as(person, (tx) => readReports(tx, w.id))).toEqual([]);
    await expect(fetchFile("report.pdf", person), role).rejects.toMatchObject({ cause: { code: "GTROL" } });
  }
  const other = await newWorkspace(db);
  expect(await as(other.owner, (tx) => fetchReportFile(tx, other.id, { id, name: "report.pdf" }))).toBeNull();
  expect(await fetchFile("other.pdf")).toBeNull();
});

async function phase(of: Workspace, at: string, reason: string): Promise<void> {
  await db.owner`insert into launch.policy_versions
    select (p).* from (select jsonb_populate_record(v, jsonb_build_object('version', v.version + 1, 'changed_at', ${at}::timestamptz, 'reason', ${reason}::text,
      'action', 'country.advanced')) as p from launch.policy_versions v where v.workspace_id = ${of.id} order by v.version desc limit 1) x`;
}

test("REP-05 a month is the country's own: it begins and ends at that country's midnights", async () => {
  const own = await newWorkspace(db);
  await openCountry(db, own, "US", { phase: "soft" });
  await db.owner`update launch.countries set time_zone = 'America/Los_Angeles' where workspace_id = ${own.id}`;
  const [edge] = await db.owner<{ before: string; after: string }[]>`
    select (t.at - interval '10 minutes')::text as before, (t.at + interval '10 minutes')::text as after
    from (select ${MONTH}::timestamp at time zone 'America/Los_Angeles' as at) t`;
  await phase(own, edge?.before ?? "", "the month before");
  await phase(own, edge?.after ?? "", "in this month");
  const csv = await fetchFile("phases.csv", own.owner, own.id, await make(own));
  expect(csv?.content.toString()).toContain(`${MONTH} 00:10,advanced`);
  expect(csv?.content.toString()).toContain("in this month");
  expect(csv?.content.toString()).not.toContain("the month before");
});

test("REP-06 a trail that does not hold is said to be broken, with its first bad entry", async () => {
  const own = await newWorkspace(db);
  await openCountry(db, own, "PL");
  await db.owner.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx`update app.audit_entries set reason = 'rewritten' where workspace_id = ${own.id} and sequence = 2`;
  });
  const made = await make(own);
  const [report] = await as(own.owner, (tx) => readReports(tx, own.id));
  expect(report).toMatchObject({ auditVerified: false, auditSequence: 1 });
  const flat = await pdfText((await fetchFile("report.pdf", own.owner, own.id, made))?.content);
  expect(flat).toContain("Verified: no. Entry 2 is altered; the 1 before it hold.");
});

test("REP-07 a workspace of any size makes a PDF of a few pages, which says what it left out; the CSV file has ten thousand rows", async () => {
  const own = await newWorkspace(db);
  await openCountry(db, own, "PL");
  await db.owner`insert into launch.policy_versions
    select (p).* from (select jsonb_populate_record(v, jsonb_build_object('version', v.version + n, 'reason', 'change ' || n)) as p
      from launch.policy_versions v cross join generate_series(1, 12000) n where v.workspace_id = ${own.id} and v.action = 'country.activated') x`;
  const made = await make(own);
  const content = (await fetchFile("report.pdf", own.owner, own.id, made))?.content;
  const pdf = await getDocumentProxy(new Uint8Array(content ?? Buffer.alloc(0)));
  expect(pdf.numPages).toBeLessThan(8);
  const flat = await pdfText(content);
  expect(flat).toContain(
    "These are the first 60 of 12,001 rows. The file phases.csv holds the first 10,000.",
  );
  const csv = (await fetchFile("phases.csv", own.owner, own.id, made))?.content.toString() ?? "";
  expect(csv.trimEnd().split("\r\n")).toHaveLength(10_001);
});

test("REP-08 figures are read by the database and files are drawn by the server: nobody signed in can put others in their place", async () => {
  const own = await newWorkspace(db);
  const made = await as(own.owner, (tx) => makeReport(tx, own.id, MONTH));
  expect(await as(own.owner, (tx) => isUndrawn(tx, own.id, made))).toBe(true);
  await expect(
    asPerson(
      db,
      own.owner,
      (tx) => tx`select launch.keep_report_files(${made}, array['report.pdf'], array['\\x00'::bytea])`,
    ),
  ).rejects.toMatchObject({ code: "42501" });
  await drawReport(made, drizzle(db.service));
  const first = await fetchFile("report.pdf", own.owner, own.id, made);
  const [again] = await db.service`
    select launch.keep_report_files(${made}, array['report.pdf'], array['\\x00'::bytea]) as kept`;
  expect(again).toEqual({ kept: false });
  expect(await fetchFile("report.pdf", own.owner, own.id, made)).toEqual(first);
  expect(await as(own.owner, (tx) => isUndrawn(tx, own.id, made))).toBe(false);
  const later = new Date(Date.now() + 62 * 86_400_000).toISOString().slice(0, 7);
  await expect(as(own.owner, (tx) => makeReport(tx, own.id, `${later}-01`))).rejects.toMatchObject({
    cause: { code: "GTINV" },
  });
});
