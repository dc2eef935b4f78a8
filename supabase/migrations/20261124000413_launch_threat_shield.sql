-- The shield: every five minutes one call a workspace looks at what was reported, records what it finds, opens alerts and answers by
-- policy, all in one transaction.
--
-- A run looks at the slots since the last good run, and an hour further back for events that came late; what was found before is not
-- found again. After an outage one run looks at the whole gap, up to 7 days. Payments are protected only for what was found in the
-- last quarter of an hour: a burst that is over needs no answer. Private and loopback addresses are never blocked by the shield: a
-- proxy stands behind them.
-- Lock order: findings, payment counters by id, alerts by id, patterns, blocks, protections; the audit head last.

-- What a run is about to answer: a pattern as it stands, its largest new finding, and the rule.
create type private.threat_case as (rule launch.threat_rules, finding launch.threat_findings, findings launch.threat_findings[],
  evidence private.threat_evidence, fingerprint text, answers boolean, protects text[]);

create function private.threat_fingerprint(p_rule text, p_entity text) returns text
  language sql immutable set search_path = '' as $$ select 'threat:' || p_rule || ':' || p_entity $$;

-- Records the findings of every rule that is not off and gathers them by entity. protects: countries whose payments to refuse: the
-- entity's own, or those with a tenth or more of a burst over the whole workspace.
create function private.gather_cases(p_workspace_id uuid, p_from timestamptz, p_to timestamptz) returns private.threat_case[]
  language plpgsql volatile set search_path = '' as $$
declare v_rule launch.threat_rules; v_found record; v_peak launch.threat_findings; v_evidence private.threat_evidence; v_cases private.threat_case[] := '{}'; v_live boolean;
begin
  for v_rule in select * from launch.threat_rules r where r.workspace_id = p_workspace_id and r.mode <> 'off' order by r.rule loop
    for v_found in
      select f.entity, array_agg(f order by f.slot_at) as findings, max(f.slot_at) as last_slot_at
      from private.record_findings(v_rule, p_from, p_to) f group by f.entity order by f.entity
    loop
      select f.* into v_peak from unnest(v_found.findings) f order by f.found desc, f.slot_at desc limit 1;
      v_evidence := private.read_evidence(v_rule, v_found.entity, v_peak.peak_at);
      v_live := (v_found.findings[cardinality(v_found.findings)]).mode = 'live';
      v_cases := v_cases || row(v_rule, v_peak, v_found.findings, v_evidence, private.threat_fingerprint(v_rule.rule, v_found.entity), v_live,
        case when v_live and v_rule.answer = 'protect' and v_found.last_slot_at > p_to - interval '15 minutes'
          then array(select c.key from jsonb_each_text(v_evidence.countries) c
            where v_rule.counts_per = 'country' or c.value::int >= v_evidence.event_count * 0.1 order by 1)
          else '{}' end)::private.threat_case;
    end loop;
  end loop;
  return v_cases;
end
$$;

-- What of these can be blocked, as the list keeps it: devices, accounts, and single public addresses (IPv6: their /64).
create function private.blockable(p_devices text[], p_accounts text[], p_ips inet[]) returns table (kind text, value text)
  language sql stable set search_path = '' as $$
  select x.kind, x.value from (
    select 'device' as kind, d as value from unnest(p_devices) d
    union select 'account', a from unnest(p_accounts) a
    union select 'ip_range', network(set_masklen(i, case family(i) when 4 then 32 else 64 end))::text from unnest(p_ips) i
      where not i <<= any ('{10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,100.64.0.0/10,127.0.0.0/8,169.254.0.0/16,0.0.0.0/8,fc00::/7,fe80::/10,::/127}'::inet[])) x
  where char_length(x.value) between 1 and 200
$$;

-- Puts what a case's rule says on the blocklist. Returns how many values.
create function private.block_case(p_case private.threat_case) returns int
  language plpgsql volatile set search_path = '' as $$
declare v_rule launch.threat_rules := p_case.rule; v_kinds text[]; v_values text[]; v_blocked int;
begin
  select array_agg(x.kind), array_agg(x.value) into v_kinds, v_values
  from private.blockable((p_case.evidence).devices, (p_case.evidence).accounts, (p_case.evidence).ips) x where x.kind = any (v_rule.blocks);
  if v_kinds is null then
    return 0;
  end if;
  select count(*) into v_blocked from private.put_blocks(v_rule.workspace_id, v_kinds, v_values,
    array_fill(launch.now() + make_interval(mins => v_rule.answer_minutes), array[cardinality(v_kinds)]),
    array_fill('Found by the threat shield: ' || v_rule.rule, array[cardinality(v_kinds)]), 'rule') b;
  return v_blocked;
end
$$;

-- The title of a case's alert.
create function private.threat_title(p_case private.threat_case) returns text
  language sql stable set search_path = '' as $$
  select case (p_case.rule).rule
      when 'device_farm' then format('%s accounts on one device: %s', (p_case.finding).found, (p_case.finding).entity)
      when 'creator_ring' then format('%s creators in %s minutes', (p_case.finding).found, (p_case.rule).window_minutes)
      when 'payment_burst' then format('%s payments in %s minutes', (p_case.finding).found, (p_case.rule).window_minutes)
      else format('%s chargebacks against %s payments in %s minutes', (p_case.finding).found, (p_case.finding).out_of, (p_case.rule).window_minutes) end
    || case when (p_case.rule).counts_per = 'country' then ' in ' || (p_case.finding).entity else '' end
$$;

-- Raises a case's alert, ties its pattern, blocks and protections to it, and writes what was answered. A burst of payments or
-- chargebacks is critical; a farm or ring is from three times the threshold. Each doubling is told again.
create function private.raise_case(p_case private.threat_case, p_pattern_id uuid, p_blocked int) returns void
  language plpgsql volatile set search_path = '' as $$
declare
  v_rule launch.threat_rules := p_case.rule; v_finding launch.threat_findings := p_case.finding; v_alert_id uuid;
  v_ratio double precision := v_finding.found::float8 / v_finding.threshold;
begin
  v_alert_id := private.raise_alert(v_rule.workspace_id, 'threat', p_case.fingerprint,
    case when v_rule.rule in ('payment_burst', 'chargeback_burst') or v_ratio >= 3 then 'critical' else 'warning' end,
    private.threat_title(p_case), (p_case.evidence).country, p_pattern_id::text,
    private.describe_evidence(v_rule, v_finding, p_case.evidence) || jsonb_build_object('answer', v_rule.answer, 'blocked', p_blocked,
      'protected', to_jsonb(p_case.protects), 'pattern_id', p_pattern_id),
    1 + floor(log(2, greatest(v_ratio, 1)::numeric))::int);
  update launch.threat_patterns p set alert_id = v_alert_id where p.id = p_pattern_id;
  if p_blocked > 0 or cardinality(p_case.protects) > 0 then
    update launch.blocks b set alert_id = v_alert_id where b.workspace_id = v_rule.workspace_id and b.lifted_at is null and b.source = 'rule'
      and ((b.kind = 'device' and b.value = any ((p_case.evidence).devices)) or (b.kind = 'account' and b.value = any ((p_case.evidence).accounts))
        or (b.kind = 'ip_range' and b.range >>= any ((p_case.evidence).ips)));
    update launch.protections p set alert_id = v_alert_id
    where p.workspace_id = v_rule.workspace_id and p.ended_at is null and p.country = any (p_case.protects);
    perform private.write_audit(v_rule.workspace_id, 'threat.answered', 'threat_rule', v_rule.rule, 'critical', null, jsonb_build_object(
      'entity', v_finding.entity, 'found', v_finding.found, 'answer', v_rule.answer, 'blocked', p_blocked, 'protected', to_jsonb(p_case.protects),
      'until', launch.now() + make_interval(mins => v_rule.answer_minutes), 'alert_id', v_alert_id));
  end if;
end
$$;

-- The patterns that have gone quiet by p_to.
create function private.quiet_patterns(p_workspace_id uuid, p_to timestamptz) returns setof launch.threat_patterns
  language sql stable set search_path = '' as $$
  select p.* from launch.threat_patterns p join launch.threat_rules r on r.workspace_id = p.workspace_id and r.rule = p.rule
  where p.workspace_id = p_workspace_id and p.state = 'active'
    and greatest(p.last_slot_at, p.updated_at) <= p_to - greatest(make_interval(mins => r.window_minutes), interval '30 minutes')
  order by p.id
$$;

-- Looks at a workspace up to p_due_at, from p_covers_from (the last good run; null: a day) and an hour further back. Returns what came
-- of it. Definer: the service reads and writes no tables.
create function launch.evaluate_threats(p_workspace_id uuid, p_due_at timestamptz, p_covers_from timestamptz default null) returns jsonb
  language plpgsql volatile security definer set search_path = '' as $$
declare
  v_from timestamptz := greatest(coalesce(p_covers_from, p_due_at - interval '1 day'), p_due_at - interval '7 days') - interval '1 hour';
  v_cases private.threat_case[] := private.gather_cases(p_workspace_id, v_from, p_due_at);
  v_case private.threat_case; v_patterns uuid[] := '{}'; v_blocked int[] := '{}'; v_country text; v_pattern launch.threat_patterns; v_alerts int := 0; v_settled int := 0;
begin
  perform c.id from launch.counters c where c.workspace_id = p_workspace_id and c.operation = 'payment' and c.country in (
    select p from unnest(v_cases) k cross join unnest(k.protects) p) order by c.id for update;
  perform a.id from launch.alerts a where a.workspace_id = p_workspace_id and a.status <> 'resolved' and a.fingerprint in (
    select k.fingerprint from unnest(v_cases) k
    union all select private.threat_fingerprint(q.rule, q.entity) from private.quiet_patterns(p_workspace_id, p_due_at) q) order by a.id for update;
  foreach v_case in array v_cases loop
    v_pattern := private.keep_pattern(v_case.rule, v_case.findings, v_case.evidence);
    v_patterns := v_patterns || v_pattern.id;
    v_blocked := v_blocked || case when v_case.answers and (v_case.rule).answer = 'block' then private.block_case(v_case) else 0 end;
  end loop;
  for v_case in select k.* from unnest(v_cases) k loop
    foreach v_country in array v_case.protects loop
      perform private.put_protection(p_workspace_id, v_country, launch.now() + make_interval(mins => (v_case.rule).answer_minutes),
        private.threat_title(v_case), 'rule');
    end loop;
  end loop;
  for i in 1 .. cardinality(v_cases) loop
    v_case := v_cases[i];
    if v_case.answers then
      perform private.raise_case(v_case, v_patterns[i], v_blocked[i]);
      v_alerts := v_alerts + 1;
    end if;
  end loop;
  for v_pattern in select * from private.quiet_patterns(p_workspace_id, p_due_at) loop
    update launch.threat_patterns p set state = 'quiet' where p.id = v_pattern.id;
    perform private.settle_alert(p_workspace_id, private.threat_fingerprint(v_pattern.rule, v_pattern.entity), 'Nothing of the kind since.');
    v_settled := v_settled + 1;
  end loop;
  return jsonb_build_object('from', v_from, 'patterns', cardinality(v_cases), 'alerts', v_alerts, 'settled', v_settled,
    'blocked', (select coalesce(sum(b), 0) from unnest(v_blocked) b),
    'protected', (select count(distinct p) from unnest(v_cases) k cross join unnest(k.protects) p));
end
$$;

revoke all on type private.threat_case from public;
grant execute on function launch.evaluate_threats(uuid, timestamptz, timestamptz) to gantry_service;
