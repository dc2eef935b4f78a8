-- What stands for a cap check before its counter is looked at. A gate is one country and operation as one caller of a batch asks for it.

-- The gates of a batch, one element a gate. problem: unauthenticated, forbidden. verdict: what the policy says; granted and unlisted are open and
-- stand unless a cap is reached. plain: open, and nothing but left, the units that may still enter, can refuse. kept: what live campaigns
-- have to themselves, not in left. slot is the gate that
-- counts for it: itself, or an earlier one with the same counter. Without a counter id nothing is counted. retries: when a gate that is
-- closed for a while may open. queueing: the operation has an onboarding queue. guarded: some workspace of the batch has blocks in force, so its checks are looked up in the blocklist.
create type private.cap_gates as (
  workspace_ids uuid[], api_key_ids uuid[], problems text[], verdicts text[], plain boolean[], enforced boolean[], throttle_levels int[],
  slots int[], counter_ids bigint[], policy_versions int[], caps int[], remaining int[], amount_caps bigint[], amount_currencies text[],
  amounts_used bigint[], days date[], day_ends timestamptz[], retries timestamptz[], guarded boolean,
  queueing boolean[], kept int[]
);

-- Locks the counters of these gates by id, opens their local day, and only then reads the policy. p_shared: two gates may have one counter. A verdict that a workspace, country
-- or operation gives belongs in the case at the end. The probes are laterals with a limit: as plain joins they are planned for the
-- tables of a new installation and stay slow when those have grown.
create function private.lock_gates(p_key_hashes bytea[], p_callers int[], p_countries text[], p_operations text[], p_shared boolean,
  p_now timestamptz)
  returns private.cap_gates
  language plpgsql volatile set search_path = '' as $$
declare
  v_workspaces uuid[]; v_keys uuid[]; v_problems text[]; v_unlisted boolean[]; v_stale uuid[];
  v_counters bigint[]; v_ended boolean; v_stale_slot boolean; v_slots int[]; g private.cap_gates;
begin
  select array_agg(case when k.problem is null then k.workspace_id end order by k.place), array_agg(k.api_key_id order by k.place),
    array_agg(k.problem order by k.place), array_agg(k.problem is null and w.unlisted order by k.place),
    array_agg(k.api_key_id) filter (where k.problem is null and coalesce(k.last_used_at < p_now - interval '1 minute', true))
  into v_workspaces, v_keys, v_problems, v_unlisted, v_stale
  from private.verify_keys(p_key_hashes, 'caps.check') k
  left join lateral (select w.allows_unlisted_countries as unlisted from app.workspaces w where w.id = k.workspace_id limit 1) w on true;
  if true = any (v_unlisted) then
    perform private.make_unlisted_counters(v_workspaces, p_callers, p_countries, p_operations);
  end if;
  v_counters := array(select x.id from unnest(p_callers, p_countries, p_operations) with ordinality as a (caller, country, operation, gate)
    left join lateral (select c.id from launch.counters c
      where c.workspace_id = v_workspaces[a.caller] and c.country = a.country and c.operation = a.operation limit 1) x on true
    order by a.gate);
  select bool_or(l.day_ends_at <= p_now), bool_or(l.slot_at <> private.slot_of(p_now)) into v_ended, v_stale_slot from (
    select c.day_ends_at, c.slot_at from launch.counters c where c.id = any (v_counters) order by c.id for update) l;
  if v_ended then
    perform private.roll_counters(v_counters, p_now);
  end if;
  if v_stale_slot then
    perform private.keep_slots(v_counters, p_now);
  end if;
  if v_stale is not null then
    perform private.touch_keys(v_stale);
  end if;
  if p_shared then
    v_slots := array(select min(s.gate) over (partition by s.id) from unnest(v_counters) with ordinality as s (id, gate) order by s.gate);
  end if;
  with callers as materialized (
    select o.caller::int as caller, o.workspace_id, f.enabled, f.enforced, v_unlisted[o.caller] as unlisted,
      array(select q.operation from launch.queues q where q.workspace_id = o.workspace_id and q.enabled) as queues,
      coalesce(case when t.forced_until > p_now then t.forced_level else t.level end, 0)::int as level
    from unnest(v_workspaces) with ordinality as o (workspace_id, caller)
    cross join lateral (
      select coalesce(bool_and(f.enabled) filter (where f.key = 'launch.enabled'), true) as enabled,
        coalesce(bool_and(f.enabled) filter (where f.key = 'launch.countryCaps'), true) as enforced
      from app.flags f where f.workspace_id = o.workspace_id) f
    left join lateral (select t.level, t.forced_level, t.forced_until from launch.throttles t where t.workspace_id = o.workspace_id limit 1) t on true
  )
  select array_agg(k.workspace_id order by a.gate), array_agg(v_keys[k.caller] order by a.gate), array_agg(v_problems[k.caller] order by a.gate),
    array_agg(v.verdict order by a.gate), array_agg(v.verdict = 'granted' and c.amount_minor is null and c.kept = 0 order by a.gate),
    array_agg(k.enforced order by a.gate), array_agg(k.level order by a.gate), array_agg(coalesce(v_slots[a.gate], a.gate::int) order by a.gate),
    array_agg(c.id order by a.gate), array_agg(n.policy_version order by a.gate), array_agg(c.units order by a.gate),
    array_agg(least(c.units, 2000000000) - coalesce(c.used + c.kept, 0) order by a.gate), array_agg(c.amount_minor order by a.gate),
    array_agg(c.amount_currency order by a.gate), array_agg(coalesce(c.amount_used, 0) order by a.gate), array_agg(c.day_on order by a.gate),
    array_agg(c.day_ends_at order by a.gate),
    array_agg(case v.verdict when 'throttled' then p_now + interval '60 seconds' when 'blocked' then s.until end order by a.gate),
    exists (select from unnest(v_workspaces) w (id) cross join lateral (
      select from launch.blocks b where b.workspace_id = w.id and b.lifted_at is null and b.until > p_now limit 1) b),
    array_agg(a.operation = any (k.queues) order by a.gate), array_agg(coalesce(c.kept, 0) order by a.gate)
  into g
  from unnest(p_callers, p_countries, p_operations, v_counters) with ordinality as a (caller, country, operation, counter_id, gate)
  join callers k on k.caller = a.caller
  left join lateral (select n.code, n.phase, n.policy_version from launch.countries n
    where n.workspace_id = k.workspace_id and n.code = a.country limit 1) n on true
  left join lateral (select t.yields_from from launch.throttle_policies t
    where k.level > 0 and t.workspace_id = k.workspace_id and t.operation = a.operation limit 1) tp on true
  left join lateral (select s.until from launch.protections s where a.operation = 'payment' and s.workspace_id = k.workspace_id
    and s.country = a.country and s.ended_at is null and s.until > p_now limit 1) s on true
  left join lateral (select c.id, c.used, c.kept, c.amount_used, c.day_on, c.day_ends_at, p.units, p.amount_minor, p.amount_currency
    from launch.counters c left join lateral (select p.units, p.amount_minor, p.amount_currency from launch.caps p
      where p.workspace_id = k.workspace_id and p.country = a.country and p.operation = a.operation limit 1) p on true
    where k.enabled and (n.code is not null or k.unlisted) and c.id = a.counter_id limit 1) c on true
  cross join lateral (select case
    when not k.enabled then 'engine_disabled'
    when c.id is null or n.phase = 'not_launched' then 'not_launched'
    when n.phase = 'pause' then 'paused'
    when s.until is not null then 'blocked'
    when k.level >= coalesce(tp.yields_from, case a.operation when 'payment' then 3 else 2 end) then 'throttled'
    when n.phase is null then 'unlisted'
    when a.operation = any (k.queues) and exists (select from launch.tickets t where t.workspace_id = k.workspace_id and t.country = a.country
      and t.operation = a.operation and t.state = 'waiting') then 'queued'
    else 'granted' end as verdict) v;
  return g;
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

revoke all on type private.cap_gates from public;
