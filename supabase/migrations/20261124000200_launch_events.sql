-- Signals: what a product reports. An event says that something happened (CloudEvents 1.0), a measurement how much of something
-- there is now. Both are partitioned by day and dropped by age.
--
-- An event lands in the hour in which it occurred, however late it arrives; touched_hours names the hours that have something new,
-- for the rollups. (source, id) is taken once: event_keys remembers each for 48 hours by arrival, whatever time the event has. What is
-- of an unknown type is counted and not kept.

create table launch.event_types (
  type text primary key,
  description text not null,
  constraint type_is_noun_verb check (type ~ '^[a-z]+\.[a-z_]+$')
);

insert into launch.event_types (type, description) values
  ('app.installed', 'Somebody installed the product'),
  ('registration.completed', 'An account was made; device and subject tell farms apart'),
  ('verification.completed', 'An account proved who it is'),
  ('chat.started', 'A chat began'),
  ('purchase.completed', 'A payment went through; amount'),
  ('purchase.charged_back', 'A payment was charged back; amount'),
  ('creator.registered', 'An account became a creator'),
  ('support.ticket_opened', 'Somebody asked support for help'),
  ('safety.incident_reported', 'A safety incident was reported'),
  ('churn.risk_reported', 'How likely an account leaves; value from 0 to 1'),
  ('store.rated', 'A rating in a store; value from 1 to 5'),
  ('campaign.touched', 'Somebody came through a campaign; data.campaign'),
  ('blocklist.added', 'An outside system blocks a device, account or IP range; data.kind, data.value, data.until'),
  ('blocklist.removed', 'An outside system lifts a block; data.kind, data.value');

create table launch.events (
  workspace_id uuid not null,
  occurred_at timestamptz not null,
  received_at timestamptz not null,
  type text not null,
  source text not null,
  event_id text not null,
  country text,
  subject text,
  device text,
  ip inet,
  amount_minor bigint,
  currency text,
  value double precision,
  data jsonb,
  primary key (workspace_id, occurred_at, source, event_id)
) partition by range (occurred_at);
-- The rollups read an hour by the primary key, the threat shield a window of one type by this.
create index events_type_occurred_at_idx on launch.events (workspace_id, type, occurred_at);

-- What arrived: the first 128 bits of the SHA-256 of source and id. Unique within each partition.
create table launch.event_keys (
  workspace_id uuid not null,
  key bytea not null,
  kept_at timestamptz not null
) partition by range (kept_at);

-- Events of types that nobody knows, a row a UTC day. The type is * from the thousandth of a day on.
create table launch.unknown_events (
  workspace_id uuid not null references app.workspaces (id) on delete cascade,
  day_at timestamptz not null,
  type text not null,
  events bigint not null,
  last_source text not null,
  last_at timestamptz not null,
  primary key (workspace_id, day_at, type)
) partition by range (day_at);

create table launch.measurements (
  workspace_id uuid not null,
  name text not null,
  measured_at timestamptz not null,
  received_at timestamptz not null,
  value double precision not null,
  primary key (workspace_id, name, measured_at)
) partition by range (measured_at);

-- Hours with events that the rollups have not seen yet. A rollup deletes what it is about to read, first, in the order of the key:
-- the delete waits for the batches under way, and what comes after it touches the hour anew.
create table private.touched_hours (
  workspace_id uuid not null,
  hour_at timestamptz not null,
  touched_at timestamptz not null,
  primary key (workspace_id, hour_at)
) with (fillfactor = 50);
alter table private.touched_hours enable row level security;

insert into private.partition_plans (parent, width, keep, unique_columns) values
  ('launch.events', '1 day', '120 days', null),
  ('launch.event_keys', '2 days', '4 days', 'workspace_id, key'),
  ('launch.unknown_events', '1 day', '120 days', null),
  ('launch.measurements', '1 day', '120 days', null);
select launch.maintain_partitions();

alter table launch.event_types enable row level security;
alter table launch.events enable row level security;
alter table launch.event_keys enable row level security;
alter table launch.unknown_events enable row level security;
alter table launch.measurements enable row level security;
create policy event_types_select_signed_in on launch.event_types for select to authenticated using (true);
create policy events_select_reader on launch.events for select to authenticated
  using (workspace_id = any (array(select private.workspaces_with('threats.read'))));
create policy unknown_events_select_reader on launch.unknown_events for select to authenticated
  using (workspace_id = any (array(select private.workspaces_with('threats.read'))));
create policy measurements_select_reader on launch.measurements for select to authenticated
  using (workspace_id = any (array(select private.workspaces_with('load.read'))));
grant select on launch.event_types, launch.events, launch.unknown_events, launch.measurements to authenticated;
