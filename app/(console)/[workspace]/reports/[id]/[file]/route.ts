import { z } from "zod";
import { asUser } from "#lib/db/as-user.ts";
import { AppError } from "#lib/errors.ts";
import { problemResponse } from "#lib/problem.ts";
import { fetchReportFile } from "#lib/reports/reports.ts";
import { requireMember } from "#lib/workspace/session.ts";

type Context = { params: Promise<{ workspace: string; id: string; file: string }> };

const Id = z.uuid();

/** A file of a report, as it was kept. Each download is written to the audit trail. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const { workspace: slug, id, file: name } = await params;
  const { claims, workspace } = await requireMember(slug);
  try {
    const known = Id.safeParse(id).success;
    const file = known ? await asUser(claims, (tx) => fetchReportFile(tx, workspace.id, { id, name })) : null;
    if (file === null) throw new AppError("not_found", "There is no such file.");
    return new Response(new Uint8Array(file.content), {
      headers: {
        "content-type": name.endsWith(".pdf") ? "application/pdf" : "text/csv; charset=utf-8",
        "content-disposition": `attachment; filename="${workspace.slug}-${name}"`,
        etag: `"${file.sha256}"`,
        "cache-control": "private, no-store",
      },
    });
  } catch (error) {
    return problemResponse(error);
  }
}
