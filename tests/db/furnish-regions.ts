import type { TestDatabase } from "#tests/setup/database.ts";
import { asPerson, type Workspace } from "#tests/setup/people.ts";
import { recordKpis, reportEvents } from "#tests/setup/signals.ts";

/** Who reads the rows of regions: a part of the rules that row-level-security.test.ts explains. */
export const REGION_RULES = {
  "launch.currencies": "everybody",
  "launch.currency_rates": { all: "regions.read" },
  "launch.event_slots": { all: "regions.read" },
  "launch.gate_results": { all: "regions.read" },
  "launch.incident_notes": { all: "risk.read" },
  "launch.incidents": { all: "risk.read" },
  "launch.region_days": { all: "regions.read" },
  "launch.region_hours": { all: "regions.read" },
  "launch.region_kpis": { all: "regions.read" },
  "launch.region_settings": { all: "regions.read" },
  "launch.risk_scores": { all: "risk.read" },
  "launch.scorecards": { all: "risk.read" },
} as const;

/** An event of an hour ago, rolled up; a rate; and a crisis that is judged. */
export async function furnishRegions(db: TestDatabase, workspace: Workspace): Promise<void> {
  const at = new Date(Date.now() - 3_600_000).toISOString();
  await reportEvents(db, workspace, [{ type: "safety.incident_reported", at }]);
  await recordKpis(db, workspace);
  await asPerson(
    db,
    workspace.owner,
    (sql) =>
      sql`select launch.import_rates(${workspace.id}, array[now()::date], array['EUR'], array['USD'], array[1.1])`,
  );
  await db.owner`update launch.region_kpis set active_users = 5000, safety_incidents = 500 where workspace_id = ${workspace.id}`;
  await db.service`select launch.evaluate_risk(${workspace.id})`;
  const [incident] = await db.owner<
    { id: string }[]
  >`select id from launch.incidents where workspace_id = ${workspace.id}`;
  await asPerson(
    db,
    workspace.owner,
    (sql) => sql`select launch.note_incident(${workspace.id}, ${incident?.id ?? ""}, 'drill')`,
  );
  await db.owner`insert into launch.gate_results values (${workspace.id}, 'PL', 'soft_to_public', now(), 'pass', '[]', 1)`;
}
