-- The cap check: the promise everything else serves. Never over-admits; same key, same answer; a pause is immediate.
--
-- One call decides all checks that were waiting in a process. It locks the counters by id before it reads anything, probes the
-- keys, decides in order of arrival, writes receipts, keys, reservations and counters, and commits once. Whatever changes a
-- country's policy takes the same locks first, so a decision is made under the policy that stands when it commits.

-- One country and operation as one caller of the batch asks for it. slot numbers the distinct counters.
create type private.cap_gate as (
  gate int, workspace_id uuid, api_key_id uuid, problem text, enabled boolean, enforced boolean, throttle_level int,
  counter_id bigint, slot int, country text, operation text, phase text, policy_version int,
  cap int, amount_cap bigint, amount_currency text, used int, amount_used bigint, day_on date, day_ends_at timestamptz, yields boolean
);

create type private.cap_decision as (
  problem text, replayed boolean, id uuid, decided_at timestamptz, workspace_id uuid, api_key_id uuid, idempotency_key text,
  fingerprint uuid, country text, operation text, units int, subject text, device text, ip inet, amount_minor bigint,
  amount_currency text, allowed boolean, reason text, shadow text, cap int, remaining int, day_on date, resets_at timestamptz,
  retry_at timestamptz, hold_expires_at timestamptz, policy_version int, throttle_level int, counter_id bigint, amount_counted bigint
);

-- What a caller hears. problem is null for a decision, else unauthenticated, forbidden, key_reused, amount_required or
-- currency_mismatch, and then nothing was decided or kept.
create type launch.cap_answer as (
  problem text, replayed boolean, id uuid, decided_at timestamptz, allowed boolean, reason text, shadow text, cap int, remaining int,
  resets_at timestamptz, retry_at timestamptz, hold_expires_at timestamptz, policy_version int, throttle_level int
);

-- Locks the counters of these gates by id, opens their local day, and only then reads the policy.
create function private.lock_gates(p_key_hashes bytea[], p_callers int[], p_countries text[], p_operations text[], p_now timestamptz)
  returns setof private.cap_gate
  language plpgsql volatile set search_path = '' as $$
declare v_workspaces uuid[]; v_keys uuid[]; v_problems text[]; v_ids bigint[]; v_asked uuid[];
begin
  select array_agg(k.workspace_id order by k.place), array_agg(k.api_key_id order by k.place),
    array_agg(k.problem order by k.place)
  into v_workspaces, v_keys, v_problems from private.verify_keys(p_key_hashes, 'caps.check') k;
  select array_agg(v_workspaces[c] order by o) into v_asked from unnest(p_callers) with ordinality as a (c, o);
  perform private.make_counters(m.workspace_ids, m.countries, m.operations) from (
    select array_agg(a.workspace_id) as workspace_ids, array_agg(a.country) as countries, array_agg(a.operation) as operations
    from unnest(v_asked, p_countries, p_operations) as a (workspace_id, country, operation)
    join app.workspaces w on w.id = a.workspace_id and w.allows_unlisted_countries
    where not exists (select from launch.counters c where c.workspace_id = a.workspace_id and c.country = a.country
      and c.operation = a.operation)) m
  where m.countries is not null;
  select array_agg(locked.id) into v_ids from (
    select c.id from launch.counters c
    where (c.workspace_id, c.country, c.operation) in (
      select a.workspace_id, a.country, a.operation
      from unnest(v_asked, p_countries, p_operations) as a (workspace_id, country, operation))
    order by c.id for update) locked;
  perform private.roll_counters(v_ids, p_now);
  return query
  select a.gate::int, a.workspace_id, v_keys[a.caller], v_problems[a.caller],
    coalesce(fe.enabled, true), coalesce(fc.enabled, true),
    coalesce(case when t.forced_until > p_now then t.forced_level else t.level end, 0)::int,
    case when n.code is not null or w.allows_unlisted_countries then c.id end,
    dense_rank() over (order by c.id)::int, a.country, a.operation, n.phase, n.policy_version,
    cap.units, cap.amount_minor, cap.amount_currency, c.used, c.amount_used, c.day_on, c.day_ends_at,
    coalesce(case when t.forced_until > p_now then t.forced_level else t.level end, 0)
      >= coalesce(tp.yields_from, case a.operation when 'payment' then 3 else 2 end)
  from unnest(p_callers, v_asked, p_countries, p_operations) with ordinality as a (caller, workspace_id, country, operation, gate)
  left join app.workspaces w on w.id = a.workspace_id
  left join app.flags fe on fe.workspace_id = a.workspace_id and fe.key = 'launch.enabled'
  left join app.flags fc on fc.workspace_id = a.workspace_id and fc.key = 'launch.countryCaps'
  left join launch.throttles t on t.workspace_id = a.workspace_id
  left join launch.throttle_policies tp on tp.workspace_id = a.workspace_id and tp.operation = a.operation
  left join launch.counters c on c.workspace_id = a.workspace_id and c.country = a.country and c.operation = a.operation
  left join launch.countries n on n.workspace_id = a.workspace_id and n.code = a.country
  left join launch.caps cap on cap.workspace_id = a.workspace_id and cap.country = a.country and cap.operation = a.operation
  order by a.gate;
end
$$;

-- The recorded answer a key stands for.
create function private.recall_decision(p_receipt_id uuid, p_decided_at timestamptz, p_allowed boolean) returns private.cap_decision
  language plpgsql stable set search_path = '' as $$
declare d private.cap_decision;
begin
  select null::text, true, r.id, r.decided_at, r.workspace_id, r.api_key_id, r.idempotency_key, null::uuid, r.country, r.operation,
    r.units, r.subject, r.device, r.ip, r.amount_minor, r.amount_currency, r.allowed, r.reason, r.shadow, r.cap, r.remaining, r.day_on,
    r.resets_at, r.retry_at, r.hold_expires_at, r.policy_version, r.throttle_level::int, null::bigint, null::bigint
  into d from launch.receipts r where r.id = p_receipt_id and r.decided_at = p_decided_at and r.allowed = p_allowed;
  return d;
end
$$;

-- Writes what was newly decided: counters, slots, keys, reservations, receipts. The caller holds the counters' locks.
-- Keys go in sorted: two batches that use the same keys for different requests wait for one another in one direction only.
-- What cap checks call is plpgsql even where one statement would do: it keeps its plans, a SQL function plans each time.
create function private.record_decisions(p_decisions private.cap_decision[], p_now timestamptz) returns void
  language plpgsql volatile set search_path = '' as $$
begin
  with d as materialized (
    select * from unnest(p_decisions) where problem is null and not replayed
  ), summed as materialized (
    select d.counter_id, d.workspace_id, d.country, d.operation, d.day_on,
      coalesce(sum(d.units) filter (where d.allowed), 0)::int as granted,
      coalesce(sum(d.units) filter (where not d.allowed), 0)::int as refused,
      coalesce(sum(d.units) filter (where d.hold_expires_at is not null), 0)::int as held,
      coalesce(sum(d.amount_counted), 0)::bigint as amount, max(d.amount_currency) filter (where d.amount_counted > 0) as currency
    from d where d.counter_id is not null group by 1, 2, 3, 4, 5
  ), counted as (
    update launch.counters c set used = c.used + s.granted, held = c.held + s.held, amount_used = c.amount_used + s.amount,
      amount_currency = coalesce(s.currency, c.amount_currency)
    from summed s where c.id = s.counter_id and s.granted > 0
  ), charted as (
    insert into launch.usage_slots as u (counter_id, slot_at, workspace_id, country, operation, day_on, granted, refused)
    select s.counter_id, date_bin('5 minutes', p_now, timestamptz '2020-01-01 00:00Z'), s.workspace_id, s.country, s.operation, s.day_on, s.granted, s.refused
    from summed s
    on conflict (counter_id, slot_at) do update set granted = u.granted + excluded.granted, refused = u.refused + excluded.refused
  ), keyed as (
    insert into launch.idempotency_keys (workspace_id, key, fingerprint, receipt_id, decided_at, allowed)
    select d.workspace_id, d.idempotency_key, d.fingerprint, d.id, d.decided_at, d.allowed from d
    order by d.workspace_id, d.idempotency_key
  ), held as (
    insert into launch.reservations (receipt_id, decided_at, workspace_id, counter_id, country, operation, day_on, units, amount_minor, expires_at)
    select d.id, d.decided_at, d.workspace_id, d.counter_id, d.country, d.operation, d.day_on, d.units, coalesce(d.amount_counted, 0), d.hold_expires_at
    from d where d.hold_expires_at is not null
  )
  insert into launch.receipts (id, decided_at, workspace_id, api_key_id, idempotency_key, country, operation, units, subject, device, ip,
    amount_minor, amount_currency, allowed, reason, shadow, cap, remaining, day_on, resets_at, retry_at, hold_expires_at, policy_version, throttle_level)
  select d.id, d.decided_at, d.workspace_id, d.api_key_id, d.idempotency_key, d.country, d.operation, d.units, d.subject, d.device, d.ip,
    d.amount_minor, d.amount_currency, d.allowed, d.reason, d.shadow, d.cap, d.remaining, d.day_on, d.resets_at, d.retry_at, d.hold_expires_at,
    d.policy_version, d.throttle_level
  from d;
end
$$;

-- Decides a batch of cap checks, in order. A gate is one (caller, country, operation); p_firsts is the place of the first check
-- of this batch with the same caller and key. Locks: counters by id. Raises 23505 when two callers of one workspace
-- use one key with different requests at once: nothing is kept, ask again. Definer: the service reads no tables.
-- Generic plans: planned for each batch's arrays, the planner alone would take longer than the batch.
create function launch.check_caps(
  p_key_hashes bytea[], p_gate_callers int[], p_gate_countries text[], p_gate_operations text[],
  p_gates int[], p_firsts int[], p_ids uuid[], p_keys text[], p_fingerprints uuid[], p_units int[], p_amounts bigint[],
  p_currencies text[], p_holds int[], p_subjects text[], p_devices text[], p_ips inet[]
) returns setof launch.cap_answer
  language plpgsql volatile security definer set search_path = '' set plan_cache_mode = force_generic_plan as $$
declare
  v_now timestamptz := date_trunc('milliseconds', launch.now());
  v_gates private.cap_gate[]; g private.cap_gate; r record; d private.cap_decision; v_none private.cap_decision;
  v_decisions private.cap_decision[] := '{}'; v_used int[]; v_amounts bigint[]; v_verdict text;
  v_kept int[] := array_fill(null::int, array[cardinality(p_gates)]); -- per first place: where its key was decided in this batch
begin
  select array_agg(l order by l.gate) into v_gates from private.lock_gates(p_key_hashes, p_gate_callers, p_gate_countries, p_gate_operations, v_now) l;
  foreach g in array v_gates loop
    v_used[g.slot] := g.used;
    v_amounts[g.slot] := g.amount_used;
  end loop;
  for r in
    select a.*, seen.receipt_id, seen.decided_at, seen.allowed, seen.fingerprint as kept
    from unnest(p_gates, p_firsts, p_ids, p_keys, p_fingerprints, p_units, p_amounts, p_currencies, p_holds, p_subjects, p_devices, p_ips,
      array(select (v_gates[i]).workspace_id from unnest(p_gates) with ordinality as x (i, o) order by o))
      with ordinality as a (gate, first, id, key, fingerprint, units, amount, currency, hold, subject, device, ip, workspace_id, place)
    left join lateral (
      select k.* from launch.idempotency_keys k
      where k.workspace_id = a.workspace_id and k.key = a.key and k.decided_at > v_now - interval '48 hours' limit 1) seen on true
    order by a.place
  loop
    g := v_gates[r.gate];
    d := v_none;
    if g.problem is not null then
      d.problem := g.problem;
    elsif v_kept[r.first] is not null or r.receipt_id is not null then
      if v_kept[r.first] is not null then
        d := v_decisions[v_kept[r.first]];
        d.replayed := true;
      else
        d := private.recall_decision(r.receipt_id, r.decided_at, r.allowed);
      end if;
      if r.fingerprint <> coalesce(r.kept, p_fingerprints[v_kept[r.first]]) then
        d := v_none;
        d.problem := 'key_reused';
      end if;
    else
      v_verdict := case
        when not g.enabled then 'engine_disabled'
        when g.counter_id is null then 'not_launched'
        when g.phase = 'pause' then 'paused'
        when g.phase = 'not_launched' then 'not_launched'
        when g.yields then 'throttled'
        when g.enforced and g.amount_cap is not null and r.amount is null then 'amount_required'
        when g.enforced and g.amount_cap is not null and r.currency <> g.amount_currency then 'currency_mismatch'
        when v_used[g.slot] + r.units > g.cap then 'cap_reached'
        when r.currency = g.amount_currency and v_amounts[g.slot] + r.amount > g.amount_cap then 'amount_cap_reached'
        when g.phase is null then 'unlisted'
        else 'granted' end;
      if v_verdict in ('amount_required', 'currency_mismatch') then
        d.problem := v_verdict;
      else
        d := private.decide_cap(g, v_verdict, r.units, case when r.currency = g.amount_currency then r.amount end, r.hold, v_used[g.slot], v_now);
        d.id := r.id; d.idempotency_key := r.key; d.fingerprint := r.fingerprint; d.units := r.units;
        d.subject := r.subject; d.device := r.device; d.ip := r.ip; d.amount_minor := r.amount; d.amount_currency := r.currency;
        v_kept[r.first] := r.place;
        if d.allowed and d.counter_id is not null then
          v_used[g.slot] := v_used[g.slot] + r.units;
          v_amounts[g.slot] := v_amounts[g.slot] + coalesce(d.amount_counted, 0);
        end if;
      end if;
    end if;
    v_decisions := v_decisions || d;
  end loop;
  perform private.record_decisions(v_decisions, v_now);
  perform private.touch_keys(array(select distinct x.api_key_id from unnest(v_gates) x where x.problem is null));
  return query select o.problem, o.replayed, o.id, o.decided_at, o.allowed, o.reason, o.shadow, o.cap, o.remaining, o.resets_at, o.retry_at,
    o.hold_expires_at, o.policy_version, o.throttle_level from unnest(v_decisions) o;
end
$$;

-- The decision a verdict makes at a gate. With caps not enforced, a refusal for capacity, throttle or launch becomes a counted grant
-- that keeps the answer it stands for as its shadow; a pause refuses all the same.
create function private.decide_cap(
  g private.cap_gate, p_verdict text, p_units int, p_amount bigint, p_hold int, p_used int, p_now timestamptz
) returns private.cap_decision
  language plpgsql immutable set search_path = '' as $$
declare
  d private.cap_decision;
  v_shadowed boolean := not g.enforced and p_verdict in ('cap_reached', 'amount_cap_reached', 'throttled', 'not_launched');
begin
  d.replayed := false;
  d.decided_at := p_now;
  d.workspace_id := g.workspace_id;
  d.api_key_id := g.api_key_id;
  d.country := g.country;
  d.operation := g.operation;
  d.throttle_level := g.throttle_level;
  d.policy_version := g.policy_version;
  d.allowed := v_shadowed or p_verdict in ('granted', 'unlisted', 'engine_disabled');
  d.reason := case when v_shadowed then 'granted' else p_verdict end;
  d.shadow := case when v_shadowed then p_verdict end;
  if p_verdict = 'engine_disabled' or g.counter_id is null then
    return d;
  end if;
  d.counter_id := g.counter_id;
  d.day_on := g.day_on;
  d.resets_at := g.day_ends_at;
  d.cap := g.cap;
  d.remaining := case when g.cap is not null then greatest(g.cap - p_used - case when d.allowed then p_units else 0 end, 0) end;
  d.retry_at := case p_verdict when 'cap_reached' then g.day_ends_at when 'amount_cap_reached' then g.day_ends_at
    when 'throttled' then p_now + interval '60 seconds' end;
  if d.allowed then
    d.retry_at := null;
    d.amount_counted := case when g.amount_cap is not null then p_amount end;
    d.hold_expires_at := p_now + make_interval(secs => p_hold);
  end if;
  return d;
end
$$;

revoke all on type private.cap_gate, private.cap_decision from public;
grant execute on function launch.check_caps(bytea[], int[], text[], text[], int[], int[], uuid[], text[], uuid[], int[], bigint[],
  text[], int[], text[], text[], inet[]) to gantry_service;
