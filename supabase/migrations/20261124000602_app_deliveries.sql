-- Messages and their deliveries. A message is written in the transaction of the change it tells of, and with it one delivery for each
-- channel that wants it, so a change that was committed is told, and one that was not is not.
--
-- Of one subject (an alert, a country) a channel hears the messages in order: a later one waits until the earlier one was delivered or
-- has been given up. A deliverer claims deliveries for a minute; when it dies, another takes them over, under the same message id.
-- Every attempt is kept. Given up means dead, and a dead letter can be replayed.
--
-- A mail can reach some of its recipients and be refused by others. Whoever has it is not mailed again; who was refused for now is tried
-- again, who was refused for good is not, and the attempt names both. Such a delivery holds no later message up: the others hear in order.

create table app.messages (
  id uuid primary key default private.uuid_v7(),
  workspace_id uuid not null references app.workspaces (id) on delete cascade,
  type text not null references app.message_types (type),
  subject text not null,
  at timestamptz not null default launch.now(),
  data jsonb not null
);
create index messages_workspace_id_idx on app.messages (workspace_id, id desc);
create index messages_type_idx on app.messages (type);

-- tries counts since the delivery was made or last replayed, attempts all of them. Of a mail: reached are those who have it, refused
-- those whom the mail server refused for good.
create table app.deliveries (
  id bigint generated always as identity primary key,
  workspace_id uuid not null references app.workspaces (id) on delete cascade,
  channel_id uuid not null references app.channels (id) on delete cascade,
  message_id uuid not null references app.messages (id) on delete cascade,
  subject text not null,
  state text not null default 'pending',
  attempts int not null default 0,
  tries int not null default 0,
  due_at timestamptz not null default launch.now(),
  claimed_until timestamptz,
  created_at timestamptz not null default launch.now(),
  settled_at timestamptz,
  last_error text,
  reached text[] not null default '{}',
  refused text[] not null default '{}',
  constraint state_is_known check (state in ('pending', 'delivered', 'dead')),
  constraint settled_delivery_has_time check ((state = 'pending') = (settled_at is null))
) with (fillfactor = 80);
create index deliveries_due_at_idx on app.deliveries (due_at, id) where state = 'pending';
create index deliveries_pending_idx on app.deliveries (channel_id, subject, id) where state = 'pending';
create index deliveries_channel_id_idx on app.deliveries (channel_id, id desc);
create index deliveries_message_id_idx on app.deliveries (message_id);
create index deliveries_workspace_id_idx on app.deliveries (workspace_id, id desc);

-- status is what the other side answered: an HTTP status or an SMTP code. response is the beginning of its words. refusals, of a mail that
-- did not reach all: who, the answer's status and the beginning of its words, and whether it is final.
create table app.delivery_attempts (
  delivery_id bigint not null,
  attempt int not null,
  workspace_id uuid not null references app.workspaces (id) on delete cascade,
  at timestamptz not null,
  status int,
  error text,
  response text,
  took_ms int not null,
  refusals jsonb,
  primary key (delivery_id, attempt),
  constraint words_are_short check (char_length(error) <= 500 and char_length(response) <= 500)
);
create index delivery_attempts_workspace_id_idx on app.delivery_attempts (workspace_id);

-- A time as the API writes it.
create function private.rfc3339(p_at timestamptz) returns text
  language sql stable set search_path = '' as $$ select to_char(p_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') $$;

-- Writes a message, and its delivery to each channel that wants it. Evidence that would make it too large for a webhook (20 kB with
-- its envelope) is left out. p_except keeps a channel from hearing about itself.
create function private.tell(
  p_workspace_id uuid, p_type text, p_subject text, p_data jsonb, p_severity text default null, p_kind text default null,
  p_except text default null
) returns void
  language plpgsql volatile set search_path = '' as $$
declare
  v_id uuid;
  v_data jsonb := case when octet_length(p_data::text) > 16000 then p_data || '{"evidence": {"omitted": true}}' else p_data end;
begin
  insert into app.messages (workspace_id, type, subject, data) values (p_workspace_id, p_type, p_subject, v_data) returning id into v_id;
  insert into app.deliveries (workspace_id, channel_id, message_id, subject)
  select p_workspace_id, c.id, v_id, p_subject from app.channels c
  where c.workspace_id = p_workspace_id and c.enabled and p_type = any (c.message_types)
    and (p_severity is null or p_severity = 'critical' or c.minimum_severity = 'warning')
    and (p_kind is null or c.alert_kinds is null or p_kind = any (c.alert_kinds))
    and c.id::text is distinct from p_except
  order by c.id;
end
$$;

-- Tells the outside of an alert's change. A muted one says nothing but that it is resolved.
create function private.tell_alert(p_alert launch.alerts, p_change text) returns void
  language plpgsql volatile set search_path = '' as $$
begin
  if p_change <> 'resolved' and p_alert.muted_until > launch.now() then
    return;
  end if;
  perform private.tell(p_alert.workspace_id, 'alert.' || p_change, 'alert:' || p_alert.id, jsonb_build_object(
    'id', p_alert.id, 'kind', p_alert.kind, 'fingerprint', p_alert.fingerprint, 'severity', p_alert.severity, 'title', p_alert.title,
    'country', p_alert.country, 'subject_id', p_alert.subject_id, 'evidence', p_alert.evidence, 'status', p_alert.status,
    'occurrences', p_alert.occurrences, 'opened_at', private.rfc3339(p_alert.opened_at), 'last_at', private.rfc3339(p_alert.last_at),
    'acknowledged_at', private.rfc3339(p_alert.acknowledged_at), 'resolved_at', private.rfc3339(p_alert.resolved_at),
    'outcome', p_alert.outcome, 'note', p_alert.note, 'muted_until', private.rfc3339(p_alert.muted_until), 'version', p_alert.version),
    p_alert.severity, p_alert.kind, case when p_alert.kind = 'delivery' then p_alert.subject_id end);
end
$$;

-- An attempt goes with its delivery. A reference would look the delivery up again for each attempt; only app.settle_deliveries writes
-- attempts, of deliveries whose rows it holds.
create function private.drop_attempts() returns trigger
  language plpgsql volatile set search_path = '' as $$
begin
  delete from app.delivery_attempts a using gone g where a.delivery_id = g.id;
  return null;
end
$$;
create trigger drop_attempts after delete on app.deliveries referencing old table as gone
  for each statement execute function private.drop_attempts();

alter table app.messages enable row level security;
alter table app.deliveries enable row level security;
alter table app.delivery_attempts enable row level security;
create policy messages_select_manager on app.messages for select to authenticated
  using (workspace_id = any (array(select private.workspaces_with('notifications.manage'))));
create policy deliveries_select_manager on app.deliveries for select to authenticated
  using (workspace_id = any (array(select private.workspaces_with('notifications.manage'))));
create policy delivery_attempts_select_manager on app.delivery_attempts for select to authenticated
  using (workspace_id = any (array(select private.workspaces_with('notifications.manage'))));
grant select on app.messages, app.deliveries, app.delivery_attempts to authenticated;
