-- What people do with channels: notifications.manage, audited, and without a secret in any entry.
-- Lock order: the channel's row, its deliveries, alerts, the audit head.

-- Locks a channel for a change. Raises GTNIL when there is none, GTVER when somebody else changed it meanwhile.
create function private.lock_channel(p_workspace_id uuid, p_id uuid, p_expected_version int) returns app.channels
  language plpgsql volatile set search_path = '' as $$
declare v_channel app.channels;
begin
  perform private.require_permission(p_workspace_id, 'notifications.manage');
  select * into v_channel from app.channels c
  where c.id = p_id and c.workspace_id = p_workspace_id and c.deleted_at is null for no key update;
  if v_channel.id is null then
    perform private.refuse('GTNIL', 'There is no such channel.');
  elsif p_expected_version is not null and p_expected_version <> v_channel.version then
    perform private.refuse('GTVER', 'Someone else changed this channel meanwhile.', jsonb_build_object('version', v_channel.version));
  end if;
  return v_channel;
end
$$;

-- A channel as the audit trail tells it.
create function private.channel_words(p_channel app.channels) returns jsonb
  language sql immutable set search_path = '' as $$
  select jsonb_build_object('name', p_channel.name, 'kind', p_channel.kind, 'url', p_channel.url, 'recipients', p_channel.recipients,
    'message_types', p_channel.message_types, 'minimum_severity', p_channel.minimum_severity, 'alert_kinds', p_channel.alert_kinds,
    'hint', p_channel.hint)
$$;

-- Makes a channel. A webhook's secret is drawn by the caller, who shows it once. Raises GTINV, GTDUP; at most 50 a workspace.
create function app.create_channel(
  p_workspace_id uuid, p_kind text, p_name text, p_secret text, p_url text, p_recipients text[], p_message_types text[],
  p_minimum_severity text default 'warning', p_alert_kinds text[] default null
) returns uuid
  language plpgsql volatile security definer set search_path = '' as $$
declare v_channel app.channels;
begin
  perform private.require_permission(p_workspace_id, 'notifications.manage');
  perform from app.workspaces w where w.id = p_workspace_id for no key update;
  if (select count(*) from app.channels c where c.workspace_id = p_workspace_id and c.deleted_at is null) >= 50 then
    perform private.refuse('GTINV', 'A workspace has at most 50 channels.', jsonb_build_object('field', 'name'));
  end if;
  perform private.require_channel_secret(p_kind, p_secret);
  insert into app.channels (workspace_id, kind, name, url, recipients, message_types, minimum_severity, alert_kinds, hint, created_by)
  select p_workspace_id, p_kind, trim(p_name), p_url, p_recipients, p_message_types, p_minimum_severity, p_alert_kinds,
    right(p_secret, 4), (select auth.uid())
  where not exists (select from app.channels c
    where c.workspace_id = p_workspace_id and lower(c.name) = lower(trim(p_name)) and c.deleted_at is null)
  returning * into v_channel;
  if v_channel.id is null then
    perform private.refuse('GTDUP', 'Another channel has this name.', jsonb_build_object('field', 'name'));
  end if;
  perform private.require_channel_wants(v_channel);
  if p_secret is not null then
    perform private.keep_channel_secret(v_channel.id, '', p_secret);
  end if;
  perform private.write_audit(p_workspace_id, 'channel.created', 'channel', v_channel.id::text, 'high', null, private.channel_words(v_channel));
  return v_channel.id;
end
$$;

-- Changes what a channel is and wants. p_secret null keeps the secret; a webhook's is replaced by rotation alone. Raises GTINV, GTDUP, GTVER.
create function app.change_channel(
  p_workspace_id uuid, p_id uuid, p_name text, p_secret text, p_url text, p_recipients text[], p_message_types text[],
  p_minimum_severity text, p_alert_kinds text[], p_expected_version int default null
) returns void
  language plpgsql volatile security definer set search_path = '' as $$
declare v_was app.channels := private.lock_channel(p_workspace_id, p_id, p_expected_version); v_channel app.channels := v_was;
begin
  v_channel.name := trim(p_name);
  v_channel.message_types := p_message_types;
  v_channel.alert_kinds := p_alert_kinds;
  v_channel.recipients := p_recipients;
  perform private.require_channel_wants(v_channel);
  if p_secret is not null and v_was.kind = 'webhook' then
    perform private.refuse('GTINV', 'A signing secret is replaced by rotating it.', jsonb_build_object('field', 'secret'));
  elsif p_secret is not null then
    perform private.require_channel_secret(v_was.kind, p_secret);
    perform private.keep_channel_secret(p_id, '', p_secret);
  end if;
  update app.channels c set name = v_channel.name, url = p_url, recipients = p_recipients, message_types = p_message_types,
    minimum_severity = p_minimum_severity, alert_kinds = p_alert_kinds, hint = coalesce(right(p_secret, 4), c.hint),
    held_until = null, version = c.version + 1
  where c.id = p_id returning * into v_channel;
  perform private.write_audit(p_workspace_id, 'channel.changed', 'channel', p_id::text, 'high', null,
    jsonb_build_object('was', private.channel_words(v_was), 'now', private.channel_words(v_channel)));
end
$$;

-- Replaces a webhook's signing secret. For p_overlap_seconds more (at most 30 days) the old one signs as well. Raises GTINV.
create function app.rotate_channel_secret(p_workspace_id uuid, p_id uuid, p_secret text, p_overlap_seconds int) returns void
  language plpgsql volatile security definer set search_path = '' as $$
declare v_channel app.channels := private.lock_channel(p_workspace_id, p_id, null);
begin
  if v_channel.kind <> 'webhook' then
    perform private.refuse('GTINV', 'Only a webhook''s secret is rotated.', jsonb_build_object('field', 'id'));
  elsif p_overlap_seconds is null or p_overlap_seconds not between 0 and 2592000 then
    perform private.refuse('GTINV', 'The overlap is between nothing and 30 days.', jsonb_build_object('field', 'overlap'));
  end if;
  perform private.require_channel_secret('webhook', p_secret);
  perform private.keep_channel_secret(p_id, '_old', private.channel_secret(p_id, ''));
  perform private.keep_channel_secret(p_id, '', p_secret);
  update app.channels c set hint = right(p_secret, 4), rotation_ends_at = launch.now() + make_interval(secs => p_overlap_seconds),
    version = c.version + 1
  where c.id = p_id;
  perform private.write_audit(p_workspace_id, 'channel.secret_rotated', 'channel', p_id::text, 'high', null,
    jsonb_build_object('name', v_channel.name, 'hint', right(p_secret, 4), 'overlap_seconds', p_overlap_seconds));
end
$$;

-- Switches a channel on or off. What was waiting for it when it goes off is a dead letter, and can be replayed. On again, it is
-- taken to be well. Switching to what is changes nothing.
create function app.switch_channel(p_workspace_id uuid, p_id uuid, p_enabled boolean) returns void
  language plpgsql volatile security definer set search_path = '' as $$
declare v_channel app.channels := private.lock_channel(p_workspace_id, p_id, null);
begin
  if v_channel.enabled = p_enabled then
    return;
  elsif p_enabled then
    update app.channels c set enabled = true, disabled_reason = null, failing_since = null, last_error = null, held_until = null,
      version = c.version + 1
    where c.id = p_id;
    perform private.settle_alert(p_workspace_id, 'delivery:' || p_id, 'The channel was switched on again.');
    perform private.write_audit(p_workspace_id, 'channel.enabled', 'channel', p_id::text, 'high', null, jsonb_build_object('name', v_channel.name));
  else
    perform private.disable_channel(p_id, 'person');
    perform private.settle_alert(p_workspace_id, 'delivery:' || p_id, 'The channel was switched off.');
  end if;
end
$$;

-- Deletes a channel and its secrets.
create function app.delete_channel(p_workspace_id uuid, p_id uuid) returns void
  language plpgsql volatile security definer set search_path = '' as $$
declare v_channel app.channels := private.lock_channel(p_workspace_id, p_id, null);
begin
  perform private.settle_alert(p_workspace_id, 'delivery:' || p_id, 'The channel was deleted.');
  perform private.disable_channel(p_id, 'deleted');
  perform private.forget_channel_secrets(p_id);
end
$$;

grant execute on function app.create_channel(uuid, text, text, text, text, text[], text[], text, text[]),
  app.change_channel(uuid, uuid, text, text, text, text[], text[], text, text[], int),
  app.rotate_channel_secret(uuid, uuid, text, int), app.switch_channel(uuid, uuid, boolean), app.delete_channel(uuid, uuid) to authenticated;
