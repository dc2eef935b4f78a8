-- What the redirect needs of a link: where it leads, and whether the campaign's country lets people in now.

-- Whether a registration would be let into a country now, as the cap check would answer it, without asking it: open, or why not, and when it
-- opens where that is known. It reads counters without a lock: it sends people to a page, it grants nothing.
create function private.country_door(p_workspace_id uuid, p_country text) returns table (door text, opens_at timestamptz)
  language sql stable set search_path = '' rows 1 as $$
  select v.door, case v.door when 'cap_reached' then c.resets_at
    when 'throttled' then (select t.forced_until from launch.throttles t where t.workspace_id = p_workspace_id and t.forced_until > launch.now()) end
  from (select private.flag(p_workspace_id, 'launch.enabled') as enabled, private.flag(p_workspace_id, 'launch.countryCaps') as enforced,
    (select w.allows_unlisted_countries from app.workspaces w where w.id = p_workspace_id) as unlisted) s
  left join launch.countries n on n.workspace_id = p_workspace_id and n.code = p_country
  left join launch.capacity c on c.workspace_id = p_workspace_id and c.country = p_country and c.operation = 'user'
  cross join lateral (select case
    when not s.enabled then 'open'
    when n.phase = 'pause' then 'paused'
    when not s.enforced then 'open'
    when n.phase is null and s.unlisted then 'open'
    when n.phase is null or n.phase = 'not_launched' then 'not_launched'
    when private.throttle_level(p_workspace_id, launch.now()) >= private.yields_from(p_workspace_id, 'user') then 'throttled'
    when c.used >= c.cap then 'cap_reached'
    when exists (select from launch.queues q where q.workspace_id = p_workspace_id and q.operation = 'user' and q.enabled)
      and exists (select from launch.tickets t where t.workspace_id = p_workspace_id and t.country = p_country and t.operation = 'user'
        and t.state = 'waiting') then 'queued'
    else 'open' end as door) v
$$;

-- The links of these slugs that are in use: active, and of a campaign that was not cancelled. Definer: the redirect has no key and no person,
-- and learns of a link only what it shows to whoever follows it.
create function launch.find_links(p_slugs text[])
  returns table (slug text, id uuid, destination text, waiting_url text, country text, time_zone text, door text, opens_at timestamptz)
  language sql stable security definer set search_path = '' as $$
  select l.slug, l.id, l.destination, l.waiting_url, c.country, private.country_zone(l.workspace_id, c.country), d.door, d.opens_at
  from launch.campaign_links l join launch.campaigns c on c.id = l.campaign_id
  cross join lateral private.country_door(l.workspace_id, c.country) d
  where l.slug = any (p_slugs) and l.active and c.status <> 'cancelled'
$$;

grant execute on function launch.find_links(text[]) to gantry_service;
