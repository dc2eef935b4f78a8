import { sql } from "drizzle-orm";
import type { z } from "zod";
import type { Tx } from "#lib/db/service.ts";
import { pageOf } from "#lib/page.ts";
import { planFromFollowers } from "./plan-from-followers.ts";
import type {
  Campaign,
  CampaignChange,
  CampaignCheck,
  CampaignCopy,
  CampaignInput,
  CampaignMove,
  CampaignQuery,
} from "./schema.ts";
import type { CampaignStatus } from "./vocabulary.ts";

type Row = Omit<Campaign, "cost"> & { cost_minor: string | null; cost_currency: string | null } & Record<
    string,
    unknown
  >;

function campaignOf(row: Row): Campaign {
  return {
    id: row.id,
    name: row.name,
    slug: row.slug,
    influencer: row.influencer,
    followers: row.followers,
    country: row.country,
    starts_at: new Date(row.starts_at).toISOString(),
    ends_at: new Date(row.ends_at).toISOString(),
    status: row.status,
    traffic_forecast: row.traffic_forecast,
    expected_installs: row.expected_installs,
    creator_inflow: row.creator_inflow,
    cost:
      row.cost_minor === null || row.cost_currency === null
        ? null
        : { minor: Number(row.cost_minor), currency: row.cost_currency },
    shape: row.shape,
    template: row.template,
    sub_quota: row.sub_quota,
    install_window_days: row.install_window_days,
    later_window_days: row.later_window_days,
    version: row.version,
  };
}

function first(rows: readonly Row[]): Campaign {
  const [row] = rows;
  if (row === undefined) throw new Error("a campaign's function returned no row");
  return campaignOf(row);
}

/** A page of campaigns, newest first. Throws forbidden. */
export async function readCampaigns(tx: Tx, workspaceId: string, query: CampaignQuery) {
  const { status = null, country = null, template, cursor = null, limit } = query;
  const rows = await tx.execute<Row>(
    sql`select * from launch.read_campaigns(${workspaceId}::uuid, ${status}, ${country}, ${template}, ${cursor}::uuid, ${limit}::int)`,
  );
  return pageOf(rows.map(campaignOf), limit);
}

/** One campaign. Throws not_found, forbidden. */
export async function readCampaign(tx: Tx, workspaceId: string, id: string): Promise<Campaign> {
  return first(
    await tx.execute<Row>(sql`select * from launch.read_campaign(${workspaceId}::uuid, ${id}::uuid)`),
  );
}

/** Makes a draft or a template. What is left out of its plan follows from its followers. Throws invalid_input, duplicate, forbidden. */
export async function createCampaign(tx: Tx, workspaceId: string, input: CampaignInput): Promise<Campaign> {
  const plan = planFromFollowers(input.followers ?? 0);
  return first(
    await tx.execute<Row>(sql`select * from launch.create_campaign(${workspaceId}::uuid, ${input.name}, ${input.slug}, ${input.country},
      ${input.starts_at}::timestamptz, ${input.ends_at}::timestamptz, ${input.influencer ?? null}, ${input.followers ?? null}::int,
      ${input.traffic_forecast ?? plan.traffic_forecast}::int, ${input.expected_installs ?? plan.expected_installs}::int,
      ${input.creator_inflow ?? plan.creator_inflow}::int, ${input.cost?.minor ?? null}::bigint, ${input.cost?.currency ?? null}::text,
      ${input.shape}, ${input.sub_quota ?? null}::int, ${input.template}, ${input.install_window_days}::int, ${input.later_window_days}::int)`),
  );
}

const orNull = <T>(value: T | undefined): T | null => value ?? null;

/** Changes a campaign's plan; what is left out stays. Throws version_conflict, illegal_transition, invalid_input, not_found, forbidden. */
export async function changeCampaign(
  tx: Tx,
  workspaceId: string,
  id: string,
  sets: CampaignChange,
): Promise<Campaign> {
  const { cost } = sets;
  const minor = cost === null ? -1 : orNull(cost?.minor);
  return first(
    await tx.execute<Row>(sql`select * from launch.change_campaign(${workspaceId}::uuid, ${id}::uuid, ${orNull(sets.name)}::text,
      ${orNull(sets.country)}::text, ${orNull(sets.starts_at)}::timestamptz, ${orNull(sets.ends_at)}::timestamptz, ${orNull(sets.influencer)}::text,
      ${orNull(sets.followers)}::int, ${orNull(sets.traffic_forecast)}::int, ${orNull(sets.expected_installs)}::int,
      ${orNull(sets.creator_inflow)}::int, ${minor}::bigint, ${orNull(cost?.currency)}::text, ${orNull(sets.shape)}::text,
      ${sets.sub_quota === null ? -1 : orNull(sets.sub_quota)}::int, ${orNull(sets.expected_version)}::int, ${orNull(sets.install_window_days)}::int, ${orNull(sets.later_window_days)}::int)`),
  );
}

/** Moves a campaign. Throws illegal_transition, reason_required (it does not fit, or is cancelled), version_conflict, not_found, forbidden. */
export async function moveCampaign(
  tx: Tx,
  workspaceId: string,
  id: string,
  { status, reason, expected_version }: z.infer<typeof CampaignMove> & { status: CampaignStatus },
): Promise<Campaign> {
  return first(
    await tx.execute<Row>(sql`select * from launch.move_campaign(${workspaceId}::uuid, ${id}::uuid, ${status}, ${orNull(reason)}::text,
      ${orNull(expected_version)}::int)`),
  );
}

/** Makes a draft or template like another campaign, at its own start. Throws duplicate, not_found, forbidden. */
export async function duplicateCampaign(
  tx: Tx,
  workspaceId: string,
  id: string,
  { name, slug, starts_at, template }: z.infer<typeof CampaignCopy>,
): Promise<Campaign> {
  return first(
    await tx.execute<Row>(
      sql`select * from launch.duplicate_campaign(${workspaceId}::uuid, ${id}::uuid, ${name}, ${slug}, ${starts_at}::timestamptz, ${template})`,
    ),
  );
}

/** Deletes a draft or template. Throws illegal_transition, version_conflict, not_found, forbidden. */
export async function deleteCampaign(
  tx: Tx,
  workspaceId: string,
  id: string,
  version?: number,
): Promise<void> {
  await tx.execute(
    sql`select launch.delete_campaign(${workspaceId}::uuid, ${id}::uuid, ${version ?? null}::int)`,
  );
}

/** Whether a campaign fits what its country can take, and what would. Throws not_found, forbidden. */
export async function checkCampaign(tx: Tx, workspaceId: string, id: string): Promise<CampaignCheck> {
  const [row] = await tx.execute<{ check: CampaignCheck }>(
    sql`select launch.check_campaign(${workspaceId}::uuid, ${id}::uuid) as check`,
  );
  if (row === undefined) throw new Error("check_campaign returned no row");
  return row.check;
}
