-- The audit trail: append-only, one hash chain per workspace, written in the transaction of the change.
--
-- hash = sha256(previous_hash ‖ canonical text of the entry). The head row holds the newest sequence number and hash,
-- so a removed tail shows too. Nobody may update, delete or truncate, the table's owner included (triggers).
-- Lock order: the head of the workspace's chain is always the last lock a mutation takes.

create table app.audit_heads (
  workspace_id uuid primary key references app.workspaces (id) on delete restrict,
  sequence bigint not null default 0,
  hash bytea not null default '\x'
);

create table app.audit_entries (
  workspace_id uuid not null references app.workspaces (id) on delete restrict,
  sequence bigint not null,
  at timestamptz not null,
  actor_kind text not null,
  actor_id uuid,
  actor_label text not null,
  action text not null,
  resource_type text not null,
  resource_id text not null,
  severity text not null,
  reason text,
  details jsonb not null,
  previous_hash bytea not null,
  hash bytea not null,
  primary key (workspace_id, sequence),
  constraint actor_kind_is_known check (actor_kind in ('person', 'api_key', 'engine')),
  constraint only_the_engine_is_nobody check ((actor_kind = 'engine') = (actor_id is null)),
  constraint severity_is_known check (severity in ('info', 'notice', 'high', 'critical')),
  constraint action_is_noun_verb check (action ~ '^[a-z_]+\.[a-z_]+$')
);
create index audit_entries_resource_idx on app.audit_entries (workspace_id, resource_type, resource_id, sequence desc);
create index audit_entries_actor_idx on app.audit_entries (workspace_id, actor_id, sequence desc);
create index audit_entries_action_idx on app.audit_entries (workspace_id, action, sequence desc);

-- The text an entry's hash is taken over: a JSON array in fixed order, so that a verifier in any language can
-- rebuild it. Times are UTC with microseconds.
create function private.audit_text(p_entry app.audit_entries) returns text
  language sql stable set search_path = '' as $$
  select jsonb_build_array(
    p_entry.workspace_id, p_entry.sequence,
    to_char(p_entry.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    p_entry.actor_kind, p_entry.actor_id, p_entry.actor_label, p_entry.action,
    p_entry.resource_type, p_entry.resource_id, p_entry.severity, p_entry.reason, p_entry.details)::text
$$;

create function private.audit_hash(p_entry app.audit_entries) returns bytea
  language sql stable set search_path = '' as $$
  select sha256(p_entry.previous_hash || convert_to(private.audit_text(p_entry), 'UTF8'))
$$;

create function private.forbid_change() returns trigger
  language plpgsql set search_path = '' as $$
begin
  perform private.refuse('GTIMM', format('%I.%I is append-only.', tg_table_schema, tg_table_name));
  return null;
end
$$;

create trigger _100_forbid_change before update or delete on app.audit_entries
  for each row execute function private.forbid_change();
create trigger _100_forbid_truncate before truncate on app.audit_entries
  for each statement execute function private.forbid_change();

alter table app.audit_heads enable row level security;
alter table app.audit_entries enable row level security;

create policy audit_heads_select_auditor on app.audit_heads for select to authenticated
  using (workspace_id = any (array(select private.workspaces_with('audit.read'))));
create policy audit_entries_select_auditor_or_own on app.audit_entries for select to authenticated using (
  workspace_id = any (array(select private.workspaces_with('audit.read')))
  or (actor_id = (select auth.uid())
      and workspace_id = any (array(select private.workspaces_with('audit.read_own'))))
);

grant select on app.audit_heads, app.audit_entries to authenticated;
