-- Campaigns: an influencer sends people into one country in a window of time.
--
-- What is planned stands here: forecast, expected installs, creator inflow, cost, and how the forecast spreads over the hours. What came of it is
-- counted by tracked links. sub_quota: units of the country's user cap that the campaign has to itself each local day while it is live (see
-- launch.campaign_quotas). A template is no campaign of its own; others are made from it.
-- The windows say how long after a touch an install, and a later step, still belong to it.

create table launch.campaigns (
  id uuid primary key default private.uuid_v7(),
  workspace_id uuid not null references app.workspaces (id) on delete cascade,
  name text not null,
  slug text not null,
  influencer text,
  followers int,
  country text not null references launch.iso_countries (code),
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  status text not null default 'draft',
  traffic_forecast int not null default 0,
  expected_installs int not null default 0,
  creator_inflow int not null default 0,
  cost_minor bigint,
  cost_currency text,
  shape text not null default 'spike',
  benchmarks jsonb not null default '{}',
  sub_quota int,
  template boolean not null default false,
  install_window_days int not null default 7,
  later_window_days int not null default 30,
  version int not null default 1,
  created_by uuid references app.profiles (id) on delete set null,
  created_at timestamptz not null default launch.now(),
  constraint campaigns_slug_in_workspace unique (workspace_id, slug),
  constraint name_is_short check (char_length(name) between 1 and 120),
  constraint slug_is_url_safe check (slug ~ '^[a-z0-9](-?[a-z0-9]){1,63}$'),
  constraint window_has_length check (ends_at > starts_at),
  constraint status_is_known check (status in ('draft', 'scheduled', 'live', 'ended', 'cancelled')),
  constraint shape_is_known check (shape in ('spike', 'even')),
  constraint install_window_is_a_month_at_most check (install_window_days between 1 and 30),
  constraint later_window_is_a_quarter_at_most check (later_window_days between 1 and 90),
  constraint plan_is_not_negative check (followers >= 0 and traffic_forecast >= 0 and expected_installs >= 0 and creator_inflow >= 0 and cost_minor >= 0),
  constraint sub_quota_is_countable check (sub_quota between 1 and 10000000),
  constraint cost_has_currency check ((cost_minor is null) = (cost_currency is null)),
  constraint currency_is_three_capitals check (cost_currency ~ '^[A-Z]{3}$')
);
create index campaigns_workspace_id_idx on launch.campaigns (workspace_id, id desc);
create index campaigns_running_idx on launch.campaigns (workspace_id, country, starts_at) where status in ('scheduled', 'live');
create index campaigns_country_idx on launch.campaigns (country);
create index campaigns_created_by_idx on launch.campaigns (created_by);

alter table launch.campaigns enable row level security;
create policy campaigns_select_reader on launch.campaigns for select to authenticated
  using (workspace_id = any (array(select private.workspaces_with('campaigns.read'))));
grant select on launch.campaigns to authenticated;
