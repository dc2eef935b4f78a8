import { within } from "#lib/deadline.ts";
import { problemResponse } from "#lib/problem.ts";
import { readReadiness } from "#lib/readiness.ts";
import { json } from "#lib/route.ts";

export const dynamic = "force-dynamic";

const DEADLINE = 4000;

/** Ready: the database answers. Says its newest migration and how many seconds ago each job last ended well; 503 when it is gone. */
export const GET = async (): Promise<Response> => {
  try {
    return json({ status: "ready", database: "up", ...(await within(DEADLINE, readReadiness())) });
  } catch (error) {
    return problemResponse(error);
  }
};
