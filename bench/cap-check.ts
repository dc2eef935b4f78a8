import { claimsOf } from "./claims.ts";
import { checkLedger } from "./ledger.ts";
import type { Result } from "./measure.ts";
import { buildNext } from "./next-app.ts";
import type { Place } from "./place.ts";
import { type Row, TABLES } from "./rows.ts";
import { printClaims, printHeading, printResult, say } from "./table.ts";

interface Run {
  results: Map<string, Result>;
  failed: string[];
}

/** Does one part of the run. One that fails says so by name, and the rest goes on. */
async function attempt(run: Run, name: string, part: () => Promise<void>): Promise<void> {
  try {
    await part();
  } catch (error) {
    run.failed.push(name);
    say(`${name}: FAILED. ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function measure(run: Run, place: Place, { id, name, measure: take }: Row): Promise<void> {
  const result = await take(place);
  run.results.set(id, result);
  printResult(name, result);
}

/**
 * The cap check beside its peers, in one run on one Postgres. Prints the figures as they come, and whether each target is met. Returns the
 * names of the parts that failed; a counter that differs from its ledger at the end is one of them.
 */
export async function capCheck(place: Place): Promise<string[]> {
  const run: Run = { results: new Map(), failed: [] };
  await attempt(run, "building the Next app", () => buildNext(place.root));
  for (const { title, rows } of TABLES) {
    printHeading(title);
    for (const row of rows) await attempt(run, row.name, () => measure(run, place, row));
  }
  printClaims(claimsOf(run.results));
  await attempt(run, "the ledger", async () => {
    const { receipts, wrong } = await checkLedger(place);
    if (wrong > 0) throw new Error(`${wrong} counters differ from it`);
    say(`\nCounters and ledger agree over ${receipts.toLocaleString("en")} receipts.`);
  });
  return run.failed;
}
