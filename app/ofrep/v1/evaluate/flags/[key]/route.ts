import { z } from "zod";
import { asKey } from "#lib/db/service.ts";
import { AppError } from "#lib/errors.ts";
import { json, type RouteContext, route } from "#lib/route.ts";
import { readFlags } from "#lib/workspace/flags.ts";
import { EvaluationRequest, evaluationOf, inOfrepWords } from "#lib/workspace/ofrep.ts";

const evaluateOne = route(
  {
    path: "/ofrep/v1/evaluate/flags/{key}",
    body: EvaluationRequest,
    params: z.object({ key: z.string() }),
    perMinute: 6000,
  },
  async ({ keyHash, params }) => {
    const flags = await asKey(keyHash, "flags.read", readFlags);
    const flag = flags.find(({ key }) => key === params.key);
    if (flag === undefined) throw new AppError("not_found", "There is no such flag.");
    return json(evaluationOf(flag));
  },
);

/** OFREP evaluation of one flag. Every error names the key, as the protocol asks. */
export async function POST(request: Request, context: RouteContext): Promise<Response> {
  const { key } = await context.params;
  return inOfrepWords(await evaluateOne(request, context), String(key));
}
