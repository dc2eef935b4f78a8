-- The queue as the cap check's answer and its operators see it: many tickets in one statement, and each queue in one row.

-- Where tickets stand that checks were just answered with. The service names only ids that the engine gave it as answers to a verified key.
-- What waits is counted and the pace read once per queue; behind each ticket is counted, where new ones have few. Ids without a ticket are left out.
create function launch.find_tickets(p_ids uuid[]) returns table (id uuid, workspace_id uuid, state text, place int, estimated_at timestamptz)
  language sql stable security definer set search_path = '' as $$
  with mine as materialized (select t.* from launch.tickets t where t.id = any (p_ids)),
  gates as materialized (
    select g.*, (select count(*)::int from launch.tickets w where w.workspace_id = g.workspace_id and w.country = g.country
      and w.operation = g.operation and w.state = 'waiting') as waiting
    from (select distinct m.workspace_id, m.country, m.operation from mine m where m.state = 'waiting') g),
  paced as materialized (
    select g.*, r.pace, r.reach from gates g cross join lateral private.queue_pace(g.workspace_id, g.country, g.operation, launch.now()) r),
  placed as (
    select m.id, m.workspace_id, case when m.state = 'ready' and m.claim_until <= launch.now() then 'passed' else m.state end as state, p.pace, p.reach,
      p.waiting - (select count(*)::int from launch.tickets w where w.workspace_id = m.workspace_id and w.country = m.country
        and w.operation = m.operation and w.state = 'waiting' and w.number > m.number) as place
    from mine m left join paced p on m.state = 'waiting' and p.workspace_id = m.workspace_id and p.country = m.country and p.operation = m.operation)
  select d.id, d.workspace_id, d.state, d.place, private.place_time(d.place, d.pace, d.reach, launch.now()) from placed d
$$;

-- Each queue that somebody waits in, is let in by, or was in its country's local day. pace: people a minute. Raises GTROL, GTNIL.
create function launch.read_queues(p_workspace_id uuid) returns table (
  country text, operation text, waiting int, ready int, claimed_today int, passed_today int, oldest_at timestamptz, pace numeric, estimated_at timestamptz
)
  language plpgsql stable security definer set search_path = '' as $$
declare v_now timestamptz := launch.now();
begin
  perform private.require_permission(p_workspace_id, 'queue.read');
  return query
  with seen as (
    select t.country, t.operation, count(*) filter (where t.state = 'waiting')::int as waiting,
      count(*) filter (where t.state = 'ready' and t.claim_until > v_now)::int as ready,
      count(*) filter (where t.state = 'claimed' and (t.ended_at at time zone n.time_zone)::date = (v_now at time zone n.time_zone)::date)::int as claimed,
      count(*) filter (where t.state = 'passed' and (t.ended_at at time zone n.time_zone)::date = (v_now at time zone n.time_zone)::date)::int as passed,
      min(t.entered_at) filter (where t.state = 'waiting') as oldest_at
    from launch.tickets t join launch.countries n on n.workspace_id = t.workspace_id and n.code = t.country
    where t.workspace_id = p_workspace_id and (t.ended_at is null or t.ended_at > v_now - interval '26 hours')
    group by t.country, t.operation)
  select s.country, s.operation, s.waiting, s.ready, s.claimed, s.passed, s.oldest_at,
    case when r.reach is null or s.waiting < r.reach then r.pace end, private.place_time(s.waiting + 1, r.pace, r.reach, v_now)
  from seen s cross join lateral private.queue_pace(p_workspace_id, s.country, s.operation, v_now) r
  order by s.waiting desc, s.country, s.operation;
end
$$;

grant execute on function launch.find_tickets(uuid[]) to gantry_service;
grant execute on function launch.read_queues(uuid) to authenticated;
