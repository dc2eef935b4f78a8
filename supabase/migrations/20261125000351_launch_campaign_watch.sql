-- What the clock does to campaigns, each minute: starts what is scheduled, ends what is over, and tells when one can't be served or brings
-- less than half of what was forecast, from the middle of its window on. A workspace whose launch.prCoordinator is off is left alone.

create function launch.watch_campaigns() returns int
  language plpgsql volatile security definer set search_path = '' as $$
declare c launch.campaigns; v_now timestamptz := launch.now(); v_moved int := 0; r record; v_closed text;
begin
  -- Their counters first, by id: each move may change what its counter keeps.
  perform n.id from launch.counters n where n.operation = 'user' and exists (select from launch.campaigns x
    where x.workspace_id = n.workspace_id and x.country = n.country and not x.template and x.sub_quota is not null
      and ((x.status = 'scheduled' and x.starts_at <= v_now) or (x.status = 'live' and x.ends_at <= v_now)
        or (x.status = 'live' and not exists (select from launch.campaign_quotas q where q.campaign_id = x.id))))
  order by n.id for update;
  for c in
    select x.* from launch.campaigns x where not x.template and private.flag(x.workspace_id, 'launch.prCoordinator')
      and ((x.status = 'scheduled' and x.starts_at <= v_now) or (x.status = 'live' and x.ends_at <= v_now))
    order by x.workspace_id, x.id for update skip locked
  loop
    v_moved := v_moved + 1;
    perform private.set_campaign_status(c, case when c.ends_at <= v_now then 'ended' else 'live' end, null, '{}');
  end loop;
  perform private.settle_quota(x) from launch.campaigns x where x.status = 'live' and x.sub_quota is not null
    and not exists (select from launch.campaign_quotas q where q.campaign_id = x.id);
  for r in
    select x.id, x.workspace_id, x.name, x.country, x.starts_at, x.ends_at, n.phase, k.units, t.used, t.day_ends_at, a.installs, x.expected_installs,
      private.is_behind(x, v_now, a.installs, e.registrations) as behind, e.registrations as expected_by_now
    from launch.campaigns x
    left join launch.countries n on n.workspace_id = x.workspace_id and n.code = x.country
    left join launch.caps k on k.workspace_id = x.workspace_id and k.country = x.country and k.operation = 'user'
    left join launch.counters t on t.workspace_id = x.workspace_id and t.country = x.country and t.operation = 'user'
    cross join lateral private.campaign_actuals(x.id) a
    cross join lateral private.campaign_expected(x, v_now) e
    where x.status = 'live' and not x.template and private.flag(x.workspace_id, 'launch.prCoordinator') order by x.workspace_id, x.id
  loop
    v_closed := case when r.phase is null or r.phase not in ('alpha', 'soft', 'public') then 'is not open'
      when r.day_ends_at > v_now and r.used >= r.units then 'is full for today' end;
    if v_closed is not null then
      perform private.raise_alert(r.workspace_id, 'campaign', 'campaign:' || r.id || ':start', 'critical', format('%s is live, and %s %s', r.name, r.country, v_closed),
        r.country, r.id::text, jsonb_build_object('campaign_id', r.id, 'phase', r.phase, 'cap', r.units, 'used', r.used), 1);
    else
      perform private.settle_alert(r.workspace_id, 'campaign:' || r.id || ':start', 'The country takes people again.');
    end if;
    continue when v_now < r.starts_at + (r.ends_at - r.starts_at) / 2;
    if r.behind then
      perform private.raise_alert(r.workspace_id, 'campaign', 'campaign:' || r.id || ':behind', 'warning',
        format('%s brought %s of %s installs expected by now', r.name, r.installs, round(r.expected_by_now)), r.country, r.id::text,
        jsonb_build_object('campaign_id', r.id, 'installs', r.installs, 'expected_by_now', round(r.expected_by_now), 'expected', r.expected_installs), 1);
    else
      perform private.settle_alert(r.workspace_id, 'campaign:' || r.id || ':behind', 'It has caught up.');
    end if;
  end loop;
  return v_moved;
end
$$;

grant execute on function launch.watch_campaigns() to gantry_service;
insert into launch.jobs (name, description, every, flag, late_after, is_function) values
  ('watch-campaigns', 'Starts and ends campaigns and compares them with their forecast', '1 minute', 'launch.prCoordinator', '10 minutes', false);
select cron.schedule('launch:watch-campaigns', '* * * * *', 'select launch.watch_campaigns()');
