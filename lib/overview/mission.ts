import { sql } from "drizzle-orm";
import { readAlerts } from "#lib/alerts/alerts.ts";
import { countUnresolved } from "#lib/alerts/inbox.ts";
import type { Tx } from "#lib/db/service.ts";
import { readOverview } from "#lib/launch/country-pages.ts";
import { readRegions } from "#lib/regions/region-pages.ts";
import type { RiskLevel } from "#lib/regions/vocabulary.ts";
import { readSequence } from "#lib/sequence/sequence-page.ts";
import type { Permission } from "#lib/workspace/vocabulary.ts";
import { readAdmissions } from "./admissions.ts";
import { attentionOf } from "./attention.ts";
import { readSuccess } from "./success.ts";

const ALERTS_SHOWN = 5;

/** When caps of users are expected to be reached in the local days that are open now, by country, in milliseconds. */
async function readCapTimes(tx: Tx, workspaceId: string, now: number): Promise<Map<string, number>> {
  const rows = await tx.execute<{ country: string; at: string }>(sql`
    select country, p50_at as at from launch.read_cap_times(${workspaceId}::uuid)
    where p50_at is not null and day_starts_at <= launch.now() and day_ends_at > launch.now()`);
  return new Map(rows.map((row) => [row.country, Date.parse(row.at)] as const).filter(([, at]) => at >= now));
}

async function readRisks(tx: Tx, workspaceId: string): Promise<Map<string, RiskLevel>> {
  const regions = await readRegions(tx, workspaceId);
  return new Map(regions.flatMap(({ code, risk }) => (risk === null ? [] : [[code, risk.level] as const])));
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
  const capAt = await readCapTimes(tx, workspaceId, now);
  const risks = may("risk.read") ? await readRisks(tx, workspaceId) : new Map<string, RiskLevel>();
  const attention = attentionOf({
    countries: overview.countries,
    risks,
    capAt,
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
    admissions: await readAdmissions(tx, workspaceId, now),
    sequence: may("sequence.read") ? (await readSequence(tx, workspaceId)).data : null,
    success: may("regions.read") ? await readSuccess(tx, workspaceId) : [],
  };
}
