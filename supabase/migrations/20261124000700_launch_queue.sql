-- The onboarding queue: who finds a door closed for a while (throttled, or the day's cap reached) may take a ticket, and tickets are
-- let in in order.
--
-- A ticket belongs to a country and an operation and waits. When throttle, phase and cap allow, launch.admit_tickets makes the first ones
-- ready: each takes its units from the counter at once, as a reservation with the claim window for its lease. Claimed within it, the
-- reservation becomes the person's, with the lease of a sign-up. Not claimed, the lease ends, the units return and the next one is let
-- in: an abandoned ticket costs one window and never blocks capacity. It is the counter of cap checks that is consumed, so tickets never
-- pass a cap either. While somebody waits, a check without a ticket doesn't overtake them (reason queued).
-- Life cycle: waiting → ready → claimed; or left (by the person), passed (not claimed in time), ended (the day was over, or an operator
-- cleared the queue). Lock order: counters by id, then tickets, then the audit head.

-- How an operation queues in a workspace. No row: it doesn't. per_minute bounds how many are let in, so that a falling throttle is not
-- met by all who waited at once.
create table launch.queues (
  workspace_id uuid not null references app.workspaces (id) on delete cascade,
  operation text not null,
  enabled boolean not null default false,
  claim_seconds int not null default 120,
  per_minute int not null default 300,
  carries_over boolean not null default true,
  return_url text,
  version int not null default 1,
  primary key (workspace_id, operation),
  constraint operation_can_wait check (operation in ('user', 'creator')),
  constraint claim_window_is_human check (claim_seconds between 30 and 3600),
  constraint pace_is_positive check (per_minute between 1 and 100000),
  constraint return_url_is_https check (return_url ~ '^https?://[^[:space:]]+$' and char_length(return_url) <= 500)
);

-- A ticket has the id of the receipt that answered queued, so the same key gets the same ticket.
create table launch.tickets (
  id uuid primary key,
  number bigint generated always as identity,
  workspace_id uuid not null references app.workspaces (id) on delete cascade,
  api_key_id uuid not null references app.api_keys (id) on delete cascade,
  country text not null references launch.iso_countries (code),
  operation text not null,
  units int not null,
  subject text,
  state text not null default 'waiting',
  entered_at timestamptz not null,
  entered_on date not null,
  ready_at timestamptz,
  claim_until timestamptz,
  receipt_id uuid,
  claimed_at timestamptz,
  ended_at timestamptz,
  constraint operation_can_wait check (operation in ('user', 'creator')),
  constraint state_is_known check (state in ('waiting', 'ready', 'claimed', 'left', 'passed', 'ended')),
  constraint units_are_positive check (units > 0),
  constraint ready_ticket_holds_units check ((ready_at is null) = (receipt_id is null) and (ready_at is null) = (claim_until is null)),
  constraint waiting_ticket_holds_nothing check (state <> 'waiting' or ready_at is null),
  constraint finished_ticket_has_end check ((state in ('waiting', 'ready')) = (ended_at is null))
);
create unique index tickets_waiting_idx on launch.tickets (workspace_id, country, operation, number) where state = 'waiting';
create index tickets_ready_idx on launch.tickets (claim_until) where state = 'ready';
create index tickets_ready_at_idx on launch.tickets (workspace_id, country, operation, ready_at) where ready_at is not null;
create index tickets_workspace_id_idx on launch.tickets (workspace_id, id desc);
create index tickets_api_key_id_idx on launch.tickets (api_key_id);
create index tickets_country_idx on launch.tickets (country);
create index tickets_ended_at_idx on launch.tickets (ended_at) where ended_at is not null;

-- An id of version 7 with the time of the clock that rules go by: receipts are found by the time in their id.
create function private.uuid_v7_at(p_at timestamptz) returns uuid
  language sql volatile set search_path = '' as $$
  select encode(set_byte(bytes, 6, (get_byte(bytes, 6) & 15) | 112), 'hex')::uuid
  from (select overlay(uuid_send(gen_random_uuid())
    placing substring(int8send((extract(epoch from p_at) * 1000)::bigint) from 3) from 1 for 6) as bytes) as drawn
$$;

-- Sets how an operation queues. Raises GTINV for one that can't wait or values out of bounds, GTVER.
create function launch.change_queue(
  p_workspace_id uuid, p_operation text, p_enabled boolean, p_claim_seconds int, p_per_minute int, p_carries_over boolean,
  p_return_url text, p_reason text default null, p_expected_version int default null
) returns launch.queues
  language plpgsql volatile security definer set search_path = '' as $$
declare v_was launch.queues; v_queue launch.queues;
begin
  perform private.require_permission(p_workspace_id, 'queue.manage');
  if p_operation is null or p_operation not in ('user', 'creator') then
    perform private.refuse('GTINV', 'Users and creators can queue.', jsonb_build_object('field', 'operation'));
  end if;
  select * into v_was from launch.queues q where q.workspace_id = p_workspace_id and q.operation = p_operation for update;
  if p_expected_version is not null and p_expected_version <> coalesce(v_was.version, 0) then
    perform private.refuse('GTVER', 'Someone else changed this queue meanwhile.', jsonb_build_object('version', coalesce(v_was.version, 0)));
  end if;
  insert into launch.queues as q (workspace_id, operation, enabled, claim_seconds, per_minute, carries_over, return_url)
  values (p_workspace_id, p_operation, p_enabled, p_claim_seconds, p_per_minute, p_carries_over, nullif(trim(p_return_url), ''))
  on conflict (workspace_id, operation) do update set enabled = excluded.enabled, claim_seconds = excluded.claim_seconds,
    per_minute = excluded.per_minute, carries_over = excluded.carries_over, return_url = excluded.return_url, version = q.version + 1
  returning * into v_queue;
  perform private.write_audit(p_workspace_id, 'queue.changed', 'queue', p_operation, 'high', nullif(trim(p_reason), ''),
    to_jsonb(v_queue) - 'workspace_id' || jsonb_build_object('was_enabled', coalesce(v_was.enabled, false)));
  return v_queue;
end
$$;

alter table launch.queues enable row level security;
alter table launch.tickets enable row level security;
create policy queues_select_reader on launch.queues for select to authenticated
  using (workspace_id = any (array(select private.workspaces_with('queue.read'))));
create policy tickets_select_reader on launch.tickets for select to authenticated
  using (workspace_id = any (array(select private.workspaces_with('queue.read'))));
grant select on launch.queues, launch.tickets to authenticated;
grant execute on function launch.change_queue(uuid, text, boolean, int, int, boolean, text, text, int) to authenticated;
