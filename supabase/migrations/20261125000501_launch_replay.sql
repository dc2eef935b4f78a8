-- The replay of one country, operation and local day under a proposed policy.
--
-- Each receipt says what was left when it was decided, so what had been used is not reconstructed but read. The replay carries only the gap: units that
-- were let in and would not have been, less those that would have been and were not. Under the policy as it was the gap stays 0 and each decision is
-- taken again from the numbers it was taken from, in whatever order concurrent checks committed. The amount used is not in the receipt: it is added up
-- and, where a recorded answer says otherwise, follows the answer. adjusted counts how often either had to follow.
--
-- What a recording cannot know: whether somebody who was refused would have come back, whether a check that would have been let in would have been
-- released, and who would have waited in a queue. A check let in by the proposal alone is counted as kept.

-- When caps were not enforced, from the audit's switches of launch.countryCaps. The last of them may not have ended.
create function private.shadow_times(p_workspace_id uuid) returns tstzmultirange
  language sql stable set search_path = '' as $$
  with switches as (
    select date_trunc('milliseconds', a.at) as at, a.sequence, (a.details ->> 'enabled')::boolean as enabled,
      lead(date_trunc('milliseconds', a.at)) over (order by a.sequence) as next_at
    from app.audit_entries a where a.workspace_id = p_workspace_id and a.resource_type = 'flag' and a.resource_id = 'launch.countryCaps'
  )
  select coalesce(range_agg(tstzrange(s.at, case when s.next_at is not null then greatest(s.at, s.next_at) end)) filter (where not s.enabled), '{}') from switches s
$$;

-- Recorded checks of a country, operation and local day, with the returns of their units, in the order they happened. back: units come back; place joins
-- it to its check, and without a place it is a correction by hand, which receipts of a full counter do not show. Checks of one instant come in the order in which they used what was left, then as they came in. before: what had been used, null where the receipt does not
-- tell. held_back and would_hold_back: the operation yields to the throttle, as it was and as it would have been. hour counts from the day's start, from 1.
create function private.recorded_checks(
  p_workspace_id uuid, p_country text, p_operation text, p_day date, p_zone text, p_until timestamptz, p_shadow tstzmultirange, p_levels tstzmultirange[]
) returns table (place int, back boolean, at timestamptz, hour int, units int, amount bigint, currency text, allowed boolean, verdict text, shadowed boolean,
    cap int, remaining int, before int, held_back boolean, would_hold_back boolean, amount_cap bigint, amount_currency text, enforced boolean, id uuid)
  language plpgsql stable set search_path = '' set plan_cache_mode = force_custom_plan as $$
declare
  v_starts timestamptz := private.day_boundary(p_zone, p_day); v_ends timestamptz := private.day_boundary(p_zone, p_day + 1);
  v_yields int := private.yields_from(p_workspace_id, p_operation); v_moved tstzmultirange := p_levels[1] + p_levels[2] + p_levels[3] + p_levels[4];
begin
  return query
  with backs as materialized (
    select v.receipt_id, v.settled_at, (row_number() over ())::int as place from launch.reservations v
    where v.workspace_id = p_workspace_id and v.country = p_country and v.operation = p_operation and v.day_on = p_day and v.settled_at <= p_until
      and v.state in ('released', 'expired') and v.decided_at >= v_starts - interval '1 day' and v.decided_at < v_ends + interval '1 day'
  ), seen as materialized (
    select b.place, b.settled_at, r.id, r.decided_at, least(greatest(floor(date_part('epoch', r.decided_at - v_starts) / 3600)::int, 0), 49) + 1 as hour, r.units,
      case when r.reason <> 'engine_disabled' then r.amount_minor end as amount_minor, r.amount_currency as currency, r.allowed, x.verdict,
      r.shadow is not null as shadowed, r.cap - greatest(r.cap - 2000000000, 0) as cap, r.remaining,
      case when r.remaining > 0 or (r.allowed and r.shadow is null) then r.cap - greatest(r.cap - 2000000000, 0) - r.remaining - r.allowed::int * r.units end as before,
      y.held_back, case when v_moved @> r.decided_at then v_yields <= case when p_levels[4] @> r.decided_at then 3
        when p_levels[3] @> r.decided_at then 2 when p_levels[2] @> r.decided_at then 1 else 0 end else y.held_back end as would_hold_back,
      p.payment_amount_minor, p.payment_amount_currency, not (p_shadow @> r.decided_at) as enforced
    from launch.receipts r
    cross join lateral (select coalesce(r.shadow, r.reason) as verdict) x
    cross join lateral (select x.verdict = 'throttled'
      or (x.verdict in ('queued', 'paused', 'not_launched') and r.throttle_level >= v_yields) as held_back) y
    left join backs b on b.receipt_id = r.id
    left join launch.policy_versions p on p_operation = 'payment' and p.workspace_id = p_workspace_id and p.country = p_country and p.version = r.policy_version
    where r.workspace_id = p_workspace_id and r.country = p_country and r.operation = p_operation and r.decided_at <= p_until
      and r.decided_at >= v_starts - interval '1 day' and r.decided_at < v_ends + interval '1 day'
      and case when r.day_on is null then private.local_date(p_zone, r.decided_at) else r.day_on end = p_day
  )
  select s.place, false, s.decided_at, s.hour, s.units, s.amount_minor, s.currency, s.allowed, s.verdict, s.shadowed, s.cap, s.remaining, s.before,
    s.held_back, s.would_hold_back, s.payment_amount_minor, s.payment_amount_currency, s.enforced, s.id from seen s
  union all
  select s.place, true, s.settled_at, 0, s.units, s.amount_minor, s.currency, true, s.verdict, s.shadowed, s.cap, null, null,
    null, null, s.payment_amount_minor, s.payment_amount_currency, s.enforced, s.id from seen s where s.place is not null
  union all
  select null, true, date_trunc('milliseconds', a.at), 0, 0, (a.details ->> 'amount_used')::bigint, null, true, 'granted', false, null, null, (a.details ->> 'used')::int,
    null, null, null, null, null, null
  from app.audit_entries a where a.workspace_id = p_workspace_id and a.resource_type = 'country' and a.resource_id = p_country
    and a.action = 'counter.corrected' and a.details ->> 'operation' = p_operation and a.at >= v_starts and a.at < v_ends and a.at <= p_until
  order by 3, 2 desc, 12 desc nulls last, 8 desc, 19;
end
$$;

-- Replays a day of a gate. p_policy is the proposal for the country. p_levels: when the throttle level would have been another than it was, in force
-- at each level from 0. Numbers are in units; hours count from the day's start.
create function private.replay_day(
  p_workspace_id uuid, p_country text, p_operation text, p_day date, p_zone text, p_until timestamptz, p_policy jsonb, p_shadow tstzmultirange,
  p_levels tstzmultirange[]
) returns jsonb
  language plpgsql stable set search_path = '' as $$
declare
  r record; v_phase text := p_policy ->> 'phase'; v_cap int := (p_policy ->> (p_operation || '_units'))::int;
  v_sets_amount boolean := p_operation = 'payment' and p_policy ? 'amount_minor'; v_amount_cap bigint := nullif((p_policy ->> 'amount_minor')::bigint, -1);
  v_currency text := p_policy ->> 'amount_currency'; v_full int; v_used int := 0; v_before int; v_gap int := 0;
  v_spent bigint := 0; v_spent_gap bigint := 0; v_was_amount bigint; v_amount bigint; v_verdict text; v_may boolean; v_let_in boolean[] := '{}';
  v_checks int := 0; v_differences int := 0; v_adjusted int := 0; v_gained int := 0; v_lost int := 0; v_was_at timestamptz; v_would_at timestamptz;
  v_was_hours int[] := array_fill(0, array[50]); v_would_hours int[] := v_was_hours;
begin
  for r in select * from private.recorded_checks(p_workspace_id, p_country, p_operation, p_day, p_zone, p_until, p_shadow, p_levels) loop
    v_was_amount := coalesce(case when r.amount_currency = r.currency then r.amount end, 0);
    if not v_sets_amount then
      v_amount_cap := r.amount_cap;
      v_currency := r.amount_currency;
    end if;
    v_amount := coalesce(case when v_currency = r.currency then r.amount end, 0);
    if r.back then
      v_used := case when r.place is null then r.before else v_used - r.units end;
      v_spent := case when r.place is null then coalesce(r.amount, v_spent) else v_spent - v_was_amount end;
      v_spent_gap := v_spent_gap - v_was_amount + case when v_let_in[r.place] then v_amount else 0 end;
      v_gap := v_gap - case when v_let_in[r.place] then 0 else r.units end;
      continue;
    end if;
    v_full := coalesce(v_cap, r.cap);
    v_before := coalesce(r.before, greatest(v_used, r.cap - r.allowed::int * r.units, case when r.verdict = 'cap_reached' then r.cap - r.units + 1 end));
    v_adjusted := v_adjusted + (v_before <> v_used)::int;
    if v_was_amount > 0 and (case r.verdict when 'amount_cap_reached' then v_spent <= r.amount_cap - v_was_amount
        when 'granted' then v_spent > r.amount_cap - v_was_amount else false end) then
      v_spent := r.amount_cap - v_was_amount + (r.verdict = 'amount_cap_reached')::int;
      v_adjusted := v_adjusted + 1;
    end if;
    v_verdict := case
      when r.verdict in ('engine_disabled', 'blocked', 'unlisted') or (r.verdict = 'not_launched' and v_phase is distinct from 'open') then r.verdict
      when v_phase = 'pause' or (r.verdict = 'paused' and v_phase is distinct from 'open') then 'paused'
      when r.would_hold_back then 'throttled'
      when r.verdict = 'queued' and not r.held_back and r.units <= r.cap - v_before then 'queued'
      when r.enforced and v_amount_cap is not null and r.amount is null then 'amount_required'
      when r.enforced and v_amount_cap is not null and r.currency is distinct from v_currency then 'currency_mismatch'
      when r.units > v_full - v_before + v_gap then 'cap_reached'
      when v_currency = r.currency and v_spent - v_spent_gap + r.amount > v_amount_cap then 'amount_cap_reached'
      else 'granted' end;
    if r.verdict = 'queued' and v_verdict in ('throttled', 'cap_reached') then
      v_verdict := 'queued';
    end if;
    v_may := v_verdict in ('granted', 'unlisted', 'engine_disabled')
      or (not r.enforced and v_verdict in ('cap_reached', 'amount_cap_reached', 'throttled', 'queued', 'not_launched'));
    v_checks := v_checks + 1;
    if v_verdict <> r.verdict or v_may <> r.allowed then
      v_differences := v_differences + 1;
      v_gap := v_gap + case when r.allowed then r.units else 0 end - case when v_may then r.units else 0 end;
      v_gained := v_gained + case when v_may and not r.allowed then r.units else 0 end;
      v_lost := v_lost + case when r.allowed and not v_may then r.units else 0 end;
    end if;
    v_used := v_before;
    if r.allowed then
      v_was_hours[r.hour] := v_was_hours[r.hour] + r.units;
      v_spent := v_spent + v_was_amount;
      v_spent_gap := v_spent_gap + v_was_amount;
      v_used := v_before + case when r.verdict = 'engine_disabled' then 0 else r.units end;
    end if;
    if v_may then
      v_would_hours[r.hour] := v_would_hours[r.hour] + r.units;
      v_spent_gap := v_spent_gap - v_amount;
    end if;
    v_was_at := coalesce(v_was_at, case when r.verdict = 'cap_reached' or v_used >= r.cap then r.at end);
    v_would_at := coalesce(v_would_at, case when v_verdict = 'cap_reached' or v_used - v_gap >= v_full then r.at end);
    if r.place is not null then
      v_let_in[r.place] := v_may;
    end if;
  end loop;
  return jsonb_build_object('country', p_country, 'operation', p_operation, 'day', p_day, 'starts_at', private.day_boundary(p_zone, p_day),
    'checks', v_checks, 'differences', v_differences, 'adjusted', v_adjusted, 'gained', v_gained, 'lost', v_lost,
    'was_reached_at', v_was_at, 'would_reach_at', v_would_at, 'was', to_jsonb(v_was_hours), 'would', to_jsonb(v_would_hours));
end
$$;
