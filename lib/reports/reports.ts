import { and, desc, eq, inArray, sql } from "drizzle-orm";
import { z } from "zod";
import { reportFiles, reports } from "#lib/db/reports-schema.ts";
import { type Db, service, type Tx } from "#lib/db/service.ts";
import { tableCsv } from "./csv.ts";
import { Figures, REPORT_FILES, type ReportPackage, reportTables } from "./package.ts";
import { packagePdf } from "./pdf.tsx";

/** Which month a report is made of, as its form sends it. */
export const MakeForm = z.object({
  month: z
    .string()
    .regex(/^\d{4}-(0[1-9]|1[0-2])$/, "Choose a month.")
    .transform((month) => `${month}-01`),
});

/** A report as its list shows it. A file that nobody has asked for yet has neither size nor hash. */
export type Report = {
  id: string;
  month: string;
  madeAt: string;
  madeBy: string;
  auditSequence: number;
  auditVerified: boolean;
  files: { name: string; bytes: number | null; sha256: string | null }[];
};

/** A file of a report as it was kept. */
export type ReportFile = { content: Buffer; sha256: string };

const SHOWN = 60;

/** The newest reports with their files' sizes and hashes; empty for who may not read them. */
export async function readReports(tx: Tx, workspaceId: string): Promise<Report[]> {
  const found = await tx
    .select({
      id: reports.id,
      month: reports.month_on,
      madeAt: reports.made_at,
      madeBy: reports.made_by,
      auditSequence: reports.audit_sequence,
      auditProblem: reports.audit_problem,
    })
    .from(reports)
    .where(eq(reports.workspace_id, workspaceId))
    .orderBy(desc(reports.id))
    .limit(SHOWN);
  if (found.length === 0) return [];
  const ids = found.map(({ id }) => id);
  const { report_id, name, bytes, sha256 } = reportFiles;
  const files = await tx
    .select({ report: report_id, name, bytes, sha256 })
    .from(reportFiles)
    .where(and(eq(reportFiles.workspace_id, workspaceId), inArray(report_id, ids)));
  const kept = new Map(files.map((file) => [`${file.report} ${file.name}`, file]));
  return found.map(({ auditProblem, madeAt, ...report }) => ({
    ...report,
    madeAt: new Date(madeAt).toISOString(),
    auditVerified: auditProblem === null,
    files: REPORT_FILES.map((name) => {
      const file = kept.get(`${report.id} ${name}`);
      return { name, bytes: file?.bytes ?? null, sha256: file?.sha256 ?? null };
    }),
  }));
}

/**
 * Makes an investor's package of a month: its figures are read and kept, and the whole audit trail is verified. Returns its id. Throws
 * invalid_input, forbidden, and unavailable when it takes longer than two minutes.
 */
export async function makeReport(tx: Tx, workspaceId: string, month: string): Promise<string> {
  await tx.execute(sql`select set_config('statement_timeout', '120s', true)`);
  const [row] = await tx.execute<{ id: string }>(
    sql`select launch.make_report(${workspaceId}::uuid, ${month}::date) as id`,
  );
  if (row === undefined) throw new Error("make_report returned no row");
  return row.id;
}

type FiguresRow = {
  workspace: string;
  slug: string;
  month_on: string;
  made_at: string;
  tables: unknown;
  audit_sequence: string;
  audit_hash: string;
  audit_first_bad: string | null;
  audit_problem: string | null;
};

async function readPackage(db: Db, id: string): Promise<ReportPackage | null> {
  const [row] = await db.execute<FiguresRow>(
    sql`select f.*, f.month_on::text as month_on from launch.read_report_figures(${id}::uuid) f`,
  );
  if (row === undefined) return null;
  return {
    workspace: { name: row.workspace, slug: row.slug },
    month: row.month_on,
    madeAt: new Date(row.made_at).toISOString(),
    tables: reportTables(Figures.parse(row.tables)),
    audit: {
      sequence: Number(row.audit_sequence),
      hash: row.audit_hash,
      firstBad: row.audit_first_bad === null ? null : Number(row.audit_first_bad),
      problem: row.audit_problem,
    },
  };
}

/**
 * Draws a report's files from its figures and keeps them, when nobody has before. As the service: what a file says is the server's to say,
 * whoever asks for it first. False for an unknown report.
 */
export async function drawReport(id: string, db: Db = service()): Promise<boolean> {
  const report = await readPackage(db, id);
  if (report === null) return false;
  const files = new Map<string, Buffer>([["report.pdf", await packagePdf(report)]]);
  for (const table of report.tables) files.set(`${table.file}.csv`, tableCsv(table));
  const contents = [...files.values()].map((content) => `\\x${content.toString("hex")}`);
  await db.execute(sql`select launch.keep_report_files(${id}::uuid, ${sql.param([...files.keys()])}::text[],
    ${sql.param(contents)}::text[]::bytea[])`);
  return true;
}

/** Whether the reader may read this report and its files are yet to be drawn. */
export async function isUndrawn(tx: Tx, workspaceId: string, id: string): Promise<boolean> {
  const [found] = await tx
    .select({ file: reportFiles.name })
    .from(reports)
    .leftJoin(reportFiles, eq(reportFiles.report_id, reports.id))
    .where(and(eq(reports.workspace_id, workspaceId), eq(reports.id, id)))
    .limit(1);
  return found !== undefined && found.file === null;
}

/** A file of a report, whose download is audited; null when there is none. Throws forbidden. */
export async function fetchReportFile(
  tx: Tx,
  workspaceId: string,
  { id, name }: { id: string; name: string },
): Promise<ReportFile | null> {
  const [file] = await tx.execute<ReportFile>(
    sql`select content, sha256 from launch.fetch_report_file(${workspaceId}::uuid, ${id}::uuid, ${name})`,
  );
  return file ?? null;
}
