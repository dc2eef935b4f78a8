import { AppError } from "#lib/errors.ts";
import { memberWorkspaceId } from "#lib/live-access.ts";
import { liveStream } from "#lib/live-stream.ts";
import { problemResponse } from "#lib/problem.ts";
import { signedInUser } from "#lib/supabase/server.ts";

export const dynamic = "force-dynamic";

type Context = { params: Promise<{ workspace: string }> };

async function watcher({ params }: Context) {
  const { workspace: slug } = await params;
  const user = await signedInUser();
  if (user === null) throw new AppError("unauthenticated", "Sign in to watch this workspace.");
  const workspaceId = await memberWorkspaceId(user.id, slug);
  if (workspaceId === null) throw new AppError("not_found", "There is no such workspace.");
  return { personId: user.id, slug, workspaceId };
}

/** Tells a member's open pages when something of the workspace changed. Not for API keys. */
export async function GET(request: Request, context: Context): Promise<Response> {
  try {
    const stream = liveStream({ ...(await watcher(context)), signal: request.signal });
    if (stream === null)
      throw new AppError("rate_limited", "Too many pages of yours are being kept up to date.");
    return new Response(stream, {
      headers: {
        "content-type": "text/event-stream",
        "cache-control": "no-store, no-transform",
        "x-accel-buffering": "no",
      },
    });
  } catch (error) {
    return problemResponse(error);
  }
}

/** Whether the server answers and the person may still watch: 204, or the problem. */
export async function HEAD(_request: Request, context: Context): Promise<Response> {
  try {
    await watcher(context);
    return new Response(null, { status: 204 });
  } catch (error) {
    return problemResponse(error);
  }
}
