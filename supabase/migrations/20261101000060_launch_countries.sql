-- Countries of a workspace, their caps, and the counter each cap check consumes.
--
-- countries    phase and time zone; policy_version grows with every change
-- caps         what may enter in one local day, per operation
-- counters     one live row per country and operation: the current local day and what it has used. This row is the lock:
--              a cap check locks it before it reads anything, and so does every change of policy, which is what makes
--              a pause immediate. Lock order everywhere: counters by id, then the country, then the audit head.
--              kept is what live campaigns still have to themselves of the day's cap: see launch.campaign_quotas.
--              slot_… is the chart's five minutes under way, here because a check writes this row anyway: see launch.usage_slots
-- counter_days finished local days. A unit given back later returns to the day it came from.

create table launch.countries (
  workspace_id uuid not null references app.workspaces (id) on delete cascade,
  code text not null references launch.iso_countries (code),
  phase text not null default 'not_launched',
  phase_before_pause text,
  phase_since timestamptz not null default launch.now(),
  pause_reason text,
  time_zone text not null,
  policy_version int not null default 1,
  activated_at timestamptz,
  listed_at timestamptz not null default launch.now(),
  primary key (workspace_id, code),
  constraint phase_is_known check (phase in ('not_launched', 'alpha', 'soft', 'public', 'pause')),
  constraint paused_country_has_reason check ((phase = 'pause') = (pause_reason is not null)),
  constraint paused_country_remembers_its_phase check ((phase = 'pause') = (phase_before_pause is not null)),
  constraint remembered_phase_is_open check (phase_before_pause in ('alpha', 'soft', 'public')),
  constraint launched_country_has_activation check ((phase = 'not_launched') = (activated_at is null))
);
create index countries_code_idx on launch.countries (code);

create table launch.caps (
  workspace_id uuid not null,
  country text not null,
  operation text not null,
  units int not null,
  amount_minor bigint,
  amount_currency text,
  primary key (workspace_id, country, operation),
  foreign key (workspace_id, country) references launch.countries (workspace_id, code) on delete cascade,
  constraint operation_is_known check (operation in ('user', 'payment', 'creator')),
  constraint units_are_countable check (units between 0 and 100000000),
  constraint amount_cap_has_currency check ((amount_minor is null) = (amount_currency is null)),
  constraint amount_cap_is_for_payments check (amount_minor is null or operation = 'payment'),
  constraint amount_is_not_negative check (amount_minor >= 0),
  constraint currency_is_three_capitals check (amount_currency ~ '^[A-Z]{3}$')
);

create table launch.counters (
  id bigint generated always as identity primary key,
  workspace_id uuid not null references app.workspaces (id) on delete cascade,
  country text not null references launch.iso_countries (code),
  operation text not null,
  day_on date not null,
  day_starts_at timestamptz not null,
  day_ends_at timestamptz not null,
  used int not null default 0,
  held int not null default 0,
  kept int not null default 0,
  corrected int not null default 0,
  amount_used bigint not null default 0,
  amount_currency text,
  slot_at timestamptz,
  slot_granted int not null default 0,
  slot_refused int not null default 0,
  constraint counters_one_per_operation unique (workspace_id, country, operation),
  constraint operation_is_known check (operation in ('user', 'payment', 'creator')),
  constraint held_units_are_used_units check (held between 0 and used),
  constraint kept_is_not_negative check (kept >= 0),
  constraint amount_used_is_not_negative check (amount_used >= 0),
  constraint day_has_length check (day_ends_at > day_starts_at)
) with (fillfactor = 40, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);
create index counters_country_idx on launch.counters (country);

create table launch.counter_days (
  workspace_id uuid not null references app.workspaces (id) on delete cascade,
  country text not null references launch.iso_countries (code),
  operation text not null,
  day_on date not null,
  day_starts_at timestamptz not null,
  day_ends_at timestamptz not null,
  used int not null,
  held int not null,
  corrected int not null,
  amount_used bigint not null,
  amount_currency text,
  cap int,
  primary key (workspace_id, country, operation, day_on),
  constraint held_units_are_used_units check (held between 0 and used)
);
create index counter_days_country_idx on launch.counter_days (country);

create table launch.policy_versions (
  workspace_id uuid not null,
  country text not null,
  version int not null,
  action text not null,
  phase text not null,
  time_zone text not null,
  user_units int not null,
  payment_units int not null,
  creator_units int not null,
  payment_amount_minor bigint,
  payment_amount_currency text,
  reason text,
  changed_by text not null,
  changed_at timestamptz not null,
  primary key (workspace_id, country, version),
  foreign key (workspace_id, country) references launch.countries (workspace_id, code) on delete cascade
);

-- The instant at which a local date begins. A midnight that a clock change skips is the change itself; one that
-- comes twice is its second coming. Boundaries depend on the date alone, so days never gap or overlap.
create function private.day_boundary(p_time_zone text, p_on date) returns timestamptz
  language sql stable set search_path = '' as $$ select p_on::timestamp at time zone p_time_zone $$;

-- The local date that contains an instant.
create function private.local_date(p_time_zone text, p_at timestamptz) returns date
  language sql stable set search_path = '' as $$
  select d.guess
    + case when p_at < private.day_boundary(p_time_zone, d.guess) then -1
           when p_at >= private.day_boundary(p_time_zone, d.guess + 1) then 1 else 0 end
  from (select (p_at at time zone p_time_zone)::date as guess) as d
$$;

-- The day that follows a finished one, at an instant at or after its end. Without a change of zone: the local date of
-- the instant. With one: no date comes twice, and the new day starts where the old one ended, so nothing reopens.
create function private.following_day(p_time_zone text, p_at timestamptz, p_previous_on date, p_previous_ends_at timestamptz)
  returns table (day_on date, day_starts_at timestamptz, day_ends_at timestamptz)
  language sql stable set search_path = '' rows 1 as $$
  select d.day_on,
    case when private.day_boundary(p_time_zone, d.day_on) > p_at then p_previous_ends_at
      else greatest(private.day_boundary(p_time_zone, d.day_on), p_previous_ends_at) end,
    private.day_boundary(p_time_zone, d.day_on + 1)
  from (select case when p_previous_on is null then private.local_date(p_time_zone, p_at)
    else greatest(private.local_date(p_time_zone, p_at), p_previous_on + 1) end as day_on) as d
$$;

alter table launch.countries enable row level security;
alter table launch.caps enable row level security;
alter table launch.counters enable row level security;
alter table launch.counter_days enable row level security;
alter table launch.policy_versions enable row level security;

create policy countries_select_member on launch.countries for select to authenticated
  using (workspace_id = any (array(select private.workspaces_with('countries.read'))));
create policy caps_select_member on launch.caps for select to authenticated
  using (workspace_id = any (array(select private.workspaces_with('countries.read'))));
create policy counters_select_member on launch.counters for select to authenticated
  using (workspace_id = any (array(select private.workspaces_with('countries.read'))));
create policy counter_days_select_member on launch.counter_days for select to authenticated
  using (workspace_id = any (array(select private.workspaces_with('countries.read'))));
create policy policy_versions_select_member on launch.policy_versions for select to authenticated
  using (workspace_id = any (array(select private.workspaces_with('countries.read'))));

grant select on launch.countries, launch.caps, launch.counters, launch.counter_days, launch.policy_versions to authenticated;
