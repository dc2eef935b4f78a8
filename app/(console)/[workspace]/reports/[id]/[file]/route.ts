import { z } from "zod";
import { asUser } from "#lib/db/as-user.ts";
import { AppError } from "#lib/errors.ts";
import { problemResponse } from "#lib/problem.ts";
import { fileResponse } from "#lib/reports/file-response.ts";
import { drawReport, fetchReportFile, isUndrawn, type ReportFile } from "#lib/reports/reports.ts";
import { type Member, requireMember } from "#lib/workspace/session.ts";

type Context = { params: Promise<{ workspace: string; id: string; file: string }> };

const Id = z.uuid();

async function fetchDrawn(
  { claims, workspace }: Member,
  id: string,
  name: string,
): Promise<ReportFile | null> {
  if (await asUser(claims, (tx) => isUndrawn(tx, workspace.id, id))) await drawReport(id);
  return asUser(claims, (tx) => fetchReportFile(tx, workspace.id, { id, name }));
}

/** A file of a report, as it was kept; drawn now when this is the first that is asked for. Each download is written to the audit trail. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const { workspace: slug, id, file: name } = await params;
  const member = await requireMember(slug);
  try {
    const file = Id.safeParse(id).success ? await fetchDrawn(member, id, name) : null;
    if (file === null) throw new AppError("not_found", "There is no such file.");
    return fileResponse(file, slug, name);
  } catch (error) {
    return problemResponse(error);
  }
}
