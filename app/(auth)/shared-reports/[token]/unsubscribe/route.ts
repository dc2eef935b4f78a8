import { AppError } from "#lib/errors.ts";
import { problemResponse } from "#lib/problem.ts";
import { depart, readShared } from "#lib/reports/shared.ts";

type Context = { params: Promise<{ token: string }> };

const pageOf = (token: string) =>
  new Response(null, { status: 303, headers: { location: `/shared-reports/${token}` } });

/** Whoever only opens the link is shown the page that asks. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  return pageOf((await params).token);
}

/**
 * Stops the reports to the address that the link was mailed to: for a mail program's one click (RFC 8058, which has no session and follows no
 * redirect), or for the page's form, which may also take it back.
 */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { token } = await params;
  try {
    if ((await readShared(token))?.kind !== "departure") {
      throw new AppError("not_found", "This link isn't right.");
    }
    const fields = await request.formData().catch(() => null);
    const isOneClick = fields?.get("List-Unsubscribe") === "One-Click";
    const answer = fields?.get("answer");
    if (!isOneClick && answer !== "stop" && answer !== "resume") {
      throw new AppError("invalid_input", "Send List-Unsubscribe=One-Click.");
    }
    await depart(token, answer !== "resume");
    return isOneClick ? new Response(null, { status: 204 }) : pageOf(token);
  } catch (error) {
    return problemResponse(error);
  }
}
