import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";
import { extractText, getDocumentProxy } from "unpdf";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Tx } from "#lib/db/service.ts";
import { fetchReportFile, makeReport, readReports } from "#lib/reports/reports.ts";
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

function as<T>(person: Person, work: (tx: Tx) => Promise<T>): Promise<T> {
  const claims = JSON.stringify({ sub: person.id, email: person.email, role: "authenticated" });
  return drizzle(db.service).transaction(async (tx) => {
    await tx.execute(
      sql`select set_config('role', 'authenticated', true), set_config('request.jwt.claims', ${claims}, true)`,
    );
    return work(tx);
  });
}

const fetchFile = (name: string, person = w.owner) =>
  as(person, (tx) => fetchReportFile(tx, w.id, { id, name }));

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
  id = await as(w.owner, (tx) => makeReport(tx, { ...w, name: "Test product" }, MONTH));
});
afterAll(() => db.close());

test("REP-01 the PDF holds the KPIs, the phase history, every table and the verified head of the audit trail", async () => {
  const [head] = await db.owner`select audit_sequence::int as sequence from launch.reports where id = ${id}`;
  const [entry] = await db.owner`select encode(hash, 'hex') as hash from app.audit_entries
    where workspace_id = ${w.id} and sequence = ${head?.sequence}`;
  const file = await fetchFile("report.pdf");
  const pdf = await getDocumentProxy(new Uint8Array(file?.content ?? Buffer.alloc(0)));
  const { text } = await extractText(pdf, { mergePages: true });
  const flat = text.replaceAll(/\s+/g, " ");
  for (const words of [
    "Test product",
    "KPIs by country",
    "Poland 2,000 1,800 90",
    "5000 JPY, 2469.12 USD",
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
  expect(report?.files.map(({ name }) => name)).toEqual([
    "audit.csv",
    "campaigns.csv",
    "incidents.csv",
    "kpis.csv",
    "phases.csv",
    "report.pdf",
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
  expect(written.map(({ action }) => action)).toEqual(["report.downloaded", "report.made"]);
  for (const role of ["marketing", "safety", "viewer"] as const) {
    const person = await join(db, w, role);
    expect(await as(person, (tx) => readReports(tx, w.id))).toEqual([]);
    await expect(fetchFile("report.pdf", person), role).rejects.toMatchObject({ cause: { code: "GTROL" } });
  }
  const other = await newWorkspace(db);
  expect(await as(other.owner, (tx) => fetchReportFile(tx, other.id, { id, name: "report.pdf" }))).toBeNull();
  expect(await fetchFile("other.pdf")).toBeNull();
});
