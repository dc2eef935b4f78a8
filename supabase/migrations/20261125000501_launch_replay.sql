-- The replay of one country, operation and local day under a proposed policy.
--
-- Each receipt says what was left when it was decided, so what had been used is not reconstructed but read. The replay carries only the gap: units that
-- were let in and would not have been, less those that would have been and were not. Under the policy as it was the gap stays 0 and each decision is
-- taken again from the numbers it was taken from, in whatever order concurrent checks committed. The amount used is not in the receipt: it is added up
-- and, where a recorded answer says otherwise, follows the answer. adjusted counts how often either had to follow.
--
-- What a recording cannot know: whether somebody who was refused would have come back, whether a check that would have been let in would have been
-- released, and who would have waited in a queue. A check let in by the proposal alone is counted as kept; if it had waited for a ticket instead, the
-- ticket's own admission is taken out again (sooner), on whatever day it came, so that nobody is counted twice.

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
-- tell. held_back and would_hold_back: the operation yields to the throttle, as it was and as it would have been. hour counts from the day's start, from 1. waiting joins
-- an admission from the queue to the check that was answered queued; 0: to one of p_early, of an earlier day. kept: what campaigns had of the cap, out of
-- the check's reach.
create function private.recorded_checks(
  p_workspace_id uuid, p_country text, p_operation text, p_day date, p_zone text, p_until timestamptz, p_shadow tstzmultirange, p_levels tstzmultirange[],
  p_early uuid[]
) returns table (place int, back boolean, at timestamptz, hour int, units int, amount bigint, currency text, allowed boolean, verdict text, shadowed boolean,
    cap int, remaining int, before int, held_back boolean, would_hold_back boolean, amount_cap bigint, amount_currency text, enforced boolean, id uuid, waiting int,
    kept int)
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
      case when r.remaining > 0 or (r.allowed and r.shadow is null) then r.cap - greatest(r.cap - 2000000000, 0) - coalesce(r.kept, 0) - r.remaining - r.allowed::int * r.units end as before,
      coalesce(r.kept, 0) as kept,
      y.held_back, case when v_moved @> r.decided_at then v_yields <= case when p_levels[4] @> r.decided_at then 3
        when p_levels[3] @> r.decided_at then 2 when p_levels[2] @> r.decided_at then 1 else 0 end else y.held_back end as would_hold_back,
      p.payment_amount_minor, p.payment_amount_currency, not (p_shadow @> r.decided_at) as enforced,
      case when x.verdict = 'queued' then 'ticket:' || r.id when r.idempotency_key like 'ticket:%' then r.idempotency_key end as ticket
    from launch.receipts r
    cross join lateral (select coalesce(r.shadow, r.reason) as verdict) x
    cross join lateral (select x.verdict = 'throttled'
      or (x.verdict in ('queued', 'paused', 'not_launched') and r.throttle_level >= v_yields) as held_back) y
    left join backs b on b.receipt_id = r.id
    left join launch.policy_versions p on p_operation = 'payment' and p.workspace_id = p_workspace_id and p.country = p_country and p.version = r.policy_version
    where r.workspace_id = p_workspace_id and r.country = p_country and r.operation = p_operation and r.decided_at <= p_until
      and r.decided_at >= v_starts - interval '1 day' and r.decided_at < v_ends + interval '1 day'
      and case when r.day_on is null then private.local_date(p_zone, r.decided_at) else r.day_on end = p_day
  ), waits as materialized (
    select s.ticket, (row_number() over ())::int as waiting from seen s where s.verdict = 'queued'
    union all select 'ticket:' || e.id, 0 from unnest(p_early) as e (id)
  )
  select s.place, false, s.decided_at, s.hour, s.units, s.amount_minor, s.currency, s.allowed, s.verdict, s.shadowed, s.cap, s.remaining, s.before,
    s.held_back, s.would_hold_back, s.payment_amount_minor, s.payment_amount_currency, s.enforced, s.id, w.waiting, s.kept
  from seen s left join waits w on w.ticket = s.ticket
  union all
  select s.place, true, s.settled_at, 0, s.units, s.amount_minor, s.currency, true, s.verdict, s.shadowed, s.cap, null, null,
    null, null, s.payment_amount_minor, s.payment_amount_currency, s.enforced, s.id, null, null from seen s where s.place is not null
  union all
  select null, true, date_trunc('milliseconds', a.at), 0, 0, (a.details ->> 'amount_used')::bigint, null, true, 'granted', false, null, null, (a.details ->> 'used')::int,
    null, null, null, null, null, null, null, null
  from app.audit_entries a where a.workspace_id = p_workspace_id and a.resource_type = 'country' and a.resource_id = p_country
    and a.action = 'counter.corrected' and a.details ->> 'operation' = p_operation and a.at >= v_starts and a.at < v_ends and a.at <= p_until
  order by 3, 2 desc, 12 desc nulls last, 8 desc, 19;
end
$$;

-- Decides each check of a day again. p_policy is the proposal for the country. p_levels: when the throttle level would have been another than it was, in
-- force at each level from 0. early: this check was answered queued and would have been let in. near and full: 80 % and all of the cap used, spent of
-- the amount cap; near by what is used alone where a campaign kept the rest, as the watch on caps has it.
create function private.replay_checks(
  p_workspace_id uuid, p_country text, p_operation text, p_day date, p_zone text, p_until timestamptz, p_policy jsonb, p_shadow tstzmultirange,
  p_levels tstzmultirange[], p_early uuid[]
) returns table (at timestamptz, hour int, units int, was boolean, would boolean, sooner boolean, differs boolean, adjusted int, early uuid,
    was_near boolean, would_near boolean, was_full boolean, would_full boolean, was_spent_near boolean, would_spend_near boolean, was_spent boolean,
    would_spend boolean)
  language plpgsql stable set search_path = '' as $$
declare
  r record; v_phase text := p_policy ->> 'phase'; v_cap int := (p_policy ->> (p_operation || '_units'))::int;
  v_sets_amount boolean := p_operation = 'payment' and p_policy ? 'amount_minor'; v_amount_cap bigint := nullif((p_policy ->> 'amount_minor')::bigint, -1);
  v_currency text := p_policy ->> 'amount_currency'; v_full int; v_used int := 0; v_before int; v_gap int := 0; v_spent bigint := 0;
  v_spent_gap bigint := 0; v_was_amount bigint; v_amount bigint; v_verdict text; v_let_in boolean[] := '{}'; v_early boolean[] := '[0:0]={t}';
begin
  for r in select * from private.recorded_checks(p_workspace_id, p_country, p_operation, p_day, p_zone, p_until, p_shadow, p_levels, p_early) loop
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
    at := r.at; hour := r.hour; units := r.units; was := r.allowed; early := null;
    v_full := coalesce(v_cap, r.cap);
    v_before := coalesce(r.before, greatest(v_used, r.cap - r.kept - r.allowed::int * r.units,
      case when r.verdict = 'cap_reached' then r.cap - r.kept - r.units + 1 end));
    adjusted := (v_before <> v_used)::int;
    if v_was_amount > 0 and (case r.verdict when 'amount_cap_reached' then v_spent <= r.amount_cap - v_was_amount
        when 'granted' then v_spent > r.amount_cap - v_was_amount else false end) then
      v_spent := r.amount_cap - v_was_amount + (r.verdict = 'amount_cap_reached')::int;
      adjusted := adjusted + 1;
    end if;
    v_verdict := case
      when r.verdict in ('engine_disabled', 'blocked', 'unlisted') or (r.verdict = 'not_launched' and v_phase is distinct from 'open') then r.verdict
      when v_phase = 'pause' or (r.verdict = 'paused' and v_phase is distinct from 'open') then 'paused'
      when r.would_hold_back then 'throttled'
      when r.verdict = 'queued' and not r.held_back and r.units <= r.cap - r.kept - v_before then 'queued'
      when r.enforced and v_amount_cap is not null and r.amount is null then 'amount_required'
      when r.enforced and v_amount_cap is not null and r.currency is distinct from v_currency then 'currency_mismatch'
      when r.units > v_full - r.kept - v_before + v_gap then 'cap_reached'
      when v_currency = r.currency and v_spent - v_spent_gap + r.amount > v_amount_cap then 'amount_cap_reached'
      else 'granted' end;
    if r.verdict = 'queued' and v_verdict in ('throttled', 'cap_reached') then
      v_verdict := 'queued';
    end if;
    sooner := r.verdict <> 'queued' and coalesce(v_early[r.waiting], false);
    would := not sooner and (v_verdict in ('granted', 'unlisted', 'engine_disabled')
      or (not r.enforced and v_verdict in ('cap_reached', 'amount_cap_reached', 'throttled', 'queued', 'not_launched')));
    differs := v_verdict <> r.verdict or would <> was;
    if would <> was then
      v_gap := v_gap + case when was then units else -units end;
    end if;
    if r.verdict = 'queued' and would and not was then
      v_early[r.waiting] := true;
      early := r.id;
    end if;
    v_used := v_before + case when was and r.verdict <> 'engine_disabled' then units else 0 end;
    v_spent := v_spent + case when was then v_was_amount else 0 end;
    v_spent_gap := v_spent_gap + case when was then v_was_amount else 0 end - case when would then v_amount else 0 end;
    was_full := r.verdict = 'cap_reached' or v_used >= r.cap;
    would_full := v_verdict = 'cap_reached' or v_used - v_gap >= v_full;
    was_near := r.enforced and r.cap > 0 and ((was_full and r.kept = 0) or v_used >= ceil(r.cap * 0.8));
    would_near := r.enforced and v_full > 0 and ((would_full and r.kept = 0) or v_used - v_gap >= ceil(v_full * 0.8));
    was_spent := r.verdict = 'amount_cap_reached' or v_spent >= r.amount_cap;
    would_spend := v_verdict = 'amount_cap_reached' or v_spent - v_spent_gap >= v_amount_cap;
    was_spent_near := r.enforced and r.amount_cap > 0 and (was_spent or v_spent >= ceil(r.amount_cap * 0.8));
    would_spend_near := r.enforced and v_amount_cap > 0 and (would_spend or v_spent - v_spent_gap >= ceil(v_amount_cap * 0.8));
    if r.place is not null then
      v_let_in[r.place] := would;
    end if;
    return next;
  end loop;
end
$$;

-- A day of a gate as it was and as it would have been. Numbers are in units; was and would have one element an hour of the local day. alerts: how many caps,
-- of units and of amounts, came near enough to raise one. early: the checks that were answered queued, would have been let in, and left the queue on
-- a later day.
create function private.replay_day(
  p_workspace_id uuid, p_country text, p_operation text, p_day date, p_zone text, p_until timestamptz, p_policy jsonb, p_shadow tstzmultirange,
  p_levels tstzmultirange[], p_early uuid[]
) returns jsonb
  language plpgsql stable set search_path = '' as $$
declare
  v_starts timestamptz := private.day_boundary(p_zone, p_day); v_ends timestamptz := private.day_boundary(p_zone, p_day + 1);
  v_day jsonb; v_was int[]; v_would int[]; v_early uuid[];
begin
  with c as materialized (
    select * from private.replay_checks(p_workspace_id, p_country, p_operation, p_day, p_zone, p_until, p_policy, p_shadow, p_levels, p_early)
  ), hours as (
    select h.hour, coalesce(x.was, 0) as was, coalesce(x.would, 0) as would
    from generate_series(1, greatest(ceil(date_part('epoch', v_ends - v_starts) / 3600)::int, (select max(c.hour) from c))) as h (hour)
    left join (select c.hour, sum(c.units) filter (where c.was) as was, sum(c.units) filter (where c.would) as would from c group by 1) x on x.hour = h.hour
  )
  select (select jsonb_build_object('checks', count(*), 'differences', count(*) filter (where c.differs), 'adjusted', coalesce(sum(c.adjusted), 0),
      'gained', coalesce(sum(c.units) filter (where c.would and not c.was), 0),
      'lost', coalesce(sum(c.units) filter (where c.was and not c.would and not c.sooner), 0), 'sooner', coalesce(sum(c.units) filter (where c.sooner), 0),
      'was_reached_at', min(c.at) filter (where c.was_full), 'would_reach_at', min(c.at) filter (where c.would_full),
      'was_spent_at', min(c.at) filter (where c.was_spent), 'would_spend_at', min(c.at) filter (where c.would_spend),
      'was_alerts', coalesce(bool_or(c.was_near), false)::int + coalesce(bool_or(c.was_spent_near), false)::int,
      'would_alerts', coalesce(bool_or(c.would_near), false)::int + coalesce(bool_or(c.would_spend_near), false)::int) from c),
    (select array_agg(h.was order by h.hour) from hours h), (select array_agg(h.would order by h.hour) from hours h),
    (select array_agg(t.id) from c join launch.tickets t on t.id = c.early and t.ready_at >= v_ends)
  into v_day, v_was, v_would, v_early;
  return v_day || jsonb_build_object('country', p_country, 'operation', p_operation, 'day', p_day, 'starts_at', v_starts,
    'was', to_jsonb(v_was), 'would', to_jsonb(v_would), 'early', to_jsonb(coalesce(v_early, '{}')));
end
$$;
