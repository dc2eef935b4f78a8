-- Taking events in: one statement for all that wait in a process, set-based, committed once. An event is taken once by (source, id) in
-- its workspace, also when the same batch arrives four times at once.
--
-- Locks, in this order: event keys by key (an insert waits for another batch's same key), then unknown types, then subjects, then touched
-- hours by hour, late, because concurrent batches share the present hour until they commit; blocks and the audit head last.

-- The UTC days of which a daily table has partitions.
create function private.kept_days(p_parent text) returns date[]
  language sql stable set search_path = '' as $$
  select array(select to_date(right(c.relname, 8), 'YYYYMMDD')
    from pg_catalog.pg_inherits i join pg_catalog.pg_class c on c.oid = i.inhrelid where i.inhparent = p_parent::regclass)
$$;

-- Counts what is of an unknown type. A product that draws its types at random fills a thousand rows a day
-- (two thousand when they come in one batch), not the disk.
create function private.count_unknown_events(p_workspaces uuid[], p_types text[], p_sources text[], p_now timestamptz) returns void
  language plpgsql volatile set search_path = '' as $$
declare v_day timestamptz := date_trunc('day', p_now, 'UTC');
begin
  insert into launch.unknown_events as u (workspace_id, day_at, type, events, last_source, last_at)
  select x.workspace_id, v_day, case when r.rows < 1000 or k.type is not null then x.type else '*' end, count(*), max(x.source), p_now
  from unnest(p_workspaces, p_types, p_sources) as x (workspace_id, type, source)
  join (select w.id, (select count(*) from launch.unknown_events k where k.workspace_id = w.id and k.day_at = v_day) as rows
    from unnest(p_workspaces) as w (id) group by w.id) r on r.id = x.workspace_id
  left join launch.unknown_events k on k.workspace_id = x.workspace_id and k.day_at = v_day and k.type = x.type
  group by 1, 2, 3 order by 1, 2, 3
  on conflict (workspace_id, day_at, type) do update
    set events = u.events + excluded.events, last_source = excluded.last_source, last_at = excluded.last_at;
end
$$;

-- Does what accepted block events say, each in the name of the key that reported it.
create function private.apply_block_events(p_workspaces uuid[], p_keys uuid[], p_types text[], p_data jsonb[]) returns void
  language plpgsql volatile set search_path = '' as $$
begin
  for i in 1 .. cardinality(p_types) loop
    perform set_config('gantry.api_key_id', p_keys[i]::text, true);
    perform private.apply_block_event(p_workspaces[i], p_data[i] ->> 'kind', p_data[i] ->> 'value', (p_data[i] ->> 'until')::timestamptz,
      left(p_data[i] ->> 'reason', 500), p_types[i] = 'blocklist.added');
  end loop;
end
$$;

-- Takes a batch of events in. p_callers is each event's place in p_key_hashes, p_times milliseconds since 1970 or null for now. Answers
-- a letter an event, in order: a accepted, d duplicate, u of an unknown type (counted, not kept), f more than five minutes ahead, o older
-- than 30 days or of a day that has no partition, b a block of something that can't be blocked, k its API key is not in force, n its key lacks signals.report. A key claims every
-- partition that a minute more or less could lead to, so that two batches at the edge of two partitions meet. Conditions are written as
-- "not …": the planner then expects half of the rows to pass, where it expects one in 200 to be null or equal, joins row by row, and takes
-- four times as long. Definer: the service reads and writes no tables.
create function launch.report_events(
  p_key_hashes bytea[], p_callers int[], p_types text[], p_sources text[], p_ids text[], p_times bigint[], p_countries text[],
  p_subjects text[], p_devices text[], p_ips inet[], p_amounts bigint[], p_currencies text[], p_values float8[], p_data jsonb[]
) returns text
  language plpgsql volatile security definer set search_path = '' set plan_cache_mode = force_generic_plan as $$
declare
  v_now timestamptz := date_trunc('milliseconds', launch.now());
  v_from timestamptz := date_bin('2 days', v_now - interval '1 minute', timestamptz '2020-01-01 00:00Z');
  v_claims timestamptz[] := case when date_bin('2 days', v_now + interval '1 minute', timestamptz '2020-01-01 00:00Z') = v_from then array[v_now]
    else array[v_now - interval '1 minute', v_now + interval '1 minute'] end;
  v_types text[] := array(select t.type from launch.event_types t);
  v_workspaces uuid[]; v_keys uuid[]; v_blocks int[]; v_refusals text[]; v_stale uuid[]; v_days date[]; v_answer text; v_touched uuid[]; v_hours timestamptz[]; v_placed int[];
begin
  select array_agg(k.workspace_id order by k.place), array_agg(k.api_key_id order by k.place),
    array_agg(case k.problem when 'unauthenticated' then 'k' when 'forbidden' then 'n' end order by k.place),
    array_agg(k.api_key_id) filter (where k.problem is null and coalesce(k.last_used_at < v_now - interval '1 minute', true))
  into v_workspaces, v_keys, v_refusals, v_stale from private.verify_keys(p_key_hashes, 'signals.report') k;
  if v_stale is not null then
    perform private.touch_keys(v_stale);
  end if;
  if (extract(epoch from v_now - interval '1 day') * 1000)::bigint > any (p_times) then
    v_days := private.kept_days('launch.events');
  end if;
  with asked as materialized (
    select i, v_workspaces[p_callers[i]] as workspace_id, t.at, k.key, coalesce(v_refusals[p_callers[i]], case
      when t.at > v_now + interval '5 minutes' then 'f'
      when t.at < v_now - interval '30 days' or (t.at < v_now - interval '1 day' and not (t.at at time zone 'UTC')::date = any (v_days)) then 'o'
      when not p_types[i] = any (v_types) then 'u'
      when starts_with(p_types[i], 'blocklist.') and (private.read_block_value(p_data[i] ->> 'kind', p_data[i] ->> 'value')).problem is not null then 'b'
      end) as letter
    from generate_subscripts(p_types, 1) as i
    cross join lateral (select coalesce(timestamptz 'epoch' + p_times[i] * interval '1 millisecond', v_now) as at) t
    cross join lateral (select substring(sha256(convert_to(p_sources[i] || e'\x1f' || p_ids[i], 'UTF8')) for 16) as key) k
  ), firsts as (
    select distinct on (a.workspace_id, a.key) a.i, a.workspace_id, a.key, a.at from asked a where not coalesce(a.letter <> '', false) order by a.workspace_id, a.key, a.i
  ), unseen as materialized (
    select f.* from firsts f
    where not coalesce((select true from launch.event_keys k where k.workspace_id = f.workspace_id and k.key = f.key
        and k.kept_at > v_now - interval '48 hours' and k.kept_at < v_from limit 1), false)
      and not coalesce(case when f.at < v_now - interval '47 hours' then (select true from launch.events e where e.workspace_id = f.workspace_id
        and e.occurred_at = f.at and e.source = p_sources[f.i] and e.event_id = p_ids[f.i] limit 1) end, false)
  ), claimed as (
    insert into launch.event_keys (workspace_id, key, kept_at)
    select u.workspace_id, u.key, c.at from unseen u cross join unnest(v_claims) as c (at) order by 1, 2, 3
    on conflict do nothing returning workspace_id, key
  ), fresh as materialized (
    select u.i, u.workspace_id, u.at from unseen u
    join (select c.workspace_id, c.key from claimed c group by 1, 2 having not count(*) < cardinality(v_claims)) c using (workspace_id, key)
  ), kept as (
    insert into launch.events (workspace_id, occurred_at, received_at, type, source, event_id, country, subject, device, ip, amount_minor, currency,
      value, data)
    select f.workspace_id, f.at, v_now, p_types[f.i], p_sources[f.i], p_ids[f.i], p_countries[f.i], p_subjects[f.i], p_devices[f.i], p_ips[f.i],
      p_amounts[f.i], p_currencies[f.i], p_values[f.i], p_data[f.i] from fresh f
  ), hours as (
    select f.workspace_id, date_trunc('hour', f.at, 'UTC') as hour_at from fresh f group by 1, 2
  )
  select string_agg(coalesce(a.letter, case when f.i is null then 'd' else 'a' end), '' order by a.i),
    (select array_agg(h.workspace_id order by h.workspace_id, h.hour_at) from hours h),
    (select array_agg(h.hour_at order by h.workspace_id, h.hour_at) from hours h),
    (select array_agg(f.i order by f.i) from fresh f where starts_with(p_types[f.i], 'blocklist.')),
    (select array_agg(f.i) from fresh f where p_subjects[f.i] is not null and p_countries[f.i] is not null)
  into v_answer, v_touched, v_hours, v_blocks, v_placed from asked a left join fresh f on f.i = a.i;
  if position('u' in v_answer) > 0 then
    perform private.count_unknown_events(array_agg(v_workspaces[p_callers[i]]), array_agg(p_types[i]), array_agg(p_sources[i]), v_now)
    from generate_subscripts(p_types, 1) as i where substr(v_answer, i, 1) = 'u';
  end if;
  if v_placed is not null then
    perform private.note_subject_countries(v_placed, v_workspaces, p_callers, p_subjects, p_countries, p_times, v_now);
  end if;
  insert into private.touched_hours as h (workspace_id, hour_at, touched_at)
  select x.workspace_id, x.hour_at, v_now from unnest(v_touched, v_hours) as x (workspace_id, hour_at)
  on conflict (workspace_id, hour_at) do update set touched_at = excluded.touched_at;
  if v_blocks is not null then
    perform private.apply_block_events(array_agg(v_workspaces[p_callers[i]] order by i), array_agg(v_keys[p_callers[i]] order by i),
      array_agg(p_types[i] order by i), array_agg(p_data[i] order by i)) from unnest(v_blocks) as i;
  end if;
  return coalesce(v_answer, '');
end
$$;

-- Keeps measurements. The same name and time again, in this call or later, is the last value. Returns how many rows that made or changed.
-- Raises GTINV for a time more than a minute ahead or older than what is kept; 23514 when today has no partition, which is no fault of a
-- measurement's time. Definer: the service writes no tables.
create function launch.report_measurements(p_workspace_id uuid, p_names text[], p_values float8[], p_times bigint[]) returns int
  language plpgsql volatile security definer set search_path = '' as $$
declare v_now timestamptz := date_trunc('milliseconds', launch.now()); v_days date[] := private.kept_days('launch.measurements'); v_wrong int; v_kept int;
begin
  perform private.require_permission(p_workspace_id, 'signals.report');
  select min(x.place) - 1 into v_wrong from unnest(p_times) with ordinality as x (ms, place)
  cross join lateral (select timestamptz 'epoch' + x.ms * interval '1 millisecond' as at) t
  where t.at > v_now + interval '1 minute' or t.at < v_now - interval '30 days' or (t.at < date_trunc('day', v_now, 'UTC') and not (t.at at time zone 'UTC')::date = any (v_days));
  if v_wrong is not null then
    perform private.refuse('GTINV', 'A measurement''s time is at most a minute ahead and at most 30 days back, on a day of which measurements are kept.',
      jsonb_build_object('field', format('measurements.%s.at', v_wrong)));
  end if;
  insert into launch.measurements as m (workspace_id, name, measured_at, received_at, value)
  select distinct on (x.name, t.at) p_workspace_id, x.name, t.at, v_now, x.value
  from unnest(p_names, p_values, p_times) with ordinality as x (name, value, ms, place)
  cross join lateral (select coalesce(timestamptz 'epoch' + x.ms * interval '1 millisecond', v_now) as at) t
  order by x.name, t.at, x.place desc
  on conflict (workspace_id, name, measured_at) do update set value = excluded.value, received_at = excluded.received_at;
  get diagnostics v_kept = row_count;
  return v_kept;
end
$$;

grant execute on function launch.report_events(bytea[], int[], text[], text[], text[], bigint[], text[], text[], text[], inet[], bigint[], text[],
  float8[], jsonb[]), launch.report_measurements(uuid, text[], float8[], bigint[]) to gantry_service;
