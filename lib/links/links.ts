import { asc, eq, sql } from "drizzle-orm";
import { campaignActuals, campaignDays } from "#lib/db/links-schema.ts";
import type { Tx } from "#lib/db/service.ts";
import { ticketEnv } from "#lib/env.ts";
import type { CampaignLink, LinkChange, LinkInput } from "./schema.ts";

type Row = Omit<CampaignLink, "url"> & Record<string, unknown>;

/** The address of a slug on this site, to post. */
function linkUrl(slug: string): string {
  return new URL(`/go/${slug}`, ticketEnv().GANTRY_SITE_URL).href;
}

function linkOf(row: Row): CampaignLink {
  return {
    id: row.id,
    campaign_id: row.campaign_id,
    slug: row.slug,
    url: linkUrl(row.slug),
    label: row.label,
    destination: row.destination,
    waiting_url: row.waiting_url,
    active: row.active,
    version: row.version,
    created_at: new Date(row.created_at).toISOString(),
    clicks: row.clicks,
    visitors: row.visitors,
    waiting: row.waiting,
    bots: row.bots,
    installs: row.installs,
    registrations: row.registrations,
    creators: row.creators,
    purchases: row.purchases,
    chargebacks: row.chargebacks,
    revenues: row.revenues,
    charged_back: row.charged_back,
  };
}

/** A campaign's links with their sums, oldest first: 100 at most. Throws not_found, forbidden. */
export async function readLinks(tx: Tx, workspaceId: string, campaignId: string): Promise<CampaignLink[]> {
  const rows = await tx.execute<Row>(
    sql`select * from launch.list_campaign_links(${workspaceId}::uuid, ${campaignId}::uuid)`,
  );
  return rows.map(linkOf);
}

async function readLink(
  tx: Tx,
  workspaceId: string,
  campaignId: string,
  slug: string,
): Promise<CampaignLink> {
  const link = (await readLinks(tx, workspaceId, campaignId)).find((one) => one.slug === slug);
  if (link === undefined) throw new Error("a changed link is not listed");
  return link;
}

/** Makes a link. Throws invalid_input, duplicate (the slug is taken), not_found, illegal_transition (a cancelled campaign), forbidden. */
export async function createLink(
  tx: Tx,
  workspaceId: string,
  campaignId: string,
  input: LinkInput,
): Promise<CampaignLink> {
  const [made] = await tx.execute<{ slug: string }>(sql`select slug from launch.create_campaign_link(
    ${workspaceId}::uuid, ${campaignId}::uuid, ${input.slug ?? null}, ${input.label}, ${input.destination}, ${input.waiting_url ?? null})`);
  if (made === undefined) throw new Error("create_campaign_link returned nothing");
  return readLink(tx, workspaceId, campaignId, made.slug);
}

/** Changes the campaign's link of this slug; what is left out stays. Throws invalid_input, not_found, version_conflict, forbidden. */
export async function changeLink(
  tx: Tx,
  workspaceId: string,
  campaignId: string,
  change: LinkChange,
): Promise<CampaignLink> {
  const waiting = change.waiting_url === null ? "" : (change.waiting_url ?? null);
  await tx.execute(sql`select launch.change_campaign_link(
    ${workspaceId}::uuid, ${campaignId}::uuid, ${change.slug}, ${change.label ?? null}, ${change.destination ?? null}, ${waiting},
    ${change.active ?? null}::boolean, ${change.expected_version ?? null}::int)`);
  return readLink(tx, workspaceId, campaignId, change.slug);
}

/** A campaign's clicks and what followed them. Revenues are minor units by currency, net of what was charged back. */
export type Returns = Pick<
  CampaignLink,
  | "clicks"
  | "visitors"
  | "waiting"
  | "bots"
  | "installs"
  | "registrations"
  | "creators"
  | "purchases"
  | "chargebacks"
  | "revenues"
  | "charged_back"
>;

const NOTHING: Returns = {
  clicks: 0,
  visitors: 0,
  waiting: 0,
  bots: 0,
  installs: 0,
  registrations: 0,
  creators: 0,
  purchases: 0,
  chargebacks: 0,
  revenues: {},
  charged_back: {},
};

/** What a campaign came to so far, as its reader may see it. */
export async function readReturns(tx: Tx, campaignId: string): Promise<Returns> {
  const [row] = await tx.select().from(campaignActuals).where(eq(campaignActuals.campaign_id, campaignId));
  return row === undefined ? NOTHING : (row as Returns);
}

/** One local day of a campaign. */
export type CampaignDay = { day: string; clicks: number; waiting: number; bots: number; installs: number };

/** A campaign's days with something in them, by its country's zone, oldest first. */
export async function readCampaignDays(tx: Tx, campaignId: string): Promise<CampaignDay[]> {
  const rows = await tx
    .select()
    .from(campaignDays)
    .where(eq(campaignDays.campaign_id, campaignId))
    .orderBy(asc(campaignDays.day_on));
  return rows.map(({ day_on, clicks, waiting, bots, installs }) => ({
    day: day_on ?? "",
    clicks: clicks ?? 0,
    waiting: waiting ?? 0,
    bots: bots ?? 0,
    installs: installs ?? 0,
  }));
}
