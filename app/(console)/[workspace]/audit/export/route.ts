import { auditView } from "#app/(console)/[workspace]/audit/query.ts";
import { AppError } from "#lib/errors.ts";
import { problemResponse } from "#lib/problem.ts";
import { streamOf } from "#lib/stream.ts";
import { exportAudit } from "#lib/workspace/audit-export.ts";
import { requireMember } from "#lib/workspace/session.ts";

type Context = { params: Promise<{ workspace: string }> };

const TYPES = { csv: "text/csv; charset=utf-8", json: "application/json" };

/** The entries the person may read, as a file: `?format=csv|json` and the page's own filters. Sent as it is read. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { claims, workspace, permissions } = await requireMember((await params).workspace);
  if (!permissions.includes("audit.read") && !permissions.includes("audit.read_own")) {
    return problemResponse(new AppError("forbidden", "The audit trail is read by others."));
  }
  const query = Object.fromEntries(new URL(request.url).searchParams);
  const format = query.format === "json" ? "json" : "csv";
  const { filter } = auditView(query);
  const pieces = exportAudit({ claims, workspace, filter, format });
  const name = `${workspace.slug}-audit-${new Date().toISOString().slice(0, 10)}.${format}`;
  return new Response(streamOf(pieces), {
    headers: {
      "content-type": TYPES[format],
      "content-disposition": `attachment; filename="${name}"`,
      "cache-control": "private, no-store",
    },
  });
}
