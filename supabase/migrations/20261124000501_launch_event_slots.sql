-- What was reported, rolled up: events per country, quarter of an hour, type and currency, and who was active. Quarters of an hour
-- because the zones of all countries begin their days on one (Kathmandu is 5:45 ahead), so local days and hours are sums of slots.
--
-- Incremental: private.touched_hours names the hours with something new. Those are counted again as a whole from the events, so a
-- rollup can be repeated, a late event changes its own hour, and nothing else is read. An hour is taken off the list before its
-- events are read: what is reported meanwhile waits for that row's lock or sees no row, and puts the hour on the list again.
-- Lock order: touched hours by time; then slots, which nobody else writes. Events without a country are in no slot.
--
-- Active users are exact: a slot keeps a 64-bit hash of each subject once, and longer spans count the union. (Among a million
-- people, two share a hash with a chance of 1 in 37 million.) hour_users: the union of the slot's hour, the same in each of its slots.

create table launch.event_slots (
  workspace_id uuid not null,
  country text not null,
  slot_at timestamptz not null,
  type text not null,
  currency text not null default '',
  events int not null,
  amount_minor numeric not null default 0,
  value_sum double precision not null default 0,
  value_count int not null default 0,
  primary key (workspace_id, country, slot_at, type, currency)
) partition by range (slot_at);
create index event_slots_slot_at_idx on launch.event_slots (workspace_id, slot_at);

create table private.active_slots (
  workspace_id uuid not null,
  country text not null,
  slot_at timestamptz not null,
  subjects bigint[] not null,
  hour_users int not null,
  primary key (workspace_id, country, slot_at)
) partition by range (slot_at);
create index active_slots_slot_at_idx on private.active_slots (workspace_id, slot_at);
-- Hashes don't compress.
alter table private.active_slots alter column subjects set storage external;
alter table private.active_slots enable row level security;

insert into private.partition_plans (parent, width, keep, unique_columns) values
  ('launch.event_slots', '10 days', '400 days', null),
  ('private.active_slots', '10 days', '120 days', null);
select launch.maintain_partitions();

-- Counts one hour again from its events. Returns the countries whose slots it wrote or took away.
-- The events are read once, into a few hundred groups that also gather their hashes; who was active in the hour is then found country by
-- country, with the quarters in which each was seen as bits. Sorting is off because the groups look like millions to the planner, memoizing
-- because keeping all hashes only hashes them.
create function private.roll_up_hour(p_workspace_id uuid, p_hour timestamptz) returns text[]
  language plpgsql volatile set search_path = '' set work_mem = '256MB' set jit = off set enable_sort = off set enable_memoize = off as $$
declare v_end timestamptz := p_hour + interval '1 hour'; v_before text[]; v_after text[];
begin
  with gone as (delete from launch.event_slots s
    where s.workspace_id = p_workspace_id and s.slot_at >= p_hour and s.slot_at < v_end returning s.country)
  select array_agg(distinct g.country) into v_before from gone g;
  delete from private.active_slots a where a.workspace_id = p_workspace_id and a.slot_at >= p_hour and a.slot_at < v_end;
  with counted as materialized (
    select g.*, 1 << (extract(epoch from g.slot_at - p_hour)::int / 900) as quarter from (
      select e.country, date_bin('15 minutes', e.occurred_at, p_hour) as slot_at, e.type, coalesce(e.currency, '') as currency,
        count(*) as events, coalesce(sum(e.amount_minor), 0) as amount_minor, coalesce(sum(e.value), 0) as value_sum,
        count(e.value) as value_count, array_agg(hashtextextended(e.subject, 0)) filter (where e.subject is not null) as subjects
      from launch.events e
      where e.workspace_id = p_workspace_id and e.occurred_at >= p_hour and e.occurred_at < v_end and e.country is not null
      group by 1, 2, 3, 4) g),
  made as (
    insert into launch.event_slots (workspace_id, country, slot_at, type, currency, events, amount_minor, value_sum, value_count)
    select p_workspace_id, c.country, c.slot_at, c.type, c.currency, c.events, c.amount_minor, c.value_sum, c.value_count from counted c),
  active as (
    insert into private.active_slots (workspace_id, country, slot_at, subjects, hour_users)
    select p_workspace_id, n.country, p_hour + q.quarter * interval '15 minutes', q.subjects, h.users
    from (select distinct c.country from counted c) n
    cross join lateral (
      select count(*) as users, array_agg(d.subject) filter (where d.quarters & 1 > 0) as first,
        array_agg(d.subject) filter (where d.quarters & 2 > 0) as second, array_agg(d.subject) filter (where d.quarters & 4 > 0) as third,
        array_agg(d.subject) filter (where d.quarters & 8 > 0) as fourth
      from (select u.subject, bit_or(u.quarter) as quarters
        from (select unnest(c.subjects) as subject, c.quarter from counted c where c.country = n.country) u group by 1) d) h
    cross join lateral (values (0, h.first), (1, h.second), (2, h.third), (3, h.fourth)) as q (quarter, subjects)
    where q.subjects is not null)
  select array_agg(distinct c.country) into v_after from counted c;
  return array(select distinct c from unnest(v_before || v_after) c where c is not null);
end
$$;

-- Takes up to p_limit touched hours of a workspace off the list, the newest first. The caller counts them in this transaction.
create function private.take_touched_hours(p_workspace_id uuid, p_limit int) returns timestamptz[]
  language sql volatile set search_path = '' as $$
  with chosen as (
    select h.hour_at from private.touched_hours h where h.workspace_id = p_workspace_id
      and h.hour_at = any (array(select n.hour_at from private.touched_hours n
        where n.workspace_id = p_workspace_id order by n.hour_at desc limit p_limit))
    order by h.hour_at for update),
  taken as (
    delete from private.touched_hours h using chosen c
    where h.workspace_id = p_workspace_id and h.hour_at = c.hour_at returning h.hour_at)
  select coalesce(array_agg(t.hour_at order by t.hour_at), '{}') from taken t
$$;

alter table launch.event_slots enable row level security;
create policy event_slots_select_member on launch.event_slots for select to authenticated
  using (workspace_id = any (array(select private.workspaces_with('regions.read'))));
grant select on launch.event_slots to authenticated;
