import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "#lib/db/service.ts";
import { countryName } from "#lib/launch/country-name.ts";
import { readAuditHead, type Verification, verifyAudit } from "#lib/workspace/audit.ts";

/** A table of a report: its file's name, its heading, its columns and rows as text and numbers. */
export type ReportTable = {
  file: string;
  title: string;
  note: string;
  columns: string[];
  rows: (string | number | null)[][];
};

/** Everything an investor's package of a month says. */
export type ReportPackage = {
  workspace: { name: string; slug: string };
  /** First day of the month, UTC. */
  month: string;
  madeAt: string;
  tables: ReportTable[];
  audit: { head: { sequence: number; hash: string } | null; verification: Verification };
};

/** An amount as text in its own decimals, "12.50 EUR" or "1250 JPY", from minor units. */
const amount = (minor: SQL, currency: SQL) => sql`(
  select round(${minor} / power(10::numeric, k.digits), k.digits)::text || ' ' || k.code from launch.currencies k where k.code = ${currency})`;

type Month = { workspaceId: string; month: string };
type Cells = Record<string, string | number | null>;

const rows = (found: Iterable<Cells>) => [...found].map((row) => Object.values(row));
const named = (found: Iterable<Cells>) =>
  rows(found).map(([code, ...rest]) => [countryName(String(code)), ...rest]);

async function readKpis(tx: Tx, { workspaceId, month }: Month): Promise<ReportTable> {
  const found = await tx.execute<Cells>(sql`
    select d.country, sum(d.installs)::int as installs, sum(d.verified)::int as verified,
      round(100.0 * sum(d.verified) / nullif(sum(d.installs), 0), 1)::float as rate, max(d.active_users) as active,
      (select string_agg(${amount(sql`x.minor`, sql`x.currency`)}, ', ' order by x.currency) from (
        select e.currency, sum(e.revenue_minor)::numeric as minor from launch.region_days e
        where e.workspace_id = ${workspaceId}::uuid and e.country = d.country and e.day_on >= ${month}::date
          and e.day_on < ${month}::date + interval '1 month' group by e.currency) x) as revenue, sum(d.chargebacks)::int as chargebacks,
      sum(d.support_volume)::int as support, sum(d.safety_incidents)::int as safety, round(avg(d.store_rating)::numeric, 2)::float as rating
    from launch.region_days d
    where d.workspace_id = ${workspaceId}::uuid and d.day_on >= ${month}::date and d.day_on < ${month}::date + interval '1 month'
    group by d.country order by d.country`);
  return {
    file: "kpis",
    title: "KPIs by country",
    note: "Sums over the local days of the month; active users of the best day; store rating is the mean of days. Amounts without a rate are left out.",
    columns: [
      "Country",
      "Installs",
      "Verified",
      "Rate %",
      "Active users",
      "Revenue",
      "Chargebacks",
      "Support",
      "Safety",
      "Rating",
    ],
    rows: named(found),
  };
}

async function readPhases(tx: Tx, { workspaceId, month }: Month): Promise<ReportTable> {
  const found = await tx.execute<Cells>(sql`
    select p.country, to_char(p.changed_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI') as at, substr(p.action, 9) as what, p.phase,
      p.changed_by, p.reason
    from launch.policy_versions p
    where p.workspace_id = ${workspaceId}::uuid and p.changed_at >= ${month}::timestamp at time zone 'UTC'
      and p.changed_at < (${month}::timestamp + interval '1 month') at time zone 'UTC'
      and p.action in ('country.activated', 'country.advanced', 'country.paused', 'country.resumed')
    order by p.changed_at, p.country`);
  return {
    file: "phases",
    title: "Phase history",
    note: "Times are UTC.",
    columns: ["Country", "At", "What", "Phase after", "By", "Reason"],
    rows: named(found),
  };
}

async function readIncidentRows(tx: Tx, { workspaceId, month }: Month): Promise<ReportTable> {
  const found = await tx.execute<Cells>(sql`
    select i.country, to_char(i.opened_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI') as opened, i.score::int,
      case when i.paused_at is null then 'no' else 'yes' end as paused,
      coalesce(to_char(i.closed_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI'), 'open') as closed, i.closed_because
    from launch.incidents i
    where i.workspace_id = ${workspaceId}::uuid and i.opened_at < (${month}::timestamp + interval '1 month') at time zone 'UTC'
      and coalesce(i.closed_at, 'infinity') >= ${month}::timestamp at time zone 'UTC'
    order by i.opened_at`);
  return {
    file: "incidents",
    title: "Incidents",
    note: "Incidents that were open during the month.",
    columns: ["Country", "Opened", "Risk score", "Paused", "Closed", "Because"],
    rows: named(found),
  };
}

async function readCampaignRows(tx: Tx, { workspaceId, month }: Month): Promise<ReportTable> {
  const found = await tx.execute<Cells>(sql`
    select c.country, c.name, c.influencer, c.status, c.expected_installs::int as expected, a.installs::int, a.registrations::int,
      a.creators::int, a.purchases::int, ${amount(sql`c.cost_minor::numeric`, sql`c.cost_currency`)} as cost,
      (select string_agg(${amount(sql`r.value::numeric`, sql`r.key`)}, ', ' order by r.key) from jsonb_each_text(a.revenues) r) as revenue
    from launch.campaigns c left join launch.campaign_actuals a on a.campaign_id = c.id
    where c.workspace_id = ${workspaceId}::uuid and c.status in ('live', 'ended')
      and c.starts_at < (${month}::timestamp + interval '1 month') at time zone 'UTC' and c.ends_at >= ${month}::timestamp at time zone 'UTC'
    order by c.starts_at, c.name`);
  return {
    file: "campaigns",
    title: "Campaign returns",
    note: "Campaigns live in the month, with all that has been attributed to them so far.",
    columns: [
      "Country",
      "Campaign",
      "Influencer",
      "Status",
      "Expected",
      "Installs",
      "Registrations",
      "Creators",
      "Purchases",
      "Cost",
      "Revenue",
    ],
    rows: named(found),
  };
}

async function readAuditDigest(tx: Tx, { workspaceId, month }: Month): Promise<ReportTable> {
  const found = await tx.execute<Cells>(sql`
    select e.action, count(*)::int as entries, min(e.sequence)::int as first, max(e.sequence)::int as last
    from app.audit_entries e
    where e.workspace_id = ${workspaceId}::uuid and e.at >= ${month}::timestamp at time zone 'UTC'
      and e.at < (${month}::timestamp + interval '1 month') at time zone 'UTC'
    group by e.action order by entries desc, e.action`);
  return {
    file: "audit",
    title: "Audit digest",
    note: "Entries of the month by what was done, with the first and last number of each.",
    columns: ["Action", "Entries", "First", "Last"],
    rows: rows(found),
  };
}

/** Reads an investor's package of a month (`YYYY-MM-01`) and verifies the whole audit trail. Throws forbidden, unavailable. */
export async function readPackage(
  tx: Tx,
  workspace: { id: string; name: string; slug: string },
  month: string,
  madeAt: Date,
): Promise<ReportPackage> {
  const of = { workspaceId: workspace.id, month };
  const tables = [
    await readKpis(tx, of),
    await readPhases(tx, of),
    await readIncidentRows(tx, of),
    await readCampaignRows(tx, of),
    await readAuditDigest(tx, of),
  ];
  const head = await readAuditHead(tx, workspace.id);
  const verification = await verifyAudit(tx, workspace.id);
  return {
    workspace: { name: workspace.name, slug: workspace.slug },
    month,
    madeAt: madeAt.toISOString(),
    tables,
    audit: { head, verification },
  };
}
