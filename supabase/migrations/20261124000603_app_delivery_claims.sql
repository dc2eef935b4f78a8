-- Claiming and settling deliveries, in batches. Lock order: channels by id, deliveries by id, alerts, the audit head.

-- How long after its nth try a delivery is tried again, after Standard Webhooks: 5 s, 5 m, 30 m, 2 h, 5 h, 10 h, 14 h, 20 h, 24 h, and
-- up to a tenth more, so that what failed together does not come back together. Null after the tenth: then it is dead.
create function private.retry_delay(p_tries int) returns interval
  language sql volatile set search_path = '' as $$
  select (array['5 seconds', '5 minutes', '30 minutes', '2 hours', '5 hours', '10 hours', '14 hours', '20 hours', '24 hours']::interval[])[p_tries]
    * (1 + random() * 0.1)
$$;

-- Claims up to p_limit deliveries for 60 seconds, with all that is needed to send them: those that are due, whose channel was not asked
-- to wait, and before which no earlier message of their subject waits. Of a mail's recipients only those are named who still lack it.
-- Skips what another deliverer holds.
-- Definer: the service reads no tables, and the secrets are in Vault. Walks the index of what is due, oldest first, and stops when it has enough: the
-- planner takes the deliveries with nothing before them for one, and would read and sort all that is due for each batch.
create function app.claim_deliveries(p_limit int default 100)
  returns table (id bigint, attempt int, workspace_id uuid, workspace text, slug text, message_id uuid, type text, at timestamptz, subject text,
    data jsonb, channel_id uuid, kind text, url text, recipients text[], secret text, old_secret text)
  language plpgsql volatile security definer set search_path = '' set plan_cache_mode = force_generic_plan
  set enable_sort = off set enable_hashjoin = off set enable_mergejoin = off as $$
#variable_conflict use_column
declare v_now timestamptz := launch.now();
begin
  return query with mine as materialized (
    select d.id from app.deliveries d
    where d.state = 'pending' and d.due_at <= v_now and (d.claimed_until is null or d.claimed_until <= v_now)
      and not exists (select from app.channels c where c.id = d.channel_id and c.held_until > v_now)
      and not exists (select from app.deliveries e
        where e.channel_id = d.channel_id and e.subject = d.subject and e.id < d.id and e.state = 'pending' and e.reached = '{}')
    order by d.due_at, d.id limit least(p_limit, 500) for update of d skip locked
  ), claimed as (
    update app.deliveries d set claimed_until = v_now + interval '60 seconds', attempts = d.attempts + 1, tries = d.tries + 1
    from mine where d.id = mine.id
    returning d.id, d.attempts, d.workspace_id, d.message_id, d.subject, d.channel_id, d.reached || d.refused as done
  ), channel as materialized (
    select c.id, c.kind, c.url, c.recipients, private.channel_secret(c.id, '') as secret,
      case when c.rotation_ends_at > v_now then private.channel_secret(c.id, '_old') end as old_secret
    from app.channels c where c.id in (select claimed.channel_id from claimed)
  )
  select d.id, d.attempts, d.workspace_id, w.name, w.slug, m.id, m.type, m.at, d.subject, m.data, c.id, c.kind, c.url,
    case when c.recipients is not null then array(select r from unnest(c.recipients) r where r <> all (d.done)) end, c.secret, c.old_secret
  from claimed d
  join channel c on c.id = d.channel_id
  join app.messages m on m.id = d.message_id
  join app.workspaces w on w.id = d.workspace_id
  order by d.id;
end
$$;

-- Whether the outbox function has something to do.
create function private.outbox_is_due() returns boolean
  language sql stable set search_path = '' as $$
  select exists (select from app.outbox where delivered_at is null and failed_at is null and due_at <= launch.now()
      and (claimed_until is null or claimed_until <= launch.now()))
    or exists (select from app.deliveries d where d.state = 'pending' and d.due_at <= launch.now()
      and (d.claimed_until is null or d.claimed_until <= launch.now())
      and not exists (select from app.channels c where c.id = d.channel_id and c.held_until > launch.now())
      and not exists (select from app.deliveries e
        where e.channel_id = d.channel_id and e.subject = d.subject and e.id < d.id and e.state = 'pending' and e.reached = '{}'))
$$;
select cron.schedule('app:outbox', '10 seconds', $$select private.start_function('outbox') where private.outbox_is_due()$$);

-- Switches a channel off: reason person, gone (the other side said so), failing or deleted. What waits for it is dead.
-- The caller holds the channel's row.
create function private.disable_channel(p_id uuid, p_reason text) returns void
  language plpgsql volatile set search_path = '' as $$
declare v_channel app.channels;
begin
  update app.channels c set enabled = false, disabled_reason = p_reason, deleted_at = case when p_reason = 'deleted' then launch.now() end,
    version = c.version + 1
  where c.id = p_id returning * into v_channel;
  update app.deliveries d set state = 'dead', settled_at = launch.now(), last_error = 'The channel was switched off.'
  where d.channel_id = p_id and d.state = 'pending';
  perform private.write_audit(v_channel.workspace_id, case p_reason when 'deleted' then 'channel.deleted' else 'channel.disabled' end,
    'channel', p_id::text, 'high', null, jsonb_build_object('name', v_channel.name, 'because', p_reason));
end
$$;

-- A JSON array of texts as an array; nothing of null.
create function private.texts_of(p_texts jsonb) returns text[]
  language sql immutable set search_path = '' as $$ select array(select jsonb_array_elements_text(p_texts)) $$;

-- Settles claimed deliveries in one statement, each with its outcome:
-- delivered; failed (tried again later, not before p_retry_after seconds); refused (never again); gone (refused, and the channel is
-- switched off); held (not sent at all: its attempt does not count). A late outcome of a delivery that another deliverer has taken
-- over counts only when it is delivered. p_mails: of a mail whom it reached and who refused it; refused by all who were left, it still is
-- delivered when others have it. Every attempt is kept; a channel's health follows from the outcomes. Returns how many died.
create function app.settle_deliveries(
  p_ids bigint[], p_attempts int[], p_outcomes text[], p_statuses int[], p_errors text[], p_responses text[], p_took_ms int[], p_retry_after int[],
  p_mails jsonb[] default null
) returns int
  language plpgsql volatile security definer set search_path = '' set plan_cache_mode = force_generic_plan
  set enable_hashjoin = off set enable_mergejoin = off as $$
declare v_now timestamptz := launch.now(); v_dead int; v_health jsonb;
begin
  perform c.id from app.channels c where c.id in (select d.channel_id from app.deliveries d where d.id = any (p_ids)) order by c.id for no key update;
  with mine as materialized (
    select d.id, d.workspace_id, g.attempt, g.status, g.error, g.response, g.took_ms, g.retry_after, g.mail,
      case when g.outcome = 'refused' and d.reached <> '{}' then 'delivered' else g.outcome end as outcome,
      g.outcome = 'held' as is_held, g.outcome in ('refused', 'gone')
        or (g.outcome = 'failed' and (d.tries >= 10 or d.subject like 'test:%')) as dies,
      d.state <> 'delivered' and (g.outcome = 'delivered' or (d.state = 'pending' and d.attempts = g.attempt)) as counts,
      private.texts_of(g.mail -> 'reached') as reached, private.texts_of(g.mail -> 'refused') as refused
    from unnest(p_ids, p_attempts, p_outcomes, p_statuses, p_errors, p_responses, p_took_ms, p_retry_after, p_mails)
      as g (id, attempt, outcome, status, error, response, took_ms, retry_after, mail)
    join app.deliveries d on d.id = g.id
    order by d.id for update of d
  ), kept as (
    insert into app.delivery_attempts (delivery_id, attempt, workspace_id, at, status, error, response, took_ms, refusals)
    select m.id, m.attempt, m.workspace_id, v_now, m.status, left(m.error, 500), left(m.response, 500), m.took_ms, m.mail -> 'refusals'
    from mine m
    where not m.is_held
    on conflict do nothing
  ), settled as (
    update app.deliveries d set
      claimed_until = null,
      attempts = d.attempts - m.is_held::int,
      tries = d.tries - m.is_held::int,
      state = case when m.outcome = 'delivered' then 'delivered' when m.dies then 'dead' else 'pending' end,
      settled_at = case when m.outcome = 'delivered' or m.dies then v_now end,
      last_error = left(coalesce(m.error, case when d.refused <> '{}' then 'Refused for good: ' || array_to_string(d.refused, ', ') end), 500),
      reached = d.reached || m.reached,
      refused = d.refused || m.refused,
      due_at = case when m.outcome = 'delivered' or m.dies then d.due_at
        when m.is_held then v_now + make_interval(secs => coalesce(m.retry_after, 0))
        else greatest(v_now + private.retry_delay(d.tries), v_now + make_interval(secs => coalesce(m.retry_after, 0))) end
    from mine m
    where d.id = m.id and m.counts
    returning d.id, d.channel_id, d.subject, d.state, m.outcome, m.error, m.retry_after, m.outcome = 'delivered' or m.reached <> '{}' as arrived,
      d.reached <> '{}' as reaches, d.last_error
  )
  select coalesce(sum(h.dead), 0), jsonb_agg(h) into v_dead, v_health from (
    select s.channel_id, count(*) filter (where s.state = 'dead') as dead, bool_or(s.arrived) as arrived,
      bool_or(s.outcome = 'gone') as gone, max(s.retry_after) as wait,
      count(*) filter (where s.state = 'dead' and s.subject not like 'test:%') as died,
      (array_agg(s.last_error order by s.id desc) filter (where s.last_error is not null and s.reaches))[1] as partly,
      (array_agg(s.error order by s.id desc)
        filter (where s.outcome in ('failed', 'refused', 'gone') and not s.reaches and s.subject not like 'test:%'))[1] as error
    from settled s group by s.channel_id) h;
  perform private.keep_channel_health(v_health, v_now);
  return v_dead;
end
$$;

-- What a batch of settled deliveries says of their channels, whose rows the caller holds. A mail that reached some has arrived; who refused
-- it stands as the channel's last error until one reaches all. Held: when the other side asked to wait, nothing is sent to it before.
create function private.keep_channel_health(p_settled jsonb, p_now timestamptz) returns void
  language plpgsql volatile set search_path = '' as $$
declare v_seen record; v_channel app.channels; v_was timestamptz;
begin
  for v_seen in
    select s.* from jsonb_to_recordset(p_settled) as s (channel_id uuid, arrived boolean, gone boolean, wait int, died bigint, error text, partly text)
    order by s.channel_id
  loop
    select c.failing_since into v_was from app.channels c where c.id = v_seen.channel_id;
    update app.channels c set
      last_success_at = case when v_seen.arrived then p_now else c.last_success_at end,
      failing_since = case when v_seen.arrived then null when v_seen.error is not null then coalesce(c.failing_since, p_now) else c.failing_since end,
      last_error = case when v_seen.arrived then left(v_seen.partly, 500) else coalesce(left(v_seen.error, 500), c.last_error) end,
      held_until = case when v_seen.wait > 0 then p_now + make_interval(secs => v_seen.wait) else c.held_until end
    where c.id = v_seen.channel_id returning * into v_channel;
    perform private.watch_channel(v_channel, v_seen.gone, v_seen.died, v_was);
    perform private.announce(v_channel.workspace_id, 'channel', v_channel.id::text);
  end loop;
end
$$;

-- Switches a channel off that is gone, or has failed for five days without one success, and raises an alert for it and for dead
-- letters; settles the alert when messages arrive again. The caller holds the channel's row.
create function private.watch_channel(p_channel app.channels, p_gone boolean, p_died bigint, p_was_failing timestamptz) returns void
  language plpgsql volatile set search_path = '' as $$
declare
  v_fingerprint text := 'delivery:' || p_channel.id;
  v_evidence jsonb := jsonb_build_object('channel', p_channel.name, 'kind', p_channel.kind, 'failing_since', private.rfc3339(p_channel.failing_since),
    'last_error', p_channel.last_error);
begin
  if not p_channel.enabled then
    return;
  elsif p_gone or p_channel.failing_since <= launch.now() - interval '5 days' then
    perform private.disable_channel(p_channel.id, case when p_gone then 'gone' else 'failing' end);
    perform private.raise_alert(p_channel.workspace_id, 'delivery', v_fingerprint, 'critical', left(format('The channel %s was switched off: %s',
      p_channel.name, case when p_gone then 'its receiver is gone' else 'nothing arrived for five days' end), 300), null, p_channel.id::text, v_evidence, 2);
  elsif p_died > 0 then
    perform private.raise_alert(p_channel.workspace_id, 'delivery', v_fingerprint, 'warning',
      format('Messages to %s could not be delivered', p_channel.name), null, p_channel.id::text, v_evidence || jsonb_build_object('dead', p_died), 1);
  elsif p_was_failing is not null and p_channel.failing_since is null then
    perform private.settle_alert(p_channel.workspace_id, v_fingerprint, 'Messages arrive again.');
  end if;
end
$$;

grant execute on function app.claim_deliveries(int),
  app.settle_deliveries(bigint[], int[], text[], int[], text[], text[], int[], int[], jsonb[]) to gantry_service;
