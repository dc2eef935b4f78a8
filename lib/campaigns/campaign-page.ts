import { and, desc, eq, sql } from "drizzle-orm";
import { campaigns } from "#lib/db/campaigns-schema.ts";
import { campaignQuotas, countries, isoCountries } from "#lib/db/launch-schema.ts";
import { campaignActuals } from "#lib/db/links-schema.ts";
import type { Tx } from "#lib/db/service.ts";
import { countryName } from "#lib/launch/country-name.ts";
import type { CampaignStatus } from "./vocabulary.ts";

/** A campaign as lists show it, with what it came to so far. Times are RFC 3339 in UTC; cost and revenues in minor units. */
export type CampaignRow = {
  id: string;
  name: string;
  slug: string;
  influencer: string | null;
  country: string;
  countryName: string;
  timeZone: string;
  status: CampaignStatus;
  template: boolean;
  starts_at: string;
  ends_at: string;
  traffic_forecast: number;
  expected_installs: number;
  creator_inflow: number;
  cost_minor: number | null;
  cost_currency: string | null;
  shape: string;
  sub_quota: number | null;
  install_window_days: number;
  later_window_days: number;
  clicks: number;
  installs: number;
};

const COLUMNS = {
  id: campaigns.id,
  name: campaigns.name,
  slug: campaigns.slug,
  influencer: campaigns.influencer,
  country: campaigns.country,
  timeZone: sql<string>`coalesce(${countries.time_zone}, ${isoCountries.time_zone}, 'UTC')`,
  status: campaigns.status,
  template: campaigns.template,
  starts_at: campaigns.starts_at,
  ends_at: campaigns.ends_at,
  traffic_forecast: campaigns.traffic_forecast,
  expected_installs: campaigns.expected_installs,
  creator_inflow: campaigns.creator_inflow,
  cost_minor: campaigns.cost_minor,
  cost_currency: campaigns.cost_currency,
  shape: campaigns.shape,
  sub_quota: campaigns.sub_quota,
  install_window_days: campaigns.install_window_days,
  later_window_days: campaigns.later_window_days,
  clicks: sql<number>`coalesce(${campaignActuals.clicks}, 0)`,
  installs: sql<number>`coalesce(${campaignActuals.installs}, 0)`,
};
const time = (text: string) => new Date(text).toISOString();

/** A workspace's campaigns and templates, the latest start first: 500 at most. */
export async function readCampaignRows(tx: Tx, workspaceId: string): Promise<CampaignRow[]> {
  const rows = await tx
    .select(COLUMNS)
    .from(campaigns)
    .leftJoin(campaignActuals, eq(campaignActuals.campaign_id, campaigns.id))
    .leftJoin(
      countries,
      and(eq(countries.workspace_id, campaigns.workspace_id), eq(countries.code, campaigns.country)),
    )
    .leftJoin(isoCountries, eq(isoCountries.code, campaigns.country))
    .where(eq(campaigns.workspace_id, workspaceId))
    .orderBy(desc(campaigns.starts_at), desc(campaigns.id))
    .limit(500);
  return rows.map((row) => ({
    ...row,
    countryName: countryName(row.country),
    status: row.status as CampaignStatus,
    cost_minor: row.cost_minor === null ? null : Number(row.cost_minor),
    starts_at: time(row.starts_at),
    ends_at: time(row.ends_at),
  }));
}

/** A campaign's planned hours: clicks and registrations, by hour. */
export async function readCampaignHours(tx: Tx, workspaceId: string, id: string) {
  const rows = await tx.execute<{ hour_at: string; clicks: number; registrations: number }>(
    sql`select * from launch.read_campaign_hours(${workspaceId}::uuid, ${id}::uuid)`,
  );
  return rows.map((row) => ({
    at: Date.parse(row.hour_at),
    clicks: row.clicks,
    registrations: row.registrations,
  }));
}

/** What a live campaign keeps of its country's cap today, and what of it was used; null when it keeps nothing. */
export async function readKept(tx: Tx, id: string): Promise<{ units: number; used: number } | null> {
  const [row] = await tx
    .select({ units: campaignQuotas.units, used: campaignQuotas.used })
    .from(campaignQuotas)
    .where(eq(campaignQuotas.campaign_id, id));
  return row ?? null;
}

/** Whom a task can be given to: the members, by name. */
export async function readOwners(tx: Tx, workspaceId: string): Promise<{ id: string; name: string }[]> {
  return tx.execute<{ id: string; name: string }>(
    sql`select user_id as id, label as name from launch.list_alert_assignees(${workspaceId}::uuid)`,
  );
}
