import type { TestDatabase } from "#tests/setup/database.ts";
import { asPerson, type Workspace } from "#tests/setup/people.ts";

/** Who reads reports: see RULES in row-level-security.test.ts. */
export const REPORT_RULES = {
  "launch.reports": { all: "reports.read" },
  "launch.report_files": { all: "reports.read" },
} as const;

/** A report with one file. */
export async function furnishReports(db: TestDatabase, workspace: Workspace): Promise<void> {
  await asPerson(
    db,
    workspace.owner,
    (sql) =>
      sql`select launch.keep_report(${workspace.id}, date_trunc('month', launch.now())::date, 1, true, array['kpis.csv'], array['\\x00'::bytea])`,
  );
}
