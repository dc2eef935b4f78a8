import { and, eq, max, sql } from "drizzle-orm";
import { readAlerts } from "#lib/alerts/alerts.ts";
import { countUnresolved } from "#lib/alerts/inbox.ts";
import { riskScores } from "#lib/db/regions-schema.ts";
import type { Tx } from "#lib/db/service.ts";
import { readOverview } from "#lib/launch/country-pages.ts";
import type { RiskLevel } from "#lib/regions/vocabulary.ts";
import { readSequence } from "#lib/sequence/sequence-page.ts";
import type { Permission } from "#lib/workspace/vocabulary.ts";
import { readAdmissions } from "./admissions.ts";
import { attentionOf } from "./attention.ts";
import { type CapTime, capacityOf, readRunningCampaigns } from "./running-campaigns.ts";
import { readSuccess } from "./success.ts";

const ALERTS_SHOWN = 5;

/** When caps of users are expected to be full today and tomorrow, by each country's own day. */
async function readCapTimes(tx: Tx, workspaceId: string): Promise<(CapTime & { isToday: boolean })[]> {
  const rows = await tx.execute<{ country: string; at: string; until: string; is_today: boolean }>(sql`
    select country, p50_at as at, day_ends_at as until, day_starts_at <= launch.now() and day_ends_at > launch.now() as is_today
    from launch.read_cap_times(${workspaceId}::uuid) where p50_at is not null`);
  return rows.map(({ country, at, until, is_today: isToday }) => ({
    country,
    at: Date.parse(at),
    until: Date.parse(until),
    isToday,
  }));
}

/** The levels of the newest scoring, by country. */
async function readRisks(tx: Tx, workspaceId: string): Promise<Map<string, RiskLevel>> {
  const ofWorkspace = eq(riskScores.workspace_id, workspaceId);
  const newest = tx
    .select({ at: max(riskScores.at) })
    .from(riskScores)
    .where(ofWorkspace);
  const rows = await tx
    .select({ country: riskScores.country, level: riskScores.level })
    .from(riskScores)
    .where(and(ofWorkspace, eq(riskScores.at, newest)));
  return new Map(rows.map(({ country, level }) => [country, level as RiskLevel]));
}

/** Everything mission control shows, read in the caller's transaction; risk, alerts and the like as far as the reader may see them. */
export async function readMission(
  tx: Tx,
  who: { workspaceId: string; permissions: readonly Permission[] },
  now: number,
) {
  const { workspaceId } = who;
  const may = (permission: Permission) => who.permissions.includes(permission);
  const overview = await readOverview(tx, workspaceId);
  const alerts = await countUnresolved(tx, workspaceId);
  const newest = may("alerts.read")
    ? (await readAlerts(tx, workspaceId, { status: "unresolved", limit: ALERTS_SHOWN })).data
    : [];
  const capTimes = await readCapTimes(tx, workspaceId);
  const capAt = new Map(
    capTimes.filter(({ isToday, at }) => isToday && at >= now).map(({ country, at }) => [country, at]),
  );
  const running = may("campaigns.read") ? await readRunningCampaigns(tx, workspaceId) : null;
  const campaigns = (running ?? []).map((campaign) => ({
    ...campaign,
    capacity: capacityOf(
      campaign,
      overview.countries.find(({ code }) => code === campaign.country),
      capTimes,
    ),
  }));
  const risks = may("risk.read") ? await readRisks(tx, workspaceId) : new Map<string, RiskLevel>();
  const attention = attentionOf({
    countries: overview.countries,
    risks,
    capAt,
    campaigns,
    throttle: overview.throttle.level,
    engineOff: overview.flagsOff.some(({ key }) => key === "launch.enabled"),
    alerts,
  });
  return {
    ...overview,
    alerts,
    newest,
    capAt,
    attention,
    campaigns: running === null ? null : campaigns,
    admissions: await readAdmissions(tx, workspaceId, now),
    sequence: may("sequence.read") ? (await readSequence(tx, workspaceId)).data : null,
    success: may("regions.read") ? await readSuccess(tx, workspaceId) : [],
  };
}
