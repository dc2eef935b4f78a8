-- Opening and closing local days. Who calls these holds, or takes, the counter's row lock.

-- Moves the counters with these ids to the local day of p_now where their day has ended, keeping the finished day.
-- The caller holds their locks. A clock behind the counter's day changes nothing: a day never reopens.
create function private.roll_counters(p_ids bigint[], p_now timestamptz) returns void
  language plpgsql volatile set search_path = '' as $$
begin
  if not exists (select from launch.counters c where c.id = any (p_ids) and c.day_ends_at <= p_now) then
    return;
  end if;
  perform private.keep_slots(p_ids, p_now);
  insert into launch.counter_days (workspace_id, country, operation, day_on, day_starts_at, day_ends_at, used, held, corrected,
    amount_used, amount_currency, cap)
  select c.workspace_id, c.country, c.operation, c.day_on, c.day_starts_at, c.day_ends_at, c.used, c.held, c.corrected, c.amount_used, c.amount_currency, cap.units
  from launch.counters c
  left join launch.caps cap using (workspace_id, country, operation)
  where c.id = any (p_ids) and c.day_ends_at <= p_now;
  update launch.counters c
  set day_on = d.day_on, day_starts_at = d.day_starts_at, day_ends_at = d.day_ends_at, used = 0, held = 0, corrected = 0, amount_used = 0, amount_currency = null
  from launch.counters o
  join launch.iso_countries iso on iso.code = o.country
  left join launch.countries n on n.workspace_id = o.workspace_id and n.code = o.country
  cross join lateral private.following_day(coalesce(n.time_zone, iso.time_zone), p_now, o.day_on, o.day_ends_at) d
  where c.id = any (p_ids) and o.id = c.id and c.day_ends_at <= p_now;
  perform private.keep_quotas(p_ids);
end
$$;

-- Makes the counters that are missing for these countries and operations, in a fixed order.
create function private.make_counters(p_workspace_ids uuid[], p_countries text[], p_operations text[]) returns void
  language sql volatile set search_path = '' as $$
  insert into launch.counters (workspace_id, country, operation, day_on, day_starts_at, day_ends_at)
  select distinct w.workspace_id, w.country, w.operation, d.day_on, d.day_starts_at, d.day_ends_at
  from unnest(p_workspace_ids, p_countries, p_operations) as w (workspace_id, country, operation)
  join launch.iso_countries iso on iso.code = w.country
  left join launch.countries n on n.workspace_id = w.workspace_id and n.code = w.country
  cross join lateral private.following_day(coalesce(n.time_zone, iso.time_zone), launch.now(), null, null) d
  order by 1, 2, 3
  on conflict on constraint counters_one_per_operation do nothing
$$;

-- Locks a country for a change: its counters by id, then its row. Raises GTNIL when nobody has listed it, GTVER when
-- p_expected_version is given and someone else has changed it meanwhile.
create function private.lock_country(p_workspace_id uuid, p_country text, p_expected_version int) returns launch.countries
  language plpgsql volatile set search_path = '' as $$
declare v_country launch.countries;
begin
  perform c.id from launch.counters c where c.workspace_id = p_workspace_id and c.country = p_country order by c.id for update;
  select * into v_country from launch.countries c where c.workspace_id = p_workspace_id and c.code = p_country for update;
  if v_country.code is null then
    perform private.refuse('GTNIL', 'This country is not listed.', jsonb_build_object('country', p_country));
  elsif p_expected_version is not null and p_expected_version <> v_country.policy_version then
    perform private.refuse('GTVER', 'Someone else changed this country meanwhile.',
      jsonb_build_object('country', p_country, 'policy_version', v_country.policy_version));
  end if;
  return v_country;
end
$$;

-- Gives a changed country its next policy version, tells the outside, keeps it in the history and writes the audit entry.
create function private.conclude_country_change(
  p_workspace_id uuid, p_country text, p_action text, p_severity text, p_reason text, p_details jsonb
) returns launch.countries
  language plpgsql volatile set search_path = '' as $$
declare v_country launch.countries;
begin
  update launch.countries c set policy_version = c.policy_version + 1
  where c.workspace_id = p_workspace_id and c.code = p_country returning * into v_country;
  perform private.tell(p_workspace_id, p_action, 'country:' || p_country, p_details || jsonb_build_object('country', p_country,
    'phase', v_country.phase, 'policy_version', v_country.policy_version, 'reason', p_reason));
  perform private.write_audit(p_workspace_id, p_action, 'country', p_country, p_severity, p_reason,
    p_details || jsonb_build_object('phase', v_country.phase, 'policy_version', v_country.policy_version));
  perform private.keep_policy_version(v_country, p_action, p_reason);
  return v_country;
end
$$;

-- Writes a country's policy as it stands into the history. The actor is the one the audit names.
create function private.keep_policy_version(p_country launch.countries, p_action text, p_reason text) returns void
  language sql volatile set search_path = '' as $$
  insert into launch.policy_versions (workspace_id, country, version, action, phase, time_zone, user_units, payment_units,
    creator_units, payment_amount_minor, payment_amount_currency, reason, changed_by, changed_at)
  select p_country.workspace_id, p_country.code, p_country.policy_version, p_action, p_country.phase, p_country.time_zone,
    u.units, p.units, c.units, p.amount_minor, p.amount_currency, p_reason, a.actor_label, launch.now()
  from launch.caps u
  join launch.caps p on p.workspace_id = u.workspace_id and p.country = u.country and p.operation = 'payment'
  join launch.caps c on c.workspace_id = u.workspace_id and c.country = u.country and c.operation = 'creator'
  join app.audit_heads h on h.workspace_id = u.workspace_id
  join app.audit_entries a on a.workspace_id = h.workspace_id and a.sequence = h.sequence
  where u.workspace_id = p_country.workspace_id and u.country = p_country.code and u.operation = 'user'
$$;

-- Sets the caps that are given and leaves the others. An amount cap comes with its currency; p_amount_minor −1 removes it.
create function private.set_caps(
  p_workspace_id uuid, p_country text, p_user_units int, p_payment_units int, p_creator_units int,
  p_amount_minor bigint, p_amount_currency text
) returns void
  language sql volatile set search_path = '' as $$
  update launch.caps c set
    units = coalesce(case c.operation when 'user' then p_user_units when 'payment' then p_payment_units else p_creator_units end, c.units),
    amount_minor = case when c.operation <> 'payment' or p_amount_minor = -1 then null else coalesce(p_amount_minor, c.amount_minor) end,
    amount_currency = case when c.operation <> 'payment' or p_amount_minor = -1 then null
      when p_amount_minor is not null then p_amount_currency else c.amount_currency end
  where c.workspace_id = p_workspace_id and c.country = p_country
$$;
