-- The cap check: the promise everything else serves. Never over-admits; same key, same answer; a pause is immediate.
--
-- One call decides all checks that were waiting in a process. It locks the counters by id before it reads anything, probes the
-- keys, decides in order of arrival, writes receipts, keys, reservations and counters, and commits once. Whatever changes a
-- country's policy takes the same locks first, so a decision is made under the policy that stands when it commits.
--
-- Fast on purpose: what is called once a check is an expression, never a function; what is fixed for a gate is found once a
-- batch. All of it is plpgsql, even where one statement would do: plpgsql keeps its plans, a SQL function plans each time.

-- One country and operation as one caller of the batch asks for it, and what its policy says before any counter is looked at:
-- problem (unauthenticated, forbidden), or a verdict. open: the verdict stands unless a cap is reached. slot numbers the counters
-- of the batch; a gate without a counter has slot 0 and counts nothing.
create type private.cap_gate as (
  gate int, workspace_id uuid, api_key_id uuid, problem text, verdict text, open boolean, enforced boolean, throttle_level int,
  counter_id bigint, slot int, country text, operation text, policy_version int, cap int, amount_cap bigint, amount_currency text,
  used int, amount_used bigint, day_on date, day_ends_at timestamptz
);

-- What a caller hears. problem is null for a decision, else unauthenticated, forbidden, key_reused, amount_required or
-- currency_mismatch, and then nothing was decided or kept.
create type launch.cap_answer as (
  problem text, replayed boolean, id uuid, decided_at timestamptz, allowed boolean, reason text, shadow text, cap int, remaining int,
  resets_at timestamptz, retry_at timestamptz, hold_expires_at timestamptz, policy_version int, throttle_level int
);

-- Locks the counters of these gates by id, opens their local day, and only then reads the policy. The probes are laterals with a
-- limit: as plain joins they are planned for the tables of a new installation and stay slow when those have grown.
create function private.lock_gates(p_key_hashes bytea[], p_callers int[], p_countries text[], p_operations text[], p_now timestamptz)
  returns private.cap_gate[]
  language plpgsql volatile set search_path = '' as $$
declare
  v_workspaces uuid[]; v_keys uuid[]; v_problems text[]; v_unlisted boolean[]; v_stale uuid[];
  v_ids bigint[]; v_ended boolean; v_gates private.cap_gate[];
begin
  select array_agg(k.workspace_id order by k.place), array_agg(k.api_key_id order by k.place), array_agg(k.problem order by k.place),
    array_agg(coalesce(w.unlisted, false) order by k.place),
    array_agg(k.api_key_id) filter (where k.problem is null and coalesce(k.last_used_at < p_now - interval '1 minute', true))
  into v_workspaces, v_keys, v_problems, v_unlisted, v_stale
  from private.verify_keys(p_key_hashes, 'caps.check') k
  left join lateral (select w.allows_unlisted_countries as unlisted from app.workspaces w where w.id = k.workspace_id limit 1) w on true;
  if true = any (v_unlisted) then
    perform private.make_unlisted_counters(v_workspaces, p_callers, p_countries, p_operations);
  end if;
  select array_agg(l.id), bool_or(l.day_ends_at <= p_now) into v_ids, v_ended from (
    select c.id, c.day_ends_at from launch.counters c
    where c.id = any (array(
      select x.id from unnest(p_callers, p_countries, p_operations) as a (caller, country, operation)
      cross join lateral (select c.id from launch.counters c
        where c.workspace_id = v_workspaces[a.caller] and c.country = a.country and c.operation = a.operation limit 1) x))
    order by c.id for update) l;
  if v_ended then
    perform private.roll_counters(v_ids, p_now);
  end if;
  if v_stale is not null then
    perform private.touch_keys(v_stale);
  end if;
  with callers as materialized (
    select o.caller, o.workspace_id, f.enabled, f.enforced, v_unlisted[o.caller] as unlisted,
      coalesce(case when t.forced_until > p_now then t.forced_level else t.level end, 0)::int as level
    from unnest(v_workspaces) with ordinality as o (workspace_id, caller)
    cross join lateral (
      select coalesce(bool_and(f.enabled) filter (where f.key = 'launch.enabled'), true) as enabled,
        coalesce(bool_and(f.enabled) filter (where f.key = 'launch.countryCaps'), true) as enforced
      from app.flags f where f.workspace_id = o.workspace_id) f
    left join lateral (select t.level, t.forced_level, t.forced_until from launch.throttles t where t.workspace_id = o.workspace_id limit 1) t on true
  )
  select array_agg(row(a.gate, k.workspace_id, v_keys[a.caller], v_problems[a.caller], v.verdict, v.verdict in ('granted', 'unlisted'),
      k.enforced, k.level, c.id, coalesce(array_position(v_ids, c.id), 0), a.country, a.operation, n.policy_version,
      case when c.id is not null then cap.units end, case when c.id is not null then cap.amount_minor end, cap.amount_currency,
      coalesce(c.used, 0), coalesce(c.amount_used, 0), c.day_on, c.day_ends_at)::private.cap_gate order by a.gate)
  into v_gates
  from unnest(p_callers, p_countries, p_operations) with ordinality as a (caller, country, operation, gate)
  join callers k on k.caller = a.caller
  left join lateral (select n.code, n.phase, n.policy_version from launch.countries n where n.workspace_id = k.workspace_id and n.code = a.country limit 1) n on true
  left join lateral (select p.units, p.amount_minor, p.amount_currency from launch.caps p where p.workspace_id = k.workspace_id and p.country = a.country and p.operation = a.operation limit 1) cap on true
  left join lateral (select t.yields_from from launch.throttle_policies t where t.workspace_id = k.workspace_id and t.operation = a.operation limit 1) tp on true
  left join lateral (select c.id, c.used, c.amount_used, c.day_on, c.day_ends_at from launch.counters c
    where k.enabled and (n.code is not null or k.unlisted) and c.workspace_id = k.workspace_id and c.country = a.country
      and c.operation = a.operation limit 1) c on true
  cross join lateral (select case
    when not k.enabled then 'engine_disabled'
    when c.id is null or n.phase = 'not_launched' then 'not_launched'
    when n.phase = 'pause' then 'paused'
    when k.level >= coalesce(tp.yields_from, case a.operation when 'payment' then 3 else 2 end) then 'throttled'
    when n.phase is null then 'unlisted'
    else 'granted' end as verdict) v;
  return v_gates;
end
$$;

-- Makes the counters that are missing for workspaces that let unlisted countries in.
create function private.make_unlisted_counters(p_workspaces uuid[], p_callers int[], p_countries text[], p_operations text[]) returns void
  language plpgsql volatile set search_path = '' as $$
begin
  perform private.make_counters(m.workspace_ids, m.countries, m.operations) from (
    select array_agg(w.id) as workspace_ids, array_agg(a.country) as countries, array_agg(a.operation) as operations
    from unnest(p_callers, p_countries, p_operations) as a (caller, country, operation)
    join app.workspaces w on w.id = p_workspaces[a.caller] and w.allows_unlisted_countries
    where not exists (select from launch.counters c where c.workspace_id = w.id and c.country = a.country and c.operation = a.operation)) m
  where m.countries is not null;
end
$$;

-- The recorded answer a key stands for.
create function private.recall_answer(p_receipt_id uuid, p_decided_at timestamptz, p_allowed boolean) returns launch.cap_answer
  language plpgsql stable set search_path = '' as $$
declare v_answer launch.cap_answer;
begin
  select null::text, true, r.id, r.decided_at, r.allowed, r.reason, r.shadow, r.cap, r.remaining, r.resets_at, r.retry_at, r.hold_expires_at,
    r.policy_version, r.throttle_level::int
  into v_answer from launch.receipts r where r.id = p_receipt_id and r.decided_at = p_decided_at and r.allowed = p_allowed;
  return v_answer;
end
$$;

-- What a batch's checks come to, one element a check in order. source is the place of the check whose answer this one has.
create type private.cap_verdicts as (
  problems text[], verdicts text[], alloweds boolean[], remaining int[], sources int[]
);

-- Decides each check in order of arrival, p_kept being the fingerprints of keys that have their answer already. With caps not
-- enforced, a refusal for capacity, throttle or launch becomes a counted grant that keeps the answer it stands for as its shadow;
-- a pause refuses all the same. Two thousand million units a day are the end of counting, capped or not: a sum that overflowed would
-- fail the whole batch, other workspaces' checks included.
create function private.decide_caps(
  p_rules private.cap_gate[], p_gates int[], p_firsts int[], p_fingerprints uuid[], p_kept uuid[], p_units int[], p_amounts bigint[],
  p_currencies text[]
) returns private.cap_verdicts
  language plpgsql immutable set search_path = '' as $$
declare
  g private.cap_gate; v_gate int := 0; v_used int[]; v_amounts bigint[]; v_verdict text; v_allowed boolean; v_source int;
  v_decided int[] := '{}'; -- per first place: where its key was decided in this batch
  v_problems text[] := '{}'; v_verdicts text[] := '{}'; v_alloweds boolean[] := '{}'; v_remaining int[] := '{}'; v_sources int[] := '{}';
begin
  foreach g in array p_rules loop
    v_used[g.slot] := g.used;
    v_amounts[g.slot] := g.amount_used;
  end loop;
  for i in 1 .. cardinality(p_gates) loop
    if p_gates[i] <> v_gate then
      v_gate := p_gates[i];
      g := p_rules[v_gate];
    end if;
    if g.problem is not null then
      v_problems[i] := g.problem;
    elsif p_kept[i] is not null then
      if p_fingerprints[i] <> p_kept[i] then
        v_problems[i] := 'key_reused';
      end if;
    elsif v_decided[p_firsts[i]] is not null then
      v_source := v_decided[p_firsts[i]];
      if p_fingerprints[i] <> p_fingerprints[v_source] then
        v_problems[i] := 'key_reused';
      else
        v_sources[i] := v_source;
        v_verdicts[i] := v_verdicts[v_source];
        v_alloweds[i] := v_alloweds[v_source];
        v_remaining[i] := v_remaining[v_source];
      end if;
    else
      v_verdict := case
        when not g.open then g.verdict
        when g.enforced and g.amount_cap is not null and p_amounts[i] is null then 'amount_required'
        when g.enforced and g.amount_cap is not null and p_currencies[i] <> g.amount_currency then 'currency_mismatch'
        when v_used[g.slot]::bigint + p_units[i] > least(g.cap, 2000000000) then 'cap_reached'
        when g.amount_cap is not null and p_currencies[i] = g.amount_currency and v_amounts[g.slot] + p_amounts[i] > g.amount_cap then 'amount_cap_reached'
        else g.verdict end;
      if v_verdict in ('amount_required', 'currency_mismatch') then
        v_problems[i] := v_verdict;
        continue;
      end if;
      v_allowed := v_verdict in ('granted', 'unlisted', 'engine_disabled')
        or (not g.enforced and v_verdict in ('cap_reached', 'amount_cap_reached', 'throttled', 'not_launched')
          and (g.counter_id is null or (v_used[g.slot]::bigint + p_units[i] <= 2000000000 and v_amounts[g.slot] < 4000000000000000000)));
      if v_allowed and g.counter_id is not null then
        v_used[g.slot] := v_used[g.slot] + p_units[i];
        if g.amount_cap is not null and p_currencies[i] = g.amount_currency then
          v_amounts[g.slot] := v_amounts[g.slot] + p_amounts[i];
        end if;
      end if;
      v_decided[p_firsts[i]] := i;
      v_verdicts[i] := v_verdict;
      v_alloweds[i] := v_allowed;
      v_remaining[i] := greatest(g.cap - v_used[g.slot], case when g.cap is not null then 0 end);
    end if;
  end loop;
  return (v_problems, v_verdicts, v_alloweds, v_remaining, v_sources);
end
$$;

-- Decides a batch of cap checks, in order. A gate is one (caller, country, operation); p_firsts is the place of the first check
-- of this batch with the same caller and key. Locks: counters by id. Raises 23505 when two callers of one workspace
-- use one key with different requests at once: nothing is kept, ask again. Definer: the service reads no tables.
-- A key that another transaction kept may be dated after this one's start, hence the hour; the bounds spare the other partitions.
-- Generic plans: planned for each batch's arrays, the planner alone would take longer than the batch.
create function launch.check_caps(
  p_key_hashes bytea[], p_gate_callers int[], p_gate_countries text[], p_gate_operations text[],
  p_gates int[], p_firsts int[], p_ids uuid[], p_keys text[], p_fingerprints uuid[], p_units int[], p_amounts bigint[],
  p_currencies text[], p_holds int[], p_subjects text[], p_devices text[], p_ips inet[]
) returns setof launch.cap_answer
  language plpgsql volatile security definer set search_path = '' set plan_cache_mode = force_generic_plan as $$
declare
  v_now timestamptz := date_trunc('milliseconds', launch.now());
  v_gates private.cap_gate[] := private.lock_gates(p_key_hashes, p_gate_callers, p_gate_countries, p_gate_operations, v_now);
  v_kept uuid[] := '{}'; v_recalled launch.cap_answer[] := '{}'; v_verdicts private.cap_verdicts; r record;
begin
  for r in
    select a.place, k.* from unnest(p_keys, p_gates) with ordinality as a (key, gate, place)
    cross join lateral (
      select k.receipt_id, k.decided_at, k.allowed, k.fingerprint from launch.idempotency_keys k
      where k.workspace_id = (v_gates[a.gate]).workspace_id and k.key = a.key
        and k.decided_at > v_now - interval '48 hours' and k.decided_at < v_now + interval '1 hour' limit 1) k
  loop
    v_kept[r.place] := r.fingerprint;
    if r.fingerprint = p_fingerprints[r.place] then
      v_recalled[r.place] := private.recall_answer(r.receipt_id, r.decided_at, r.allowed);
    end if;
  end loop;
  v_verdicts := private.decide_caps(v_gates, p_gates, p_firsts, p_fingerprints, v_kept, p_units, p_amounts, p_currencies);
  return query select * from private.keep_decisions(v_gates, v_verdicts.problems, v_verdicts.verdicts, v_verdicts.alloweds,
    v_verdicts.remaining, v_verdicts.sources, v_recalled, p_gates, p_ids, p_keys, p_fingerprints, p_units, p_amounts, p_currencies, p_holds,
    p_subjects, p_devices, p_ips, v_now);
end
$$;

-- Writes what was newly decided (counters, slots, keys, reservations, receipts) and gives all answers in order. The caller holds the
-- counters' locks. Keys go in sorted: two batches that use the same keys for different requests wait for one another in one
-- direction only.
create function private.keep_decisions(
  p_rules private.cap_gate[], p_problems text[], p_verdicts text[], p_alloweds boolean[], p_remaining int[], p_sources int[],
  p_recalled launch.cap_answer[], p_gates int[], p_ids uuid[], p_keys text[], p_fingerprints uuid[], p_units int[], p_amounts bigint[],
  p_currencies text[], p_holds int[], p_subjects text[], p_devices text[], p_ips inet[], p_now timestamptz
) returns setof launch.cap_answer
  language plpgsql volatile set search_path = '' as $$
begin
  return query with d as materialized (
    select i, p_problems[i] as problem, p_sources[i] is null and p_verdicts[i] is not null as fresh, p_ids[coalesce(p_sources[i], i)] as id,
      g.workspace_id, g.api_key_id, g.country, g.operation, p_units[i] as units, v.allowed, case when v.shadowed then 'granted' else v.verdict end as reason,
      case when v.shadowed then v.verdict end as shadow, g.cap, p_remaining[i] as remaining, g.day_on, g.day_ends_at as resets_at,
      case when v.allowed then null when v.verdict in ('cap_reached', 'amount_cap_reached') then g.day_ends_at
        when v.verdict = 'throttled' then p_now + interval '60 seconds' end as retry_at,
      case when v.allowed and g.counter_id is not null and p_holds[i] is not null then p_now + make_interval(secs => p_holds[i]) end as hold_expires_at,
      g.policy_version, g.throttle_level, g.counter_id,
      case when v.allowed and g.amount_cap is not null and p_currencies[i] = g.amount_currency then p_amounts[i] end as amount_counted
    from generate_subscripts(p_gates, 1) as i
    join unnest(p_rules) g on g.gate = p_gates[i]
    cross join lateral (select p_verdicts[i] as verdict, p_alloweds[i] as allowed,
      p_alloweds[i] and p_verdicts[i] not in ('granted', 'unlisted', 'engine_disabled') as shadowed) v
  ), summed as materialized (
    select d.counter_id, min(d.i) as first, coalesce(sum(d.units) filter (where d.allowed), 0)::int as granted,
      coalesce(sum(d.units) filter (where not d.allowed), 0)::int as refused, coalesce(sum(d.units) filter (where d.hold_expires_at is not null), 0)::int as held,
      coalesce(sum(d.amount_counted), 0)::bigint as amount, max(p_currencies[d.i]) filter (where d.amount_counted > 0) as currency
    from d where d.fresh and d.counter_id is not null group by 1
  ), counted as (
    update launch.counters c set used = c.used + s.granted, held = c.held + s.held, amount_used = c.amount_used + s.amount,
      amount_currency = coalesce(s.currency, c.amount_currency)
    from summed s where c.id = s.counter_id and s.granted > 0
  ), charted as (
    insert into launch.usage_slots as u (counter_id, slot_at, workspace_id, country, operation, day_on, granted, refused)
    select s.counter_id, date_bin('5 minutes', p_now, timestamptz '2020-01-01 00:00Z'), g.workspace_id, g.country, g.operation, g.day_on, s.granted, s.refused
    from summed s cross join lateral (select (p_rules[p_gates[s.first]]).*) g
    on conflict (counter_id, slot_at) do update set granted = least(u.granted::bigint + excluded.granted, 2147483647)::int,
      refused = least(u.refused::bigint + excluded.refused, 2147483647)::int
  ), keyed as (
    insert into launch.idempotency_keys (workspace_id, key, fingerprint, receipt_id, decided_at, allowed)
    select d.workspace_id, p_keys[d.i], p_fingerprints[d.i], d.id, p_now, d.allowed from d where d.fresh order by 1, 2
  ), held as (
    insert into launch.reservations (receipt_id, decided_at, workspace_id, counter_id, country, operation, day_on, units, amount_minor, expires_at)
    select d.id, p_now, d.workspace_id, d.counter_id, d.country, d.operation, d.day_on, d.units, coalesce(d.amount_counted, 0), d.hold_expires_at
    from d where d.fresh and d.hold_expires_at is not null
  ), kept as (
    insert into launch.receipts (id, decided_at, workspace_id, api_key_id, idempotency_key, country, operation, units, subject, device, ip,
      amount_minor, amount_currency, allowed, reason, shadow, cap, remaining, day_on, resets_at, retry_at, hold_expires_at, policy_version, throttle_level)
    select d.id, p_now, d.workspace_id, d.api_key_id, p_keys[d.i], d.country, d.operation, d.units, p_subjects[d.i], p_devices[d.i], p_ips[d.i],
      p_amounts[d.i], p_currencies[d.i], d.allowed, d.reason, d.shadow, d.cap, d.remaining, d.day_on, d.resets_at, d.retry_at, d.hold_expires_at,
      d.policy_version, d.throttle_level
    from d where d.fresh
  )
  select a.* from d cross join lateral (
    select d.problem, not d.fresh, d.id, p_now, d.allowed, d.reason, d.shadow, d.cap, d.remaining, d.resets_at, d.retry_at, d.hold_expires_at,
      d.policy_version, d.throttle_level where d.allowed is not null
    union all
    select d.problem, r.replayed, r.id, r.decided_at, r.allowed, r.reason, r.shadow, r.cap, r.remaining, r.resets_at, r.retry_at, r.hold_expires_at,
      r.policy_version, r.throttle_level from (select (p_recalled[d.i]).*) r where d.allowed is null) a
  order by d.i;
end
$$;

revoke all on type private.cap_gate, private.cap_verdicts from public;
grant execute on function launch.check_caps(bytea[], int[], text[], text[], int[], int[], uuid[], text[], uuid[], int[], bigint[],
  text[], int[], text[], text[], inet[]) to gantry_service;
