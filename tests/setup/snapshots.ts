import type { TestDatabase } from "./database.ts";
import type { Workspace } from "./people.ts";

/** The KPIs of the last 24 hours; what is left out is that of a healthy market. Amounts in minor units of USD. */
export interface Kpis {
  installs?: number;
  verified?: number;
  active_users?: number;
  revenue_minor?: number;
  currency?: string;
  missing_currencies?: string[];
  support_volume?: number;
  safety_incidents?: number;
}

const HEALTHY = {
  installs: 1000,
  verified: 800,
  active_users: 5000,
  revenue_minor: 1_000_000,
  currency: "USD",
  missing_currencies: [] as string[],
  support_volume: 10,
  safety_incidents: 2,
} satisfies Required<Kpis>;

/** Takes a country's snapshot of now from given numbers. */
export async function snapshot(
  db: TestDatabase,
  workspace: Workspace,
  kpis: Kpis = {},
  country = "PL",
): Promise<void> {
  const row = { ...HEALTHY, ...kpis };
  await db.owner`
    insert into launch.region_kpis (workspace_id, country, at, installs, verified, active_users, active_chats, revenue_minor, currency, revenues,
      missing_currencies, chargebacks, charged_back, support_volume, safety_incidents, events)
    values (${workspace.id}, ${country}, date_bin('15 minutes', launch.now(), '2020-01-01Z'), ${row.installs}, ${row.verified}, ${row.active_users}, 0,
      ${row.revenue_minor}, ${row.currency}, '{}', ${row.missing_currencies}, 0, '{}', ${row.support_volume}, ${row.safety_incidents}, 0)
    on conflict (workspace_id, country, at) do update set installs = excluded.installs, verified = excluded.verified,
      active_users = excluded.active_users, revenue_minor = excluded.revenue_minor, currency = excluded.currency,
      missing_currencies = excluded.missing_currencies, support_volume = excluded.support_volume, safety_incidents = excluded.safety_incidents`;
}
