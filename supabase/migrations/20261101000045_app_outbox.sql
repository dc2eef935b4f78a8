-- What must reach the outside world: a row written in the transaction of the change, delivered afterwards, at least once.
-- A deliverer claims rows for a lease; when it dies, the lease ends and another takes them over.
-- Payloads carry no secrets: links are made from ids when the message is written.

create table app.outbox (
  id uuid primary key default private.uuid_v7(),
  workspace_id uuid not null references app.workspaces (id) on delete cascade,
  topic text not null,
  payload jsonb not null,
  created_at timestamptz not null default launch.now(),
  due_at timestamptz not null default launch.now(),
  attempts int not null default 0,
  claimed_until timestamptz,
  delivered_at timestamptz,
  failed_at timestamptz,
  last_error text,
  constraint outcome_is_one check (delivered_at is null or failed_at is null)
);
create index outbox_due_at_idx on app.outbox (due_at) where delivered_at is null and failed_at is null;
create index outbox_workspace_id_idx on app.outbox (workspace_id, created_at desc);

-- Claims up to p_limit due messages for 60 seconds. Skips what another deliverer holds.
create function app.claim_outbox(p_limit int default 50)
  returns table (id uuid, workspace_id uuid, topic text, payload jsonb, attempts int)
  language sql volatile security definer set search_path = '' as $$
  update app.outbox o
  set claimed_until = launch.now() + interval '60 seconds', attempts = o.attempts + 1
  where o.id in (
    select d.id from app.outbox d
    where d.delivered_at is null and d.failed_at is null and d.due_at <= launch.now()
      and (d.claimed_until is null or d.claimed_until <= launch.now())
    order by d.due_at, d.id limit least(p_limit, 500) for update skip locked)
  returning o.id, o.workspace_id, o.topic, o.payload, o.attempts
$$;

-- Records the outcome of one claimed message: delivered, or to be tried again after a doubling pause, or, after
-- ten attempts, failed for good.
create function app.settle_outbox(p_id uuid, p_error text default null) returns void
  language sql volatile security definer set search_path = '' as $$
  with settled as (
    update app.outbox o set
      claimed_until = null,
      delivered_at = case when p_error is null then launch.now() end,
      failed_at = case when p_error is not null and o.attempts >= 10 then launch.now() end,
      last_error = left(p_error, 500),
      due_at = case when p_error is null then o.due_at
        else launch.now() + least(interval '5 seconds' * power(2, o.attempts), interval '6 hours') end
    where o.id = p_id and o.delivered_at is null and o.failed_at is null
    returning o.workspace_id
  )
  select private.announce(s.workspace_id, 'mail', '') from settled s where s.workspace_id is not null
$$;

alter table app.outbox enable row level security;
create policy outbox_select_manager on app.outbox for select to authenticated
  using (workspace_id = any (array(select private.workspaces_with('workspace.manage'))));
grant select on app.outbox to authenticated;
grant execute on function app.claim_outbox(int), app.settle_outbox(uuid, text) to gantry_service;
