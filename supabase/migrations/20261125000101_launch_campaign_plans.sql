-- What a campaign is expected to bring by the hour, its tasks, and its changes by people.
--
-- A campaign's plan may change until it ends; while it is live its country and start stay. Legal moves: draft → scheduled → live → ended, back from
-- scheduled to draft, and any of the first three → cancelled with a reason. Anything else raises GTTRN.
-- Lock order: the campaign, its counter, its tasks, alerts, the audit head.

create table launch.campaign_tasks (
  id uuid primary key default private.uuid_v7(),
  workspace_id uuid not null references app.workspaces (id) on delete cascade,
  campaign_id uuid not null references launch.campaigns (id) on delete cascade,
  title text not null,
  due_at timestamptz not null,
  owner_id uuid references app.profiles (id) on delete set null,
  done_at timestamptz,
  done_by uuid references app.profiles (id) on delete set null,
  constraint title_is_short check (char_length(title) between 1 and 200)
);
create index campaign_tasks_campaign_id_idx on launch.campaign_tasks (campaign_id, due_at);
create index campaign_tasks_workspace_id_idx on launch.campaign_tasks (workspace_id);
create index campaign_tasks_owner_id_idx on launch.campaign_tasks (owner_id);
create index campaign_tasks_done_by_idx on launch.campaign_tasks (done_by);

-- How a campaign's forecast spreads over its hours: evenly, or as a spike that halves every six hours, the way a post is seen. The shares
-- of a campaign sum to one; an hour that it begins or ends in counts as whole.
create function private.hours_of_campaign(c launch.campaigns) returns table (hour_at timestamptz, clicks numeric, registrations numeric)
  language sql stable set search_path = '' rows 100 as $$
  with hours as (
    select h.at, case c.shape when 'even' then 1::numeric else power(2::float8, -(row_number() over (order by h.at) - 1) / 6.0)::numeric end as weight
    from generate_series(date_trunc('hour', c.starts_at, 'UTC'), c.ends_at - interval '1 microsecond', interval '1 hour') as h (at))
  select h.at, round(c.traffic_forecast * h.weight / sum(h.weight) over (), 4), round(c.expected_installs * h.weight / sum(h.weight) over (), 4) from hours h
$$;

-- What a campaign should have brought by a time: whole hours, and of the one under way the part that has passed.
create function private.campaign_expected(c launch.campaigns, p_until timestamptz) returns table (clicks numeric, registrations numeric)
  language sql stable set search_path = '' rows 1 as $$
  select coalesce(sum(h.clicks * p.part), 0), coalesce(sum(h.registrations * p.part), 0)
  from private.hours_of_campaign(c) h cross join lateral (
    select least(extract(epoch from p_until - greatest(h.hour_at, c.starts_at)) / extract(epoch from
      least(h.hour_at + interval '1 hour', c.ends_at) - greatest(h.hour_at, c.starts_at)), 1) as part) p
  where greatest(h.hour_at, c.starts_at) < p_until
$$;

-- Whether less than half of the installs expected by a time came, from the middle of the window on.
create function private.is_behind(c launch.campaigns, p_at timestamptz, p_installs int, p_expected numeric) returns boolean
  language sql immutable set search_path = '' as $$
  select p_at >= c.starts_at + (c.ends_at - c.starts_at) / 2 and p_installs < p_expected / 2
$$;

-- What scheduled and live campaigns are expected to bring to a country, by campaign and hour. An install is expected to ask for a registration.
create function private.campaign_hours(p_workspace_id uuid, p_country text, p_from timestamptz, p_to timestamptz)
  returns table (campaign_id uuid, hour_at timestamptz, clicks numeric, registrations numeric)
  language sql stable set search_path = '' rows 100 as $$
  select c.id, h.hour_at, h.clicks, h.registrations from launch.campaigns c cross join lateral private.hours_of_campaign(c) h
  where c.workspace_id = p_workspace_id and c.country = p_country and c.status in ('scheduled', 'live') and not c.template
    and c.starts_at < p_to and c.ends_at > p_from and h.hour_at >= date_trunc('hour', p_from, 'UTC') and h.hour_at < p_to
$$;

-- Locks a campaign for a change. Raises GTNIL, and GTVER when p_expected_version is given and somebody else has changed it meanwhile.
create function private.lock_campaign(p_workspace_id uuid, p_id uuid, p_expected_version int) returns launch.campaigns
  language plpgsql volatile set search_path = '' as $$
declare c launch.campaigns;
begin
  perform private.require_permission(p_workspace_id, 'campaigns.manage');
  select * into c from launch.campaigns x where x.workspace_id = p_workspace_id and x.id = p_id for update;
  if c.id is null then
    perform private.refuse('GTNIL', 'There is no such campaign.');
  elsif p_expected_version is not null and p_expected_version <> c.version then
    perform private.refuse('GTVER', 'Someone else changed this campaign meanwhile.', jsonb_build_object('version', c.version));
  end if;
  return c;
end
$$;

-- The tasks that a forecast above 10,000 asks for before the start, where they are not there yet.
create function private.make_campaign_tasks(c launch.campaigns) returns void
  language sql volatile set search_path = '' as $$
  insert into launch.campaign_tasks (workspace_id, campaign_id, title, due_at)
  select c.workspace_id, c.id, t.title, c.starts_at - t.ahead
  from (values ('Scale what serves the traffic', interval '24 hours'), ('Prepare moderation', interval '24 hours'), ('Prepare support', interval '24 hours'),
    ('Tell the technical team', interval '48 hours')) as t (title, ahead)
  where c.traffic_forecast > 10000 and not c.template
    and not exists (select from launch.campaign_tasks x where x.campaign_id = c.id and x.title = t.title)
$$;

-- Makes a draft, or a template. Raises GTINV, and GTDUP when its slug is taken. The plan's numbers are given: where they come from followers, whoever
-- asks has reckoned them.
create function launch.create_campaign(
  p_workspace_id uuid, p_name text, p_slug text, p_country text, p_starts_at timestamptz, p_ends_at timestamptz, p_influencer text default null,
  p_followers int default null, p_traffic_forecast int default 0, p_expected_installs int default 0, p_creator_inflow int default 0,
  p_cost_minor bigint default null, p_cost_currency text default null, p_shape text default 'spike', p_sub_quota int default null, p_template boolean default false,
  p_install_window_days int default 7, p_later_window_days int default 30
) returns launch.campaigns
  language plpgsql volatile security definer set search_path = '' as $$
declare c launch.campaigns;
begin
  perform private.require_permission(p_workspace_id, 'campaigns.manage');
  if not exists (select from launch.iso_countries i where i.code = p_country) then
    perform private.refuse('GTINV', 'There is no such country.', jsonb_build_object('field', 'country'));
  elsif p_ends_at <= p_starts_at or p_ends_at > p_starts_at + interval '92 days' then
    perform private.refuse('GTINV', 'A campaign ends after it starts, within three months.', jsonb_build_object('field', 'ends_at'));
  elsif coalesce(p_install_window_days, 1) not between 1 and 30 or coalesce(p_later_window_days, 1) not between 1 and 90 then
    perform private.refuse('GTINV', 'An install belongs to a touch for 1 to 30 days, a later step for 1 to 90.', jsonb_build_object('field',
      case when coalesce(p_install_window_days, 1) not between 1 and 30 then 'install_window_days' else 'later_window_days' end));
  end if;
  insert into launch.campaigns (workspace_id, name, slug, influencer, followers, country, starts_at, ends_at, traffic_forecast, expected_installs,
    creator_inflow, cost_minor, cost_currency, shape, sub_quota, template, install_window_days, later_window_days, created_by)
  values (p_workspace_id, trim(p_name), p_slug, nullif(trim(p_influencer), ''), p_followers, p_country, p_starts_at, p_ends_at, p_traffic_forecast,
    p_expected_installs, p_creator_inflow, p_cost_minor, p_cost_currency, p_shape, p_sub_quota, p_template, p_install_window_days,
    p_later_window_days, (select auth.uid()))
  on conflict (workspace_id, slug) do nothing returning * into c;
  if c.id is null then
    perform private.refuse('GTDUP', 'Another campaign has this short name.', jsonb_build_object('field', 'slug'));
  end if;
  perform private.make_campaign_tasks(c);
  perform private.write_audit(p_workspace_id, 'campaign.created', 'campaign', c.id::text, 'notice', null,
    jsonb_build_object('name', c.name, 'country', c.country, 'starts_at', c.starts_at, 'ends_at', c.ends_at, 'traffic_forecast', c.traffic_forecast));
  return c;
end
$$;

-- Changes a campaign's plan; what is null stays, an empty influencer, −1 for cost or quota clears. A window that is
-- changed holds for what is attributed from then on. Raises GTTRN once it has ended, and for the country or start of a live one; GTINV.
create function launch.change_campaign(
  p_workspace_id uuid, p_id uuid, p_name text default null, p_country text default null, p_starts_at timestamptz default null, p_ends_at timestamptz default null,
  p_influencer text default null, p_followers int default null, p_traffic_forecast int default null, p_expected_installs int default null,
  p_creator_inflow int default null, p_cost_minor bigint default null, p_cost_currency text default null, p_shape text default null,
  p_sub_quota int default null, p_expected_version int default null, p_install_window_days int default null, p_later_window_days int default null
) returns launch.campaigns
  language plpgsql volatile security definer set search_path = '' as $$
declare v_was launch.campaigns := private.lock_campaign(p_workspace_id, p_id, p_expected_version); c launch.campaigns;
begin
  if v_was.status in ('ended', 'cancelled') then
    perform private.refuse('GTTRN', 'A campaign that is over does not change.', jsonb_build_object('status', v_was.status));
  elsif v_was.status = 'live' and (coalesce(p_country, v_was.country) <> v_was.country or coalesce(p_starts_at, v_was.starts_at) <> v_was.starts_at) then
    perform private.refuse('GTTRN', 'The country and start of a live campaign stay.', jsonb_build_object('field', 'starts_at'));
  elsif coalesce(p_ends_at, v_was.ends_at) <= coalesce(p_starts_at, v_was.starts_at)
    or coalesce(p_ends_at, v_was.ends_at) > coalesce(p_starts_at, v_was.starts_at) + interval '92 days' then
    perform private.refuse('GTINV', 'A campaign ends after it starts, within three months.', jsonb_build_object('field', 'ends_at'));
  elsif coalesce(p_install_window_days, 1) not between 1 and 30 or coalesce(p_later_window_days, 1) not between 1 and 90 then
    perform private.refuse('GTINV', 'An install belongs to a touch for 1 to 30 days, a later step for 1 to 90.', jsonb_build_object('field',
      case when coalesce(p_install_window_days, 1) not between 1 and 30 then 'install_window_days' else 'later_window_days' end));
  elsif p_country is not null and not exists (select from launch.iso_countries i where i.code = p_country) then
    perform private.refuse('GTINV', 'There is no such country.', jsonb_build_object('field', 'country'));
  end if;
  update launch.campaigns x set name = coalesce(trim(p_name), x.name), country = coalesce(p_country, x.country), starts_at = coalesce(p_starts_at, x.starts_at),
    ends_at = coalesce(p_ends_at, x.ends_at), influencer = case when p_influencer is null then x.influencer else nullif(trim(p_influencer), '') end,
    followers = coalesce(p_followers, x.followers), traffic_forecast = coalesce(p_traffic_forecast, x.traffic_forecast),
    expected_installs = coalesce(p_expected_installs, x.expected_installs), creator_inflow = coalesce(p_creator_inflow, x.creator_inflow),
    cost_minor = case when p_cost_minor = -1 then null else coalesce(p_cost_minor, x.cost_minor) end,
    cost_currency = case when p_cost_minor = -1 then null else coalesce(p_cost_currency, x.cost_currency) end,
    shape = coalesce(p_shape, x.shape), sub_quota = case when p_sub_quota = -1 then null else coalesce(p_sub_quota, x.sub_quota) end,
    install_window_days = coalesce(p_install_window_days, x.install_window_days), later_window_days = coalesce(p_later_window_days, x.later_window_days),
    version = x.version + 1
  where x.id = p_id returning * into c;
  perform private.settle_quota(c);
  perform private.make_campaign_tasks(c);
  perform private.write_audit(p_workspace_id, 'campaign.changed', 'campaign', p_id::text, 'notice', null, (
    select coalesce(jsonb_object_agg(n.key, jsonb_build_array(o.value, n.value)), '{}') from jsonb_each(to_jsonb(c)) n
    join jsonb_each(to_jsonb(v_was)) o using (key) where o.value <> n.value and n.key <> 'version'));
  return c;
end
$$;

-- Adds a task, or changes one: its title, owner, due time, and whether it is done. Raises GTNIL.
create function launch.set_campaign_task(
  p_workspace_id uuid, p_campaign_id uuid, p_id uuid, p_title text default null, p_due_at timestamptz default null, p_owner_id uuid default null, p_done boolean default null
) returns launch.campaign_tasks
  language plpgsql volatile security definer set search_path = '' as $$
declare t launch.campaign_tasks; c launch.campaigns := private.lock_campaign(p_workspace_id, p_campaign_id, null);
begin
  if p_owner_id is not null and not exists (select from app.members m where m.workspace_id = p_workspace_id and m.user_id = p_owner_id) then
    perform private.refuse('GTNIL', 'There is no such member.', jsonb_build_object('field', 'owner'));
  end if;
  if p_id is null then
    insert into launch.campaign_tasks (workspace_id, campaign_id, title, due_at, owner_id)
    values (p_workspace_id, p_campaign_id, trim(p_title), coalesce(p_due_at, c.starts_at), p_owner_id) returning * into t;
  else
    update launch.campaign_tasks x set title = coalesce(trim(p_title), x.title), due_at = coalesce(p_due_at, x.due_at), owner_id = coalesce(p_owner_id, x.owner_id),
      done_at = case when p_done is null then x.done_at when p_done then coalesce(x.done_at, launch.now()) end,
      done_by = case when p_done is null then x.done_by when p_done then coalesce(x.done_by, (select auth.uid())) end
    where x.id = p_id and x.campaign_id = p_campaign_id returning * into t;
    if t.id is null then
      perform private.refuse('GTNIL', 'There is no such task.');
    end if;
  end if;
  perform private.write_audit(p_workspace_id, 'campaign.task_set', 'campaign', p_campaign_id::text, 'info', null,
    jsonb_build_object('task', t.title, 'done', t.done_at is not null));
  return t;
end
$$;

alter table launch.campaign_tasks enable row level security;
create policy campaign_tasks_select_reader on launch.campaign_tasks for select to authenticated
  using (workspace_id = any (array(select private.workspaces_with('campaigns.read'))));
grant select on launch.campaign_tasks to authenticated;
grant execute on function launch.create_campaign(uuid, text, text, text, timestamptz, timestamptz, text, int, int, int, int, bigint, text, text, int, boolean, int, int),
  launch.change_campaign(uuid, uuid, text, text, timestamptz, timestamptz, text, int, int, int, int, bigint, text, text, int, int, int, int)
  to authenticated, gantry_service;
grant execute on function launch.set_campaign_task(uuid, uuid, uuid, text, timestamptz, uuid, boolean) to authenticated;
