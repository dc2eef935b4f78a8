import type { CountryQuery } from "#app/(console)/[workspace]/countries/[code]/query.ts";
import { asUser } from "#lib/db/as-user.ts";
import type { Tx } from "#lib/db/service.ts";
import { readForecasts } from "#lib/forecast/forecasts.ts";
import { readPastHours } from "#lib/forecast/past-hours.ts";
import { readChanges } from "#lib/launch/country-changes.ts";
import { readCountryToday } from "#lib/launch/country-pages.ts";
import { findReceiptId, readReceiptDetail, readReceipts } from "#lib/launch/receipt-pages.ts";
import { readFinishedDays, readUsageDay, type UsageDay } from "#lib/launch/usage-days.ts";
import type { Member } from "#lib/workspace/session.ts";

type Read = { tx: Tx; workspaceId: string; code: string; query: CountryQuery };

async function readReceiptsPart({ tx, workspaceId, code, query }: Read, { from, to }: UsageDay) {
  const { reason, of: operation, subject, before, outcome, find } = query;
  const allowed = outcome === undefined ? undefined : outcome === "granted";
  const receiptId = find === undefined ? query.receipt : await findReceiptId(tx, workspaceId, find);
  return {
    receipts: await readReceipts(tx, workspaceId, code, {
      from,
      to,
      allowed,
      reason,
      operation,
      subject,
      before,
    }),
    receipt: receiptId == null ? null : await readReceiptDetail(tx, workspaceId, receiptId),
  };
}

const DAY_MS = 86_400_000;

/** Everything a country's page shows, read in one transaction as the member; null for a country nobody has listed. */
export function readCountryPage(member: Member, code: string, query: CountryQuery, now: number) {
  const workspaceId = member.workspace.id;
  const where = { workspaceId, code, operation: query.operation };
  const mayReadReceipts = member.permissions.includes("receipts.read");
  return asUser(member.claims, async (tx) => {
    const country = await readCountryToday(tx, workspaceId, code);
    const usage = await readUsageDay(tx, where, query.day ?? null, now);
    if (country === null || usage === null) return null;
    const days = await readFinishedDays(tx, where);
    const changes = await readChanges(tx, workspaceId, code, 30);
    const [forecast] = await readForecasts(tx, workspaceId, code);
    const past = await readPastHours(tx, { workspaceId, code, since: now - DAY_MS });
    const nothing = { receipts: null, receipt: null };
    const part = mayReadReceipts ? await readReceiptsPart({ tx, workspaceId, code, query }, usage) : nothing;
    return { country, usage, days, changes, forecast, past, ...part };
  });
}
