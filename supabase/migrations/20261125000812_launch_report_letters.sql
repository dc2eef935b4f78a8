-- Sending reports: each minute what is due is made and its letters are queued, in one transaction, so that a month goes to each recipient once
-- whatever dies when. Lock order: schedules by due time, the report, the audit head.

-- Makes the package of a month and queues a letter for each address that may have it. Returns the report's id.
create function private.send_report(p_schedule launch.report_schedules, p_month date, p_emails text[], p_test boolean) returns uuid
  language plpgsql volatile set search_path = '' as $$
declare v_report launch.reports; v_email text; v_kind text; v_letter uuid; v_outbox uuid; v_sent text[] := '{}'; v_left text[] := '{}';
begin
  v_report := private.keep_report(p_schedule.workspace_id, p_month, coalesce((select p.email from app.profiles p where p.id = (select auth.uid())), 'Gantry'));
  for v_email in select e.email from unnest(p_emails) with ordinality e (email, n) order by e.n loop
    v_kind := private.recipient_kind(p_schedule.workspace_id, v_email);
    if v_kind not in ('member', 'outside') then
      v_left := v_left || v_email;
      continue;
    end if;
    v_letter := private.uuid_v7();
    insert into app.outbox (workspace_id, topic, payload)
    select p_schedule.workspace_id, 'email.report', jsonb_build_object('letter_id', v_letter, 'report_id', v_report.id, 'email', v_email,
      'workspace', w.name, 'slug', w.slug, 'month', p_month, 'kind', v_kind, 'verified', v_report.audit_problem is null,
      'entries', v_report.audit_sequence, 'test', p_test)
    from app.workspaces w where w.id = p_schedule.workspace_id returning id into v_outbox;
    insert into launch.report_letters (id, workspace_id, schedule_id, report_id, email, outside, test, outbox_id)
    values (v_letter, p_schedule.workspace_id, p_schedule.id, v_report.id, v_email, v_kind = 'outside', p_test, v_outbox);
    v_sent := v_sent || v_email;
  end loop;
  perform private.write_audit(p_schedule.workspace_id, 'report_schedule.sent', 'report_schedule', p_schedule.id::text, 'notice', null,
    jsonb_build_object('report', v_report.id, 'month', p_month, 'to', v_sent, 'left_out', v_left, 'test', p_test));
  return v_report.id;
end
$$;

-- Sends what is due, at most 20 schedules a call. After an outage the newest month alone is sent, once. A workspace whose launch.enabled is off
-- is left alone. Returns how many were sent.
create function launch.send_due_reports() returns int
  language plpgsql volatile security definer set search_path = '' as $$
declare s launch.report_schedules; v_now timestamptz := launch.now(); v_month date; v_sent int := 0;
begin
  for s in
    select x.* from launch.report_schedules x where x.enabled and x.due_at <= v_now and private.flag(x.workspace_id, 'launch.enabled')
    order by x.due_at, x.id limit 20 for no key update skip locked
  loop
    v_month := private.report_month_due(s, v_now);
    if s.sent_month is null or v_month > s.sent_month then
      perform private.send_report(s, v_month, s.recipients, false);
      v_sent := v_sent + 1;
    end if;
    update launch.report_schedules x set sent_month = greatest(x.sent_month, v_month),
      due_at = private.next_report_at(x.day_of_month, x.hour, x.time_zone, v_now)
    where x.id = s.id;
  end loop;
  return v_sent;
end
$$;

-- Sends last month's package of a schedule to the person who asks, alone, at once. Returns the report's id.
create function launch.test_report_schedule(p_workspace_id uuid, p_id uuid) returns uuid
  language plpgsql volatile security definer set search_path = '' as $$
declare v_schedule launch.report_schedules := private.lock_report_schedule(p_workspace_id, p_id, null); v_report uuid;
begin
  v_report := private.send_report(v_schedule, (date_trunc('month', launch.now() at time zone v_schedule.time_zone) - interval '1 month')::date,
    array(select lower(p.email) from app.profiles p where p.id = (select auth.uid())), true);
  perform private.start_function('outbox');
  return v_report;
end
$$;

-- A schedule as people and programs are told of it: with each recipient's kind, when they left, and the outcome of the last letter to them.
create function private.tell_report_schedule(p_schedule launch.report_schedules) returns jsonb
  language sql stable set search_path = '' as $$
  select jsonb_build_object('id', p_schedule.id, 'name', p_schedule.name, 'day_of_month', p_schedule.day_of_month, 'hour', p_schedule.hour,
    'time_zone', p_schedule.time_zone, 'enabled', p_schedule.enabled, 'due_at', private.rfc3339(p_schedule.due_at), 'version', p_schedule.version,
    'recipients', (
      select jsonb_agg(jsonb_build_object('email', e.email, 'kind', k.kind, 'left_at', case when k.kind = 'left' then private.rfc3339(a.left_at) end,
        'sent_at', private.rfc3339(l.created_at), 'state', l.state, 'error', l.last_error, 'test', l.test) order by e.n)
      from unnest(p_schedule.recipients) with ordinality e (email, n)
      cross join lateral (select private.recipient_kind(p_schedule.workspace_id, e.email) as kind) k
      left join launch.report_addresses a on a.workspace_id = p_schedule.workspace_id and a.email = e.email
      left join lateral (
        select t.created_at, t.test, o.last_error, case when o.delivered_at is not null then 'sent' when o.failed_at is not null then 'failed'
          when o.attempts > 0 then 'retrying' else 'waiting' end as state
        from launch.report_letters t left join app.outbox o on o.id = t.outbox_id
        where t.schedule_id = p_schedule.id and t.email = e.email order by t.id desc limit 1) l on true))
$$;

-- A workspace's schedules as they are told, oldest first. Definer: outcomes are the outbox's.
create function launch.read_report_schedules(p_workspace_id uuid) returns table (schedule jsonb)
  language plpgsql stable security definer set search_path = '' as $$
begin
  perform private.require_permission(p_workspace_id, 'reports.read');
  return query select private.tell_report_schedule(s) from launch.report_schedules s where s.workspace_id = p_workspace_id order by s.id;
end
$$;

-- One schedule as it is told. Raises GTNIL.
create function launch.read_report_schedule(p_workspace_id uuid, p_id uuid) returns table (schedule jsonb)
  language plpgsql stable security definer set search_path = '' as $$
begin
  perform private.require_permission(p_workspace_id, 'reports.read');
  return query select private.tell_report_schedule(s) from launch.report_schedules s where s.workspace_id = p_workspace_id and s.id = p_id;
  if not found then
    perform private.refuse('GTNIL', 'There is no such schedule.');
  end if;
end
$$;

-- Whether a letter may still leave. Definer: the service reads no tables.
create function launch.may_send_report_letter(p_id uuid) returns boolean
  language sql stable security definer set search_path = '' as $$
  select coalesce((select private.letter_is_open(l) from launch.report_letters l where l.id = p_id), false)
$$;

-- What the link of an outside letter leads to; no row for none. state is open or closed.
create function launch.open_report_letter(p_id uuid)
  returns table (workspace text, slug text, email text, report_id uuid, month_on date, made_at timestamptz, verified boolean, drawn boolean, expires_at timestamptz, state text)
  language sql stable security definer set search_path = '' as $$
  select w.name, w.slug, l.email, r.id, r.month_on, r.made_at, r.audit_problem is null,
    exists (select from launch.report_files f where f.report_id = r.id), l.expires_at, case when private.letter_is_open(l) then 'open' else 'closed' end
  from launch.report_letters l join launch.reports r on r.id = l.report_id join app.workspaces w on w.id = l.workspace_id
  where l.id = p_id and l.outside
$$;

-- A file for the holder of an outside letter's link, audited under their address; no row when there is none or the link has ended.
create function launch.fetch_letter_file(p_id uuid, p_name text) returns table (content bytea, sha256 text)
  language plpgsql volatile security definer set search_path = '' as $$
declare v_letter launch.report_letters;
begin
  select * into v_letter from launch.report_letters l where l.id = p_id and l.outside;
  if v_letter.id is null or not private.letter_is_open(v_letter) then
    return;
  end if;
  return query select f.content, f.sha256 from launch.report_files f where f.report_id = v_letter.report_id and f.name = p_name;
  if found then
    perform private.write_audit(v_letter.workspace_id, 'report.downloaded', 'report', v_letter.report_id::text, 'notice', null,
      jsonb_build_object('file', p_name, 'by', v_letter.email));
  end if;
end
$$;

-- What an address was asked; no row for an unknown question. state is open, confirmed or expired.
create function launch.peek_report_address(p_id uuid) returns table (workspace text, email text, state text)
  language sql stable security definer set search_path = '' as $$
  select w.name, a.email, case when a.confirmed_at is not null then 'confirmed'
    when a.asked_at <= launch.now() - interval '7 days' then 'expired' else 'open' end
  from launch.report_addresses a join app.workspaces w on w.id = a.workspace_id where a.id = p_id
$$;

-- What the holder of an outside letter can stop; no row for another letter. Its name and nothing else of the workspace. state is open or left.
create function launch.peek_report_departure(p_id uuid) returns table (name text, state text)
  language sql stable security definer set search_path = '' as $$
  select coalesce(s.name, 'Launch report'), case when a.left_at is null then 'open' else 'left' end
  from launch.report_letters l join launch.report_addresses a on a.workspace_id = l.workspace_id and a.email = l.email
  left join launch.report_schedules s on s.id = l.schedule_id
  where l.id = p_id and l.outside
$$;

-- Takes the address of an outside letter off all reports of its workspace, or back on. Said again it changes nothing. Raises GTNIL for another letter.
create function launch.depart_report(p_id uuid, p_leaves boolean) returns void
  language plpgsql volatile security definer set search_path = '' as $$
declare v_address launch.report_addresses;
begin
  select a.* into v_address from launch.report_letters l join launch.report_addresses a on a.workspace_id = l.workspace_id and a.email = l.email
  where l.id = p_id and l.outside for no key update of a;
  if v_address.id is null then
    perform private.refuse('GTNIL', 'There is no such mail.');
  elsif (v_address.left_at is not null) = p_leaves then
    return;
  end if;
  update launch.report_addresses a set left_at = case when p_leaves then launch.now() end where a.id = v_address.id;
  perform private.write_audit(v_address.workspace_id, case when p_leaves then 'report_address.left' else 'report_address.returned' end, 'report_address',
    v_address.id::text, 'notice', null, jsonb_build_object('email', v_address.email));
end
$$;

-- Confirms an address for who holds its link. Raises GTNIL when the question is not open any more.
create function launch.confirm_report_address(p_id uuid) returns void
  language plpgsql volatile security definer set search_path = '' as $$
declare v_address launch.report_addresses;
begin
  update launch.report_addresses a set confirmed_at = launch.now()
  where a.id = p_id and a.confirmed_at is null and a.asked_at > launch.now() - interval '7 days' returning * into v_address;
  if v_address.id is null then
    perform private.refuse('GTNIL', 'This question is not open any more.');
  end if;
  perform private.write_audit(v_address.workspace_id, 'report_address.confirmed', 'report_address', p_id::text, 'high', null,
    jsonb_build_object('email', v_address.email));
end
$$;

grant execute on function launch.test_report_schedule(uuid, uuid) to authenticated;
grant execute on function launch.read_report_schedules(uuid), launch.read_report_schedule(uuid, uuid) to authenticated, gantry_service;
grant execute on function launch.send_due_reports(), launch.may_send_report_letter(uuid), launch.open_report_letter(uuid), launch.fetch_letter_file(uuid, text),
  launch.peek_report_address(uuid), launch.confirm_report_address(uuid), launch.peek_report_departure(uuid), launch.depart_report(uuid, boolean) to gantry_service;
insert into launch.jobs (name, description, every, flag, late_after, is_function) values
  ('send-reports', 'Makes scheduled reports and queues their mails', '1 minute', 'launch.enabled', '15 minutes', false);
select cron.schedule('launch:send-reports', '* * * * *', 'select launch.send_due_reports()');
