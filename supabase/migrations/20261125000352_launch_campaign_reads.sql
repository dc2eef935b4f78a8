-- Campaigns as keys and pages read them.

-- A page of campaigns, newest first: of a status, a country, templates or not. One row more than asked says that there is another page.
-- Definer: the service reads no tables.
create function launch.read_campaigns(
  p_workspace_id uuid, p_status text default null, p_country text default null, p_template boolean default false, p_cursor uuid default null, p_limit int default 50
) returns setof launch.campaigns
  language plpgsql stable security definer set search_path = '' as $$
begin
  perform private.require_permission(p_workspace_id, 'campaigns.read');
  return query select c.* from launch.campaigns c
    where c.workspace_id = p_workspace_id and (p_status is null or c.status = p_status) and (p_country is null or c.country = p_country)
      and c.template = p_template and (p_cursor is null or c.id < p_cursor)
    order by c.id desc limit p_limit + 1;
end
$$;

-- One campaign. Raises GTNIL.
create function launch.read_campaign(p_workspace_id uuid, p_id uuid) returns launch.campaigns
  language plpgsql stable security definer set search_path = '' as $$
declare c launch.campaigns;
begin
  perform private.require_permission(p_workspace_id, 'campaigns.read');
  select * into c from launch.campaigns x where x.workspace_id = p_workspace_id and x.id = p_id;
  if c.id is null then
    perform private.refuse('GTNIL', 'There is no such campaign.');
  end if;
  return c;
end
$$;

-- A campaign's hours as planned, for its chart. Raises GTNIL.
create function launch.read_campaign_hours(p_workspace_id uuid, p_id uuid) returns table (hour_at timestamptz, clicks float8, registrations float8)
  language plpgsql stable security definer set search_path = '' as $$
begin
  perform private.require_permission(p_workspace_id, 'campaigns.read');
  return query select h.hour_at, h.clicks::float8, h.registrations::float8
    from private.hours_of_campaign(launch.read_campaign(p_workspace_id, p_id)) h order by 1;
end
$$;

grant execute on function launch.read_campaigns(uuid, text, text, boolean, uuid, int), launch.read_campaign(uuid, uuid) to authenticated, gantry_service;
grant execute on function launch.read_campaign_hours(uuid, uuid) to authenticated;
