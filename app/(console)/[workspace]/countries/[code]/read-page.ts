import type { CountryQuery } from "#app/(console)/[workspace]/countries/[code]/query.ts";
import { asUser } from "#lib/db/as-user.ts";
import { readChanges } from "#lib/launch/country-changes.ts";
import { readCountryToday } from "#lib/launch/country-pages.ts";
import { findReceiptId, readReceiptDetail, readReceipts } from "#lib/launch/receipt-pages.ts";
import { readFinishedDays, readUsageDay } from "#lib/launch/usage-days.ts";
import type { Member } from "#lib/workspace/session.ts";

/** Everything a country's page shows, read in one transaction as the member; null for a country nobody has listed. */
export function readCountryPage(member: Member, code: string, query: CountryQuery, now: number) {
  const id = member.workspace.id;
  const where = { workspaceId: id, code, operation: query.operation };
  const mayReadReceipts = member.permissions.includes("receipts.read");
  return asUser(member.claims, async (tx) => {
    const country = await readCountryToday(tx, id, code);
    const usage = await readUsageDay(tx, where, query.day ?? null, now);
    if (country === null || usage === null) return null;
    const [days, changes] = await Promise.all([readFinishedDays(tx, where), readChanges(tx, id, code, 30)]);
    if (!mayReadReceipts) return { country, usage, days, changes, receipts: null, receipt: null };
    const { reason, of: operation, subject, before, outcome, find } = query;
    const allowed = outcome === undefined ? undefined : outcome === "granted";
    const filter = { from: usage.from, to: usage.to, allowed, reason, operation, subject, before };
    const receiptId = find === undefined ? (query.receipt ?? null) : await findReceiptId(tx, id, find);
    return {
      country,
      usage,
      days,
      changes,
      receipts: await readReceipts(tx, id, code, filter),
      receipt: receiptId === null ? null : await readReceiptDetail(tx, id, receiptId),
    };
  });
}
