import type { TransactionSql } from "postgres";
import type { OpenPhase, Phase } from "#lib/launch/vocabulary.ts";
import type { TestDatabase } from "./database.ts";
import { asPerson, openCountry, type Workspace } from "./people.ts";

/** What its owner does with the countries of whichever workspace a test has now, and how they stand. */
export function countriesOf(now: () => { db: TestDatabase; w: Workspace }) {
  function act<T>(work: (sql: TransactionSql) => Promise<T>): Promise<T> {
    return asPerson(now().db, now().w.owner, work);
  }
  const list = (codes: string[]) =>
    act((sql) => sql`select launch.list_countries(${now().w.id}, ${codes}) as listed`);
  return {
    act,
    list,
    async country(code = "PL") {
      const { db, w } = now();
      const [row] =
        await db.owner`select * from launch.countries where workspace_id = ${w.id} and code = ${code}`;
      return row;
    },
    async capsOf(code = "PL"): Promise<Record<string, number>> {
      const { db, w } = now();
      const rows =
        await db.owner`select operation, units from launch.caps where workspace_id = ${w.id} and country = ${code}`;
      return Object.fromEntries(rows.map((row) => [row.operation, row.units]));
    },
    /** Brings PL into a phase; pause remembers `before`. */
    async bring(phase: Phase, before: OpenPhase = "soft"): Promise<void> {
      const { db, w } = now();
      if (phase === "not_launched") return void (await list(["PL"]));
      await openCountry(db, w, "PL", { phase: phase === "pause" ? before : phase });
      if (phase === "pause") await act((sql) => sql`select launch.pause_country(${w.id}, 'PL', 'drill')`);
    },
  };
}
