import type { TestDatabase } from "#tests/setup/database.ts";
import type { Workspace } from "#tests/setup/people.ts";

/** Who reads the rows of forecasts: a part of the rules that row-level-security.test.ts explains. */
export const FORECAST_RULES = {
  "launch.forecast_outcomes": { all: "countries.read" },
  "launch.forecasts": { all: "countries.read" },
} as const;

/** A forecast of every hour to come, and the measured hour before. */
export async function furnishForecast(db: TestDatabase, workspace: Workspace): Promise<void> {
  await db.owner`
    insert into launch.forecasts (workspace_id, country, issued_at, hour_at, campaign_p50, basis, levelled)
    values (${workspace.id}, 'PL', date_trunc('hour', now()), date_trunc('hour', now()), 0, 'none', false)`;
  await db.owner`insert into launch.forecast_outcomes values (${workspace.id}, 'PL', date_trunc('hour', now()), 0, 0, 0, 0, 0, 0)`;
}
