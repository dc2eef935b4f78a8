-- Sending daily summaries, and what people do with them: reports.manage, audited.

-- Sends what is due, at most 50 workspaces a call; after an outage the newest day alone, once. A workspace whose launch.enabled is off is left alone. Returns how many.
create function launch.send_due_summaries() returns int
  language plpgsql volatile security definer set search_path = '' as $$
declare s launch.summary_settings; v_now timestamptz := launch.now(); v_next timestamptz; v_day date; v_sent int := 0;
begin
  for s in
    select x.* from launch.summary_settings x where x.enabled and x.due_at <= v_now and private.flag(x.workspace_id, 'launch.enabled')
    order by x.due_at, x.workspace_id limit 50 for no key update skip locked
  loop
    v_next := private.next_summary_at(s.hour, s.time_zone, v_now);
    v_day := (v_next at time zone s.time_zone)::date - 2;
    if s.sent_day is null or v_day > s.sent_day then
      perform private.tell(s.workspace_id, 'summary.daily', 'summary:' || v_day, private.summary_data(s.workspace_id, v_day, v_now));
      v_sent := v_sent + 1;
    end if;
    update launch.summary_settings x set due_at = v_next, sent_day = greatest(x.sent_day, v_day) where x.workspace_id = s.workspace_id;
  end loop;
  return v_sent;
end
$$;

-- Says whether and when the summary is sent. A day that was sent is not sent again. Raises GTINV, and GTVER when somebody else changed it
-- meanwhile; p_expected_version is 0 for what was never set.
create function launch.set_daily_summary(p_workspace_id uuid, p_enabled boolean, p_hour int, p_time_zone text, p_expected_version int) returns void
  language plpgsql volatile security definer set search_path = '' as $$
declare v_was launch.summary_settings;
begin
  perform private.require_permission(p_workspace_id, 'reports.manage');
  perform from app.workspaces w where w.id = p_workspace_id for no key update;
  select * into v_was from launch.summary_settings s where s.workspace_id = p_workspace_id for update;
  if coalesce(v_was.version, 0) <> p_expected_version then
    perform private.refuse('GTVER', 'Someone else changed the daily summary meanwhile.', jsonb_build_object('version', coalesce(v_was.version, 0)));
  elsif p_hour is null or p_hour not between 0 and 23 then
    perform private.refuse('GTINV', 'Choose an hour.', jsonb_build_object('field', 'hour'));
  elsif not exists (select from pg_catalog.pg_timezone_names z where z.name = p_time_zone) then
    perform private.refuse('GTINV', 'There is no such time zone.', jsonb_build_object('field', 'time_zone'));
  end if;
  insert into launch.summary_settings as s (workspace_id, enabled, hour, time_zone, due_at)
  values (p_workspace_id, p_enabled, p_hour, p_time_zone, private.next_summary_at(p_hour, p_time_zone, launch.now()))
  on conflict (workspace_id) do update set enabled = excluded.enabled, hour = excluded.hour, time_zone = excluded.time_zone, due_at = excluded.due_at,
    version = s.version + 1;
  perform private.write_audit(p_workspace_id, 'daily_summary.changed', 'daily_summary', p_workspace_id::text, 'notice', null,
    jsonb_build_object('enabled', p_enabled, 'hour', p_hour, 'time_zone', p_time_zone));
end
$$;

-- Sends the summary as of now to every channel that wants it, once, as a test. Returns how many channels that is.
create function launch.test_daily_summary(p_workspace_id uuid) returns int
  language plpgsql volatile security definer set search_path = '' as $$
declare v_subject text := 'test:' || private.uuid_v7(); v_now timestamptz := launch.now(); v_count int;
begin
  perform private.require_permission(p_workspace_id, 'reports.manage');
  perform private.tell(p_workspace_id, 'summary.daily', v_subject,
    private.summary_data(p_workspace_id, coalesce((select (v_now at time zone s.time_zone)::date from launch.summary_settings s
      where s.workspace_id = p_workspace_id), (v_now at time zone 'UTC')::date) - 1, v_now));
  select count(*) into v_count from app.deliveries d where d.workspace_id = p_workspace_id and d.subject = v_subject;
  perform private.start_function('outbox');
  perform private.write_audit(p_workspace_id, 'daily_summary.tested', 'daily_summary', p_workspace_id::text, 'info', null, jsonb_build_object('channels', v_count));
  return v_count;
end
$$;

-- The settings, null where nothing was ever set, and the channels that want the summary with the outcome of the last one to each. Definer: channels are
-- read by others alone, and of them only the names are shown.
create function launch.read_daily_summary(p_workspace_id uuid) returns table (enabled boolean, hour int, time_zone text, due_at timestamptz, version int, channels jsonb)
  language plpgsql stable security definer set search_path = '' as $$
begin
  perform private.require_permission(p_workspace_id, 'reports.read');
  return query select s.enabled, s.hour::int, s.time_zone, s.due_at, coalesce(s.version, 0), coalesce((
      select jsonb_agg(jsonb_build_object('name', c.name, 'kind', c.kind, 'enabled', c.enabled, 'state', l.state, 'at', private.rfc3339(l.at), 'error', l.last_error)
        order by lower(c.name))
      from app.channels c left join lateral (
        select d.state, coalesce(d.settled_at, d.created_at) as at, d.last_error from app.deliveries d join app.messages m on m.id = d.message_id
        where d.channel_id = c.id and m.type = 'summary.daily' order by d.id desc limit 1) l on true
      where c.workspace_id = p_workspace_id and c.deleted_at is null and 'summary.daily' = any (c.message_types)), '[]')
    from (select) one left join launch.summary_settings s on s.workspace_id = p_workspace_id;
end
$$;

grant execute on function launch.set_daily_summary(uuid, boolean, int, text, int), launch.test_daily_summary(uuid), launch.read_daily_summary(uuid) to authenticated;
grant execute on function launch.send_due_summaries() to gantry_service;
insert into launch.jobs (name, description, every, flag, late_after, is_function) values
  ('send-summaries', 'Queues the daily summaries whose hour has come', '1 minute', 'launch.enabled', '15 minutes', false);
select cron.schedule('launch:send-summaries', '* * * * *', 'select launch.send_due_summaries()');
