-- How countries move on: what each waits for, proposals and their answers, and the hourly run that proposes and moves.
--
-- What moves where: a country not launched opens in its step's phase once it has a dependency and all of them hold; a soft country becomes public
-- once its gate passed in a result at most 2 hours old. From alpha on a person moves it: no gate is defined for that. Whatever isn't
-- surely so is waited for: an inconclusive or stale gate, a dependency whose level has too little data. A run moves a country one phase
-- at most, also after an outage, because the next phase has its own gate. Lock order: counters by id, the country, proposals, alerts, the audit head.

-- What a country waits for before it moves, and where to. waits is empty when nothing stands against it; the window is told apart
-- (waits_window), because a proposal may be answered outside it. to_phase is null where no move is defined.
create function private.next_move(p_workspace_id uuid, p_country text, p_now timestamptz) returns jsonb
  language plpgsql stable set search_path = '' as $$
declare
  s launch.sequence_steps; n launch.countries; g launch.gate_results; v_to text; v_waits jsonb := '[]'; r record; v_local timestamp; v_missing int; v_needs int := 0;
begin
  select * into s from launch.sequence_steps x where x.workspace_id = p_workspace_id and x.country = p_country;
  select * into n from launch.countries c where c.workspace_id = p_workspace_id and c.code = p_country;
  v_to := case n.phase when 'not_launched' then s.opens_as when 'soft' then 'public' end;
  if n.phase = 'soft' then
    select * into g from launch.gate_results x where x.workspace_id = p_workspace_id and x.country = p_country and x.gate = 'soft_to_public'
      and x.at <= p_now and x.at > n.phase_since order by x.at desc limit 1;
    if g.at is null or g.at <= p_now - interval '2 hours' then
      v_waits := v_waits || jsonb_build_object('code', 'gate_stale', 'at', g.at);
    elsif g.outcome <> 'pass' then
      v_waits := v_waits || jsonb_build_object('code', 'gate_' || g.outcome, 'criteria',
        (select jsonb_agg(c ->> 'criterion') from jsonb_array_elements(g.criteria) c where c ->> 'outcome' <> 'pass'));
    end if;
  elsif n.phase = 'pause' then
    v_waits := v_waits || jsonb_build_object('code', 'paused', 'reason', n.pause_reason);
  end if;
  for r in
    select d.*, c.phase, c.phase_since, k.level from launch.sequence_dependencies d
    join launch.countries c on c.workspace_id = d.workspace_id and c.code = d.needs_country
    left join lateral (select x.level from launch.risk_scores x where x.workspace_id = d.workspace_id and x.country = d.needs_country
      and x.at <= p_now and x.at > p_now - interval '3 hours' order by x.at desc limit 1) k on true
    where d.workspace_id = p_workspace_id and d.country = p_country order by d.needs_country
  loop
    v_needs := v_needs + 1;
    if coalesce(private.phase_rank(r.phase), 0) < private.phase_rank(r.needs_phase)
      or (r.phase = r.needs_phase and r.phase_since > p_now - r.needs_days * interval '1 day') then
      v_waits := v_waits || jsonb_build_object('code', 'dependency', 'country', r.needs_country, 'phase', r.needs_phase, 'days', r.needs_days,
        'at', case when r.phase = r.needs_phase then r.phase_since + r.needs_days * interval '1 day' end);
    end if;
    if r.below_level is not null and coalesce(array_position(array['low', 'medium', 'high', 'critical'], r.level)
        >= array_position(array['low', 'medium', 'high', 'critical'], r.below_level), true) then
      v_waits := v_waits || jsonb_build_object('code', 'risk', 'country', r.needs_country, 'below', r.below_level, 'level', r.level);
    end if;
  end loop;
  if n.phase = 'not_launched' and v_needs = 0 then
    v_waits := v_waits || jsonb_build_object('code', 'no_dependency');
  end if;
  select count(*) into v_missing from launch.checklist_items i where i.workspace_id = p_workspace_id and not exists (select from launch.checklist_ticks t
    where t.workspace_id = p_workspace_id and t.country = p_country and t.item_id = i.id);
  if s.needs_checklist and v_missing > 0 then
    v_waits := v_waits || jsonb_build_object('code', 'checklist', 'missing', v_missing);
  end if;
  for r in
    select f.until, f.reason from launch.freezes f where f.workspace_id = p_workspace_id and coalesce(f.country, p_country) = p_country
      and f.ended_at is null and f.from_at <= p_now and f.until > p_now order by f.until desc limit 1
  loop
    v_waits := v_waits || jsonb_build_object('code', 'frozen', 'until', r.until, 'reason', r.reason);
  end loop;
  v_local := p_now at time zone n.time_zone;
  return jsonb_build_object('to_phase', v_to, 'from_phase', n.phase, 'policy_version', n.policy_version, 'waits', v_waits,
    'gate', case when g.at is not null then jsonb_build_object('at', g.at, 'outcome', g.outcome, 'criteria', g.criteria) end,
    'waits_window', s.window_days is not null and not (extract(isodow from v_local)::int = any (s.window_days)
      and to_char(v_local, 'HH24:MI') >= s.window_from and to_char(v_local, 'HH24:MI') < s.window_to));
end
$$;

-- Moves a country where its next move goes, as whoever acts. The caller holds the country's locks and has judged the move.
create function private.carry_out_move(p_workspace_id uuid, p_country text, p_move jsonb, p_reason text, p_details jsonb) returns void
  language plpgsql volatile set search_path = '' as $$
begin
  if p_move ->> 'from_phase' = 'not_launched' then
    perform private.activate_country(p_workspace_id, p_country, p_move ->> 'to_phase', null, null, null, null, null, p_reason, null,
      p_details || jsonb_build_object('by_sequence', true));
  else
    perform private.advance_country(p_workspace_id, p_country, p_move ->> 'to_phase', p_reason, true, null,
      p_details || jsonb_build_object('by_sequence', true, 'gate', p_move -> 'gate'));
  end if;
end
$$;

-- Opens a proposal and tells of it. Nothing when one is pending, or when one for this very policy was refused within a week.
create function private.put_proposal(p_workspace_id uuid, p_country text, p_move jsonb, p_reason text) returns launch.proposals
  language plpgsql volatile set search_path = '' as $$
declare v_proposal launch.proposals; v_person uuid := (select auth.uid());
begin
  if v_person is null and exists (select from launch.proposals p where p.workspace_id = p_workspace_id and p.country = p_country and p.state = 'refused'
      and p.policy_version = (p_move ->> 'policy_version')::int and p.answered_at > launch.now() - interval '7 days') then
    return null;
  end if;
  insert into launch.proposals (workspace_id, country, from_phase, to_phase, policy_version, gate, reason, proposed_by, expires_at)
  select p_workspace_id, p_country, p_move ->> 'from_phase', p_move ->> 'to_phase', (p_move ->> 'policy_version')::int, coalesce(p_move -> 'gate', 'null'),
    nullif(trim(p_reason), ''), v_person, launch.now() + q.approval_hours * interval '1 hour'
  from launch.sequences q where q.workspace_id = p_workspace_id
  on conflict (workspace_id, country) where state in ('open', 'approved') do nothing returning * into v_proposal;
  if v_proposal.id is not null then
    perform private.write_audit(p_workspace_id, 'proposal.opened', 'proposal', p_country, 'notice', v_proposal.reason,
      jsonb_build_object('proposal_id', v_proposal.id, 'from', v_proposal.from_phase, 'to', v_proposal.to_phase, 'gate', v_proposal.gate));
    perform private.raise_alert(p_workspace_id, 'region', 'proposal:' || p_country, 'warning',
      format('%s is proposed to move to %s', p_country, v_proposal.to_phase), p_country, p_country,
      jsonb_build_object('proposal_id', v_proposal.id, 'to', v_proposal.to_phase, 'expires_at', v_proposal.expires_at), 1);
  end if;
  return v_proposal;
end
$$;

-- Proposes a country's next move at a person's word. Raises GTTRN with what it waits for, or when a proposal is pending.
create function launch.propose_move(p_workspace_id uuid, p_country text, p_reason text) returns launch.proposals
  language plpgsql volatile security definer set search_path = '' as $$
declare v_move jsonb; v_proposal launch.proposals;
begin
  perform private.require_permission(p_workspace_id, 'sequence.manage');
  perform private.lock_country(p_workspace_id, p_country, null);
  if not exists (select from launch.sequence_steps s where s.workspace_id = p_workspace_id and s.country = p_country) then
    perform private.refuse('GTNIL', 'This country is not in the sequence.', jsonb_build_object('country', p_country));
  end if;
  v_move := private.next_move(p_workspace_id, p_country, launch.now());
  if v_move ->> 'to_phase' is null or v_move -> 'waits' <> '[]' then
    perform private.refuse('GTTRN', 'This country cannot move yet.', jsonb_build_object('country', p_country, 'waits', v_move -> 'waits'));
  end if;
  v_proposal := private.put_proposal(p_workspace_id, p_country, v_move, p_reason);
  if v_proposal.id is null then
    perform private.refuse('GTTRN', 'A proposal for this country waits already.', jsonb_build_object('country', p_country));
  end if;
  return v_proposal;
end
$$;

-- Approves a proposal, or refuses it with a reason. Whoever proposed it may not approve it, nor is one approved whose country has changed since or waits
-- for something again: GTTRN. Approved inside the change window the country moves at once, else with the first run inside it.
create function launch.answer_proposal(p_workspace_id uuid, p_id uuid, p_approve boolean, p_answer text default null) returns launch.proposals
  language plpgsql volatile security definer set search_path = '' as $$
declare p launch.proposals; v_move jsonb; v_country text;
begin
  perform private.require_permission(p_workspace_id, 'sequence.approve');
  select x.country into v_country from launch.proposals x where x.workspace_id = p_workspace_id and x.id = p_id;
  if v_country is null then
    perform private.refuse('GTNIL', 'There is no such proposal.');
  end if;
  perform private.lock_country(p_workspace_id, v_country, null);
  select * into p from launch.proposals x where x.id = p_id for update;
  if p.state <> 'open' or p.expires_at <= launch.now() then
    perform private.refuse('GTTRN', 'This proposal is no longer open.', jsonb_build_object('state', p.state));
  elsif not p_approve and nullif(trim(p_answer), '') is null then
    perform private.refuse('GTRSN', 'A refusal needs a reason.', jsonb_build_object('field', 'reason'));
  elsif p_approve and p.proposed_by = (select auth.uid()) then
    perform private.refuse('GTTRN', 'Somebody else has to approve what you proposed.');
  end if;
  v_move := private.next_move(p_workspace_id, p.country, launch.now());
  if p_approve and ((v_move ->> 'policy_version')::int <> p.policy_version or v_move -> 'waits' <> '[]' or v_move ->> 'to_phase' <> p.to_phase) then
    perform private.refuse('GTTRN', 'The country has changed, or waits for something again.', jsonb_build_object('waits', v_move -> 'waits'));
  end if;
  update launch.proposals x set answered_by = (select auth.uid()), answered_at = launch.now(), answer = nullif(trim(p_answer), ''),
    state = case when not p_approve then 'refused' when (v_move ->> 'waits_window')::boolean then 'approved' else 'moved' end
  where x.id = p_id returning * into p;
  perform private.write_audit(p_workspace_id, 'proposal.' || case when p_approve then 'approved' else 'refused' end, 'proposal', p.country, 'high', p.answer,
    jsonb_build_object('proposal_id', p_id, 'to', p.to_phase));
  perform private.settle_alert(p_workspace_id, 'proposal:' || p.country, case when p_approve then 'Approved.' else 'Refused.' end);
  if p.state = 'moved' then
    perform private.carry_out_move(p_workspace_id, p.country, v_move, coalesce(p.answer, p.reason), jsonb_build_object('proposal_id', p_id));
  end if;
  return p;
end
$$;
revoke all on function private.next_move(uuid, text, timestamptz) from public;
grant execute on function launch.propose_move(uuid, text, text), launch.answer_proposal(uuid, uuid, boolean, text) to authenticated;
