-- What a campaign came to: clicks and the steps that followed, sums of its slots.

-- A campaign's sums so far. Clicks are people's; bots stand beside them. revenues are net of charged_back. security_invoker: row policies of the reader apply.
create view launch.campaign_actuals with (security_invoker = true) as
select c.workspace_id, c.id as campaign_id, coalesce(s.clicks, 0) as clicks, coalesce(s.visitors, 0) as visitors, coalesce(s.waiting, 0) as waiting,
  coalesce(s.bots, 0) as bots, coalesce(s.installs, 0) as installs, coalesce(s.registrations, 0) as registrations,
  coalesce(s.creators, 0) as creators, coalesce(s.purchases, 0) as purchases, coalesce(s.chargebacks, 0) as chargebacks,
  coalesce(r.revenues, '{}') as revenues, coalesce(r.charged_back, '{}') as charged_back
from launch.campaigns c
left join lateral (
  select sum(x.clicks)::int as clicks, sum(x.visitors)::int as visitors, sum(x.waiting)::int as waiting, sum(x.bots)::int as bots,
    sum(x.installs)::int as installs, sum(x.registrations)::int as registrations, sum(x.creators)::int as creators, sum(x.purchases)::int as purchases,
    sum(x.chargebacks)::int as chargebacks
  from launch.link_slots x where x.campaign_id = c.id) s on true
left join lateral (
  select jsonb_object_agg(y.currency, y.net) as revenues, jsonb_object_agg(y.currency, y.taken) filter (where y.taken > 0) as charged_back
  from (select v.currency, sum(v.amount_minor - v.charged_back_minor)::bigint as net, sum(v.charged_back_minor)::bigint as taken
    from launch.link_revenues v where v.campaign_id = c.id group by 1) y) r on true;

-- The same for the engine's own functions. revenues: minor units by currency, net of chargebacks.
create function private.campaign_actuals(p_campaign_id uuid)
  returns table (clicks int, installs int, registrations int, creators int, purchases int, revenues jsonb)
  language sql stable set search_path = '' rows 1 as $$
  select a.clicks, a.installs, a.registrations, a.creators, a.purchases, a.revenues from launch.campaign_actuals a where a.campaign_id = p_campaign_id
$$;

-- A campaign's local days with something in them, by its country's zone. security_invoker, as above.
create view launch.campaign_days with (security_invoker = true) as
select c.workspace_id, c.id as campaign_id, (s.slot_at at time zone z.time_zone)::date as day_on, sum(s.clicks)::int as clicks,
  sum(s.visitors)::int as visitors, sum(s.waiting)::int as waiting, sum(s.bots)::int as bots, sum(s.installs)::int as installs,
  sum(s.registrations)::int as registrations, sum(s.creators)::int as creators, sum(s.purchases)::int as purchases,
  sum(s.chargebacks)::int as chargebacks
from launch.campaigns c
join launch.link_slots s on s.campaign_id = c.id
left join launch.countries n on n.workspace_id = c.workspace_id and n.code = c.country
left join launch.iso_countries iso on iso.code = c.country
cross join lateral (select coalesce(n.time_zone, iso.time_zone, 'UTC') as time_zone) z
group by 1, 2, 3;

-- A campaign's links as keys read them, oldest first, with their sums. Raises GTNIL for an unknown campaign. Definer: the service reads no tables.
create function launch.list_campaign_links(p_workspace_id uuid, p_campaign_id uuid)
  returns table (id uuid, campaign_id uuid, slug text, label text, destination text, waiting_url text, active boolean, version int, created_at timestamptz,
    clicks int, visitors int, waiting int, bots int, installs int, registrations int, creators int, purchases int, chargebacks int,
    revenues jsonb, charged_back jsonb)
  language plpgsql stable security definer set search_path = '' as $$
begin
  perform private.require_permission(p_workspace_id, 'campaigns.read');
  if not exists (select from launch.campaigns c where c.id = p_campaign_id and c.workspace_id = p_workspace_id) then
    perform private.refuse('GTNIL', 'There is no such campaign.');
  end if;
  return query
  select l.id, l.campaign_id, l.slug, l.label, l.destination, l.waiting_url, l.active, l.version, l.created_at, coalesce(s.clicks, 0),
    coalesce(s.visitors, 0), coalesce(s.waiting, 0), coalesce(s.bots, 0), coalesce(s.installs, 0), coalesce(s.registrations, 0),
    coalesce(s.creators, 0), coalesce(s.purchases, 0), coalesce(s.chargebacks, 0), coalesce(r.revenues, '{}'), coalesce(r.charged_back, '{}')
  from launch.campaign_links l
  left join lateral (
    select sum(x.clicks)::int as clicks, sum(x.visitors)::int as visitors, sum(x.waiting)::int as waiting, sum(x.bots)::int as bots,
      sum(x.installs)::int as installs, sum(x.registrations)::int as registrations, sum(x.creators)::int as creators, sum(x.purchases)::int as purchases,
      sum(x.chargebacks)::int as chargebacks
    from launch.link_slots x where x.campaign_id = l.campaign_id and x.link_id = l.id) s on true
  left join lateral (
    select jsonb_object_agg(y.currency, y.net) as revenues, jsonb_object_agg(y.currency, y.taken) filter (where y.taken > 0) as charged_back from (
      select v.currency, sum(v.amount_minor - v.charged_back_minor)::bigint as net, sum(v.charged_back_minor)::bigint as taken from launch.link_revenues v
      where v.campaign_id = l.campaign_id and v.link_id = l.id group by 1) y) r on true
  where l.workspace_id = p_workspace_id and l.campaign_id = p_campaign_id order by l.id;
end
$$;

grant select on launch.campaign_actuals, launch.campaign_days to authenticated;
grant execute on function launch.list_campaign_links(uuid, uuid) to authenticated, gantry_service;
