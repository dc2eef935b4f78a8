import { sql as statement } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";
import { asUser } from "#lib/db/as-user.ts";
import { connect } from "#lib/db/connect.ts";
import type { Tx } from "#lib/db/service.ts";
import { readDeliveries } from "#lib/delivery/deliveries.ts";
import { readCountriesToday } from "#lib/launch/country-pages.ts";
import { readReceipts } from "#lib/launch/receipt-pages.ts";
import { readBlocks } from "#lib/threats/blocks.ts";
import { readAuditPage } from "#lib/workspace/audit.ts";
import { Durations, type Result } from "./measure.ts";

// The first page of a long list, as its reader and as the database's owner, whom no row policy holds, in turns:
// `node bench/lists-worker.ts <job as JSON>` prints both.

export interface ListJob {
  list: "receipts" | "audit" | "deliveries" | "blocks" | "countries";
  adminUrl: string;
  workspaceId: string;
  /** A member who may read all of it. */
  reader: string;
}

/** How long the page took under row policies, and past them. */
export interface ListTimes {
  under: Result;
  past: Result;
}

const WARM = 50;
const TURNS = 300;
const DAY = 86_400_000;

const LISTS: Record<ListJob["list"], (tx: Tx, workspaceId: string) => Promise<unknown[]>> = {
  receipts: async (tx, id) =>
    (await readReceipts(tx, id, "PL", { from: Date.now() - DAY, to: Date.now() + DAY })).lines,
  audit: async (tx, id) => (await readAuditPage(tx, id, {}, { limit: 50 })).entries,
  deliveries: async (tx, id) => (await readDeliveries(tx, id, { before: undefined, limit: 50 })).data,
  blocks: async (tx, id) => (await readBlocks(tx, id, {}, { limit: 50 })).data,
  countries: readCountriesToday,
};

async function compare({ list, adminUrl, workspaceId, reader }: ListJob): Promise<ListTimes> {
  const read = LISTS[list];
  const owner = drizzle(connect("bench", 1, adminUrl));
  const claims = JSON.stringify({ sub: reader, role: "authenticated" });
  const under = () => asUser({ sub: reader }, (tx) => read(tx, workspaceId));
  const past = () =>
    owner.transaction(async (tx) => {
      await tx.execute(
        statement`select set_config('role', 'none', true), set_config('request.jwt.claims', ${claims}, true)`,
      );
      return read(tx, workspaceId);
    });
  const [shown, all] = [await under(), await past()];
  if (shown.length === 0 || shown.length !== all.length) {
    throw new Error(`${list}: ${shown.length} rows as their reader, ${all.length} past the policies`);
  }
  const times = { under: new Durations(), past: new Durations() };
  for (let turn = 0; turn < WARM + TURNS; turn++) {
    for (const [name, page] of [
      ["under", under],
      ["past", past],
    ] as const) {
      const from = performance.now();
      await page();
      if (turn >= WARM) times[name].add(performance.now() - from);
    }
  }
  const result = (of: Durations) => ({ rate: null, p50: of.quantile(0.5), p99: of.quantile(0.99) });
  return { under: result(times.under), past: result(times.past) };
}

if (import.meta.main) {
  const times = await compare(JSON.parse(process.argv[2] ?? "{}") as ListJob);
  process.stdout.write(`${JSON.stringify(times)}\n`, () => process.exit(0));
}
