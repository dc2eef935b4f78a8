-- Limits of load, and what was made of them. A limit belongs to one measurement of a workspace; each minute the newest value is held
-- against it (launch.evaluate_load) and gives a level: 1 from 80 % of the limit, 2 from 100 %, 3 from 130 %. The workspace's throttle
-- level is the highest of its enabled limits.
--
-- A limit is static (a number somebody set) or adaptive (learned from the same hour of earlier weeks). Both are followed all the time,
-- whichever is in force, so that the page can say what the other would have done. Without a value nothing is limited.
--
-- source says where the value comes from: reported (POST /api/v1/measurements), prometheus (pulled each minute) or events (reported
-- events of one type, counted over a window).

create table launch.limits (
  workspace_id uuid not null references app.workspaces (id) on delete cascade,
  name text not null,
  source text not null default 'reported',
  kind text not null default 'static',
  value double precision,
  enabled boolean not null default true,
  event_type text references launch.event_types (type),
  event_window interval,
  mad_factor double precision not null default 6,
  floor double precision,
  ceiling double precision,
  daily_drift double precision not null default 0.1,
  min_samples int not null default 180,
  version int not null default 1,
  updated_at timestamptz not null default launch.now(),
  updated_by uuid references app.profiles (id) on delete set null,
  primary key (workspace_id, name),
  constraint name_is_snake_case check (name ~ '^[a-z][a-z0-9_]{0,62}$'),
  constraint source_is_known check (source in ('reported', 'events', 'prometheus')),
  constraint kind_is_known check (kind in ('static', 'adaptive')),
  -- NaN sorts above infinity, so this refuses it too.
  constraint value_is_positive check (value > 0 and value < 'Infinity'),
  constraint floor_is_positive check (floor > 0 and floor < 'Infinity'),
  constraint ceiling_is_above_floor check (ceiling > 0 and ceiling < 'Infinity' and (floor is null or ceiling >= floor)),
  constraint mad_factor_is_sensible check (mad_factor between 0 and 100),
  constraint daily_drift_is_a_share check (daily_drift > 0 and daily_drift <= 1),
  constraint min_samples_is_sensible check (min_samples between 1 and 100000),
  constraint counted_events_are_named check (source <> 'events' or (event_type is not null and event_window is not null)),
  constraint event_window_is_short check (event_window between interval '10 seconds' and interval '1 hour')
);
create index limits_event_type_idx on launch.limits (event_type);
create index limits_updated_by_idx on launch.limits (updated_by);

-- Where the evaluation of a limit stands. calm counts, for each level, the evaluations in a row that were below 80 % of its entry.
create table launch.limit_states (
  workspace_id uuid not null,
  name text not null,
  value double precision,
  measured_at timestamptz,
  is_stale boolean not null default false,
  level smallint not null default 0,
  level_since timestamptz not null default launch.now(),
  static_level smallint not null default 0,
  static_calm int[] not null default '{0,0,0}',
  adaptive_limit double precision,
  adaptive_level smallint not null default 0,
  adaptive_calm int[] not null default '{0,0,0}',
  evaluated_at timestamptz not null default launch.now(),
  primary key (workspace_id, name),
  foreign key (workspace_id, name) references launch.limits (workspace_id, name) on delete cascade,
  constraint levels_are_known check (level between 0 and 3 and static_level between 0 and 3 and adaptive_level between 0 and 3)
);

-- What was learned for each hour of the week (0 is Monday 00:00 UTC): median + mad_factor · MAD of the same hour of up to 8 weeks.
create table launch.adaptive_limits (
  workspace_id uuid not null,
  name text not null,
  hour_of_week smallint not null,
  value double precision,
  median double precision,
  mad double precision,
  samples int not null,
  learned_at timestamptz,
  tried_at timestamptz not null,
  primary key (workspace_id, name, hour_of_week),
  foreign key (workspace_id, name) references launch.limits (workspace_id, name) on delete cascade,
  constraint hour_is_of_a_week check (hour_of_week between 0 and 167)
);

-- One row a limit and minute. *_fired: that kind of limit rose from 0 in this minute.
create table launch.load_evaluations (
  workspace_id uuid not null,
  name text not null,
  slot_at timestamptz not null,
  value double precision,
  is_stale boolean not null,
  level smallint not null,
  static_limit double precision,
  static_level smallint not null,
  static_fired boolean not null,
  adaptive_limit double precision,
  adaptive_level smallint not null,
  adaptive_fired boolean not null,
  primary key (workspace_id, name, slot_at)
) partition by range (slot_at);

-- One row a workspace and minute: what was measured, and the level in force, which an override may have set.
create table launch.load_levels (
  workspace_id uuid not null,
  slot_at timestamptz not null,
  level smallint not null,
  level_in_force smallint not null,
  primary key (workspace_id, slot_at)
) partition by range (slot_at);

insert into private.partition_plans (parent, width, keep, unique_columns) values
  ('launch.load_evaluations', '1 day', '90 days', null),
  ('launch.load_levels', '1 day', '90 days', null);
select launch.maintain_partitions();

-- The limits every workspace begins with.
create function private.make_limits() returns trigger
  language plpgsql set search_path = '' as $$
begin
  insert into launch.limits (workspace_id, name, value, floor, ceiling, event_type, event_window) values
    (new.id, 'webrtc_sessions', 10000, 1000, 10000, null, null),
    (new.id, 'payments_per_minute', 100, 10, 100, 'purchase.completed', interval '1 minute'),
    (new.id, 'safety_tickets_per_5_minutes', 500, 50, 500, 'safety.incident_reported', interval '5 minutes'),
    (new.id, 'database_write_saturation', 0.8, 0.1, 0.8, null, null),
    (new.id, 'function_invocations_per_second', null, null, null, null, null);
  return new;
end
$$;
create trigger _200_make_limits after insert on app.workspaces for each row execute function private.make_limits();

alter table launch.limits enable row level security;
alter table launch.limit_states enable row level security;
alter table launch.adaptive_limits enable row level security;
alter table launch.load_evaluations enable row level security;
alter table launch.load_levels enable row level security;
create policy limits_select_reader on launch.limits for select to authenticated
  using (workspace_id = any (array(select private.workspaces_with('load.read'))));
create policy limit_states_select_reader on launch.limit_states for select to authenticated
  using (workspace_id = any (array(select private.workspaces_with('load.read'))));
create policy adaptive_limits_select_reader on launch.adaptive_limits for select to authenticated
  using (workspace_id = any (array(select private.workspaces_with('load.read'))));
create policy load_evaluations_select_reader on launch.load_evaluations for select to authenticated
  using (workspace_id = any (array(select private.workspaces_with('load.read'))));
create policy load_levels_select_reader on launch.load_levels for select to authenticated
  using (workspace_id = any (array(select private.workspaces_with('load.read'))));
grant select on launch.limits, launch.limit_states, launch.adaptive_limits, launch.load_evaluations, launch.load_levels to authenticated;
