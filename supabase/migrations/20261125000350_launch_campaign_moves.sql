-- Whether a campaign fits into what its country can take, and its moves from draft to ended.

-- The room of each local day of a country: its user cap, or what an experiment plans for that day, less what was used today, less what its own
-- history says will come and what other campaigns bring. base is null where there is no history to go by; then only the campaigns count. Days without a cap have no room.
-- What comes earlier on the day of p_from takes its room as well. Another campaign takes what it is expected to bring, or its sub-quota where that is more.
-- open: the room were there no demand but campaigns'. The campaign's own sub-quota makes room of it.
create function private.campaign_room(c launch.campaigns, p_from timestamptz, p_to timestamptz)
  returns table (day_on date, cap int, base numeric, others numeric, room numeric, open numeric)
  language sql stable set search_path = '' rows 30 as $$
  with z as (
    select x.name, date_trunc('hour', greatest(private.day_boundary(x.name, (p_from at time zone x.name)::date), launch.now()), 'UTC') as from_at
    from (select private.country_zone(c.workspace_id, c.country) as name) x),
  days as (select d::date as day_on from z, generate_series((p_from at time zone z.name)::date, (p_to at time zone z.name)::date, interval '1 day') d),
  base as (select (b.hour_at at time zone z.name)::date as day_on, sum(b.p50) as units
    from z, private.forecast_base(c.workspace_id, c.country, z.from_at, p_to + interval '1 day') b group by 1),
  others as (select y.day_on, sum(greatest(y.units, y.kept)) as units from (
      select h.campaign_id, (h.hour_at at time zone z.name)::date as day_on, round(sum(h.registrations)) as units,
        coalesce(min(q.units - q.used), min(x.sub_quota), 0) as kept
      from z cross join lateral private.campaign_hours(c.workspace_id, c.country, z.from_at, p_to + interval '1 day') h
      join launch.campaigns x on x.id = h.campaign_id
      left join launch.campaign_quotas q on q.campaign_id = x.id and q.day_on = (h.hour_at at time zone z.name)::date
      where h.campaign_id <> c.id group by 1, 2) y group by 1)
  select d.day_on, p.units, b.units, coalesce(o.units, 0),
    greatest(r.units - coalesce(b.units, 0), case when c.sub_quota is not null then least(c.sub_quota, r.units) end), r.units
  from days d cross join z left join base b using (day_on) left join others o using (day_on)
  left join launch.caps k on k.workspace_id = c.workspace_id and k.country = c.country and k.operation = 'user'
  left join launch.counters n on n.workspace_id = c.workspace_id and n.country = c.country and n.operation = 'user'
  cross join lateral (select case when d.day_on > (launch.now() at time zone z.name)::date
    then private.planned_cap(c.workspace_id, c.country, 'user', d.day_on, k.units) else k.units end as units) p
  cross join lateral (select coalesce(p.units, 0) - case when n.day_on = d.day_on then n.used else 0 end - coalesce(o.units, 0) as units) r
$$;

-- The days on which a campaign moved by some days, or spread differently, would ask for more than there is room for.
create function private.campaign_excess(c launch.campaigns, p_days int, p_shape text, p_rooms jsonb) returns jsonb
  language plpgsql stable set search_path = '' as $$
begin
  c.shape := p_shape;
  c.starts_at := c.starts_at + p_days * interval '1 day';
  c.ends_at := c.ends_at + p_days * interval '1 day';
  return (
    select coalesce(jsonb_agg(jsonb_build_object('day', d.day_on, 'expected', d.units::int, 'room', greatest(coalesce((p_rooms ->> d.day_on::text)::numeric, 0), 0)::int)
      order by d.day_on), '[]')
    from (select (h.hour_at at time zone private.country_zone(c.workspace_id, c.country))::date as day_on, round(sum(h.registrations)) as units
      from private.hours_of_campaign(c) h where h.hour_at >= date_trunc('hour', launch.now(), 'UTC') group by 1) d
    where d.units > coalesce((p_rooms ->> d.day_on::text)::numeric, 0));
end
$$;

-- Whether a campaign fits: the days it would overrun, a phase or throttle level that stands against it, and what would fit instead: spread evenly, the first
-- later start within two weeks, the most installs, and the sub-quota with which it would, where what stands in the way is the country's own demand.
create function launch.check_campaign(p_workspace_id uuid, p_id uuid) returns jsonb
  language plpgsql stable security definer set search_path = '' as $$
declare
  c launch.campaigns; v_rooms jsonb; v_excess jsonb; v_phase text; v_level int; v_later int; v_peak numeric; v_days jsonb; v_fits numeric; v_known boolean; v_open jsonb;
begin
  perform private.require_permission(p_workspace_id, 'campaigns.read');
  select * into c from launch.campaigns x where x.workspace_id = p_workspace_id and x.id = p_id;
  if c.id is null then
    perform private.refuse('GTNIL', 'There is no such campaign.');
  end if;
  select jsonb_object_agg(r.day_on, r.room), jsonb_object_agg(r.day_on, r.open), bool_and(r.base is not null),
    jsonb_agg(jsonb_build_object('day', r.day_on, 'cap', r.cap, 'base', round(r.base), 'others', round(r.others), 'room', greatest(round(r.room), 0)) order by r.day_on)
  into v_rooms, v_open, v_known, v_days from private.campaign_room(c, c.starts_at, c.ends_at + interval '14 days') r;
  v_excess := private.campaign_excess(c, 0, c.shape, v_rooms);
  select n.phase into v_phase from launch.countries n where n.workspace_id = p_workspace_id and n.code = c.country;
  select case when t.forced_until > launch.now() then t.forced_level else t.level end into v_level from launch.throttles t where t.workspace_id = p_workspace_id;
  select min(k) into v_later from generate_series(1, 14) k where private.campaign_excess(c, k, c.shape, v_rooms) = '[]';
  select max(d.units), min(greatest(coalesce((v_rooms ->> d.day_on::text)::numeric, 0), 0) / nullif(d.units, 0)) into v_peak, v_fits
  from (select (h.hour_at at time zone private.country_zone(c.workspace_id, c.country))::date as day_on, round(sum(h.registrations)) as units
    from private.hours_of_campaign(c) h where h.hour_at >= date_trunc('hour', launch.now(), 'UTC') group by 1) d;
  return jsonb_build_object(
    'verdict', case when v_excess = '[]' and coalesce(v_phase in ('alpha', 'soft', 'public'), false) and coalesce(v_level, 0) < 2 then 'fits' else 'conflict' end,
    'phase', coalesce(v_phase, 'not_launched'), 'throttle_level', coalesce(v_level, 0), 'base_known', coalesce(v_known, false),
    'days', (select coalesce(jsonb_agg(d order by d ->> 'day'), '[]') from jsonb_array_elements(v_days) d
      where (d ->> 'day')::date <= (c.ends_at at time zone private.country_zone(p_workspace_id, c.country))::date),
    'overrun', v_excess,
    'fits', case when v_excess <> '[]' then jsonb_build_object(
      'even', c.shape = 'spike' and private.campaign_excess(c, 0, 'even', v_rooms) = '[]',
      'later_days', v_later, 'sub_quota', case when private.campaign_excess(c, 0, c.shape, v_open) = '[]' and v_peak between 1 and 10000000 then v_peak end,
      'installs', floor(c.expected_installs * least(coalesce(v_fits, 1), 1))) end);
end
$$;

-- Moves a campaign. To schedule or start one that does not fit needs a reason (GTRSN), as does cancelling. Raises GTTRN for any other move.
create function launch.move_campaign(p_workspace_id uuid, p_id uuid, p_status text, p_reason text default null, p_expected_version int default null)
  returns launch.campaigns
  language plpgsql volatile security definer set search_path = '' as $$
declare c launch.campaigns := private.lock_campaign(p_workspace_id, p_id, p_expected_version); v_check jsonb; v_reason text := nullif(trim(p_reason), '');
begin
  if c.template or not (c.status, p_status) in (('draft', 'scheduled'), ('scheduled', 'draft'), ('draft', 'live'), ('scheduled', 'live'), ('live', 'ended'),
      ('draft', 'cancelled'), ('scheduled', 'cancelled'), ('live', 'cancelled')) then
    perform private.refuse('GTTRN', 'A campaign cannot move like that.', jsonb_build_object('from', c.status, 'to', p_status));
  elsif p_status in ('scheduled', 'live') and c.ends_at <= launch.now() then
    perform private.refuse('GTTRN', 'Its window is over.', jsonb_build_object('field', 'ends_at'));
  elsif p_status = 'cancelled' and v_reason is null then
    perform private.refuse('GTRSN', 'Cancelling needs a reason.', jsonb_build_object('field', 'reason'));
  elsif p_status in ('scheduled', 'live') then
    v_check := launch.check_campaign(p_workspace_id, p_id);
    if v_check ->> 'verdict' <> 'fits' and v_reason is null then
      perform private.refuse('GTRSN', 'It does not fit: change it, or say why it goes ahead all the same.', jsonb_build_object('field', 'reason', 'check', v_check));
    end if;
  end if;
  return private.set_campaign_status(c, p_status, v_reason, case when v_check ->> 'verdict' = 'conflict' then jsonb_build_object('check', v_check) else '{}' end);
end
$$;

-- Writes a move, at a person's word or by the clock. Started before its time, the window begins now.
create function private.set_campaign_status(c launch.campaigns, p_status text, p_reason text, p_details jsonb) returns launch.campaigns
  language plpgsql volatile set search_path = '' as $$
declare v_campaign launch.campaigns;
begin
  update launch.campaigns x set status = p_status, version = x.version + 1,
    starts_at = case when p_status = 'live' then least(x.starts_at, date_trunc('minute', launch.now())) else x.starts_at end,
    ends_at = case when p_status = 'ended' then greatest(least(x.ends_at, launch.now()), x.starts_at + interval '1 second') else x.ends_at end
  where x.id = c.id returning * into v_campaign;
  perform private.settle_quota(v_campaign);
  perform private.write_audit(c.workspace_id, 'campaign.' || case p_status when 'live' then 'started' when 'draft' then 'unscheduled' else p_status end, 'campaign',
    c.id::text, case when p_status in ('live', 'cancelled') then 'high' else 'notice' end, p_reason, p_details || jsonb_build_object('from', c.status, 'name', c.name));
  if p_status in ('ended', 'cancelled') then
    perform private.settle_alert(c.workspace_id, f.fingerprint, 'The campaign is over.')
    from unnest(array['campaign:' || c.id || ':start', 'campaign:' || c.id || ':behind']) as f (fingerprint);
  end if;
  return v_campaign;
end
$$;

-- Makes a draft (or template) like another one, its window moved to p_starts_at.
create function launch.duplicate_campaign(p_workspace_id uuid, p_id uuid, p_name text, p_slug text, p_starts_at timestamptz, p_template boolean default false)
  returns launch.campaigns
  language plpgsql volatile security definer set search_path = '' as $$
declare c launch.campaigns := private.lock_campaign(p_workspace_id, p_id, null);
begin
  return launch.create_campaign(p_workspace_id, p_name, p_slug, c.country, p_starts_at, p_starts_at + (c.ends_at - c.starts_at), c.influencer, c.followers,
    c.traffic_forecast, c.expected_installs, c.creator_inflow, c.cost_minor, c.cost_currency, c.shape, c.sub_quota, p_template,
    c.install_window_days, c.later_window_days);
end
$$;

-- Deletes a draft or template: nothing has come of it. Raises GTTRN for any other.
create function launch.delete_campaign(p_workspace_id uuid, p_id uuid, p_expected_version int default null) returns void
  language plpgsql volatile security definer set search_path = '' as $$
declare c launch.campaigns := private.lock_campaign(p_workspace_id, p_id, p_expected_version);
begin
  if c.status <> 'draft' then
    perform private.refuse('GTTRN', 'Only a draft can be deleted; cancel it instead.', jsonb_build_object('status', c.status));
  end if;
  delete from launch.campaigns x where x.id = p_id;
  perform private.write_audit(p_workspace_id, 'campaign.deleted', 'campaign', p_id::text, 'notice', null, jsonb_build_object('name', c.name));
end
$$;

grant execute on function launch.check_campaign(uuid, uuid), launch.move_campaign(uuid, uuid, text, text, int),
  launch.duplicate_campaign(uuid, uuid, text, text, timestamptz, boolean) to authenticated, gantry_service;
grant execute on function launch.delete_campaign(uuid, uuid, int) to authenticated;
