-- What people do with alerts. Each answer needs alerts.manage and the permission of the alert's kind, names the version it was
-- given on (GTVER when somebody else was first), and is audited and kept in the alert's history.

-- Locks an alert for an answer. Raises GTNIL when there is none that the actor may see, GTROL, GTVER.
create function private.lock_alert(p_workspace_id uuid, p_alert_id uuid, p_expected_version int) returns launch.alerts
  language plpgsql volatile set search_path = '' as $$
declare v_alert launch.alerts;
begin
  perform private.require_permission(p_workspace_id, 'alerts.manage');
  select * into v_alert from launch.alerts a where a.id = p_alert_id and a.workspace_id = p_workspace_id for update;
  if v_alert.id is null then
    perform private.refuse('GTNIL', 'There is no such alert.');
  end if;
  perform private.require_permission(p_workspace_id, (select k.permission from launch.alert_kinds k where k.kind = v_alert.kind));
  if p_expected_version is not null and p_expected_version <> v_alert.version then
    perform private.refuse('GTVER', 'Someone else answered this alert meanwhile.', jsonb_build_object('version', v_alert.version));
  end if;
  return v_alert;
end
$$;

-- Says that somebody is looking at it. Raises GTTRN when it is resolved.
create function launch.acknowledge_alert(p_workspace_id uuid, p_alert_id uuid, p_expected_version int default null) returns launch.alerts
  language plpgsql volatile security definer set search_path = '' as $$
declare v_alert launch.alerts := private.lock_alert(p_workspace_id, p_alert_id, p_expected_version);
begin
  if v_alert.status = 'acknowledged' then
    return v_alert;
  elsif v_alert.status = 'resolved' then
    perform private.refuse('GTTRN', 'This alert is resolved.', jsonb_build_object('status', v_alert.status));
  end if;
  update launch.alerts a set status = 'acknowledged', acknowledged_at = launch.now(), acknowledged_by = (select auth.uid()),
    assigned_to = coalesce(a.assigned_to, (select auth.uid())), version = a.version + 1
  where a.id = p_alert_id returning * into v_alert;
  perform private.keep_alert_change(v_alert, 'acknowledged', null, true);
  return v_alert;
end
$$;

-- Gives it to a member who may see it (null: to nobody). Raises GTINV otherwise, GTTRN when it is resolved.
create function launch.assign_alert(p_workspace_id uuid, p_alert_id uuid, p_user_id uuid, p_expected_version int default null) returns launch.alerts
  language plpgsql volatile security definer set search_path = '' as $$
declare v_alert launch.alerts := private.lock_alert(p_workspace_id, p_alert_id, p_expected_version);
begin
  if v_alert.status = 'resolved' then
    perform private.refuse('GTTRN', 'This alert is resolved.', jsonb_build_object('status', v_alert.status));
  elsif p_user_id is not null and not exists (
    select from app.members m
    join app.role_permissions r on r.role = m.role and r.permission = 'alerts.read'
    join app.role_permissions s on s.role = m.role
    join launch.alert_kinds k on k.permission = s.permission and k.kind = v_alert.kind
    where m.workspace_id = p_workspace_id and m.user_id = p_user_id) then
    perform private.refuse('GTINV', 'This person cannot see the alert.', jsonb_build_object('field', 'user_id'));
  end if;
  update launch.alerts a set assigned_to = p_user_id, version = a.version + 1 where a.id = p_alert_id returning * into v_alert;
  perform private.keep_alert_change(v_alert, 'assigned', (select p.email from app.profiles p where p.id = p_user_id), false);
  return v_alert;
end
$$;

-- Ends it with an outcome: true_positive or false_positive. Raises GTINV for another outcome, GTTRN when it is resolved.
create function launch.resolve_alert(
  p_workspace_id uuid, p_alert_id uuid, p_outcome text, p_note text default null, p_expected_version int default null
) returns launch.alerts
  language plpgsql volatile security definer set search_path = '' as $$
declare v_alert launch.alerts := private.lock_alert(p_workspace_id, p_alert_id, p_expected_version);
begin
  if p_outcome is null or p_outcome not in ('true_positive', 'false_positive') then
    perform private.refuse('GTINV', 'An alert ends as a true or a false positive.', jsonb_build_object('field', 'outcome'));
  elsif v_alert.status = 'resolved' then
    perform private.refuse('GTTRN', 'This alert is resolved.', jsonb_build_object('status', v_alert.status));
  end if;
  update launch.alerts a set status = 'resolved', outcome = p_outcome, note = nullif(trim(p_note), ''), resolved_at = launch.now(),
    resolved_by = (select auth.uid()), muted_until = null, muted_reason = null, version = a.version + 1
  where a.id = p_alert_id returning * into v_alert;
  perform private.keep_alert_change(v_alert, 'resolved', v_alert.note, true);
  return v_alert;
end
$$;

-- Takes a resolution back. Raises GTTRN when it is not resolved, GTDUP when its condition has opened another alert since.
create function launch.reopen_alert(p_workspace_id uuid, p_alert_id uuid, p_expected_version int default null) returns launch.alerts
  language plpgsql volatile security definer set search_path = '' as $$
declare v_alert launch.alerts := private.lock_alert(p_workspace_id, p_alert_id, p_expected_version);
begin
  if v_alert.status <> 'resolved' then
    perform private.refuse('GTTRN', 'This alert is not resolved.', jsonb_build_object('status', v_alert.status));
  elsif exists (select from launch.alerts a where a.workspace_id = p_workspace_id and a.fingerprint = v_alert.fingerprint and a.status <> 'resolved') then
    perform private.refuse('GTDUP', 'The same condition has opened another alert since.');
  end if;
  update launch.alerts a set status = 'open', outcome = null, note = null, resolved_at = null, resolved_by = null, acknowledged_at = null,
    acknowledged_by = null, version = a.version + 1
  where a.id = p_alert_id returning * into v_alert;
  perform private.keep_alert_change(v_alert, 'reopened', null, true);
  return v_alert;
end
$$;

-- Keeps it quiet until a time at most 30 days away, with a reason (null: ends the mute). Raises GTRSN, GTINV, GTTRN.
create function launch.mute_alert(
  p_workspace_id uuid, p_alert_id uuid, p_until timestamptz, p_reason text default null, p_expected_version int default null
) returns launch.alerts
  language plpgsql volatile security definer set search_path = '' as $$
declare v_alert launch.alerts := private.lock_alert(p_workspace_id, p_alert_id, p_expected_version);
begin
  if v_alert.status = 'resolved' then
    perform private.refuse('GTTRN', 'This alert is resolved.', jsonb_build_object('status', v_alert.status));
  elsif p_until is not null and nullif(trim(p_reason), '') is null then
    perform private.refuse('GTRSN', 'A mute needs a reason.', jsonb_build_object('field', 'reason'));
  elsif p_until <= launch.now() or p_until > launch.now() + interval '30 days' then
    perform private.refuse('GTINV', 'A mute ends within 30 days.', jsonb_build_object('field', 'until'));
  end if;
  update launch.alerts a set muted_until = p_until, muted_reason = case when p_until is not null then trim(p_reason) end, version = a.version + 1
  where a.id = p_alert_id returning * into v_alert;
  perform private.keep_alert_change(v_alert, case when p_until is null then 'unmuted' else 'muted' end, v_alert.muted_reason, false);
  return v_alert;
end
$$;

grant execute on function launch.acknowledge_alert(uuid, uuid, int), launch.assign_alert(uuid, uuid, uuid, int),
  launch.resolve_alert(uuid, uuid, text, text, int), launch.reopen_alert(uuid, uuid, int),
  launch.mute_alert(uuid, uuid, timestamptz, text, int) to authenticated;
