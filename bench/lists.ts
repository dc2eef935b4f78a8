import { randomUUID } from "node:crypto";
import type { Sql } from "postgres";
import { runJob } from "./children.ts";
import type { ListJob, ListTimes } from "./lists-worker.ts";
import { makeChannel } from "./outbox.ts";
import type { Place } from "./place.ts";

const ROWS = 1_000_000;

/** The lists whose policies are timed; countries alone are a hundred and no million. */
export const MILLION_ROWS: ListJob["list"][] = ["receipts", "audit", "deliveries", "blocks", "countries"];

/** A fifth of a list's rows are another workspace's. */
interface Filling {
  admin: Sql;
  own: string;
  other: string;
  channel: string;
}

type Fill = (filling: Filling) => Promise<unknown>;

const FILLS: Partial<Record<ListJob["list"], Fill>> = {
  // Refused, so that the counters' sums stay what they are.
  receipts: ({ admin, own, other }) => admin`
    insert into launch.receipts (id, decided_at, workspace_id, api_key_id, idempotency_key, country, operation, units, subject, allowed, reason, throttle_level)
    select private.uuid_v7(), now(), case when i % 5 = 0 then ${other}::uuid else ${own}::uuid end, ${own}, 'list ' || i,
      case when i % 2 = 0 then 'PL' else 'CZ' end, 'user', 1, 'subject ' || i % 50000, false, 'cap_reached', 0
    from generate_series(1, ${ROWS}) i`,
  audit: ({ admin, own, other }) => admin`
    insert into app.audit_entries (workspace_id, sequence, at, actor_kind, actor_label, action, resource_type, resource_id, severity, details, previous_hash, hash)
    select case when i % 5 = 0 then ${other}::uuid else ${own}::uuid end, 1000000 + i, now(), 'engine', 'Gantry', 'alert.opened', 'alert', i::text,
      'notice', jsonb_build_object('number', i), sha256(i::text::bytea), sha256((i + 1)::text::bytea)
    from generate_series(1, ${ROWS}) i`,
  deliveries: ({ admin, own, other, channel }) => admin`
    with told as (
      insert into app.messages (workspace_id, type, subject, data)
      select case when i % 5 = 0 then ${other}::uuid else ${own}::uuid end, 'alert.opened', 'list:' || i, jsonb_build_object('title', 'Alert ' || i)
      from generate_series(1, ${ROWS}) i returning id, workspace_id, subject
    )
    insert into app.deliveries (workspace_id, channel_id, message_id, subject, state, settled_at, attempts)
    select workspace_id, ${channel}, id, subject, 'delivered', now(), 1 from told`,
  blocks: ({ admin, own, other }) => admin`
    insert into launch.blocks (workspace_id, kind, value, reason, source, until)
    select case when i % 5 = 0 then ${other}::uuid else ${own}::uuid end, 'device', 'list-' || i, 'Reported', 'import', now() + interval '30 days'
    from generate_series(1, ${ROWS}) i`,
};
const TABLES: Partial<Record<ListJob["list"], string>> = {
  receipts: "launch.receipts",
  audit: "app.audit_entries",
  deliveries: "app.messages, app.deliveries",
  blocks: "launch.blocks",
};

async function otherWorkspace(admin: Sql): Promise<string> {
  const id = randomUUID();
  await admin`insert into app.workspaces (id, name, slug, environment) values (${id}, 'Other', ${id}, 'staging')`;
  return id;
}

async function measure(place: Place, list: ListJob["list"]): Promise<ListTimes> {
  const { admin, adminUrl, workspaceId, root } = place;
  const [member] = await admin<{ user_id: string }[]>`
    select user_id from app.members where workspace_id = ${workspaceId} and role = 'owner'`;
  const fill = FILLS[list];
  if (fill !== undefined) {
    const other = await otherWorkspace(admin);
    await fill({ admin, own: workspaceId, other, channel: await makeChannel(place) });
    await admin.unsafe(`vacuum analyze ${TABLES[list]}`);
  }
  const job: ListJob = { list, adminUrl, workspaceId, reader: member?.user_id ?? "" };
  const env = { DATABASE_URL: place.serviceUrl, GANTRY_LOG_LEVEL: "error" };
  return runJob<ListTimes>(root, "bench/lists-worker.ts", job, env);
}

const measured = new Map<string, Promise<ListTimes>>();

/** The first page of a list under row policies and past them, in turns; measured once for both of its rows. */
export function listUnderPolicies(place: Place, list: ListJob["list"]): Promise<ListTimes> {
  const times = measured.get(list) ?? measure(place, list);
  measured.set(list, times);
  return times;
}
