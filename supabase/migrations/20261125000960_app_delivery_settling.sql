-- Claiming and settling cost the same however many deliveries are kept: each row of a batch is looked up by its key, and the present is read
-- once a call. Promises and lock order stay as they were: channels by id, deliveries by id, alerts, the audit head.

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
alter table app.delivery_attempts drop constraint delivery_attempts_delivery_id_fkey;

-- Claims up to p_limit deliveries for 60 seconds, with all that is needed to send them: those that are due, whose channel was not asked
-- to wait, and before which no earlier message of their subject waits. Skips what another deliverer holds.
-- Definer: the service reads no tables, and the secrets are in Vault.
create or replace function app.claim_deliveries(p_limit int default 100)
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
        where e.channel_id = d.channel_id and e.subject = d.subject and e.id < d.id and e.state = 'pending')
    order by d.due_at, d.id limit least(p_limit, 500) for update of d skip locked
  ), claimed as (
    update app.deliveries d set claimed_until = v_now + interval '60 seconds', attempts = d.attempts + 1, tries = d.tries + 1
    from mine where d.id = mine.id
    returning d.id, d.attempts, d.workspace_id, d.message_id, d.subject, d.channel_id
  ), channel as materialized (
    select c.id, c.kind, c.url, c.recipients, private.channel_secret(c.id, '') as secret,
      case when c.rotation_ends_at > v_now then private.channel_secret(c.id, '_old') end as old_secret
    from app.channels c where c.id in (select claimed.channel_id from claimed)
  )
  select d.id, d.attempts, d.workspace_id, w.name, w.slug, m.id, m.type, m.at, d.subject, m.data, c.id, c.kind, c.url, c.recipients, c.secret, c.old_secret
  from claimed d
  join channel c on c.id = d.channel_id
  join app.messages m on m.id = d.message_id
  join app.workspaces w on w.id = d.workspace_id
  order by d.id;
end
$$;

-- Settles claimed deliveries in one statement, each with its outcome:
-- delivered; failed (tried again later, not before p_retry_after seconds); refused (never again); gone (refused, and the channel is
-- switched off); held (not sent at all: its attempt does not count). A late outcome of a delivery that another deliverer has taken
-- over counts only when it is delivered. Every attempt is kept; a channel's health follows from the outcomes. Returns how many died.
create or replace function app.settle_deliveries(
  p_ids bigint[], p_attempts int[], p_outcomes text[], p_statuses int[], p_errors text[], p_responses text[], p_took_ms int[], p_retry_after int[]
) returns int
  language plpgsql volatile security definer set search_path = '' set plan_cache_mode = force_generic_plan
  set enable_hashjoin = off set enable_mergejoin = off as $$
declare v_now timestamptz := launch.now(); v_dead int; v_health jsonb;
begin
  perform c.id from app.channels c where c.id in (select d.channel_id from app.deliveries d where d.id = any (p_ids)) order by c.id for no key update;
  with mine as materialized (
    select d.id, d.workspace_id, g.attempt, g.outcome, g.status, g.error, g.response, g.took_ms, g.retry_after,
      g.outcome = 'held' as is_held, g.outcome in ('refused', 'gone')
        or (g.outcome = 'failed' and (d.tries >= 10 or d.subject like 'test:%')) as dies,
      d.state <> 'delivered' and (g.outcome = 'delivered' or (d.state = 'pending' and d.attempts = g.attempt)) as counts
    from unnest(p_ids, p_attempts, p_outcomes, p_statuses, p_errors, p_responses, p_took_ms, p_retry_after)
      as g (id, attempt, outcome, status, error, response, took_ms, retry_after)
    join app.deliveries d on d.id = g.id
    order by d.id for update of d
  ), kept as (
    insert into app.delivery_attempts (delivery_id, attempt, workspace_id, at, status, error, response, took_ms)
    select m.id, m.attempt, m.workspace_id, v_now, m.status, left(m.error, 500), left(m.response, 500), m.took_ms
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
      last_error = left(m.error, 500),
      due_at = case when m.outcome = 'delivered' or m.dies then d.due_at
        when m.is_held then v_now + make_interval(secs => coalesce(m.retry_after, 0))
        else greatest(v_now + private.retry_delay(d.tries), v_now + make_interval(secs => coalesce(m.retry_after, 0))) end
    from mine m
    where d.id = m.id and m.counts
    returning d.id, d.channel_id, d.subject, d.state, m.outcome, m.error, m.retry_after
  )
  select coalesce(sum(h.dead), 0), jsonb_agg(h) into v_dead, v_health from (
    select s.channel_id, count(*) filter (where s.state = 'dead') as dead, bool_or(s.outcome = 'delivered') as arrived,
      bool_or(s.outcome = 'gone') as gone, max(s.retry_after) as wait,
      count(*) filter (where s.state = 'dead' and s.subject not like 'test:%') as died,
      (array_agg(s.error order by s.id desc) filter (where s.outcome in ('failed', 'refused', 'gone') and s.subject not like 'test:%'))[1] as error
    from settled s group by s.channel_id) h;
  perform private.keep_channel_health(v_health, v_now);
  return v_dead;
end
$$;

-- What a batch of settled deliveries says of their channels, whose rows the caller holds. Held: when the other side asked to wait, nothing is sent to it before.
create or replace function private.keep_channel_health(p_settled jsonb, p_now timestamptz) returns void
  language plpgsql volatile set search_path = '' as $$
declare v_seen record; v_channel app.channels; v_was timestamptz;
begin
  for v_seen in
    select s.* from jsonb_to_recordset(p_settled) as s (channel_id uuid, arrived boolean, gone boolean, wait int, died bigint, error text)
    order by s.channel_id
  loop
    select c.failing_since into v_was from app.channels c where c.id = v_seen.channel_id;
    update app.channels c set
      last_success_at = case when v_seen.arrived then p_now else c.last_success_at end,
      failing_since = case when v_seen.arrived then null when v_seen.error is not null then coalesce(c.failing_since, p_now) else c.failing_since end,
      last_error = case when v_seen.arrived then null else coalesce(left(v_seen.error, 500), c.last_error) end,
      held_until = case when v_seen.wait > 0 then p_now + make_interval(secs => v_seen.wait) else c.held_until end
    where c.id = v_seen.channel_id returning * into v_channel;
    perform private.watch_channel(v_channel, v_seen.gone, v_seen.died, v_was);
    perform private.announce(v_channel.workspace_id, 'channel', v_channel.id::text);
  end loop;
end
$$;
