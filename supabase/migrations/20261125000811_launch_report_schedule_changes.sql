-- What people do with schedules of reports: reports.manage, audited. Lock order: the workspace, the schedule, addresses, the audit head.

-- Locks a schedule for a change. Raises GTNIL when there is none, GTVER when somebody else changed it meanwhile.
create function private.lock_report_schedule(p_workspace_id uuid, p_id uuid, p_expected_version int) returns launch.report_schedules
  language plpgsql volatile set search_path = '' as $$
declare v_schedule launch.report_schedules;
begin
  perform private.require_permission(p_workspace_id, 'reports.manage');
  perform from app.workspaces w where w.id = p_workspace_id for no key update;
  select * into v_schedule from launch.report_schedules s where s.id = p_id and s.workspace_id = p_workspace_id for no key update;
  if v_schedule.id is null then
    perform private.refuse('GTNIL', 'There is no such schedule.');
  elsif p_expected_version is not null and p_expected_version <> v_schedule.version then
    perform private.refuse('GTVER', 'Someone else changed this schedule meanwhile.', jsonb_build_object('version', v_schedule.version));
  end if;
  return v_schedule;
end
$$;

-- Addresses in lower case, each once, in their order. Raises GTINV for one that is none, or is a member's who may not read reports.
create function private.report_recipients(p_workspace_id uuid, p_recipients text[]) returns text[]
  language plpgsql stable set search_path = '' as $$
declare v_emails text[]; v_wrong text;
begin
  select array_agg(e.email order by e.n) into v_emails
  from (select lower(trim(r.email)) as email, min(r.n) as n from unnest(p_recipients) with ordinality r (email, n) group by 1) e;
  if coalesce(cardinality(v_emails), 0) not between 1 and 20 then
    perform private.refuse('GTINV', 'Name between 1 and 20 recipients.', jsonb_build_object('field', 'recipients'));
  end if;
  select e into v_wrong from unnest(v_emails) e where char_length(e) > 254 or e !~ '^[^@\s<>,;"]+@[^@\s<>,;"]+$' limit 1;
  if v_wrong is not null then
    perform private.refuse('GTINV', 'This is no e-mail address.', jsonb_build_object('field', 'recipients'));
  end if;
  select e into v_wrong from unnest(v_emails) e where private.recipient_kind(p_workspace_id, e) = 'other_member' limit 1;
  if v_wrong is not null then
    perform private.refuse('GTINV', format('%s is a member who may not read reports.', v_wrong), jsonb_build_object('field', 'recipients'));
  end if;
  return v_emails;
end
$$;

-- Asks each outside address, that has not been asked within the hour and has not confirmed itself, whether it wants reports. At most 50 a workspace.
create function private.ask_report_addresses(p_workspace_id uuid, p_emails text[]) returns void
  language plpgsql volatile set search_path = '' as $$
declare v_email text; v_address launch.report_addresses; v_by text := (select coalesce(p.display_name, p.email) from app.profiles p where p.id = (select auth.uid()));
begin
  for v_email in select e from unnest(p_emails) e where private.recipient_kind(p_workspace_id, e) = 'unconfirmed' order by e loop
    insert into launch.report_addresses as a (workspace_id, email) values (p_workspace_id, v_email)
    on conflict (workspace_id, email) do update set asked_at = launch.now() where a.asked_at <= launch.now() - interval '1 hour'
    returning * into v_address;
    continue when v_address.id is null;
    insert into app.outbox (workspace_id, topic, payload)
    select p_workspace_id, 'email.report_address',
      jsonb_build_object('address_id', v_address.id, 'email', v_email, 'workspace', w.name, 'asked_by', v_by)
    from app.workspaces w where w.id = p_workspace_id;
    perform private.write_audit(p_workspace_id, 'report_address.asked', 'report_address', v_address.id::text, 'high', null, jsonb_build_object('email', v_email));
  end loop;
  if (select count(*) from launch.report_addresses a where a.workspace_id = p_workspace_id) > 50 then
    perform private.refuse('GTINV', 'A workspace has at most 50 outside addresses.', jsonb_build_object('field', 'recipients'));
  end if;
end
$$;

-- A schedule as the audit trail tells it.
create function private.report_schedule_words(p_schedule launch.report_schedules) returns jsonb
  language sql immutable set search_path = '' as $$
  select jsonb_build_object('name', p_schedule.name, 'day_of_month', p_schedule.day_of_month, 'hour', p_schedule.hour, 'time_zone', p_schedule.time_zone,
    'recipients', p_schedule.recipients, 'enabled', p_schedule.enabled)
$$;

-- Sets a schedule's parts and when it is due next. Raises GTINV for a zone, a day, an hour or a name that is none, GTDUP for another's name.
create function private.set_report_schedule(
  p_schedule launch.report_schedules, p_name text, p_day int, p_hour int, p_time_zone text, p_recipients text[]
) returns launch.report_schedules
  language plpgsql stable set search_path = '' as $$
begin
  if not exists (select from pg_catalog.pg_timezone_names z where z.name = p_time_zone) then
    perform private.refuse('GTINV', 'There is no such time zone.', jsonb_build_object('field', 'time_zone'));
  elsif p_day is null or p_day not between 1 and 28 or p_hour is null or p_hour not between 0 and 23 then
    perform private.refuse('GTINV', 'Choose a day from 1 to 28 and an hour.', jsonb_build_object('field', 'day_of_month'));
  elsif coalesce(char_length(trim(p_name)), 0) not between 1 and 80 then
    perform private.refuse('GTINV', 'Give it a name of at most 80 characters.', jsonb_build_object('field', 'name'));
  end if;
  p_schedule.name := trim(p_name);
  p_schedule.day_of_month := p_day;
  p_schedule.hour := p_hour;
  p_schedule.time_zone := p_time_zone;
  p_schedule.recipients := private.report_recipients(p_schedule.workspace_id, p_recipients);
  if exists (select from launch.report_schedules s where s.workspace_id = p_schedule.workspace_id and lower(s.name) = lower(p_schedule.name)
    and s.id is distinct from p_schedule.id) then
    perform private.refuse('GTDUP', 'Another schedule has this name.', jsonb_build_object('field', 'name'));
  end if;
  p_schedule.due_at := private.next_report_at(p_day, p_hour, p_time_zone, launch.now());
  return p_schedule;
end
$$;

-- Makes a schedule and asks the outside addresses it names. Returns it as it is told. Raises GTINV, GTDUP; at most 20 a workspace.
create function launch.create_report_schedule(
  p_workspace_id uuid, p_name text, p_day int, p_hour int, p_time_zone text, p_recipients text[], p_enabled boolean default true
) returns jsonb
  language plpgsql volatile security definer set search_path = '' as $$
declare v_schedule launch.report_schedules;
begin
  perform private.require_permission(p_workspace_id, 'reports.manage');
  perform from app.workspaces w where w.id = p_workspace_id for no key update;
  v_schedule.workspace_id := p_workspace_id;
  v_schedule := private.set_report_schedule(v_schedule, p_name, p_day, p_hour, p_time_zone, p_recipients);
  if (select count(*) from launch.report_schedules s where s.workspace_id = p_workspace_id) >= 20 then
    perform private.refuse('GTINV', 'A workspace has at most 20 schedules.', jsonb_build_object('field', 'name'));
  end if;
  insert into launch.report_schedules (workspace_id, name, day_of_month, hour, time_zone, recipients, enabled, due_at, created_by)
  values (p_workspace_id, v_schedule.name, p_day, p_hour, p_time_zone, v_schedule.recipients, p_enabled, v_schedule.due_at, (select auth.uid()))
  returning * into v_schedule;
  perform private.ask_report_addresses(p_workspace_id, v_schedule.recipients);
  perform private.write_audit(p_workspace_id, 'report_schedule.created', 'report_schedule', v_schedule.id::text, 'high', null,
    private.report_schedule_words(v_schedule));
  return private.tell_report_schedule(v_schedule);
end
$$;

-- Changes a schedule; what is null stays. A month that was sent is not sent again, and what it missed while it was off isn't either. Who is no longer
-- named by any schedule can't open their links any more. Returns it as it is told. Raises GTINV, GTDUP, GTNIL, GTVER.
create function launch.change_report_schedule(
  p_workspace_id uuid, p_id uuid, p_name text default null, p_day int default null, p_hour int default null, p_time_zone text default null,
  p_recipients text[] default null, p_expected_version int default null, p_enabled boolean default null
) returns jsonb
  language plpgsql volatile security definer set search_path = '' as $$
declare v_was launch.report_schedules := private.lock_report_schedule(p_workspace_id, p_id, p_expected_version); v_now launch.report_schedules;
begin
  v_now := private.set_report_schedule(v_was, coalesce(p_name, v_was.name), coalesce(p_day, v_was.day_of_month), coalesce(p_hour, v_was.hour),
    coalesce(p_time_zone, v_was.time_zone), coalesce(p_recipients, v_was.recipients));
  update launch.report_schedules s set name = v_now.name, day_of_month = v_now.day_of_month, hour = v_now.hour, time_zone = v_now.time_zone,
    recipients = v_now.recipients, enabled = coalesce(p_enabled, s.enabled), due_at = v_now.due_at, version = s.version + 1
  where s.id = p_id returning * into v_now;
  perform private.ask_report_addresses(p_workspace_id, v_now.recipients);
  perform private.write_audit(p_workspace_id, 'report_schedule.changed', 'report_schedule', p_id::text, 'high', null,
    jsonb_build_object('was', private.report_schedule_words(v_was), 'now', private.report_schedule_words(v_now)));
  return private.tell_report_schedule(v_now);
end
$$;

-- Switches a schedule on or off. On again, what it missed meanwhile is not sent. Switching to what is changes nothing.
create function launch.switch_report_schedule(p_workspace_id uuid, p_id uuid, p_enabled boolean) returns void
  language plpgsql volatile security definer set search_path = '' as $$
declare v_was launch.report_schedules := private.lock_report_schedule(p_workspace_id, p_id, null);
begin
  if v_was.enabled = p_enabled then
    return;
  end if;
  update launch.report_schedules s set enabled = p_enabled, version = s.version + 1,
    due_at = private.next_report_at(s.day_of_month, s.hour, s.time_zone, launch.now())
  where s.id = p_id;
  perform private.write_audit(p_workspace_id, case when p_enabled then 'report_schedule.enabled' else 'report_schedule.disabled' end,
    'report_schedule', p_id::text, 'notice', null, jsonb_build_object('name', v_was.name));
end
$$;

-- Deletes a schedule; what it sent stays in the list of letters. Raises GTNIL, GTVER.
create function launch.delete_report_schedule(p_workspace_id uuid, p_id uuid, p_expected_version int default null) returns void
  language plpgsql volatile security definer set search_path = '' as $$
declare v_was launch.report_schedules := private.lock_report_schedule(p_workspace_id, p_id, p_expected_version);
begin
  delete from launch.report_schedules s where s.id = p_id;
  perform private.write_audit(p_workspace_id, 'report_schedule.deleted', 'report_schedule', p_id::text, 'high', null, private.report_schedule_words(v_was));
end
$$;

grant execute on function launch.create_report_schedule(uuid, text, int, int, text, text[], boolean), launch.delete_report_schedule(uuid, uuid, int),
  launch.change_report_schedule(uuid, uuid, text, int, int, text, text[], int, boolean) to authenticated, gantry_service;
grant execute on function launch.switch_report_schedule(uuid, uuid, boolean) to authenticated;
