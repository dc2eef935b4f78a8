import { and, desc, eq, inArray, sql } from "drizzle-orm";
import { z } from "zod";
import { reportFiles, reports } from "#lib/db/reports-schema.ts";
import type { Tx } from "#lib/db/service.ts";
import { tableCsv } from "./csv.ts";
import { readPackage } from "./package.ts";
import { packagePdf } from "./pdf.tsx";

/** Which month a report is made of, as its form sends it. */
export const MakeForm = z.object({
  month: z
    .string()
    .regex(/^\d{4}-(0[1-9]|1[0-2])$/, "Choose a month.")
    .transform((month) => `${month}-01`),
});

/** A report as its list shows it. */
export type Report = {
  id: string;
  month: string;
  madeAt: string;
  madeBy: string;
  auditSequence: number;
  auditVerified: boolean;
  files: { name: string; bytes: number; sha256: string }[];
};

const SHOWN = 60;

/** The newest reports with their files' sizes and hashes; empty for who may not read them. */
export async function readReports(tx: Tx, workspaceId: string): Promise<Report[]> {
  const found = await tx
    .select()
    .from(reports)
    .where(eq(reports.workspace_id, workspaceId))
    .orderBy(desc(reports.id))
    .limit(SHOWN);
  if (found.length === 0) return [];
  const ids = found.map(({ id }) => id);
  const files = await tx
    .select({
      report: reportFiles.report_id,
      name: reportFiles.name,
      bytes: reportFiles.bytes,
      sha256: reportFiles.sha256,
    })
    .from(reportFiles)
    .where(and(eq(reportFiles.workspace_id, workspaceId), inArray(reportFiles.report_id, ids)))
    .orderBy(reportFiles.name);
  return found.map((row) => ({
    id: row.id,
    month: row.month_on,
    madeAt: new Date(row.made_at).toISOString(),
    madeBy: row.made_by,
    auditSequence: row.audit_sequence,
    auditVerified: row.audit_verified,
    files: files
      .filter(({ report }) => report === row.id)
      .map(({ name, bytes, sha256 }) => ({ name, bytes, sha256 })),
  }));
}

/** Makes an investor's package of a month and keeps it. Returns its id. Throws invalid_input, forbidden, unavailable. */
export async function makeReport(
  tx: Tx,
  workspace: { id: string; name: string; slug: string },
  month: string,
): Promise<string> {
  const report = await readPackage(tx, workspace, month, new Date());
  const files = new Map<string, Buffer>([["report.pdf", await packagePdf(report)]]);
  for (const table of report.tables) files.set(`${table.file}.csv`, tableCsv(table));
  const contents = [...files.values()].map((content) => `\\x${content.toString("hex")}`);
  const { head, verification } = report.audit;
  const [kept] = await tx.execute<{ id: string }>(sql`
    select id from launch.keep_report(${workspace.id}::uuid, ${month}::date, ${head?.sequence ?? 0}::bigint,
      ${verification.problem === null}::boolean, ${sql.param([...files.keys()])}::text[], ${sql.param(contents)}::text[]::bytea[])`);
  if (kept === undefined) throw new Error("keep_report returned no row");
  return kept.id;
}

/** A file of a report, whose download is audited; null when there is none. Throws forbidden. */
export async function fetchReportFile(
  tx: Tx,
  workspaceId: string,
  { id, name }: { id: string; name: string },
): Promise<{ content: Buffer; sha256: string } | null> {
  const [file] = await tx.execute<{ content: Buffer; sha256: string }>(
    sql`select content, sha256 from launch.fetch_report_file(${workspaceId}::uuid, ${id}::uuid, ${name})`,
  );
  return file ?? null;
}
