import { asKey } from "#lib/db/service.ts";
import { type RouteContext, route } from "#lib/route.ts";
import { readFlags } from "#lib/workspace/flags.ts";
import {
  EvaluationRequest,
  entityTag,
  evaluationOf,
  inOfrepWords,
  matchesTag,
} from "#lib/workspace/ofrep.ts";

const evaluateAll = route(
  { path: "/ofrep/v1/evaluate/flags", body: EvaluationRequest, perMinute: 6000 },
  async ({ keyHash, request }) => {
    const flags = await asKey(keyHash, "flags.read", readFlags);
    const body = JSON.stringify({ flags: flags.map(evaluationOf) });
    const etag = entityTag(body);
    const headers = { etag, "cache-control": "private, no-cache" };
    if (matchesTag(request.headers.get("if-none-match"), etag))
      return new Response(null, { status: 304, headers });
    return new Response(body, { headers: { ...headers, "content-type": "application/json" } });
  },
);

/** OFREP bulk evaluation: every flag of the key's workspace, or 304 when nothing has changed since `If-None-Match`. */
export async function POST(request: Request, context: RouteContext): Promise<Response> {
  return inOfrepWords(await evaluateAll(request, context), undefined);
}
