import { and, asc, desc, eq, gte, ilike, inArray, or, type SQL, sql } from "drizzle-orm";
import { alerts } from "#lib/db/alerts-schema.ts";
import { auditEntries } from "#lib/db/app-schema.ts";
import { campaigns } from "#lib/db/campaigns-schema.ts";
import { countries, receipts } from "#lib/db/launch-schema.ts";
import { campaignLinks } from "#lib/db/links-schema.ts";
import { incidents } from "#lib/db/regions-schema.ts";
import type { Tx } from "#lib/db/service.ts";
import { countryName } from "#lib/launch/country-name.ts";
import { findReceiptId, readReceiptDetail } from "#lib/launch/receipt-pages.ts";
import type { Permission } from "#lib/workspace/vocabulary.ts";

/** What a search finds, in the order its groups are shown. */
export const FOUND_KINDS = ["country", "campaign", "alert", "incident", "receipt", "audit"] as const;
export type FoundKind = (typeof FOUND_KINDS)[number];

/** One thing found. `path` is below the workspace's address; `severity` is an alert's or an audit entry's. */
export type Found = {
  kind: FoundKind;
  id: string;
  title: string;
  detail: string;
  path: string;
  /** A country that the reader may pause now, as its dialog needs it. */
  pause?: { code: string; name: string; phase: "alpha" | "soft" | "public"; policyVersion: number };
};

/** Who searches: the database holds the same permissions against each row. */
export type Searcher = { workspaceId: string; userId: string; permissions: readonly Permission[] };

/** The shortest text that is searched for. */
const SHORTEST_SEARCH = 2;
const PER_KIND = 5;
/** How many of the newest receipts of each country are looked through for a subject. */
const RECEIPTS_PER_COUNTRY = 2000;
/** How many of the newest audit entries are looked through for words. */
const AUDIT_ENTRIES = 5000;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const contains = (text: string) => `%${text.replace(/[\\%_]/g, "\\$&")}%`;
const time = (value: string) => new Date(value).toISOString();

function isOpen(phase: string): phase is "alpha" | "soft" | "public" {
  return phase === "alpha" || phase === "soft" || phase === "public";
}

async function findCountries(tx: Tx, who: Searcher, text: string): Promise<Found[]> {
  const rows = await tx
    .select()
    .from(countries)
    .where(eq(countries.workspace_id, who.workspaceId))
    .orderBy(asc(countries.code));
  const wanted = text.toLowerCase().replace(/^pause\s+/, "");
  const mayPause = who.permissions.includes("countries.pause");
  return rows
    .map((row) => ({ ...row, name: countryName(row.code) }))
    .filter(({ code, name }) => code.toLowerCase() === wanted || name.toLowerCase().includes(wanted))
    .slice(0, PER_KIND)
    .map(({ code, name, phase, policy_version: policyVersion }) => ({
      kind: "country",
      id: code,
      title: name,
      detail: phase.replace("_", " "),
      path: `countries/${code}`,
      ...(mayPause && isOpen(phase) && { pause: { code, name, phase, policyVersion } }),
    }));
}

/** By name, influencer, short name, the slug of a tracked link or id: what runs first, then the latest start. */
async function findCampaigns(tx: Tx, who: Searcher, text: string): Promise<Found[]> {
  const like = contains(text);
  const ofLinks = tx
    .select({ id: campaignLinks.campaign_id })
    .from(campaignLinks)
    .where(and(eq(campaignLinks.workspace_id, who.workspaceId), ilike(campaignLinks.slug, like)));
  const wanted = UUID.test(text)
    ? eq(campaigns.id, text)
    : or(
        ilike(campaigns.name, like),
        ilike(campaigns.influencer, like),
        ilike(campaigns.slug, like),
        inArray(campaigns.id, ofLinks),
      );
  const rows = await tx
    .select()
    .from(campaigns)
    .where(and(eq(campaigns.workspace_id, who.workspaceId), wanted))
    .orderBy(
      desc(sql`${campaigns.status} = 'live'`),
      desc(sql`${campaigns.status} = 'scheduled'`),
      desc(campaigns.starts_at),
    )
    .limit(PER_KIND);
  return rows.map((row) => ({
    kind: "campaign",
    id: row.id,
    title: row.name,
    detail: [row.template ? "template" : row.status, countryName(row.country), row.influencer]
      .filter((part) => part !== null)
      .join(", "),
    path: `campaigns/${row.id}`,
  }));
}

async function findAlerts(tx: Tx, who: Searcher, text: string): Promise<Found[]> {
  const wanted = UUID.test(text)
    ? eq(alerts.id, text)
    : or(ilike(alerts.title, contains(text)), eq(alerts.country, text.toUpperCase()));
  const rows = await tx
    .select()
    .from(alerts)
    .where(and(eq(alerts.workspace_id, who.workspaceId), wanted))
    .orderBy(desc(alerts.id))
    .limit(PER_KIND);
  return rows.map((row) => ({
    kind: "alert",
    id: row.id,
    title: row.title,
    detail: `${row.severity}, ${row.status}, ${time(row.opened_at)}`,
    path: `alerts?status=all&alert=${row.id}`,
  }));
}

async function findIncidents(tx: Tx, who: Searcher, text: string, codes: string[]): Promise<Found[]> {
  const of = UUID.test(text) ? [eq(incidents.id, text)] : codes.map((code) => eq(incidents.country, code));
  if (of.length === 0) return [];
  const rows = await tx
    .select()
    .from(incidents)
    .where(and(eq(incidents.workspace_id, who.workspaceId), or(...of)))
    .orderBy(desc(incidents.id))
    .limit(PER_KIND);
  return rows.map((row) => ({
    kind: "incident",
    id: row.id,
    title: `Incident in ${countryName(row.country)}`,
    detail: `risk score ${row.score}, ${row.closed_at === null ? "open" : "closed"}, ${time(row.opened_at)}`,
    path: `regions/${row.country}`,
  }));
}

function receiptFound(row: {
  id: string;
  country: string;
  operation: string;
  allowed: boolean;
  reason: string;
  subject: string | null;
  at: string;
}): Found {
  const outcome = row.allowed ? "granted" : `refused, ${row.reason.replaceAll("_", " ")}`;
  return {
    kind: "receipt",
    id: row.id,
    title: `${row.country} ${row.operation}, ${outcome}`,
    detail: `${row.subject ?? "no subject"}, ${time(row.at)}`,
    path: `countries/${row.country}?receipt=${row.id}`,
  };
}

/** By subject, among the newest receipts of each country: an index of subjects would be paid for by every cap check. */
async function findReceiptsOf(tx: Tx, who: Searcher, subject: string): Promise<Found[]> {
  const newest = tx
    .select()
    .from(receipts)
    .where(
      and(
        eq(receipts.workspace_id, who.workspaceId),
        eq(receipts.country, countries.code),
        gte(receipts.decided_at, sql`launch.now() - interval '14 days'`),
      ),
    )
    .orderBy(desc(receipts.id))
    .limit(RECEIPTS_PER_COUNTRY)
    .as("newest");
  const rows = await tx
    .select({
      id: newest.id,
      country: newest.country,
      operation: newest.operation,
      allowed: newest.allowed,
      reason: newest.reason,
      subject: newest.subject,
      at: newest.decided_at,
    })
    .from(countries)
    .innerJoinLateral(newest, eq(newest.subject, subject))
    .where(eq(countries.workspace_id, who.workspaceId))
    .orderBy(desc(newest.id))
    .limit(PER_KIND);
  return rows.map(receiptFound);
}

async function findReceipts(tx: Tx, who: Searcher, text: string): Promise<Found[]> {
  const id = await findReceiptId(tx, who.workspaceId, text);
  const receipt = id === null ? null : await readReceiptDetail(tx, who.workspaceId, id);
  return receipt === null ? findReceiptsOf(tx, who, text) : [receiptFound(receipt)];
}

async function findAudit(tx: Tx, who: Searcher, text: string): Promise<Found[]> {
  const newest = tx
    .select()
    .from(auditEntries)
    .where(
      and(
        eq(auditEntries.workspace_id, who.workspaceId),
        who.permissions.includes("audit.read") ? undefined : eq(auditEntries.actor_id, who.userId),
        /^#?\d{1,15}$/.test(text) ? eq(auditEntries.sequence, Number(text.replace("#", ""))) : undefined,
      ),
    )
    .orderBy(desc(auditEntries.sequence))
    .limit(AUDIT_ENTRIES)
    .as("newest");
  const like = contains(text);
  const isNumber = /^#?\d{1,15}$/.test(text);
  const words: SQL | undefined = or(
    ilike(newest.action, like),
    ilike(newest.actor_label, like),
    ilike(newest.reason, like),
    sql`lower(${newest.resource_id}) = lower(${text})`,
  );
  const rows = await tx
    .select()
    .from(newest)
    .where(isNumber ? undefined : words)
    .orderBy(desc(newest.sequence))
    .limit(PER_KIND);
  return rows.map((row) => ({
    kind: "audit",
    id: String(row.sequence),
    title: `${row.action} ${row.resource_type} ${row.resource_id}`,
    detail: `#${row.sequence} by ${row.actor_label}, ${time(row.at)}`,
    path: `audit?entry=${row.sequence}`,
  }));
}

/**
 * What the workspace holds by this text, at most five of a kind: countries by name or code, campaigns by name, influencer, short name, link
 * or id, alerts by title, country or id, incidents by country or id, receipts by id, idempotency key or (among the newest 2,000 of each
 * country) subject, audit entries by number or, among the newest 5,000, by words. Each kind needs its own permission; what the reader may
 * not see is not searched. Nothing for a text below two letters.
 */
export async function search(tx: Tx, who: Searcher, text: string): Promise<Found[]> {
  const wanted = text.trim();
  if (wanted.length < SHORTEST_SEARCH) return [];
  const may = (...any: Permission[]) => any.some((permission) => who.permissions.includes(permission));
  const places = may("countries.read") ? await findCountries(tx, who, wanted) : [];
  const codes = places.map(({ id }) => id);
  return [
    ...places,
    ...(may("campaigns.read") ? await findCampaigns(tx, who, wanted) : []),
    ...(may("alerts.read") ? await findAlerts(tx, who, wanted) : []),
    ...(may("risk.read") ? await findIncidents(tx, who, wanted, codes) : []),
    ...(may("receipts.read") ? await findReceipts(tx, who, wanted) : []),
    ...(may("audit.read", "audit.read_own") ? await findAudit(tx, who, wanted) : []),
  ];
}
