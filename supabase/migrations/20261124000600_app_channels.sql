-- Channels: where a workspace's messages go. Slack, PagerDuty, e-mail, and webhooks of the workspace's own. A channel says which
-- messages it wants, from which severity on, and for which kinds of alerts.
--
-- Secrets (a Slack address, a PagerDuty routing key, a webhook's signing secret) are in Vault and nobody reads them back; the row
-- keeps their last four characters. While a signing secret is replaced, the old one and the new one both sign until rotation_ends_at.
-- A deleted channel stays as a row without secrets, so that the log of what was sent keeps its name.

create table app.message_types (
  type text primary key,
  description text not null,
  constraint type_is_dotted check (type ~ '^[a-z]+\.[a-z_]+$')
);

insert into app.message_types (type, description) values
  ('alert.opened', 'An alert opened'),
  ('alert.worsened', 'An open alert became worse'),
  ('alert.acknowledged', 'Somebody looks at an alert'),
  ('alert.reopened', 'A resolved alert was opened again'),
  ('alert.resolved', 'An alert ended'),
  ('country.activated', 'A country was activated'),
  ('country.advanced', 'A country moved to a later phase'),
  ('country.paused', 'A country was paused'),
  ('country.resumed', 'A paused country was opened again'),
  ('country.caps_changed', 'The caps of a country changed'),
  ('country.time_zone_changed', 'A country''s days follow another time zone'),
  ('channel.test', 'A test that somebody sent');

create table app.channels (
  id uuid primary key default private.uuid_v7(),
  workspace_id uuid not null references app.workspaces (id) on delete cascade,
  kind text not null,
  name text not null,
  url text,
  recipients text[],
  message_types text[] not null,
  minimum_severity text not null default 'warning',
  alert_kinds text[],
  enabled boolean not null default true,
  disabled_reason text,
  hint text,
  rotation_ends_at timestamptz,
  last_success_at timestamptz,
  failing_since timestamptz,
  last_error text,
  held_until timestamptz,
  created_by uuid references app.profiles (id) on delete set null,
  created_at timestamptz not null default launch.now(),
  deleted_at timestamptz,
  version int not null default 1,
  constraint kind_is_known check (kind in ('slack', 'pagerduty', 'email', 'webhook')),
  constraint name_is_short check (char_length(name) between 1 and 80),
  constraint severity_is_known check (minimum_severity in ('warning', 'critical')),
  constraint disabled_reason_is_known check (disabled_reason in ('person', 'gone', 'failing', 'deleted')),
  constraint disabled_channel_says_why check (enabled = (disabled_reason is null)),
  constraint deleted_channel_is_disabled check (deleted_at is null or not enabled),
  constraint webhook_has_address check ((kind = 'webhook') = (url is not null)),
  constraint address_is_of_the_web check (char_length(url) <= 2000 and url ~* '^https?://'),
  constraint mail_has_recipients check ((kind = 'email') = (recipients is not null)),
  constraint recipients_are_few check (cardinality(recipients) between 1 and 20),
  constraint it_wants_something check (cardinality(message_types) > 0 and cardinality(alert_kinds) > 0)
);
create unique index channels_one_per_name on app.channels (workspace_id, lower(name)) where deleted_at is null;
create index channels_workspace_id_idx on app.channels (workspace_id);
create index channels_created_by_idx on app.channels (created_by);

-- Keeps a channel's secret in Vault, replacing the one of that name. p_part is '' or '_old'.
create function private.keep_channel_secret(p_channel_id uuid, p_part text, p_secret text) returns void
  language plpgsql volatile set search_path = '' as $$
declare v_name text := 'channel_' || p_channel_id || p_part; v_id uuid;
begin
  select s.id into v_id from vault.secrets s where s.name = v_name;
  if v_id is null then
    perform vault.create_secret(p_secret, v_name);
  else
    perform vault.update_secret(v_id, p_secret);
  end if;
end
$$;

create function private.channel_secret(p_channel_id uuid, p_part text) returns text
  language sql stable set search_path = '' as $$
  select s.decrypted_secret from vault.decrypted_secrets s where s.name = 'channel_' || p_channel_id || p_part
$$;

create function private.forget_channel_secrets(p_channel_id uuid) returns void
  language sql volatile set search_path = '' as $$
  delete from vault.secrets s where s.name in ('channel_' || p_channel_id, 'channel_' || p_channel_id || '_old')
$$;

-- A channel that goes with its workspace takes its secrets along.
create function private.forget_gone_channel() returns trigger
  language plpgsql security definer set search_path = '' as $$
begin
  perform private.forget_channel_secrets(old.id);
  return old;
end
$$;
create trigger channels_forget_secrets after delete on app.channels for each row execute function private.forget_gone_channel();

-- Refuses a secret that is none of its kind: GTINV. E-mail has none.
create function private.require_channel_secret(p_kind text, p_secret text) returns void
  language plpgsql immutable set search_path = '' as $$
declare v_fits boolean;
begin
  v_fits := case p_kind
    when 'email' then p_secret is null
    when 'slack' then p_secret ~* '^https?://\S+$' and char_length(p_secret) <= 2000
    when 'pagerduty' then p_secret ~ '^[0-9A-Za-z]{32}$'
    when 'webhook' then p_secret ~ '^whsec_[A-Za-z0-9+/]{32,88}={0,2}$' end;
  if v_fits is not true then
    perform private.refuse('GTINV', case p_kind
      when 'slack' then 'This is no address of a Slack webhook.'
      when 'pagerduty' then 'A routing key has 32 letters and digits.'
      when 'webhook' then 'A signing secret is whsec_ and 24 to 64 bytes in base64.'
      else 'This kind of channel has no secret.' end, jsonb_build_object('field', 'secret'));
  elsif p_kind = 'webhook' and octet_length(decode(substr(p_secret, 7), 'base64')) not between 24 and 64 then
    perform private.refuse('GTINV', 'A signing secret has 24 to 64 bytes.', jsonb_build_object('field', 'secret'));
  end if;
end
$$;

-- Refuses message types and kinds of alerts that are none (GTINV), and a name another channel has (GTDUP). PagerDuty takes alerts only.
create function private.require_channel_wants(p_channel app.channels) returns void
  language plpgsql stable set search_path = '' as $$
begin
  if exists (select from unnest(p_channel.message_types) t where t = 'channel.test'
      or not exists (select from app.message_types m where m.type = t)
      or (p_channel.kind = 'pagerduty' and t not like 'alert.%')) then
    perform private.refuse('GTINV', 'This channel cannot carry such messages.', jsonb_build_object('field', 'message_types'));
  elsif exists (select from unnest(p_channel.alert_kinds) k where not exists (select from launch.alert_kinds a where a.kind = k)) then
    perform private.refuse('GTINV', 'There is no such kind of alert.', jsonb_build_object('field', 'alert_kinds'));
  elsif exists (select from unnest(p_channel.recipients) r where char_length(r) > 254 or r !~ '^[^@\s<>,;"]+@[^@\s<>,;"]+$') then
    perform private.refuse('GTINV', 'This is no e-mail address.', jsonb_build_object('field', 'recipients'));
  elsif exists (select from app.channels c where c.workspace_id = p_channel.workspace_id and lower(c.name) = lower(p_channel.name)
      and c.deleted_at is null and c.id is distinct from p_channel.id) then
    perform private.refuse('GTDUP', 'Another channel has this name.', jsonb_build_object('field', 'name'));
  end if;
end
$$;

alter table app.message_types enable row level security;
alter table app.channels enable row level security;
create policy message_types_select_signed_in on app.message_types for select to authenticated using (true);
create policy channels_select_manager on app.channels for select to authenticated
  using (workspace_id = any (array(select private.workspaces_with('notifications.manage'))));
grant select on app.message_types, app.channels to authenticated;
