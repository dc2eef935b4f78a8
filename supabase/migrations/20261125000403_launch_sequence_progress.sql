-- The hourly run of the market sequence, and what its page shows.

-- Judges the gates, puts away proposals that have run out or whose country has changed, carries out approved ones inside their window, proposes,
-- and moves what moves by itself. One phase a country and run. The report: the gates' outcomes, what moved, what was proposed.
create function launch.progress_sequence(p_workspace_id uuid) returns jsonb
  language plpgsql volatile security definer set search_path = '' as $$
declare v_report jsonb := launch.evaluate_gates(p_workspace_id); v_moved text[] := '{}'; v_proposed text[] := '{}'; s record; p launch.proposals; v_move jsonb;
begin
  for s in
    select x.country, x.mode from launch.sequence_steps x where x.workspace_id = p_workspace_id
      and (x.mode <> 'manual' or exists (select from launch.proposals y where y.workspace_id = p_workspace_id and y.country = x.country and y.state in ('open', 'approved')))
    order by x.position
  loop
    perform private.lock_country(p_workspace_id, s.country, null);
    v_move := private.next_move(p_workspace_id, s.country, launch.now());
    select * into p from launch.proposals y where y.workspace_id = p_workspace_id and y.country = s.country and y.state in ('open', 'approved') for update;
    if p.id is not null and (p.expires_at <= launch.now() or p.policy_version <> (v_move ->> 'policy_version')::int) then
      update launch.proposals y set state = case when p.policy_version <> (v_move ->> 'policy_version')::int then 'outdated' else 'expired' end where y.id = p.id;
      perform private.settle_alert(p_workspace_id, 'proposal:' || s.country, 'The proposal ran out, or the country changed.');
      p := null;
    end if;
    continue when v_move ->> 'to_phase' is null or v_move -> 'waits' <> '[]';
    if p.state = 'approved' or (s.mode = 'automatic' and p.id is null) then
      continue when (v_move ->> 'waits_window')::boolean;
      perform private.carry_out_move(p_workspace_id, s.country, v_move, 'The market sequence moved it on.',
        case when p.id is null then '{}' else jsonb_build_object('proposal_id', p.id, 'approved_by', p.answered_by) end);
      update launch.proposals y set state = 'moved' where y.id = p.id;
      v_moved := v_moved || s.country;
    elsif s.mode = 'propose' and p.id is null then
      if (private.put_proposal(p_workspace_id, s.country, v_move, null)).id is not null then
        v_proposed := v_proposed || s.country;
      end if;
    end if;
  end loop;
  return v_report || jsonb_build_object('moved', v_moved, 'proposed', v_proposed);
end
$$;

-- The sequence as its page shows it: each step with its country, gate, what it waits for, its pending proposal and its checklist.
create function launch.read_sequence(p_workspace_id uuid) returns table (
  country text, "position" int, mode text, opens_as text, needs_checklist boolean, window_days int[], window_from text, window_to text, phase text,
  phase_since timestamptz, time_zone text, population_millions double precision, move jsonb, dependencies jsonb, proposal jsonb, ticked uuid[])
  language plpgsql stable security definer set search_path = '' as $$
begin
  perform private.require_permission(p_workspace_id, 'sequence.read');
  return query select s.country, s.position, s.mode, s.opens_as, s.needs_checklist, s.window_days, s.window_from,
    s.window_to, c.phase, c.phase_since, c.time_zone,
    (select max(t.population_millions) from launch.sequence_templates t where t.country = s.country),
    private.next_move(p_workspace_id, s.country, launch.now()),
    (select coalesce(jsonb_agg(jsonb_build_object('needs_country', d.needs_country, 'needs_phase', d.needs_phase, 'needs_days', d.needs_days,
      'below_level', d.below_level) order by d.needs_country), '[]') from launch.sequence_dependencies d
      where d.workspace_id = p_workspace_id and d.country = s.country),
    (select jsonb_build_object('id', p.id, 'to_phase', p.to_phase, 'state', p.state, 'reason', p.reason, 'proposed_at', p.proposed_at,
      'expires_at', p.expires_at, 'proposed_by', (select f.email from app.profiles f where f.id = p.proposed_by), 'mine', p.proposed_by is not distinct from (select auth.uid()))
      from launch.proposals p where p.workspace_id = p_workspace_id and p.country = s.country and p.state in ('open', 'approved')),
    array(select k.item_id from launch.checklist_ticks k where k.workspace_id = p_workspace_id and k.country = s.country)
  from launch.sequence_steps s join launch.countries c on c.workspace_id = s.workspace_id and c.code = s.country
  where s.workspace_id = p_workspace_id order by s.position;
end
$$;

grant execute on function launch.progress_sequence(uuid) to gantry_service;
grant execute on function launch.read_sequence(uuid) to authenticated, gantry_service;
