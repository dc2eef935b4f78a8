import { json } from "#lib/route.ts";

export const dynamic = "force-dynamic";

/** Live: the process answers. Asks nothing of the database, so that a restart of the database restarts nobody else. */
export const GET = async (): Promise<Response> => json({ status: "live" });
