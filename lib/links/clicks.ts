import { sql } from "drizzle-orm";
import { plain, texts } from "#lib/db/array-text.ts";
import type { Tx } from "#lib/db/service.ts";
import type { FieldError } from "#lib/errors.ts";
import { isBotAgent } from "./bots.ts";
import type { ClicksInput, ClicksReport } from "./schema.ts";
import type { BotReason } from "./vocabulary.ts";

const REFUSED: Record<string, FieldError> = {
  f: { path: "id", message: "At most 5 minutes ahead, by the time in it" },
  o: { path: "id", message: "At most 120 days back, on a day of which clicks are kept, by the time in it" },
  l: { path: "link", message: "None of the campaign's links" },
};

function botOf({ bot, user_agent }: ClicksInput["clicks"][number]): BotReason | null {
  if (bot === true) return "reported";
  return user_agent !== undefined && isBotAgent(user_agent) ? "user_agent" : null;
}

/**
 * Keeps clicks that a product's own redirect counted. Known by their ids, they are kept once; a wrong one is named by its place and the others
 * are kept. Throws not_found, forbidden.
 */
export async function reportClicks(
  tx: Tx,
  workspaceId: string,
  campaignId: string,
  { clicks }: ClicksInput,
): Promise<ClicksReport> {
  const [row] = await tx.execute<{
    letters: string;
  }>(sql`select launch.report_clicks(${workspaceId}::uuid, ${campaignId}::uuid,
    ${plain(clicks.map(({ id }) => id))}::text::uuid[], ${texts(clicks.map(({ link }) => link ?? null))}::text::text[],
    ${plain(clicks.map(({ country }) => country ?? null))}::text::text[], ${plain(clicks.map(botOf))}::text::text[]) as letters`);
  const report: ClicksReport = { accepted: 0, duplicates: 0, rejected: [] };
  [...(row?.letters ?? "")].forEach((letter, index) => {
    const error = REFUSED[letter];
    if (letter === "a") report.accepted += 1;
    else if (error === undefined) report.duplicates += 1;
    else report.rejected.push({ index, errors: [error] });
  });
  return report;
}
