-- What people ask of the shield besides its runs: what a rule would have found, and to block all that a pattern names.

-- What a rule with these numbers would have found from p_from to p_to, at most 14 days: exactly the findings of the shield's own runs.
-- A row an entity, the largest first, 500 at most; the totals are of all. known: there is a pattern for it already. Raises GTINV.
create function launch.backtest_rule(
  p_workspace_id uuid, p_rule text, p_threshold int, p_window_minutes int, p_share double precision, p_counts_per text,
  p_from timestamptz, p_to timestamptz
) returns table (entity text, slots timestamptz[], peak int, peak_at timestamptz, out_of int, known boolean, entities bigint, findings bigint)
  language plpgsql stable security definer set search_path = '' as $$
declare v_rule launch.threat_rules;
begin
  perform private.require_permission(p_workspace_id, 'threats.read');
  select * into v_rule from launch.threat_rules r where r.workspace_id = p_workspace_id and r.rule = p_rule;
  if v_rule.rule is null then
    perform private.refuse('GTNIL', 'There is no such rule.');
  elsif p_from is null or p_to is null or p_to <= p_from or p_to > p_from + interval '14 days' then
    perform private.refuse('GTINV', 'A backtest looks at 14 days at most.', jsonb_build_object('field', 'from'));
  elsif coalesce(p_threshold, 0) not between 2 and 1000000 or coalesce(p_window_minutes, 0) not between 1 and 10080
      or (p_rule = 'chargeback_burst' and not coalesce(p_share > 0 and p_share <= 1, false)) then
    perform private.refuse('GTINV', 'A rule cannot have these numbers.', jsonb_build_object('field', 'threshold'));
  end if;
  v_rule.threshold := p_threshold;
  v_rule.window_minutes := p_window_minutes;
  v_rule.share := p_share;
  v_rule.counts_per := p_counts_per;
  return query
    select t.entity, array_agg(t.slot_at order by t.slot_at), max(t.found), (array_agg(t.peak_at order by t.found desc, t.slot_at))[1],
      (array_agg(t.out_of order by t.found desc, t.slot_at))[1],
      exists (select from launch.threat_patterns p where p.workspace_id = p_workspace_id and p.rule = p_rule and p.entity = t.entity),
      count(*) over (), (sum(count(*)) over ())::bigint
    from private.find_threats(v_rule, p_from, p_to) t group by t.entity order by 3 desc, t.entity limit 500;
end
$$;

-- Blocks a pattern's devices and accounts, and with p_with_ips its public addresses, until a time at most a year away, with a reason.
-- Returns how many values. Raises GTNIL, GTRSN, GTINV.
create function launch.block_pattern(p_workspace_id uuid, p_pattern_id uuid, p_until timestamptz, p_reason text, p_with_ips boolean default false)
  returns int
  language plpgsql volatile security definer set search_path = '' as $$
declare v_pattern launch.threat_patterns; v_kinds text[]; v_values text[]; v_ids uuid[];
begin
  perform private.require_permission(p_workspace_id, 'threats.manage');
  perform private.require_block_end(p_until);
  select * into v_pattern from launch.threat_patterns p where p.id = p_pattern_id and p.workspace_id = p_workspace_id;
  if v_pattern.id is null then
    perform private.refuse('GTNIL', 'There is no such pattern.');
  elsif nullif(trim(p_reason), '') is null then
    perform private.refuse('GTRSN', 'A block needs a reason.', jsonb_build_object('field', 'reason'));
  end if;
  select array_agg(x.kind), array_agg(x.value) into v_kinds, v_values
  from private.blockable(v_pattern.devices, v_pattern.accounts, v_pattern.ips) x where p_with_ips or x.kind <> 'ip_range';
  if v_kinds is null then
    perform private.refuse('GTINV', 'This pattern names nothing that could be blocked.');
  end if;
  select array_agg(b.id) into v_ids from private.put_blocks(p_workspace_id, v_kinds, v_values, array_fill(p_until, array[cardinality(v_kinds)]),
    array_fill(trim(p_reason), array[cardinality(v_kinds)]), 'person') b;
  update launch.blocks b set alert_id = v_pattern.alert_id where b.id = any (v_ids);
  perform private.write_audit(p_workspace_id, 'threat.blocked', 'threat_pattern', p_pattern_id::text, 'high', p_reason, jsonb_build_object(
    'rule', v_pattern.rule, 'entity', v_pattern.entity, 'blocked', cardinality(v_ids), 'until', p_until));
  return cardinality(v_ids);
end
$$;

-- The rules of a workspace with how often people found them right: true positives among the alerts that a person judged. Definer: keys
-- read it too.
create function launch.list_threat_rules(p_workspace_id uuid)
  returns table (rule text, mode text, threshold int, window_minutes int, share double precision, counts_per text, answer text, blocks text[],
    answer_minutes int, version int, updated_at timestamptz, true_positives bigint, false_positives bigint, recovered bigint, unresolved bigint)
  language plpgsql stable security definer set search_path = '' as $$
begin
  perform private.require_permission(p_workspace_id, 'threats.read');
  return query select r.rule, r.mode, r.threshold, r.window_minutes, r.share, r.counts_per, r.answer, r.blocks, r.answer_minutes, r.version, r.updated_at,
      count(*) filter (where a.outcome = 'true_positive'), count(*) filter (where a.outcome = 'false_positive'),
      count(*) filter (where a.outcome = 'recovered'), count(*) filter (where a.status <> 'resolved')
    from launch.threat_rules r
    left join launch.alerts a on a.workspace_id = r.workspace_id and a.kind = 'threat' and split_part(a.fingerprint, ':', 2) = r.rule
    where r.workspace_id = p_workspace_id group by r.workspace_id, r.rule order by array_position('{device_farm,creator_ring,payment_burst}', r.rule);
end
$$;

grant execute on function launch.backtest_rule(uuid, text, int, int, double precision, text, timestamptz, timestamptz),
  launch.block_pattern(uuid, uuid, timestamptz, text, boolean) to authenticated;
grant execute on function launch.list_threat_rules(uuid) to authenticated, gantry_service;
