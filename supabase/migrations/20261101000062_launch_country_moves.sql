-- Listing, activating, advancing, pausing and resuming countries, and changing their caps and zone.
-- Legal moves: not_launched → alpha|soft|public; forward with a reason when a phase is skipped; any open phase → pause with a
-- reason; pause → the phase before it or a lower one. Anything else raises GTTRN.

-- How far a phase opens a country.
create function private.phase_rank(p_phase text) returns int
  language sql immutable set search_path = '' as $$
  select case p_phase when 'not_launched' then 0 when 'alpha' then 1 when 'soft' then 2 when 'public' then 3 end
$$;

-- Users a day by phase; payments are ten times that, creators a tenth.
create function private.default_user_units(p_phase text) returns int
  language sql immutable set search_path = '' as $$
  select case p_phase when 'alpha' then 100 when 'soft' then 1000 when 'public' then 10000 else 0 end
$$;

-- Lists countries as not launched, in their main zone. Those already listed stay as they are. Returns how many were new.
create function launch.list_countries(p_workspace_id uuid, p_codes text[]) returns int
  language plpgsql volatile security definer set search_path = '' as $$
declare v_code text; v_listed int := 0; v_country launch.countries;
begin
  perform private.require_permission(p_workspace_id, 'countries.manage');
  for v_code in select distinct unnest(p_codes) order by 1 loop
    insert into launch.countries (workspace_id, code, time_zone)
    select p_workspace_id, iso.code, iso.time_zone from launch.iso_countries iso where iso.code = v_code
    on conflict do nothing returning * into v_country;
    if not found then
      if not exists (select from launch.iso_countries iso where iso.code = v_code) then
        perform private.refuse('GTINV', 'There is no such country.', jsonb_build_object('field', 'country', 'country', v_code));
      end if;
      continue;
    end if;
    v_listed := v_listed + 1;
    insert into launch.caps (workspace_id, country, operation, units)
    select p_workspace_id, v_code, o, 0 from unnest(array['user', 'payment', 'creator']) o;
    perform private.make_counters(array_fill(p_workspace_id, array[3]), array_fill(v_code, array[3]), array['user', 'payment', 'creator']);
    perform private.write_audit(p_workspace_id, 'country.listed', 'country', v_code, 'info', null,
      jsonb_build_object('time_zone', v_country.time_zone));
    perform private.keep_policy_version(v_country, 'country.listed', null);
  end loop;
  return v_listed;
end
$$;

-- Takes a country that was never activated off the list.
create function launch.unlist_country(p_workspace_id uuid, p_country text) returns void
  language plpgsql volatile security definer set search_path = '' as $$
declare v_country launch.countries;
begin
  perform private.require_permission(p_workspace_id, 'countries.manage');
  v_country := private.lock_country(p_workspace_id, p_country, null);
  if v_country.phase <> 'not_launched' then
    perform private.refuse('GTTRN', 'Only a country that was never activated can be taken off the list.',
      jsonb_build_object('country', p_country, 'phase', v_country.phase));
  end if;
  delete from launch.countries c where c.workspace_id = p_workspace_id and c.code = p_country;
  perform private.write_audit(p_workspace_id, 'country.unlisted', 'country', p_country, 'notice', null, '{}');
end
$$;

-- Opens a listed country for the first time, for a person and for the engine. Caps not given take the phase's defaults.
create function private.activate_country(
  p_workspace_id uuid, p_country text, p_phase text, p_user_units int, p_payment_units int, p_creator_units int, p_amount_minor bigint,
  p_amount_currency text, p_reason text, p_expected_version int, p_details jsonb default '{}'
) returns launch.countries
  language plpgsql volatile set search_path = '' as $$
declare v_country launch.countries; v_users int := coalesce(p_user_units, private.default_user_units(p_phase));
begin
  v_country := private.lock_country(p_workspace_id, p_country, p_expected_version);
  if v_country.phase <> 'not_launched' or coalesce(private.phase_rank(p_phase), 0) = 0 then
    perform private.refuse('GTTRN', 'This country cannot be activated like that.',
      jsonb_build_object('country', p_country, 'from', v_country.phase, 'to', p_phase));
  end if;
  perform private.set_caps(p_workspace_id, p_country, v_users, coalesce(p_payment_units, least(v_users::bigint * 10, 100000000)::int),
    coalesce(p_creator_units, v_users / 10), p_amount_minor, p_amount_currency);
  update launch.countries c set phase = p_phase, phase_since = launch.now(), activated_at = launch.now()
  where c.workspace_id = p_workspace_id and c.code = p_country;
  return private.conclude_country_change(p_workspace_id, p_country, 'country.activated', 'high', p_reason,
    p_details || jsonb_build_object('user_units', v_users, 'payment_units', p_payment_units, 'creator_units', p_creator_units));
end
$$;

create function launch.activate_country(
  p_workspace_id uuid, p_country text, p_phase text, p_user_units int default null, p_payment_units int default null,
  p_creator_units int default null, p_amount_minor bigint default null, p_amount_currency text default null,
  p_reason text default null, p_expected_version int default null
) returns launch.countries
  language plpgsql volatile security definer set search_path = '' as $$
begin
  perform private.require_permission(p_workspace_id, 'countries.manage');
  return private.activate_country(p_workspace_id, p_country, p_phase, p_user_units, p_payment_units, p_creator_units, p_amount_minor,
    p_amount_currency, p_reason, p_expected_version);
end
$$;

-- Moves an open country forward, for a person and for the engine. Skipping a phase needs a reason (GTRSN). p_raise_caps gives it the new
-- phase's default caps where those are higher.
create function private.advance_country(
  p_workspace_id uuid, p_country text, p_phase text, p_reason text, p_raise_caps boolean, p_expected_version int, p_details jsonb default '{}'
) returns launch.countries
  language plpgsql volatile set search_path = '' as $$
declare v_country launch.countries; v_step int; v_users int := private.default_user_units(p_phase);
begin
  v_country := private.lock_country(p_workspace_id, p_country, p_expected_version);
  v_step := private.phase_rank(p_phase) - private.phase_rank(v_country.phase);
  if v_country.phase in ('not_launched', 'pause') or coalesce(v_step, 0) < 1 then
    perform private.refuse('GTTRN', 'This country cannot advance like that.',
      jsonb_build_object('country', p_country, 'from', v_country.phase, 'to', p_phase));
  elsif v_step > 1 and nullif(trim(p_reason), '') is null then
    perform private.refuse('GTRSN', 'Skipping a phase needs a reason.', jsonb_build_object('field', 'reason'));
  end if;
  if p_raise_caps then
    update launch.caps c set units = greatest(c.units, case c.operation when 'user' then v_users when 'payment' then v_users * 10 else v_users / 10 end)
    where c.workspace_id = p_workspace_id and c.country = p_country;
  end if;
  update launch.countries c set phase = p_phase, phase_since = launch.now()
  where c.workspace_id = p_workspace_id and c.code = p_country;
  return private.conclude_country_change(p_workspace_id, p_country, 'country.advanced', 'high', p_reason,
    p_details || jsonb_build_object('from', v_country.phase));
end
$$;

create function launch.advance_country(
  p_workspace_id uuid, p_country text, p_phase text, p_reason text default null, p_raise_caps boolean default true,
  p_expected_version int default null
) returns launch.countries
  language plpgsql volatile security definer set search_path = '' as $$
begin
  perform private.require_permission(p_workspace_id, 'countries.manage');
  return private.advance_country(p_workspace_id, p_country, p_phase, p_reason, p_raise_caps, p_expected_version);
end
$$;

-- Stops a country: the pause itself, for a person who may and for the engine. It waits for the cap checks under way and, once
-- committed, none later is granted. Pausing a paused country changes nothing. Locks as every change of a country does.
create function private.pause_country(p_workspace_id uuid, p_country text, p_reason text, p_details jsonb default '{}') returns launch.countries
  language plpgsql volatile set search_path = '' as $$
declare v_country launch.countries;
begin
  v_country := private.lock_country(p_workspace_id, p_country, null);
  if v_country.phase = 'pause' then
    return v_country;
  elsif v_country.phase = 'not_launched' then
    perform private.refuse('GTTRN', 'This country was never activated.', jsonb_build_object('country', p_country, 'from', v_country.phase, 'to', 'pause'));
  elsif nullif(trim(p_reason), '') is null then
    perform private.refuse('GTRSN', 'A pause needs a reason.', jsonb_build_object('field', 'reason'));
  end if;
  update launch.countries c
  set phase = 'pause', phase_before_pause = c.phase, pause_reason = trim(p_reason), phase_since = launch.now()
  where c.workspace_id = p_workspace_id and c.code = p_country;
  return private.conclude_country_change(p_workspace_id, p_country, 'country.paused', 'critical', p_reason,
    p_details || jsonb_build_object('from', v_country.phase));
end
$$;

-- Stops a country at a person's or key's word. No expected version: an emergency stop never loses a race.
create function launch.pause_country(p_workspace_id uuid, p_country text, p_reason text) returns launch.countries
  language plpgsql volatile security definer set search_path = '' as $$
begin
  perform private.require_permission(p_workspace_id, 'countries.pause');
  return private.pause_country(p_workspace_id, p_country, p_reason);
end
$$;

-- Reopens a paused country in the phase before the pause, or a lower one.
create function launch.resume_country(
  p_workspace_id uuid, p_country text, p_phase text default null, p_reason text default null, p_expected_version int default null
) returns launch.countries
  language plpgsql volatile security definer set search_path = '' as $$
declare v_country launch.countries; v_phase text;
begin
  perform private.require_permission(p_workspace_id, 'countries.manage');
  v_country := private.lock_country(p_workspace_id, p_country, p_expected_version);
  v_phase := coalesce(p_phase, v_country.phase_before_pause);
  if v_country.phase <> 'pause' or coalesce(private.phase_rank(v_phase), 0) not between 1 and private.phase_rank(v_country.phase_before_pause) then
    perform private.refuse('GTTRN', 'This country cannot resume like that.',
      jsonb_build_object('country', p_country, 'from', v_country.phase, 'to', v_phase));
  end if;
  update launch.countries c
  set phase = v_phase, phase_before_pause = null, pause_reason = null, phase_since = launch.now()
  where c.workspace_id = p_workspace_id and c.code = p_country;
  return private.conclude_country_change(p_workspace_id, p_country, 'country.resumed', 'high', p_reason,
    jsonb_build_object('paused_because', v_country.pause_reason));
end
$$;

-- Changes caps while the country runs; today's usage stays. p_amount_minor −1 removes the amount cap. The currency of an
-- amount cap cannot change while today has spent some of it (GTTRN): the sums would not add up.
create function launch.change_caps(
  p_workspace_id uuid, p_country text, p_user_units int default null, p_payment_units int default null,
  p_creator_units int default null, p_amount_minor bigint default null, p_amount_currency text default null,
  p_reason text default null, p_expected_version int default null
) returns launch.countries
  language plpgsql volatile security definer set search_path = '' as $$
declare v_was jsonb; v_now jsonb;
begin
  perform private.require_permission(p_workspace_id, 'countries.manage');
  perform private.lock_country(p_workspace_id, p_country, p_expected_version);
  if p_amount_minor >= 0 and exists (
      select from launch.counters n
      where n.workspace_id = p_workspace_id and n.country = p_country and n.operation = 'payment'
        and n.amount_currency <> p_amount_currency and n.amount_used > 0 and n.day_ends_at > launch.now()) then
    perform private.refuse('GTTRN', 'The currency can change tomorrow: today already has amounts in the old one.',
      jsonb_build_object('field', 'amount.currency'));
  end if;
  select jsonb_object_agg(c.operation, jsonb_build_object('units', c.units, 'amount_minor', c.amount_minor, 'currency', c.amount_currency))
  into v_was from launch.caps c where c.workspace_id = p_workspace_id and c.country = p_country;
  perform private.set_caps(p_workspace_id, p_country, p_user_units, p_payment_units, p_creator_units, p_amount_minor, p_amount_currency);
  select jsonb_object_agg(c.operation, jsonb_build_object('units', c.units, 'amount_minor', c.amount_minor, 'currency', c.amount_currency))
  into v_now from launch.caps c where c.workspace_id = p_workspace_id and c.country = p_country;
  return private.conclude_country_change(p_workspace_id, p_country, 'country.caps_changed', 'high', p_reason,
    jsonb_build_object('was', v_was, 'caps', v_now));
end
$$;

-- Gives a country another zone for its days, from its next day on.
create function launch.change_time_zone(
  p_workspace_id uuid, p_country text, p_time_zone text, p_reason text default null, p_expected_version int default null
) returns launch.countries
  language plpgsql volatile security definer set search_path = '' as $$
declare v_country launch.countries;
begin
  perform private.require_permission(p_workspace_id, 'countries.manage');
  v_country := private.lock_country(p_workspace_id, p_country, p_expected_version);
  if not exists (select from pg_catalog.pg_timezone_names z where z.name = p_time_zone) then
    perform private.refuse('GTINV', 'There is no such time zone.', jsonb_build_object('field', 'time_zone'));
  end if;
  perform private.roll_counters(array(select c.id from launch.counters c
    where c.workspace_id = p_workspace_id and c.country = p_country), launch.now());
  update launch.countries c set time_zone = p_time_zone where c.workspace_id = p_workspace_id and c.code = p_country;
  return private.conclude_country_change(p_workspace_id, p_country, 'country.time_zone_changed', 'notice', p_reason,
    jsonb_build_object('was', v_country.time_zone, 'time_zone', p_time_zone));
end
$$;

grant execute on function launch.list_countries(uuid, text[]), launch.unlist_country(uuid, text),
  launch.activate_country(uuid, text, text, int, int, int, bigint, text, text, int),
  launch.advance_country(uuid, text, text, text, boolean, int), launch.pause_country(uuid, text, text),
  launch.resume_country(uuid, text, text, text, int),
  launch.change_caps(uuid, text, int, int, int, bigint, text, text, int),
  launch.change_time_zone(uuid, text, text, text, int) to authenticated, gantry_service;
