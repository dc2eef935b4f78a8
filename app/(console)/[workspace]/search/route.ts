import { z } from "zod";
import { asUser } from "#lib/db/as-user.ts";
import { search } from "#lib/overview/search.ts";
import { problemResponse } from "#lib/problem.ts";
import { requireMember } from "#lib/workspace/session.ts";

const Query = z.object({ q: z.string().max(200).catch("") });

type Context = { params: Promise<{ workspace: string }> };

/** What a member finds by `?q=`: for the command palette. Each kind of thing needs its own permission. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { claims, user, workspace, permissions } = await requireMember((await params).workspace);
  const { q } = Query.parse(Object.fromEntries(new URL(request.url).searchParams));
  const who = { workspaceId: workspace.id, userId: user.id, permissions };
  try {
    const found = await asUser(claims, (tx) => search(tx, who, q));
    return Response.json({ found }, { headers: { "cache-control": "private, no-store" } });
  } catch (error) {
    return problemResponse(error);
  }
}
