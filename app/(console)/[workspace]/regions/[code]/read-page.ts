import { asUser } from "#lib/db/as-user.ts";
import { readIncidents } from "#lib/regions/incidents.ts";
import { readGate, readRegion, readRiskScores, readSeries } from "#lib/regions/region-pages.ts";
import { readRegionSettings } from "#lib/regions/settings.ts";
import type { KpiSpan } from "#lib/regions/vocabulary.ts";
import type { Member } from "#lib/workspace/session.ts";

const RISK_DAYS_MS = 30 * 86_400_000;

/** Everything a region's page shows, read in one transaction as the member; null for a country without a listing or KPIs. */
export function readRegionPage(member: Member, code: string, span: KpiSpan, now: number) {
  const workspaceId = member.workspace.id;
  return asUser(member.claims, async (tx) => {
    const region = await readRegion(tx, workspaceId, code);
    if (region === null) return null;
    const series = await readSeries(tx, { workspaceId, code }, span, now);
    const gate = await readGate(tx, workspaceId, code);
    const settings = await readRegionSettings(tx, workspaceId);
    const risk = member.permissions.includes("risk.read")
      ? {
          scores: await readRiskScores(tx, workspaceId, code, new Date(now - RISK_DAYS_MS)),
          incidents: await readIncidents(tx, workspaceId, code, 10),
        }
      : null;
    return { region, series, gate, risk, currency: settings?.reporting_currency ?? "USD" };
  });
}
