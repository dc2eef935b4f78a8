-- The cap check: the promise everything else serves. Never over-admits; same key, same answer; a pause is immediate.
--
-- One call decides all checks that were waiting in a process, and commits once: lock the counters by id, read the policy, recall known keys,
-- decide in order of arrival, keep, answer. Whatever changes a country's policy takes the same locks first, so a decision is made
-- under the policy that stands when it commits.
--
-- Fast on purpose. What travels is arrays of scalars, held in variables: an element of an array of rows, or of a row's array, costs a walk to it
-- each time. What is fixed for a gate is found once a batch. A check that nothing stands against takes few steps of the loop, and
-- only what deviates is noted. All of it is plpgsql, even where one statement would do: plpgsql keeps its plans, a SQL function plans
-- each time. Where a new verdict belongs: see lock_gates and decide_caps.

-- What the checks of a batch come to, one element a check. settled: has its answer already, or a problem, so nothing is kept of it. source is
-- the place of the check whose answer it has. What is null is as usual: allowed, for the reason its gate gives. amounts is what counts
-- against an amount cap, drawn what came from a campaign's sub-quota, withheld what of the cap was kept from the check for campaigns.
-- left_over, refused, amounts_used and kept are by slot; quotas, what is left of sub-quotas, by theirs.
create type private.cap_verdicts as (
  settled boolean[], problems text[], sources int[], alloweds boolean[], reasons text[], shadows text[], retries timestamptz[], remaining int[],
  amounts bigint[], left_over int[], refused int[], amounts_used bigint[], drawn int[], withheld int[], kept int[], quotas int[]
);

-- What the callers hear. The first five have one element a gate, the others one a check; null instead of a column is null for all.
-- With a problem (unauthenticated, forbidden, key_reused, amount_required, currency_mismatch) nothing was decided or kept. With a source
-- it is the answer of that place, replayed. recalled holds the recorded answers of keys that had one, each with its place. Otherwise null is as
-- usual: allowed, for the reason of its gate.
create type launch.cap_answers as (
  decided_at timestamptz, verdicts text[], caps int[], resets_at timestamptz[], policy_versions int[], throttle_levels int[],
  problems text[], sources int[], alloweds boolean[], reasons text[], shadows text[], retry_at timestamptz[], remaining int[],
  hold_expires_at timestamptz[], recalled jsonb
);

-- The recorded answer a key stands for, with the place of the check that asks.
create function private.recall_answer(p_place int, p_receipt_id uuid, p_decided_at timestamptz, p_allowed boolean) returns jsonb
  language plpgsql stable set search_path = '' as $$
begin
  return (select jsonb_build_object('place', p_place, 'id', r.id, 'decided_at', r.decided_at, 'allowed', r.allowed, 'reason', r.reason,
      'shadow', r.shadow, 'cap', r.cap, 'remaining', r.remaining, 'resets_at', r.resets_at, 'retry_at', r.retry_at,
      'hold_expires_at', r.hold_expires_at, 'policy_version', r.policy_version, 'throttle_level', r.throttle_level)
    from launch.receipts r where r.id = p_receipt_id and r.decided_at = p_decided_at and r.allowed = p_allowed);
end
$$;

-- Decides each check in order of arrival, p_kept being the fingerprints of keys that have their answer already. With caps not
-- enforced, a refusal for capacity, throttle or launch becomes a counted grant that keeps the answer it stands for as its shadow;
-- a pause refuses all the same. Two thousand million units a day are the end of counting, capped or not: a sum that overflowed would
-- fail the whole batch, other workspaces' checks included. p_stopped: until when the subject, device or address of a check is blocked, which
-- holds whether caps are enforced or not. A verdict on one check (on its subject, device or address) belongs in the case, and in
-- the condition of the short way above it, which is for what only the counter can refuse. A check of a campaign draws on the campaign's
-- sub-quota first and on what is open to all for the rest; the cap holds for both together.
create function private.decide_caps(
  g private.cap_gates, p_gates int[], p_firsts int[], p_fingerprints uuid[], p_kept uuid[], p_units int[], p_amounts bigint[],
  p_currencies text[], p_stopped timestamptz[], p_queues boolean[], q private.cap_quotas
) returns private.cap_verdicts
  language plpgsql immutable set search_path = '' as $$
declare
  n int := cardinality(p_gates); v_gate int; v_slot int; v_verdict text; v_source int; v_capped boolean; v_used bigint;
  v_plain boolean[] := g.plain; v_slots int[] := g.slots; v_left int[] := g.remaining; v_amounts_used bigint[] := g.amounts_used;
  v_decided int[] := '{}'; -- per first place whose check had a problem: where its key was decided after all
  v_none text[] := array_fill(null::text, array[n]); v_problems text[] := v_none; v_reasons text[] := v_none; v_shadows text[] := v_none;
  v_settled boolean[] := array_fill(null::boolean, array[n]); v_alloweds boolean[] := v_settled; v_sources int[] := array_fill(null::int, array[n]);
  v_remaining int[] := v_sources; v_retries timestamptz[] := array_fill(null::timestamptz, array[n]);
  v_amounts bigint[] := '{}'; v_refused int[] := array_fill(0, array[cardinality(v_left)]);
  v_kept int[] := g.kept; v_quotas int[] := q.units; v_quota int; v_own int; v_room int; v_drawn int[] := '{}'; v_withheld int[] := '{}';
begin
  for i in 1 .. n loop
    v_gate := p_gates[i];
    v_slot := v_slots[v_gate];
    if v_plain[v_gate] and p_units[i] <= v_left[v_slot] and p_firsts[i] = i and p_kept[i] is null and p_stopped[i] is null then
      v_left[v_slot] := v_left[v_slot] - p_units[i];
      v_remaining[i] := v_left[v_slot];
      continue;
    end if;
    v_source := coalesce(v_decided[p_firsts[i]], case when p_firsts[i] < i and v_problems[p_firsts[i]] is null then p_firsts[i] end);
    v_quota := q.slots[v_gate];
    v_own := case when v_quota is null then 0 else greatest(least(v_quotas[v_quota], v_left[v_slot] + v_kept[v_slot]), 0) end;
    v_room := case when v_own > 0 then greatest(v_left[v_slot], 0) + v_own else v_left[v_slot] end;
    v_capped := g.amount_caps[v_gate] is not null and coalesce(p_currencies[i] = g.amount_currencies[v_gate], false);
    v_verdict := case
      when g.problems[v_gate] is not null then g.problems[v_gate]
      when p_fingerprints[i] <> coalesce(p_kept[i], p_fingerprints[v_source]) then 'key_reused'
      when p_kept[i] is not null or v_source is not null then 'replayed'
      when p_stopped[i] is not null and g.verdicts[v_gate] <> 'engine_disabled' then 'blocked'
      when g.verdicts[v_gate] not in ('granted', 'unlisted') then g.verdicts[v_gate]
      when g.enforced[v_gate] and g.amount_caps[v_gate] is not null and p_amounts[i] is null then 'amount_required'
      when g.enforced[v_gate] and g.amount_caps[v_gate] is not null and not v_capped then 'currency_mismatch'
      when p_units[i] > v_room then 'cap_reached'
      when v_capped and v_amounts_used[v_slot] + p_amounts[i] > g.amount_caps[v_gate] then 'amount_cap_reached'
      else g.verdicts[v_gate] end;
    if v_verdict in ('unauthenticated', 'forbidden', 'key_reused', 'amount_required', 'currency_mismatch', 'replayed') then
      v_settled[i] := true;
      v_problems[i] := nullif(v_verdict, 'replayed');
      v_sources[i] := case when v_verdict = 'replayed' and p_kept[i] is null then v_source end;
      continue;
    end if;
    if p_queues[i] and g.queueing[v_gate] and v_verdict in ('throttled', 'cap_reached') then
      v_verdict := 'queued';
    end if;
    v_used := least(g.caps[v_gate], 2000000000)::bigint - v_left[v_slot] + p_units[i];
    v_reasons[i] := v_verdict;
    v_withheld[i] := nullif(v_left[v_slot] + v_kept[v_slot] - v_room, 0);
    v_alloweds[i] := v_verdict in ('granted', 'unlisted', 'engine_disabled')
      or (not g.enforced[v_gate] and v_verdict in ('cap_reached', 'amount_cap_reached', 'throttled', 'queued', 'not_launched')
        and (g.counter_ids[v_gate] is null or (v_used <= 2000000000 and v_amounts_used[v_slot] < 4000000000000000000)));
    if not v_alloweds[i] then
      v_refused[v_slot] := v_refused[v_slot] + p_units[i];
      v_retries[i] := case when v_verdict in ('cap_reached', 'amount_cap_reached') then g.day_ends[v_gate]
        else coalesce(p_stopped[i], g.retries[v_gate]) end;
    elsif v_verdict not in ('granted', 'unlisted', 'engine_disabled') then
      v_reasons[i] := 'granted';
      v_shadows[i] := v_verdict;
    end if;
    if v_alloweds[i] and g.counter_ids[v_gate] is not null then
      if v_own > 0 then
        v_own := least(v_own, p_units[i]);
        v_drawn[i] := v_own;
        v_quotas[v_quota] := v_quotas[v_quota] - v_own;
        v_kept[v_slot] := v_kept[v_slot] - v_own;
      end if;
      v_left[v_slot] := v_left[v_slot] - p_units[i] + v_own;
      if v_capped then
        v_amounts[i] := p_amounts[i];
        v_amounts_used[v_slot] := v_amounts_used[v_slot] + p_amounts[i];
      end if;
    end if;
    v_decided[p_firsts[i]] := i;
    v_remaining[i] := case when g.caps[v_gate] is not null
      then greatest(v_left[v_slot], 0) + case when v_quota is null then 0 else greatest(least(v_quotas[v_quota], v_left[v_slot] + v_kept[v_slot]), 0) end end;
  end loop;
  return (v_settled, v_problems, v_sources, v_alloweds, v_reasons, v_shadows, v_retries, v_remaining, v_amounts, v_left, v_refused, v_amounts_used,
    v_drawn, v_withheld, v_kept, v_quotas);
end
$$;

-- Writes what was newly decided: counters, keys, receipts, reservations. Gives the ends of the leases. The caller holds
-- the counters' locks. Keys go in sorted: two batches that use the same keys for different requests wait for one another in one
-- direction only.
create function private.keep_decisions(
  g private.cap_gates, d private.cap_verdicts, p_countries text[], p_operations text[], p_gates int[], p_ids uuid[], p_keys text[],
  p_fingerprints uuid[], p_units int[], p_amounts bigint[], p_currencies text[], p_holds int[], p_subjects text[], p_devices text[],
  p_ips inet[], p_campaigns text[], q private.cap_quotas, p_now timestamptz
) returns timestamptz[]
  language plpgsql volatile set search_path = '' as $$
declare
  v_workspaces uuid[] := g.workspace_ids; v_callers uuid[] := g.api_key_ids; v_verdicts text[] := g.verdicts; v_levels int[] := g.throttle_levels;
  v_counters bigint[] := g.counter_ids; v_versions int[] := g.policy_versions; v_caps int[] := g.caps; v_before int[] := g.remaining;
  v_currencies text[] := g.amount_currencies; v_amounts_before bigint[] := g.amounts_used; v_days date[] := g.days; v_ends timestamptz[] := g.day_ends;
  v_settled boolean[] := d.settled; v_alloweds boolean[] := d.alloweds; v_reasons text[] := d.reasons; v_shadows text[] := d.shadows;
  v_retries timestamptz[] := d.retries; v_remaining int[] := d.remaining; v_amounts bigint[] := d.amounts; v_left int[] := d.left_over;
  v_refused int[] := d.refused; v_amounts_used bigint[] := d.amounts_used; v_slot timestamptz := private.slot_of(p_now);
  v_holds timestamptz[]; v_drawn int[] := d.drawn; v_withheld int[] := d.withheld; v_kept_before int[] := g.kept; v_kept int[] := d.kept;
begin
  update launch.counters c set used = c.used + v_before[s] - v_left[s] + v_kept_before[s] - v_kept[s], kept = v_kept[s], amount_used = v_amounts_used[s],
    amount_currency = case when v_amounts_used[s] > v_amounts_before[s] then v_currencies[s] else c.amount_currency end,
    slot_at = v_slot, slot_granted = least(c.slot_granted::bigint + v_before[s] - v_left[s] + v_kept_before[s] - v_kept[s], 2147483647)::int,
    slot_refused = least(c.slot_refused::bigint + v_refused[s], 2147483647)::int
  from generate_subscripts(v_counters, 1) s where c.id = v_counters[s] and (v_left[s] < v_before[s] or v_refused[s] > 0 or v_kept[s] < v_kept_before[s]);
  if v_drawn <> '{}' then
    update launch.campaign_quotas u set used = u.units - d.quotas[s] from generate_subscripts(q.slots, 1) s
    where q.slots[s] = s and d.quotas[s] < q.units[s] and u.campaign_id = q.campaign_ids[s];
  end if;
  insert into launch.idempotency_keys (workspace_id, key, fingerprint, receipt_id, decided_at, allowed)
  select v_workspaces[p_gates[i]], p_keys[i], p_fingerprints[i], p_ids[i], p_now, coalesce(v_alloweds[i], true)
  from generate_subscripts(p_gates, 1) i where v_settled[i] is null order by 2;
  if p_holds <> '{}' then
    v_holds := array(select case when v_settled[i] is null and coalesce(v_alloweds[i], true) and v_counters[p_gates[i]] is not null
      then p_now + make_interval(secs => p_holds[i]) end from generate_subscripts(p_gates, 1) i order by i);
    with held as (
      insert into launch.reservations (receipt_id, decided_at, workspace_id, counter_id, country, operation, day_on, units, amount_minor,
        campaign_id, campaign_units, expires_at)
      select p_ids[i], p_now, v_workspaces[p_gates[i]], v_counters[p_gates[i]], p_countries[p_gates[i]], p_operations[p_gates[i]],
        v_days[p_gates[i]], p_units[i], coalesce(v_amounts[i], 0), case when v_drawn[i] > 0 then q.campaign_ids[p_gates[i]] end, v_drawn[i], v_holds[i]
      from generate_subscripts(p_gates, 1) i where v_holds[i] is not null returning counter_id, units
    ), summed as materialized (
      select h.counter_id, sum(h.units)::int as units from held h group by 1
    )
    update launch.counters c set held = c.held + s.units from summed s where c.id = s.counter_id;
  end if;
  insert into launch.receipts (id, decided_at, workspace_id, api_key_id, idempotency_key, country, operation, units, subject, device, ip,
    amount_minor, amount_currency, allowed, reason, shadow, cap, remaining, day_on, resets_at, retry_at, hold_expires_at, policy_version, throttle_level,
    campaign, kept)
  select p_ids[i], p_now, v_workspaces[a.gate], v_callers[a.gate], p_keys[i], p_countries[a.gate], p_operations[a.gate], p_units[i], p_subjects[i],
    p_devices[i], p_ips[i], p_amounts[i], p_currencies[i], coalesce(v_alloweds[i], true), coalesce(v_reasons[i], v_verdicts[a.gate]), v_shadows[i],
    v_caps[a.gate], v_remaining[i], v_days[a.gate], v_ends[a.gate], v_retries[i], v_holds[i], v_versions[a.gate], v_levels[a.gate],
    p_campaigns[a.gate], v_withheld[i]
  from unnest(p_gates) with ordinality as a (gate, i) where v_settled[i] is null;
  return v_holds;
end
$$;

-- Opens a ticket for each check that was answered queued and asked for one.
create function private.ticket_queued(
  g private.cap_gates, d private.cap_verdicts, p_countries text[], p_operations text[], p_gates int[], p_ids uuid[], p_units int[],
  p_subjects text[], p_queues boolean[], p_now timestamptz
) returns void
  language plpgsql volatile set search_path = '' as $$
begin
  insert into launch.tickets (id, workspace_id, api_key_id, country, operation, units, subject, entered_at, entered_on)
  select p_ids[i], g.workspace_ids[p_gates[i]], g.api_key_ids[p_gates[i]], p_countries[p_gates[i]], p_operations[p_gates[i]], p_units[i],
    p_subjects[i], p_now, g.days[p_gates[i]]
  from generate_subscripts(p_gates, 1) i where p_queues[i] and d.settled[i] is null and d.reasons[i] = 'queued' order by i;
end
$$;

-- Until when the subject, device or address of each check is blocked; empty where nobody is. Each probe is for one index. The ranges stand
-- apart, by offset 0: a max over the table itself is looked for from the end of the index by time, through all that is blocked.
create function private.find_blocked(
  p_workspaces uuid[], p_gates int[], p_subjects text[], p_devices text[], p_ips inet[], p_now timestamptz
) returns timestamptz[]
  language plpgsql stable set search_path = '' as $$
declare v_stopped timestamptz[] := '{}'; r record;
begin
  for r in
    select i as place, x.until from generate_subscripts(p_gates, 1) i
    cross join lateral (
      select max(b.until) as until from (
        (select b.until from launch.blocks b where b.workspace_id = p_workspaces[p_gates[i]] and b.kind = 'device' and b.value = p_devices[i]
          and b.lifted_at is null limit 1)
        union all
        (select b.until from launch.blocks b where b.workspace_id = p_workspaces[p_gates[i]] and b.kind = 'account' and b.value = p_subjects[i]
          and b.lifted_at is null limit 1)
        union all
        (select g.until from (select b.until from launch.blocks b where p_ips[i] is not null and b.workspace_id = p_workspaces[p_gates[i]]
          and b.range >>= private.plain_ip(p_ips[i]) and b.lifted_at is null offset 0) g)) b
      where b.until > p_now) x
    where x.until is not null
  loop
    v_stopped[r.place] := r.until;
  end loop;
  return v_stopped;
end
$$;

-- Decides a batch of cap checks, in order. A gate is one (caller, country, operation); p_firsts is the place of the first check
-- of this batch with the same caller and key. Locks: counters by id. Raises 23505 when two callers of one workspace
-- use one key with different requests at once: nothing is kept, ask again. Definer: the service reads no tables.
-- Most batches have no known key, which one scan over all keys tells; only then each is looked up.
-- A key that another transaction kept may be dated after this one's start, hence the hour; the bounds spare the other partitions.
-- Generic plans: planned for each batch's arrays, the planner alone would take longer than the batch. Nested loops and indexes:
-- a plan made for a new installation's tables is kept when they have grown.
create function launch.check_caps(
  p_key_hashes bytea[], p_gate_callers int[], p_gate_countries text[], p_gate_operations text[],
  p_gates int[], p_firsts int[], p_ids uuid[], p_keys text[], p_fingerprints uuid[], p_units int[], p_amounts bigint[],
  p_currencies text[], p_holds int[], p_subjects text[], p_devices text[], p_ips inet[], p_queues boolean[] default '{}',
  p_gate_campaigns text[] default '{}'
) returns launch.cap_answers
  language plpgsql volatile security definer set search_path = '' set plan_cache_mode = force_generic_plan
  set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare
  v_now timestamptz := date_trunc('milliseconds', launch.now());
  g private.cap_gates := private.lock_gates(p_key_hashes, p_gate_callers, p_gate_countries, p_gate_operations,
    cardinality(p_key_hashes) > 1 or p_gate_campaigns <> '{}', v_now);
  d private.cap_verdicts; v_workspaces uuid[] := g.workspace_ids; v_kept uuid[] := '{}'; v_recalled jsonb[] := '{}'; v_holds timestamptz[]; r record;
  q private.cap_quotas;
begin
  if p_gate_campaigns <> '{}' then
    q := private.find_quotas(g.counter_ids, p_gate_campaigns);
  end if;
  if exists (select from launch.idempotency_keys k
    where k.key = any (p_keys) and k.decided_at > v_now - interval '48 hours' and k.decided_at < v_now + interval '1 hour') then
    for r in
      select i as place, k.* from generate_subscripts(p_keys, 1) i
      cross join lateral (
        select k.receipt_id, k.decided_at, k.allowed, k.fingerprint from launch.idempotency_keys k
        where k.workspace_id = v_workspaces[p_gates[i]] and k.key = p_keys[i]
          and k.decided_at > v_now - interval '48 hours' and k.decided_at < v_now + interval '1 hour' limit 1) k
    loop
      v_kept[r.place] := r.fingerprint;
      if r.fingerprint = p_fingerprints[r.place] then
        v_recalled[cardinality(v_recalled) + 1] := private.recall_answer(r.place, r.receipt_id, r.decided_at, r.allowed);
      end if;
    end loop;
  end if;
  d := private.decide_caps(g, p_gates, p_firsts, p_fingerprints, v_kept, p_units, p_amounts, p_currencies,
    case when g.guarded then private.find_blocked(v_workspaces, p_gates, p_subjects, p_devices, p_ips, v_now) else '{}' end, p_queues, q);
  v_holds := private.keep_decisions(g, d, p_gate_countries, p_gate_operations, p_gates, p_ids, p_keys, p_fingerprints, p_units, p_amounts,
    p_currencies, p_holds, p_subjects, p_devices, p_ips, p_gate_campaigns, q, v_now);
  if true = any (p_queues) and 'queued' = any (d.reasons) then
    perform private.ticket_queued(g, d, p_gate_countries, p_gate_operations, p_gates, p_ids, p_units, p_subjects, p_queues, v_now);
  end if;
  return (v_now, g.verdicts, g.caps, g.day_ends, g.policy_versions, g.throttle_levels, d.problems, d.sources, d.alloweds, d.reasons, d.shadows,
    d.retries, d.remaining, v_holds, to_jsonb(v_recalled));
end
$$;

revoke all on type private.cap_verdicts from public;
grant execute on function launch.check_caps(bytea[], int[], text[], text[], int[], int[], uuid[], text[], uuid[], int[], bigint[],
  text[], int[], text[], text[], inet[], boolean[], text[]) to gantry_service;
