-- Changing what regions count in, importing rates, and what that makes of amounts that stand already.

-- Converts the amounts of days and hours between two times again. Hours of the last 90 days: what pages show.
create function private.convert_again(p_workspace_id uuid, p_from timestamptz, p_to timestamptz) returns void
  language plpgsql volatile set search_path = '' as $$
declare v_currency text := private.reporting_currency(p_workspace_id);
begin
  update launch.region_days d set revenue_minor = r.revenue_minor, missing_currencies = r.missing_currencies, currency = v_currency
  from (
    select o.country, o.day_on, s.revenue_minor, s.missing_currencies
    from (select x.* from launch.region_days x where x.workspace_id = p_workspace_id and x.day_ends_at > p_from and x.day_starts_at < p_to
      and (x.revenues <> '{}' or x.currency <> v_currency) order by x.country, x.day_on for update) o
    cross join lateral private.sum_revenue(p_workspace_id, o.country, private.country_zone(p_workspace_id, o.country),
      o.day_starts_at, o.day_ends_at, v_currency) s) r
  where d.workspace_id = p_workspace_id and d.country = r.country and d.day_on = r.day_on;
  update launch.region_hours h set revenue_minor = r.revenue_minor, missing_currencies = r.missing_currencies, currency = v_currency
  from (
    select o.country, o.hour_at, s.revenue_minor, s.missing_currencies
    from (select x.* from launch.region_hours x where x.workspace_id = p_workspace_id and x.hour_at >= greatest(p_from, launch.now() - interval '91 days')
      and x.hour_at < p_to and (x.revenues <> '{}' or x.currency <> v_currency) order by x.country, x.hour_at for update) o
    cross join lateral private.sum_revenue(p_workspace_id, o.country, private.country_zone(p_workspace_id, o.country),
      o.hour_at, o.hour_at + interval '1 hour', v_currency) s) r
  where h.workspace_id = p_workspace_id and h.country = r.country and h.hour_at = r.hour_at;
end
$$;

-- Changes the settings that p_settings names and leaves the others. A new reporting currency converts what stands; snapshots keep the
-- currency they were taken in. Locks the settings, then days and hours. Raises GTRSN, GTVER, GTINV for a currency that doesn't exist.
create function launch.change_region_settings(p_workspace_id uuid, p_settings jsonb, p_reason text, p_expected_version int default null)
  returns launch.region_settings
  language plpgsql volatile security definer set search_path = '' as $$
declare v_was launch.region_settings; v_set launch.region_settings;
begin
  perform private.require_permission(p_workspace_id, 'risk.manage');
  select * into v_was from launch.region_settings s where s.workspace_id = p_workspace_id for update;
  v_set := jsonb_populate_record(v_was, jsonb_strip_nulls(p_settings) - '{workspace_id,version}'::text[]);
  if nullif(trim(p_reason), '') is null then
    perform private.refuse('GTRSN', 'A change needs a reason.', jsonb_build_object('field', 'reason'));
  elsif p_expected_version <> v_was.version then
    perform private.refuse('GTVER', 'Someone else changed these settings meanwhile.', jsonb_build_object('version', v_was.version));
  elsif not exists (select from launch.currencies c where c.code = v_set.reporting_currency) then
    perform private.refuse('GTINV', 'There is no such currency.', jsonb_build_object('field', 'reporting_currency'));
  elsif v_set = v_was then
    return v_was;
  end if;
  update launch.region_settings s set reporting_currency = v_set.reporting_currency, compare_hours = v_set.compare_hours,
    support_ratio = v_set.support_ratio, support_minimum = v_set.support_minimum, surge_ratio = v_set.surge_ratio,
    surge_minimum = v_set.surge_minimum, gate_active_users = v_set.gate_active_users, gate_revenue = v_set.gate_revenue,
    gate_safety_incidents = v_set.gate_safety_incidents, gate_verification_rate = v_set.gate_verification_rate,
    gate_days = v_set.gate_days, gate_window_hours = v_set.gate_window_hours, gate_sample = v_set.gate_sample, version = s.version + 1
  where s.workspace_id = p_workspace_id returning * into v_set;
  if v_set.reporting_currency <> v_was.reporting_currency then
    perform private.convert_again(p_workspace_id, '-infinity', 'infinity');
  end if;
  perform private.write_audit(p_workspace_id, 'region_settings.changed', 'region_settings', p_workspace_id::text, 'high', p_reason, (
    select jsonb_object_agg(n.key, jsonb_build_object('was', w.value, 'now', n.value))
    from jsonb_each(to_jsonb(v_set)) n join jsonb_each(to_jsonb(v_was)) w using (key) where n.value <> w.value and n.key <> 'version'));
  return v_set;
end
$$;

-- Takes rates in: of each day, how many units of quote one unit of base is. All or none; a rate that stands is replaced. Amounts of
-- the days that may use them are converted again. Returns how many were new or changed. Raises GTINV and names the line (from 1).
create function launch.import_rates(p_workspace_id uuid, p_days date[], p_bases text[], p_quotes text[], p_rates numeric[]) returns int
  language plpgsql volatile security definer set search_path = '' as $$
declare v_wrong record; v_changed int;
begin
  perform private.require_permission(p_workspace_id, 'risk.manage');
  select r.line, r.field into v_wrong from (
    select u.line, case
      when u.on_date is null or u.on_date > (launch.now() + interval '1 day')::date then 'day'
      when not exists (select from launch.currencies c where c.code = u.base) then 'base'
      when u.base = u.quote or not exists (select from launch.currencies c where c.code = u.quote) then 'quote'
      when u.rate is null or u.rate <= 0 or u.rate >= 1000000000000 or u.rate = 'NaN' then 'rate' end as field
    from unnest(p_days, p_bases, p_quotes, p_rates) with ordinality as u (on_date, base, quote, rate, line)) r
  where r.field is not null order by r.line limit 1;
  if v_wrong.line is not null or coalesce(cardinality(p_days), 0) not between 1 and 50000 then
    perform private.refuse('GTINV', coalesce(format('Line %s cannot be taken in: look at its %s.', v_wrong.line, v_wrong.field),
      'An import has 1 to 50,000 rates.'), jsonb_build_object('field', coalesce(v_wrong.field, 'rates'), 'line', v_wrong.line));
  end if;
  -- Of two rates for one day and pair the last one counts.
  insert into launch.currency_rates as r (workspace_id, on_date, base, quote, rate)
  select distinct on (u.quote, u.on_date, u.base) p_workspace_id, u.on_date, u.base, u.quote, u.rate
  from unnest(p_days, p_bases, p_quotes, p_rates) with ordinality as u (on_date, base, quote, rate, line)
  order by u.quote, u.on_date, u.base, u.line desc
  on conflict on constraint currency_rates_pkey do update set rate = excluded.rate, imported_at = launch.now() where r.rate <> excluded.rate;
  get diagnostics v_changed = row_count;
  perform private.convert_again(p_workspace_id, (select min(d) from unnest(p_days) d)::timestamptz - interval '1 day',
    (select max(d) from unnest(p_days) d)::timestamptz + interval '9 days');
  perform private.write_audit(p_workspace_id, 'rates.imported', 'currency_rates', p_workspace_id::text, 'notice', null, jsonb_build_object(
    'rates', cardinality(p_days), 'changed', v_changed, 'from', (select min(d) from unnest(p_days) d), 'to', (select max(d) from unnest(p_days) d)));
  return v_changed;
end
$$;

grant execute on function launch.change_region_settings(uuid, jsonb, text, int),
  launch.import_rates(uuid, date[], text[], text[], numeric[]) to authenticated;
