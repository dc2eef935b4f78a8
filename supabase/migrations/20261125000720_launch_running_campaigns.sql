-- Campaigns on mission control: those that are live, and the scheduled ones that start within 24 hours, each with what it should have brought by
-- now, what it did bring, and whether its country takes people.

-- At most 50, live ones first, then by start. door and opens_at: whether a registration would be let in now, as a tracked link sees it. behind: less than
-- half of the installs expected by now, from the middle of the window on. For whoever may read campaigns. Definer: the door reads tables
-- that people don't.
create function launch.read_running_campaigns(p_workspace_id uuid) returns table (
  id uuid, name text, influencer text, country text, status text, starts_at timestamptz, ends_at timestamptz, traffic_forecast int, expected_installs int,
  clicks_by_now float8, installs_by_now float8, clicks int, installs int, registrations int, door text, opens_at timestamptz, behind boolean)
  language plpgsql stable security definer set search_path = '' as $$
declare v_now timestamptz := launch.now();
begin
  perform private.require_permission(p_workspace_id, 'campaigns.read');
  return query
    with running as materialized (
      select c as campaign, c.country from launch.campaigns c
      where c.workspace_id = p_workspace_id and not c.template
        and (c.status = 'live' or c.status = 'scheduled' and c.starts_at <= v_now + interval '24 hours' and c.ends_at > v_now)
      order by c.status = 'scheduled', c.starts_at, c.id limit 50),
    doors as materialized (
      select n.country, d.door, d.opens_at from (select distinct r.country from running r) n
      cross join lateral private.country_door(p_workspace_id, n.country) d)
    select c.id, c.name, c.influencer, c.country, c.status, c.starts_at, c.ends_at, c.traffic_forecast, c.expected_installs, e.clicks::float8,
      e.registrations::float8, a.clicks, a.installs, a.registrations, d.door, d.opens_at,
      c.status = 'live' and private.is_behind(r.campaign, v_now, a.installs, e.registrations)
    from running r
    cross join lateral (select (r.campaign).*) c
    join doors d on d.country = r.country
    cross join lateral private.campaign_expected(r.campaign, v_now) e
    cross join lateral private.campaign_actuals(c.id) a
    order by c.status = 'scheduled', c.starts_at, c.id;
end
$$;

grant execute on function launch.read_running_campaigns(uuid) to authenticated;
