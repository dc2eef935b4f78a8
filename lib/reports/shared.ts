import { sql } from "drizzle-orm";
import { service } from "#lib/db/service.ts";
import { serverEnv } from "#lib/env.ts";
import { AppError } from "#lib/errors.ts";
import { linkToken, readLinkToken } from "./link-token.ts";
import { drawReport, type ReportFile } from "./reports.ts";

/** What a link of a report's mail leads to. Its holder need not be signed in: everything here is asked as the service. */
export type Shared =
  | { kind: "address"; workspace: string; email: string; state: "open" | "confirmed" | "expired" }
  | {
      kind: "letter";
      workspace: string;
      slug: string;
      email: string;
      reportId: string;
      month: string;
      madeAt: string;
      verified: boolean;
      drawn: boolean;
      expiresAt: string;
      state: "open" | "closed";
      /** Leads to where its reader can stop such letters. */
      departure: string;
    }
  | { kind: "departure"; name: string; state: "open" | "left" };

type LetterRow = {
  workspace: string;
  slug: string;
  email: string;
  report_id: string;
  month: string;
  made_at: string;
  verified: boolean;
  drawn: boolean;
  expires_at: string;
  state: "open" | "closed";
};

async function readLetter(id: string): Promise<Shared | null> {
  const [row] = await service().execute<LetterRow>(
    sql`select l.*, l.month_on::text as month from launch.open_report_letter(${id}::uuid) l`,
  );
  if (row === undefined) return null;
  const { workspace, slug, email, month, verified, drawn, state } = row;
  const madeAt = new Date(row.made_at).toISOString();
  const expiresAt = new Date(row.expires_at).toISOString();
  const reportId = row.report_id;
  return {
    kind: "letter",
    workspace,
    slug,
    email,
    reportId,
    month,
    madeAt,
    verified,
    drawn,
    expiresAt,
    state,
    departure: linkToken(serverEnv().GANTRY_SECRET, "departure", id),
  };
}

async function readDeparture(id: string): Promise<Shared | null> {
  const [row] = await service().execute<{ name: string; state: "open" | "left" }>(
    sql`select * from launch.peek_report_departure(${id}::uuid)`,
  );
  return row === undefined ? null : { kind: "departure", ...row };
}

/** What the link with this token leads to; null when the server made no such link. */
export async function readShared(token: string): Promise<Shared | null> {
  const link = readLinkToken(serverEnv().GANTRY_SECRET, token);
  if (link === null) return null;
  if (link.kind === "letter") return readLetter(link.id);
  if (link.kind === "departure") return readDeparture(link.id);
  const [row] = await service().execute<{
    workspace: string;
    email: string;
    state: "open" | "confirmed" | "expired";
  }>(sql`select * from launch.peek_report_address(${link.id}::uuid)`);
  return row === undefined ? null : { kind: "address", ...row };
}

/** Confirms the address that the link was mailed to. Throws not_found when it isn't open any more. */
export async function confirmAddress(token: string): Promise<void> {
  const link = readLinkToken(serverEnv().GANTRY_SECRET, token);
  if (link?.kind !== "address") throw new AppError("not_found", "This link isn't right.");
  await service().execute(sql`select launch.confirm_report_address(${link.id}::uuid)`);
}

/** Takes the address that the link was mailed to off the reports, or back on; again it changes nothing. Throws not_found. */
export async function depart(token: string, leaves: boolean): Promise<void> {
  const link = readLinkToken(serverEnv().GANTRY_SECRET, token);
  if (link?.kind !== "departure") throw new AppError("not_found", "This link isn't right.");
  await service().execute(sql`select launch.depart_report(${link.id}::uuid, ${leaves})`);
}

/** A file of the report that a link leads to, with the workspace's slug; drawn when it is the first. Null when there is none or the link has ended. */
export async function fetchShared(
  token: string,
  name: string,
): Promise<{ file: ReportFile; slug: string } | null> {
  const link = readLinkToken(serverEnv().GANTRY_SECRET, token);
  const letter = link?.kind === "letter" ? await readLetter(link.id) : null;
  if (link === null || letter?.kind !== "letter" || letter.state === "closed") return null;
  if (!letter.drawn) await drawReport(letter.reportId);
  const [file] = await service().execute<ReportFile>(
    sql`select content, sha256 from launch.fetch_letter_file(${link.id}::uuid, ${name})`,
  );
  return file === undefined ? null : { file, slug: letter.slug };
}
