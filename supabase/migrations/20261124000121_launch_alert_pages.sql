-- Reading alerts, for the console and the API alike: newest first, by key. A person reads the kinds their role may see, an API key
-- with alerts.read all of them.

-- A page of alerts older than p_cursor, one row more than p_limit when there are more. p_status unresolved means open or acknowledged.
-- Definer: the service reads no tables.
create function launch.read_alerts(
  p_workspace_id uuid, p_status text default null, p_kind text default null, p_severity text default null, p_country text default null,
  p_cursor uuid default null, p_limit int default 50
) returns setof launch.alerts
  language plpgsql stable security definer set search_path = '' as $$
begin
  perform private.require_permission(p_workspace_id, 'alerts.read');
  return query select a.* from launch.alerts a
    where a.workspace_id = p_workspace_id
      and (p_cursor is null or a.id < p_cursor)
      and (p_status is null or a.status = p_status or (p_status = 'unresolved' and a.status <> 'resolved'))
      and (p_kind is null or a.kind = p_kind)
      and (p_severity is null or a.severity = p_severity)
      and (p_country is null or a.country = p_country)
      and (private.acting_key() is not null or a.kind in (select v.kind from private.visible_alert_kinds() v where v.workspace_id = p_workspace_id))
    order by a.id desc limit least(p_limit, 200) + 1;
end
$$;

-- One alert, or no row when there is none that the actor may see.
create function launch.read_alert(p_workspace_id uuid, p_alert_id uuid) returns setof launch.alerts
  language plpgsql stable security definer set search_path = '' as $$
begin
  perform private.require_permission(p_workspace_id, 'alerts.read');
  return query select a.* from launch.alerts a
    where a.workspace_id = p_workspace_id and a.id = p_alert_id
      and (private.acting_key() is not null or a.kind in (select v.kind from private.visible_alert_kinds() v where v.workspace_id = p_workspace_id));
end
$$;

-- Whom an alert can be given to, and how they are called. Definer: not everybody who answers alerts may read the members.
create function launch.list_alert_assignees(p_workspace_id uuid) returns table (user_id uuid, label text)
  language plpgsql stable security definer set search_path = '' as $$
begin
  perform private.require_permission(p_workspace_id, 'alerts.read');
  return query select m.user_id, coalesce(p.display_name, p.email) from app.members m join app.profiles p on p.id = m.user_id
    where m.workspace_id = p_workspace_id order by 2, 1;
end
$$;

grant execute on function launch.list_alert_assignees(uuid) to authenticated;
grant execute on function launch.read_alerts(uuid, text, text, text, text, uuid, int), launch.read_alert(uuid, uuid)
  to authenticated, gantry_service;
