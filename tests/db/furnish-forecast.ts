import type { TestDatabase } from "#tests/setup/database.ts";
import type { Workspace } from "#tests/setup/people.ts";

/** Who reads the rows of forecasts, dry runs and experiments: a part of the rules that row-level-security.test.ts explains. */
export const FORECAST_RULES = {
  "launch.dry_runs": { all: "dryruns.read" },
  "launch.experiment_days": { all: "experiments.read" },
  "launch.experiments": { all: "experiments.read" },
  "launch.forecast_outcomes": { all: "countries.read" },
  "launch.forecasts": { all: "countries.read" },
} as const;

/** A forecast of an hour, a measured one, and an experiment that has been made. */
export async function furnishForecast(db: TestDatabase, workspace: Workspace): Promise<void> {
  await db.owner`
    insert into launch.forecasts (workspace_id, country, issued_at, hour_at, campaign_p50, basis, levelled)
    values (${workspace.id}, 'PL', date_trunc('hour', now()), date_trunc('hour', now()), 0, 'none', false)`;
  await db.owner`insert into launch.forecast_outcomes values (${workspace.id}, 'PL', date_trunc('hour', now()), 0, 0, 0, 0, 0, 0)`;
  await db.owner`
    insert into launch.dry_runs (workspace_id, proposal, countries, days, until_at, places, created_by_label)
    values (${workspace.id}, '{}', '{PL}', 1, now(), 2, 'somebody')`;
  await db.owner`
    with made as (
      insert into launch.experiments (workspace_id, country, operation, cap_a, cap_b, starts_on, days, seed, metric)
      values (${workspace.id}, 'PL', 'user', 1, 2, now()::date + 2, 2, 'furnished', 'registrations') returning id)
    insert into launch.experiment_days (experiment_id, workspace_id, day_on, pair, arm)
    select m.id, ${workspace.id}, now()::date + 2, 0, 'A' from made m`;
}
