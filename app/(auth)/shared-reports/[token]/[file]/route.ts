import { AppError } from "#lib/errors.ts";
import { problemResponse } from "#lib/problem.ts";
import { fileResponse } from "#lib/reports/file-response.ts";
import { fetchShared } from "#lib/reports/shared.ts";

type Context = { params: Promise<{ token: string; file: string }> };

/** A file of the report that a link leads to. Each download is written to the audit trail under the address that the link was mailed to. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const { token, file: name } = await params;
  try {
    const found = await fetchShared(token, name);
    if (found === null) throw new AppError("not_found", "There is no such file, or the link has ended.");
    return fileResponse(found.file, found.slug, name);
  } catch (error) {
    return problemResponse(error);
  }
}
