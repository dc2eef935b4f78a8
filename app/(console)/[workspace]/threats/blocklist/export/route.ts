import { blockFilter, blockView } from "#app/(console)/[workspace]/threats/blocklist/query.ts";
import { AppError } from "#lib/errors.ts";
import { problemResponse } from "#lib/problem.ts";
import { streamOf } from "#lib/stream.ts";
import { exportBlocks } from "#lib/threats/block-export.ts";
import { requireMember } from "#lib/workspace/session.ts";

type Context = { params: Promise<{ workspace: string }> };

const TYPES = { csv: "text/csv; charset=utf-8", json: "application/json" };

/** The blocklist as a file: `?format=csv|json` and the page's own filters. Sent as it is read. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { claims, workspace, permissions } = await requireMember((await params).workspace);
  if (!permissions.includes("threats.read")) {
    return problemResponse(new AppError("forbidden", "The blocklist is read by others."));
  }
  const query = Object.fromEntries(new URL(request.url).searchParams);
  const format = query.format === "json" ? "json" : "csv";
  const filter = blockFilter(blockView(query));
  const pieces = exportBlocks({ claims, workspaceId: workspace.id, filter, format });
  const name = `${workspace.slug}-blocklist-${new Date().toISOString().slice(0, 10)}.${format}`;
  return new Response(streamOf(pieces), {
    headers: {
      "content-type": TYPES[format],
      "content-disposition": `attachment; filename="${name}"`,
      "cache-control": "private, no-store",
    },
  });
}
