import { setClock, type TestDatabase } from "./database.ts";
import type { Workspace } from "./people.ts";
import { reported } from "./reported.ts";

export const NOON = "2026-06-01T12:00:00.000Z";
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

/** A time so many milliseconds after noon. */
export const at = (ms: number) => new Date(Date.parse(NOON) + ms).toISOString();

/** The threat shield of whichever workspace a test has now. */
export function shieldOf(now: () => { db: TestDatabase; workspace: Workspace }) {
  const id = () => now().workspace.id;
  return {
    /** Runs the shield for the slot that ends `ms` after noon; the last good run was `since` before it. */
    async run(ms = 0, since = 5 * MINUTE) {
      const { db } = now();
      await setClock(db, at(ms));
      const [row] = await db.service`
        select launch.evaluate_threats(${id()}, ${at(ms)}, ${at(ms - since)}) as report`;
      return row?.report;
    },
    alerts: () => now().db.owner`
      select id, fingerprint, severity, status, outcome, occurrences, country, step, title, evidence from launch.alerts
      where workspace_id = ${id()} order by id`,
    async blocked(): Promise<string[]> {
      const rows = await now().db
        .owner`select kind, value from launch.blocks where workspace_id = ${id()} order by kind, value`;
      return rows.map(({ kind, value }) => `${kind} ${value}`);
    },
    setRule(rule: string, numbers: Record<string, string | number | string[]>) {
      const { owner } = now().db;
      return owner`update launch.threat_rules set ${owner(numbers)} where workspace_id = ${id()} and rule = ${rule}`;
    },
    /** Registrations of as many accounts on one device. */
    farm: (ms: number, subject = "acc-{n}", times = 3) =>
      reported(now().db, now().workspace, {
        type: "registration.completed",
        at: at(ms),
        device: "dev-1",
        subject,
        ip: "203.0.113.{n}",
        country: "PL",
        times,
      }),
    /** So many purchases at one time. */
    burst: (ms: number, country = "PL", times = 1000) =>
      reported(now().db, now().workspace, {
        type: "purchase.completed",
        at: at(ms),
        country,
        subject: "acc-{n}",
        times,
      }),
  };
}
