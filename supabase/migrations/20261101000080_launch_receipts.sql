-- What cap checks leave behind. All of it is partitioned by time and dropped by age, never deleted row by row.
--
-- receipts          the recorded answer of each cap check; refusals are kept shorter than grants. kept: how much of the cap campaigns had to
--                   themselves, out of this check's reach
-- idempotency_keys  which receipt a key stands for, for 48 hours
-- reservations      units held until committed, released, or the end of their lease; campaign_units of them came from the campaign's sub-quota
-- usage_slots       granted, refused and returned units per five minutes: the chart of the day. A view: the five minutes under way stand
--                   in the counter and go to kept_slots when the next begin
--
-- Two processes that use one key for one request meet at the counter's lock and the second reads the first's answer. With
-- different bodies they may not meet there; then the unique index of idempotency_keys refuses the second, which is asked again
-- and gets its conflict. (The index spans two days: at their boundary two bodies sent in the same instant may both be decided,
-- each within its own cap.)

create table launch.receipts (
  id uuid not null,
  decided_at timestamptz not null,
  workspace_id uuid not null,
  api_key_id uuid not null,
  idempotency_key text not null,
  country text not null,
  operation text not null,
  units int not null,
  subject text,
  device text,
  ip inet,
  amount_minor bigint,
  amount_currency text,
  allowed boolean not null,
  reason text not null,
  shadow text,
  cap int,
  remaining int,
  day_on date,
  resets_at timestamptz,
  retry_at timestamptz,
  hold_expires_at timestamptz,
  policy_version int,
  throttle_level smallint not null,
  campaign text,
  kept int,
  primary key (id, decided_at, allowed)
) partition by list (allowed);
create index receipts_country_idx on launch.receipts (workspace_id, country, id);
create table launch.receipts_granted partition of launch.receipts for values in (true) partition by range (decided_at);
create table launch.receipts_refused partition of launch.receipts for values in (false) partition by range (decided_at);

create table launch.idempotency_keys (
  workspace_id uuid not null,
  key text not null,
  fingerprint uuid not null,
  receipt_id uuid not null,
  decided_at timestamptz not null,
  allowed boolean not null
) partition by range (decided_at);

create table launch.reservations (
  receipt_id uuid not null,
  decided_at timestamptz not null,
  workspace_id uuid not null,
  counter_id bigint not null,
  country text not null,
  operation text not null,
  day_on date not null,
  units int not null,
  amount_minor bigint not null,
  campaign_id uuid,
  campaign_units int,
  expires_at timestamptz not null,
  state text not null default 'held',
  settled_at timestamptz,
  primary key (receipt_id, decided_at),
  constraint state_is_known check (state in ('held', 'committed', 'released', 'expired')),
  constraint settled_reservation_has_time check ((state = 'held') = (settled_at is null)),
  constraint units_are_positive check (units > 0)
) partition by range (decided_at);
create index reservations_expires_at_idx on launch.reservations (expires_at) where state = 'held';

create table launch.kept_slots (
  counter_id bigint not null,
  slot_at timestamptz not null,
  workspace_id uuid not null,
  country text not null,
  operation text not null,
  day_on date not null,
  granted int not null default 0,
  refused int not null default 0,
  returned int not null default 0,
  primary key (counter_id, slot_at)
) partition by range (slot_at);
create index kept_slots_country_idx on launch.kept_slots (workspace_id, country, slot_at);

-- security_invoker: row policies of the reader apply.
create view launch.usage_slots with (security_invoker = true) as
select s.counter_id, s.slot_at, s.workspace_id, s.country, s.operation, s.day_on, least(sum(s.granted), 2147483647)::int as granted,
  least(sum(s.refused), 2147483647)::int as refused, least(sum(s.returned), 2147483647)::int as returned
from (
  select k.counter_id, k.slot_at, k.workspace_id, k.country, k.operation, k.day_on, k.granted, k.refused, k.returned from launch.kept_slots k
  union all
  select c.id, c.slot_at, c.workspace_id, c.country, c.operation, c.day_on, c.slot_granted, c.slot_refused, 0 from launch.counters c
  where c.slot_at is not null
) s group by 1, 2, 3, 4, 5, 6;

-- The five minutes that contain an instant.
create function private.slot_of(p_at timestamptz) returns timestamptz
  language plpgsql immutable set search_path = '' as $$
begin
  return date_bin('5 minutes', p_at, timestamptz '2020-01-01 00:00Z');
end
$$;

-- Keeps the five minutes that these counters have under way, where they are not those of p_now or their day has ended. The caller holds their locks.
create function private.keep_slots(p_ids bigint[], p_now timestamptz) returns void
  language plpgsql volatile set search_path = '' as $$
declare v_slot timestamptz := private.slot_of(p_now);
begin
  insert into launch.kept_slots as k (counter_id, slot_at, workspace_id, country, operation, day_on, granted, refused)
  select c.id, c.slot_at, c.workspace_id, c.country, c.operation, c.day_on, c.slot_granted, c.slot_refused from launch.counters c
  where c.id = any (p_ids) and (c.slot_at <> v_slot or (c.slot_at is not null and c.day_ends_at <= p_now))
  on conflict (counter_id, slot_at) do update set granted = least(k.granted::bigint + excluded.granted, 2147483647)::int,
    refused = least(k.refused::bigint + excluded.refused, 2147483647)::int;
  update launch.counters c set slot_at = null, slot_granted = 0, slot_refused = 0
  where c.id = any (p_ids) and (c.slot_at <> v_slot or (c.slot_at is not null and c.day_ends_at <= p_now));
end
$$;

-- How each of these is cut and how long it is kept.
create table private.partition_plans (
  parent text primary key,
  width interval not null,
  keep interval not null,
  unique_columns text
);
alter table private.partition_plans enable row level security;
insert into private.partition_plans (parent, width, keep, unique_columns) values
  ('launch.receipts_granted', '1 day', '400 days', null),
  ('launch.receipts_refused', '1 day', '14 days', null),
  ('launch.idempotency_keys', '2 days', '4 days', 'key, workspace_id'),
  ('launch.reservations', '1 day', '400 days', null),
  ('launch.kept_slots', '1 day', '400 days', null);

-- Makes the partitions from the day before yesterday to 14 days ahead and drops those past their age. Safe to run at any time and
-- twice at once (advisory lock). Dynamic, because a partition's name carries its date.
create function launch.maintain_partitions() returns int
  language plpgsql volatile security definer set search_path = '' as $$
declare v_plan private.partition_plans; v_from timestamptz; v_name text; v_made int := 0; v_old record;
begin
  perform pg_advisory_xact_lock(hashtext('launch.maintain_partitions'));
  -- Waiting for another run holds nobody up; waiting for a table, with others queued behind, would.
  perform set_config('lock_timeout', '2s', true);
  for v_plan in select * from private.partition_plans order by parent loop
    v_from := date_bin(v_plan.width, launch.now() - interval '2 days', timestamptz '2020-01-01 00:00Z');
    while v_from < launch.now() + interval '14 days' loop
      v_name := format('%s_%s', v_plan.parent, to_char(v_from at time zone 'UTC', 'YYYYMMDD'));
      if to_regclass(v_name) is null then
        execute format('create table %s partition of %s for values from (%L) to (%L)', v_name, v_plan.parent, v_from, v_from + v_plan.width);
        execute format('alter table %s enable row level security', v_name);
        if v_plan.unique_columns is not null then
          execute format('create unique index on %s (%s)', v_name, v_plan.unique_columns);
        end if;
        v_made := v_made + 1;
      end if;
      v_from := v_from + v_plan.width;
    end loop;
    for v_old in
      select c.oid::regclass as child from pg_catalog.pg_inherits i join pg_catalog.pg_class c on c.oid = i.inhrelid
      where i.inhparent = v_plan.parent::regclass
        and to_date(right(c.relname, 8), 'YYYYMMDD') < (launch.now() - v_plan.keep - v_plan.width) at time zone 'UTC'
    loop
      execute format('drop table %s', v_old.child);
    end loop;
  end loop;
  return v_made;
end
$$;

select launch.maintain_partitions();

alter table launch.receipts enable row level security;
alter table launch.receipts_granted enable row level security;
alter table launch.receipts_refused enable row level security;
alter table launch.idempotency_keys enable row level security;
alter table launch.reservations enable row level security;
alter table launch.kept_slots enable row level security;

create policy receipts_select_reader on launch.receipts for select to authenticated
  using (workspace_id = any (array(select private.workspaces_with('receipts.read'))));
create policy reservations_select_reader on launch.reservations for select to authenticated
  using (workspace_id = any (array(select private.workspaces_with('receipts.read'))));
create policy kept_slots_select_member on launch.kept_slots for select to authenticated
  using (workspace_id = any (array(select private.workspaces_with('countries.read'))));
grant select on launch.receipts, launch.reservations, launch.kept_slots, launch.usage_slots to authenticated;
grant execute on function launch.maintain_partitions() to gantry_service;
