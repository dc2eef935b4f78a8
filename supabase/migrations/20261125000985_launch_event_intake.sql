-- What came in, as its operators see it: how many events of each type were accepted, repeated, refused or late, in quarters of an hour.
--
-- Each web and gate process counts what became of the events it was sent and adds that here every ten seconds, so that reporting an event
-- writes nothing more than the event. A process that is killed takes the counts of its last ten seconds with it, never an event. What is
-- of a type that is not ours, or has none, stands under *: launch.unknown_events names such types. Late is what is accepted more than an
-- hour after it happened; it counts in the hour in which it happened.

create table launch.event_intake (
  workspace_id uuid not null,
  slot_at timestamptz not null,
  type text not null,
  accepted bigint not null,
  late bigint not null,
  duplicates bigint not null,
  unknown bigint not null,
  refused bigint not null,
  last_at timestamptz not null,
  last_problem text,
  problem_at timestamptz,
  primary key (workspace_id, slot_at, type)
) partition by range (slot_at);
insert into private.partition_plans (parent, width, keep, unique_columns) values ('launch.event_intake', '10 days', '40 days', null);
select launch.maintain_partitions();

-- Adds a process's counts, one place a key and type. p_problems: why the last of those was refused. A key that is not in force counts nothing.
-- Definer: the service writes no tables.
create function launch.count_events(
  p_key_hashes bytea[], p_types text[], p_accepted bigint[], p_late bigint[], p_duplicates bigint[], p_unknown bigint[], p_refused bigint[],
  p_problems text[]
) returns void
  language sql volatile security definer set search_path = '' as $$
  insert into launch.event_intake as i (workspace_id, slot_at, type, accepted, late, duplicates, unknown, refused, last_at, last_problem, problem_at)
  select k.workspace_id, date_bin('15 minutes', launch.now(), timestamptz '2020-01-01 00:00Z'), coalesce(t.type, '*'), sum(c.accepted), sum(c.late),
    sum(c.duplicates), sum(c.unknown), sum(c.refused), launch.now(), max(left(c.problem, 200)), case when max(c.problem) is not null then launch.now() end
  from unnest(p_types, p_accepted, p_late, p_duplicates, p_unknown, p_refused, p_problems) with ordinality
    as c (type, accepted, late, duplicates, unknown, refused, problem, place)
  join private.verify_keys(p_key_hashes, 'signals.report') k on k.place = c.place and k.problem is null
  left join launch.event_types t on t.type = c.type
  group by 1, 3 order by 1, 3
  on conflict (workspace_id, slot_at, type) do update set accepted = i.accepted + excluded.accepted, late = i.late + excluded.late,
    duplicates = i.duplicates + excluded.duplicates, unknown = i.unknown + excluded.unknown, refused = i.refused + excluded.refused,
    last_at = excluded.last_at, last_problem = coalesce(excluded.last_problem, i.last_problem),
    problem_at = coalesce(excluded.problem_at, i.problem_at)
$$;

alter table launch.event_intake enable row level security;
create policy event_intake_select_reader on launch.event_intake for select to authenticated
  using (workspace_id = any (array(select private.workspaces_with('load.read'))));
grant select on launch.event_intake to authenticated;
grant execute on function launch.count_events(bytea[], text[], bigint[], bigint[], bigint[], bigint[], bigint[], text[]) to gantry_service;
