-- What people do with deliveries: send a test, replay what did not arrive.

-- Queues a test to a channel, switched off or not, and starts the deliverer. It is tried once. Returns the delivery's id.
create function app.test_channel(p_workspace_id uuid, p_id uuid) returns bigint
  language plpgsql volatile security definer set search_path = '' as $$
declare v_channel app.channels := private.lock_channel(p_workspace_id, p_id, null); v_message uuid := private.uuid_v7(); v_id bigint;
begin
  insert into app.messages (id, workspace_id, type, subject, data)
  select v_message, p_workspace_id, 'channel.test', 'test:' || v_message, jsonb_build_object('channel', v_channel.name, 'workspace', w.name)
  from app.workspaces w where w.id = p_workspace_id;
  insert into app.deliveries (workspace_id, channel_id, message_id, subject)
  values (p_workspace_id, p_id, v_message, 'test:' || v_message) returning id into v_id;
  perform private.start_function('outbox');
  perform private.write_audit(p_workspace_id, 'channel.tested', 'channel', p_id::text, 'notice', null, jsonb_build_object('name', v_channel.name));
  return v_id;
end
$$;

-- Puts dead letters back into the queue, under their message ids and with a whole schedule of tries. A mail that reached some goes to those
-- alone who lack it, also those refused for good; one that reached all goes to all again. Returns how many.
create function private.replay_deliveries(p_channel app.channels, p_ids bigint[]) returns int
  language plpgsql volatile set search_path = '' as $$
declare v_count int;
begin
  if not p_channel.enabled then
    perform private.refuse('GTTRN', 'Switch the channel on first.', jsonb_build_object('field', 'channel'));
  end if;
  update app.deliveries d set state = 'pending', settled_at = null, tries = 0, due_at = launch.now(), claimed_until = null,
    refused = '{}', reached = case when d.state = 'delivered' and d.refused = '{}' then '{}' else d.reached end
  where d.id = any (p_ids) and d.state <> 'pending';
  get diagnostics v_count = row_count;
  if v_count > 0 then
    perform private.start_function('outbox');
    perform private.write_audit(p_channel.workspace_id, 'channel.replayed', 'channel', p_channel.id::text, 'notice', null,
      jsonb_build_object('name', p_channel.name, 'deliveries', v_count));
  end if;
  return v_count;
end
$$;

-- Sends one settled delivery again, arrived or not. Raises GTNIL, GTTRN while it is pending or its channel is switched off.
create function app.replay_delivery(p_workspace_id uuid, p_id bigint) returns void
  language plpgsql volatile security definer set search_path = '' as $$
declare v_channel uuid;
begin
  perform private.require_permission(p_workspace_id, 'notifications.manage');
  select d.channel_id into v_channel from app.deliveries d where d.id = p_id and d.workspace_id = p_workspace_id;
  if v_channel is null then
    perform private.refuse('GTNIL', 'There is no such delivery.');
  elsif private.replay_deliveries(private.lock_channel(p_workspace_id, v_channel, null), array[p_id]) = 0 then
    perform private.refuse('GTTRN', 'This delivery is under way.', jsonb_build_object('field', 'id'));
  end if;
end
$$;

-- Sends a channel's dead letters since a time again, tests aside. Returns how many.
create function app.replay_failed_deliveries(p_workspace_id uuid, p_channel_id uuid, p_since timestamptz) returns int
  language plpgsql volatile security definer set search_path = '' as $$
declare v_channel app.channels := private.lock_channel(p_workspace_id, p_channel_id, null);
begin
  return private.replay_deliveries(v_channel, array(select d.id from app.deliveries d
    where d.channel_id = p_channel_id and d.state = 'dead' and d.created_at >= p_since and d.subject not like 'test:%'));
end
$$;

-- Forgets messages after 90 days, with their deliveries and attempts, unless one is still pending. At most 10,000 a run.
create function private.prune_messages() returns int
  language plpgsql volatile set search_path = '' as $$
declare v_count int;
begin
  delete from app.messages m where m.id in (
    select o.id from app.messages o where o.at < launch.now() - interval '90 days'
      and not exists (select from app.deliveries d where d.message_id = o.id and d.state = 'pending')
    order by o.at limit 10000);
  get diagnostics v_count = row_count;
  return v_count;
end
$$;
select cron.schedule('app:prune-messages', '37 * * * *', 'select private.prune_messages()');

grant execute on function app.test_channel(uuid, uuid), app.replay_delivery(uuid, bigint),
  app.replay_failed_deliveries(uuid, uuid, timestamptz) to authenticated;
