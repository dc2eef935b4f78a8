import type { Result } from "./measure.ts";
import type { Place } from "./place.ts";

const CHECKS = 1_000_000;
const COUNTRIES = ["PL", "DE", "FR", "ES", "IT", "GB", "US", "JP"];
/** The local days that the recording touches: it goes back 48 hours, so that its partitions are there. */
const DAYS = 3;
const CAP = 12_000;
/** Every so many checks one was held and given back before the next. */
const RETURNED = 10;

/** A workspace of its own: what is written here stands in no counter. */
function makeWorkspace({ asOwner }: Place): Promise<string> {
  return asOwner(async (sql) => {
    const [made] = await sql<
      { id: string }[]
    >`select id from app.create_workspace('Dry runs', 'dry-runs', 'staging')`;
    const id = made?.id ?? "";
    await sql`select launch.list_countries(${id}, ${COUNTRIES})`;
    return id;
  });
}

/**
 * A million decisions of the last 48 hours as the engine would have recorded them: eight countries, three operations, caps that are reached in the
 * course of a day, and every tenth unit given back.
 */
async function record({ admin }: Place, workspaceId: string): Promise<void> {
  await admin`
    insert into launch.receipts (id, decided_at, workspace_id, api_key_id, idempotency_key, country, operation, units, amount_minor, amount_currency,
      allowed, reason, cap, remaining, day_on, policy_version, throttle_level)
    select private.uuid_v7_at(d.at), d.at, ${workspaceId}, ${workspaceId}, 'dry ' || d.i, d.country, d.operation, 1,
      case d.operation when 'payment' then 999 end, case d.operation when 'payment' then 'EUR' end, u.used < ${CAP},
      case when u.used < ${CAP} then 'granted' else 'cap_reached' end, ${CAP}, greatest(${CAP} - 1 - u.used, 0), d.day_on, 1, 0
    from (
      select x.*, row_number() over (partition by x.country, x.operation, x.day_on order by x.at) as place from (
        select i, date_trunc('milliseconds', now()) - i * interval '172 ms' - interval '1 minute' as at, n.code as country,
          ('{user,user,payment,creator}'::text[])[1 + i / 8 % 4] as operation,
          private.local_date(n.time_zone, date_trunc('milliseconds', now()) - i * interval '172 ms' - interval '1 minute') as day_on
        from generate_series(1, ${CHECKS}) i
        join launch.countries n on n.workspace_id = ${workspaceId} and n.code = (${COUNTRIES}::text[])[1 + i % 8]) x) d
    cross join lateral (select least(d.place - 1 - (d.place - 1) / ${RETURNED}, ${CAP}) as used) u`;
  await admin`
    insert into launch.reservations (receipt_id, decided_at, workspace_id, counter_id, country, operation, day_on, units, amount_minor, expires_at,
      state, settled_at)
    select r.id, r.decided_at, r.workspace_id, 0, r.country, r.operation, r.day_on, 1, 0, r.decided_at + interval '1 minute', 'released',
      r.decided_at + interval '100 ms'
    from (select r.*, row_number() over (partition by r.country, r.operation, r.day_on order by r.decided_at) as place from launch.receipts r
      where r.workspace_id = ${workspaceId} and r.idempotency_key like 'dry %') r
    where r.allowed and r.place % ${RETURNED} = 0`;
  await admin`vacuum analyze launch.receipts, launch.reservations`;
}

interface Came {
  status: string;
  checks: number;
  differences: number;
  changed: number;
}

/** Asks for a dry run and steps it to its end, as whoever looks at its page. */
async function run({ admin, asOwner }: Place, workspaceId: string, proposal: string): Promise<Came> {
  const id = await asOwner(async (sql) => {
    const [made] = await sql<{ id: string }[]>`
      select launch.create_dry_run(${workspaceId}, ${proposal}::text::jsonb, ${DAYS}) as id`;
    return made?.id ?? "";
  });
  for (let status = "queued"; status === "queued" || status === "running"; ) {
    status = await asOwner(async (sql) => {
      const [row] = await sql<{ status: string }[]>`select * from launch.step_dry_run(${workspaceId}, ${id})`;
      return row?.status ?? "";
    });
  }
  const [came] = await admin<Came[]>`
    select d.status, sum((r ->> 'checks')::int)::int as checks, sum((r ->> 'differences')::int)::int as differences,
      sum((r ->> 'gained')::int + (r ->> 'lost')::int)::int as changed
    from launch.dry_runs d cross join jsonb_array_elements(d.results) r where d.id = ${id} group by d.id`;
  if (came?.status !== "done") throw new Error(`the dry run ended as ${came?.status}`);
  return came;
}

async function timed(place: Place, workspaceId: string, proposal: string): Promise<Came & { ms: number }> {
  const from = performance.now();
  return { ...(await run(place, workspaceId, proposal)), ms: performance.now() - from };
}

/** A million decisions replayed under the policy as it was, which must reproduce each of them, then under lower caps, which must not. */
export async function replayMillion(place: Place): Promise<Result> {
  const workspaceId = await makeWorkspace(place);
  await record(place, workspaceId);
  const listed = Object.fromEntries(COUNTRIES.map((code) => [code, {}]));
  const lower = Object.fromEntries(
    COUNTRIES.map((code) => [code, { user_units: CAP / 2, payment_units: CAP / 4 }]),
  );
  const same = await timed(place, workspaceId, JSON.stringify({ countries: listed }));
  if (same.checks < CHECKS) throw new Error(`${same.checks} decisions were replayed`);
  if (same.differences > 0) throw new Error(`${same.differences} decisions came out otherwise than recorded`);
  const other = await timed(place, workspaceId, JSON.stringify({ countries: lower }));
  if (other.changed === 0) throw new Error("lower caps changed nothing");
  return { rate: CHECKS / (same.ms / 1000), p50: same.ms, p99: Math.max(same.ms, other.ms) };
}
