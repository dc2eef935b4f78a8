import type { TestDatabase } from "#tests/setup/database.ts";
import { asPerson, type Workspace } from "#tests/setup/people.ts";

/** Who reads reports: see RULES in row-level-security.test.ts. */
export const REPORT_RULES = {
  "launch.reports": { all: "reports.read" },
  "launch.report_files": { all: "reports.read" },
  "launch.report_addresses": { all: "reports.read" },
  "launch.report_letters": { all: "reports.read" },
  "launch.report_schedules": { all: "reports.read" },
  "launch.summary_settings": { all: "reports.read" },
} as const;

/** A report with one file, and a schedule that names an outside address and has sent a test. */
export async function furnishReports(db: TestDatabase, workspace: Workspace): Promise<void> {
  const [report] = await asPerson(
    db,
    workspace.owner,
    (sql) =>
      sql`select launch.make_report(${workspace.id}, date_trunc('month', launch.now() at time zone 'UTC')::date) as id`,
  );
  await db.service`select launch.keep_report_files(${report?.id}, array['kpis.csv'], array['\\x00'::bytea])`;
  const [schedule] = await asPerson(
    db,
    workspace.owner,
    (sql) =>
      sql`select launch.create_report_schedule(${workspace.id}, 'Monthly', 1, 8, 'UTC', array['investor@example.com']) ->> 'id' as id`,
  );
  await asPerson(
    db,
    workspace.owner,
    (sql) => sql`select launch.test_report_schedule(${workspace.id}, ${schedule?.id})`,
  );
  await asPerson(
    db,
    workspace.owner,
    (sql) => sql`select launch.set_daily_summary(${workspace.id}, true, 8, 'UTC', 0)`,
  );
}
