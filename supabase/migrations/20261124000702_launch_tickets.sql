-- A ticket as its holder meets it: read by the waiting page and the product, claimed by the product, left by the person. The server
-- has checked the ticket's signature, or the product's key, before it names a workspace here.

-- How many tickets a minute a queue lets in, and down to which place: the pace of the last ten minutes when anybody was let in (reach is null, it
-- holds for all), else its own while the door has room.
create function private.queue_pace(
  p_workspace_id uuid, p_country text, p_operation text, p_now timestamptz, out pace numeric, out reach bigint
)
  language plpgsql stable set search_path = '' as $$
declare v_let_in int; v_counter launch.counters;
begin
  select count(*) into v_let_in from launch.tickets r where r.workspace_id = p_workspace_id and r.country = p_country
    and r.operation = p_operation and r.ready_at > p_now - interval '10 minutes';
  if v_let_in > 0 then
    pace := v_let_in / 10.0;
    return;
  end if;
  select * into v_counter from launch.counters c
  where c.workspace_id = p_workspace_id and c.country = p_country and c.operation = p_operation;
  pace := coalesce((select q.per_minute from launch.queues q where q.workspace_id = p_workspace_id and q.operation = p_operation), 300);
  reach := private.ticket_room(v_counter, p_now);
end
$$;

-- When a place comes at that pace; null beyond its reach, when nobody can say.
create function private.place_time(p_place int, p_pace numeric, p_reach bigint, p_now timestamptz) returns timestamptz
  language sql immutable set search_path = '' as $$
  select case when p_reach is null or p_place <= p_reach then p_now + make_interval(secs => ceil(p_place * 60 / p_pace)::int) end
$$;

-- How a ticket stands. place: 1 is next. estimated_at: at the queue's pace; null when nobody can say. Definer: the service reads no tables.
create function launch.read_ticket(p_workspace_id uuid, p_ticket_id uuid) returns table (
  id uuid, state text, country text, operation text, units int, entered_at timestamptz, place int, estimated_at timestamptz,
  claim_until timestamptz, receipt_id uuid, hold_expires_at timestamptz, workspace text, return_url text, claim_seconds int, time_zone text
)
  language plpgsql stable security definer set search_path = '' as $$
declare v_now timestamptz := launch.now(); t launch.tickets; v_queue launch.queues; v_place int; v_at timestamptz;
begin
  select * into t from launch.tickets x where x.id = p_ticket_id and x.workspace_id = p_workspace_id;
  if t.id is null then
    return;
  end if;
  select * into v_queue from launch.queues q where q.workspace_id = t.workspace_id and q.operation = t.operation;
  if t.state = 'waiting' then
    select count(*) into v_place from launch.tickets w where w.workspace_id = t.workspace_id and w.country = t.country
      and w.operation = t.operation and w.state = 'waiting' and w.number <= t.number;
    v_at := (select private.place_time(v_place, p.pace, p.reach, v_now) from private.queue_pace(t.workspace_id, t.country, t.operation, v_now) p);
  end if;
  return query select t.id, case when t.state = 'ready' and t.claim_until <= v_now then 'passed' else t.state end, t.country, t.operation, t.units,
    t.entered_at, v_place, v_at, t.claim_until, t.receipt_id,
    (select v.expires_at from launch.reservations v where t.state = 'claimed' and v.receipt_id = t.receipt_id and v.decided_at = t.ready_at),
    (select w.name from app.workspaces w where w.id = t.workspace_id), v_queue.return_url, coalesce(v_queue.claim_seconds, 120),
    (select n.time_zone from launch.countries n where n.workspace_id = t.workspace_id and n.code = t.country);
end
$$;

-- Claims a ready ticket for the product that let its holder wait: the units are theirs, held for p_hold_seconds (1 to 3,600) as the
-- reservation receipt_id, to be committed or released like any other. Repeating it gives the same answer. state says what it met: only claimed
-- is a yes. Raises GTKEY, GTROL, GTNIL, GTINV. Locks the counter, then the ticket.
create function launch.claim_ticket(p_key_hash bytea, p_ticket_id uuid, p_hold_seconds int)
  returns table (state text, receipt_id uuid, hold_expires_at timestamptz)
  language plpgsql volatile security definer set search_path = '' as $$
declare v_now timestamptz := date_trunc('milliseconds', launch.now()); v_key record; t launch.tickets; v_until timestamptz;
begin
  select * into v_key from app.act_as_key(p_key_hash, 'caps.check');
  if p_hold_seconds is null or p_hold_seconds not between 1 and 3600 then
    perform private.refuse('GTINV', 'A claim holds for 1 to 3,600 seconds.', jsonb_build_object('field', 'hold_seconds'));
  end if;
  select * into t from launch.tickets x where x.id = p_ticket_id and x.workspace_id = v_key.workspace_id;
  if t.id is null then
    perform private.refuse('GTNIL', 'There is no such ticket.');
  end if;
  perform from launch.counters c where c.workspace_id = t.workspace_id and c.country = t.country and c.operation = t.operation for update;
  select * into t from launch.tickets x where x.id = p_ticket_id for update;
  if t.state = 'ready' and t.claim_until > v_now then
    v_until := v_now + make_interval(secs => p_hold_seconds);
    update launch.reservations v set expires_at = v_until where v.receipt_id = t.receipt_id and v.decided_at = t.ready_at and v.state = 'held';
    if not found then
      return query select 'passed'::text, null::uuid, null::timestamptz;
      return;
    end if;
    update launch.receipts r set hold_expires_at = v_until where r.id = t.receipt_id and r.decided_at = t.ready_at and r.allowed;
    update launch.tickets x set state = 'claimed', claimed_at = v_now, ended_at = v_now where x.id = t.id;
    return query select 'claimed'::text, t.receipt_id, v_until;
    return;
  end if;
  return query select case when t.state = 'ready' then 'passed' else t.state end, case when t.state = 'claimed' then t.receipt_id end,
    (select v.expires_at from launch.reservations v where t.state = 'claimed' and v.receipt_id = t.receipt_id and v.decided_at = t.ready_at);
end
$$;

-- Gives a place back: a waiting ticket leaves, a ready one returns its units. Any other stays as it is. Returns the state it has then.
create function launch.leave_queue(p_workspace_id uuid, p_ticket_id uuid) returns text
  language plpgsql volatile security definer set search_path = '' as $$
declare v_now timestamptz := date_trunc('milliseconds', launch.now()); t launch.tickets; v_counter launch.counters;
begin
  select * into t from launch.tickets x where x.id = p_ticket_id and x.workspace_id = p_workspace_id;
  if t.id is null then
    perform private.refuse('GTNIL', 'There is no such ticket.');
  end if;
  select * into v_counter from launch.counters c
  where c.workspace_id = t.workspace_id and c.country = t.country and c.operation = t.operation for update;
  select * into t from launch.tickets x where x.id = p_ticket_id for update;
  if t.state not in ('waiting', 'ready') then
    return t.state;
  end if;
  update launch.reservations v set state = 'released', settled_at = v_now
  where v.receipt_id = t.receipt_id and v.decided_at = t.ready_at and v.state = 'held';
  if found then
    perform private.settle_units(array[v_counter.id], array[(select r.day_on from launch.receipts r where r.id = t.receipt_id
      and r.decided_at = t.ready_at and r.allowed)], array[t.units], array[t.units], array[0::bigint], v_now);
  end if;
  update launch.tickets x set state = 'left', ended_at = v_now where x.id = t.id;
  return 'left';
end
$$;

-- Ends all that wait in a country's queue, with a reason. Their holders hear that the queue has ended. Returns how many. Raises GTRSN.
create function launch.clear_queue(p_workspace_id uuid, p_country text, p_operation text, p_reason text) returns int
  language plpgsql volatile security definer set search_path = '' as $$
declare v_count int;
begin
  perform private.require_permission(p_workspace_id, 'queue.manage');
  if nullif(trim(p_reason), '') is null then
    perform private.refuse('GTRSN', 'Clearing a queue needs a reason.', jsonb_build_object('field', 'reason'));
  end if;
  perform from launch.counters c where c.workspace_id = p_workspace_id and c.country = p_country and c.operation = p_operation for update;
  update launch.tickets t set state = 'ended', ended_at = launch.now()
  where t.workspace_id = p_workspace_id and t.country = p_country and t.operation = p_operation and t.state = 'waiting';
  get diagnostics v_count = row_count;
  perform private.write_audit(p_workspace_id, 'queue.cleared', 'queue', p_operation, 'high', trim(p_reason),
    jsonb_build_object('country', p_country, 'operation', p_operation, 'tickets', v_count));
  return v_count;
end
$$;

grant execute on function launch.read_ticket(uuid, uuid), launch.claim_ticket(bytea, uuid, int), launch.leave_queue(uuid, uuid) to gantry_service;
grant execute on function launch.clear_queue(uuid, text, text, text) to authenticated;
