-- Reading capacity and receipts, and correcting a counter by hand.

-- The local day that is open now for a counter whose day has ended. In launch, because a reader's own view calls it.
create function launch.day_after(p_time_zone text, p_previous_on date, p_previous_ends_at timestamptz)
  returns table (day_on date, day_starts_at timestamptz, day_ends_at timestamptz)
  language sql stable security definer set search_path = '' rows 1 as $$
  select * from private.following_day(p_time_zone, launch.now(), p_previous_on, p_previous_ends_at)
$$;

-- A country's gates as they stand, without consuming anything: one row per operation. A counter whose day has ended reads as
-- the day that would open now. security_invoker: row policies of the reader apply.
create view launch.capacity with (security_invoker = true) as
select n.workspace_id, n.code as country, cap.operation, n.phase, n.phase_before_pause, n.pause_reason, n.phase_since, n.time_zone,
  n.policy_version, n.activated_at, n.listed_at, cap.units as cap, cap.amount_minor as amount_cap_minor, cap.amount_currency,
  case when c.day_ends_at > launch.now() then c.used else 0 end as used,
  case when c.day_ends_at > launch.now() then c.held else 0 end as held,
  case when c.day_ends_at > launch.now() then c.kept else least((select coalesce(sum(q.units), 0) from launch.campaign_quotas q where q.counter_id = c.id), 100000000)::int end as kept,
  case when c.day_ends_at > launch.now() then c.corrected else 0 end as corrected,
  case when c.day_ends_at > launch.now() then c.amount_used else 0 end as amount_used_minor,
  d.day_on, d.day_starts_at, d.day_ends_at as resets_at, c.id as counter_id
from launch.countries n
join launch.caps cap on cap.workspace_id = n.workspace_id and cap.country = n.code
join launch.counters c on c.workspace_id = cap.workspace_id and c.country = cap.country and c.operation = cap.operation
cross join lateral (
  select c.day_on, c.day_starts_at, c.day_ends_at where c.day_ends_at > launch.now()
  union all
  select f.day_on, f.day_starts_at, f.day_ends_at from launch.day_after(n.time_zone, c.day_on, c.day_ends_at) f
  where c.day_ends_at <= launch.now()
) d;

-- Countries of the acting key's workspace with their gates; all of them, or one. For keys with countries.read or caps.check.
create function launch.read_capacity(p_key_hash bytea, p_scope text, p_country text default null)
  returns setof launch.capacity
  language plpgsql volatile security definer set search_path = '' as $$
declare v_workspace_id uuid;
begin
  select k.workspace_id into v_workspace_id from app.act_as_key(p_key_hash, p_scope) k;
  return query select v.* from launch.capacity v
    where v.workspace_id = v_workspace_id and (p_country is null or v.country = p_country) order by v.country, v.operation desc;
  if p_country is not null and not found then
    perform private.refuse('GTNIL', 'This country is not listed.', jsonb_build_object('country', p_country));
  end if;
end
$$;

-- One receipt of the acting key's workspace, with what became of its reservation. GTNIL when there is none.
create function launch.read_receipt(p_key_hash bytea, p_id uuid)
  returns table (id uuid, decided_at timestamptz, allowed boolean, reason text, shadow text, country text, operation text, units int, subject text,
    device text, ip text, amount_minor bigint, amount_currency text, cap int, remaining int, day_on text, resets_at timestamptz, retry_at timestamptz,
    hold_expires_at timestamptz, policy_version int, throttle_level int, idempotency_key text, campaign text, state text, settled_at timestamptz)
  language plpgsql volatile security definer set search_path = '' as $$
declare v_workspace_id uuid;
begin
  select k.workspace_id into v_workspace_id from app.act_as_key(p_key_hash, 'caps.check') k;
  return query
    select r.id, r.decided_at, r.allowed, r.reason, r.shadow, r.country, r.operation, r.units, r.subject, r.device, host(r.ip), r.amount_minor,
      r.amount_currency, r.cap, r.remaining, r.day_on::text, r.resets_at, r.retry_at, r.hold_expires_at, r.policy_version, r.throttle_level::int,
      r.idempotency_key, r.campaign, v.state, v.settled_at
    from launch.receipts r left join launch.reservations v on v.receipt_id = r.id and v.decided_at = r.decided_at
    where r.id = p_id and r.workspace_id = v_workspace_id
      and r.decided_at between private.uuid_time(p_id) - interval '1 day' and private.uuid_time(p_id) + interval '1 day';
  if not found then
    perform private.refuse('GTNIL', 'There is no such receipt.', jsonb_build_object('id', p_id));
  end if;
end
$$;

-- Corrects today's counter by p_change units, or with null resets it, units and spent amount, to what is still held. Never below
-- the held units (GTTRN). used = granted − returned + corrected stays true; what an amount was reset by is in the audit entry.
create function launch.correct_counter(p_workspace_id uuid, p_country text, p_operation text, p_change int, p_reason text)
  returns table (used int, held int)
  language plpgsql volatile security definer set search_path = '' as $$
declare v_counter launch.counters; v_change int; v_amount bigint;
begin
  perform private.require_permission(p_workspace_id, 'counters.correct');
  if nullif(trim(p_reason), '') is null then
    perform private.refuse('GTRSN', 'A correction needs a reason.', jsonb_build_object('field', 'reason'));
  end if;
  perform private.lock_country(p_workspace_id, p_country, null);
  select * into v_counter from launch.counters c
  where c.workspace_id = p_workspace_id and c.country = p_country and c.operation = p_operation;
  if v_counter.id is null then
    perform private.refuse('GTINV', 'There is no such operation.', jsonb_build_object('field', 'operation'));
  end if;
  perform private.roll_counters(array[v_counter.id], launch.now());
  select * into v_counter from launch.counters c where c.id = v_counter.id;
  v_change := coalesce(p_change, v_counter.held - v_counter.used);
  if v_counter.used + v_change < v_counter.held then
    perform private.refuse('GTTRN', 'A counter cannot fall below the units that reservations hold.',
      jsonb_build_object('field', 'change', 'used', v_counter.used, 'held', v_counter.held));
  end if;
  v_amount := v_counter.amount_used;
  if p_change is null then
    -- Partitions reach two days back; a clock that stepped back may have dated a reservation before the day it counts in.
    select coalesce(sum(r.amount_minor), 0) into v_amount from launch.reservations r
    where r.counter_id = v_counter.id and r.day_on = v_counter.day_on and r.state = 'held'
      and r.decided_at > v_counter.day_starts_at - interval '2 days';
  end if;
  update launch.counters c set used = c.used + v_change, corrected = c.corrected + v_change, amount_used = v_amount
  where c.id = v_counter.id returning c.used, c.held into used, held;
  perform private.write_audit(p_workspace_id, 'counter.corrected', 'country', p_country, 'high', p_reason,
    jsonb_strip_nulls(jsonb_build_object('operation', p_operation, 'change', v_change, 'was', v_counter.used, 'used', used,
      'amount_was', nullif(v_counter.amount_used, v_amount), 'amount_used', case when v_amount <> v_counter.amount_used then v_amount end)));
  return next;
end
$$;

grant select on launch.capacity to authenticated;
grant execute on function launch.day_after(text, date, timestamptz) to authenticated;
grant execute on function launch.read_capacity(bytea, text, text), launch.read_receipt(bytea, uuid) to gantry_service;
grant execute on function launch.correct_counter(uuid, text, text, int, text) to authenticated;
