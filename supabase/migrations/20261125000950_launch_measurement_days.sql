-- Today's partition that is missing is no fault of a measurement's time.

-- Keeps measurements. The same name and time again, in this call or later, is the last value. Returns how many rows that made or changed.
-- Raises GTINV for a time more than a minute ahead or older than what is kept; 23514 when today has no partition. Definer: the service writes no tables.
create or replace function launch.report_measurements(p_workspace_id uuid, p_names text[], p_values float8[], p_times bigint[]) returns int
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
