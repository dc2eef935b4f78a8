-- Clicks on tracked links, and what they come to per quarter of an hour.
--
-- A click's id is a UUID of version 7 and its time is the one in the id: so it is found again by its id alone, in one partition, and
-- written twice it is one click. Of who clicked nothing is kept but a hash of address and browser with a salt of the day; salts are
-- deleted after two days, and then nobody can tell whose it was. Bots are kept with the reason and counted apart.
-- Lock order: clicks by key, then slots by campaign, link and time.

create table launch.clicks (
  workspace_id uuid not null,
  id uuid not null,
  at timestamptz not null,
  campaign_id uuid not null,
  link_id uuid,
  country text,
  bot text,
  door text not null,
  source text not null,
  visitor bytea,
  kept_at timestamptz not null,
  primary key (workspace_id, at, id),
  constraint bot_reason_is_known check (bot in ('user_agent', 'head', 'prefetch', 'repeated', 'reported')),
  constraint door_is_known check (door in ('open', 'waiting')),
  constraint source_is_known check (source in ('redirect', 'api'))
) partition by range (at);
create index clicks_visitor_idx on launch.clicks (link_id, visitor);

create table private.click_salts (
  day_on date primary key,
  salt bytea not null
);
alter table private.click_salts enable row level security;

-- Clicks and what followed, by when each happened. link_id is null for what is of the campaign and of no link. Quarters of an hour, because
-- every zone begins its days on one. visitors: those whose first click of the UTC day on this link it was. Clicks and steps have rows of
-- their own: however long attribution takes, no click waits for it.
create table launch.link_slots (
  id bigint generated always as identity primary key,
  workspace_id uuid not null references app.workspaces (id) on delete cascade,
  campaign_id uuid not null references launch.campaigns (id) on delete cascade,
  link_id uuid references launch.campaign_links (id) on delete cascade,
  slot_at timestamptz not null,
  counts text not null default 'steps',
  clicks int not null default 0,
  visitors int not null default 0,
  waiting int not null default 0,
  bots int not null default 0,
  installs int not null default 0,
  registrations int not null default 0,
  creators int not null default 0,
  purchases int not null default 0,
  chargebacks int not null default 0,
  constraint slot_counts_clicks_or_steps check (counts in ('clicks', 'steps')),
  constraint link_slots_one_per_slot unique nulls not distinct (campaign_id, link_id, slot_at, counts)
);
create index link_slots_workspace_id_idx on launch.link_slots (workspace_id);
create index link_slots_link_id_idx on launch.link_slots (link_id);

insert into private.partition_plans (parent, width, keep, unique_columns) values ('launch.clicks', '1 day', '120 days', null);
select launch.maintain_partitions();

-- A day's salt, drawn by whoever needs it first.
create function private.click_salt(p_day date) returns bytea
  language plpgsql volatile set search_path = '' as $$
declare v_salt bytea;
begin
  select s.salt into v_salt from private.click_salts s where s.day_on = p_day;
  if v_salt is null then
    insert into private.click_salts (day_on, salt) values (p_day, uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()))
    on conflict (day_on) do nothing;
    select s.salt into strict v_salt from private.click_salts s where s.day_on = p_day;
  end if;
  return v_salt;
end
$$;

-- Keeps clicks and counts them into their slots: those of days that have a partition and of times at most five minutes ahead. Answers a
-- letter a click, in order: a kept, d known already, f too far ahead, o of a day that is not kept. p_visitors: address and browser.
-- v_from and v_to bound the days of the batch, so that the other partitions are pruned before execution and not click by click; the time of
-- an id is private.uuid_time, written out.
create function private.keep_clicks(
  p_workspaces uuid[], p_campaigns uuid[], p_links uuid[], p_ids uuid[], p_countries text[], p_bots text[], p_doors text[],
  p_visitors text[], p_source text
) returns text
  language plpgsql volatile set search_path = '' set plan_cache_mode = force_generic_plan as $$
declare
  v_now timestamptz := launch.now(); v_days date[] := private.kept_days('launch.clicks'); v_answer text;
  v_salt bytea := private.click_salt((v_now at time zone 'UTC')::date);
  v_ats timestamptz[] := array(
    select to_timestamp((('x' || translate(left(d.id::text, 13), '-', ''))::bit(48)::bigint)::double precision / 1000)
    from unnest(p_ids) with ordinality as d (id, place) order by d.place);
  v_from timestamptz; v_to timestamptz;
begin
  select date_trunc('day', min(a), 'UTC'), date_trunc('day', max(a), 'UTC') + interval '1 day' into v_from, v_to from unnest(v_ats) a;
  with asked as materialized (
    select i, v_ats[i] as at, row_number() over (partition by p_workspaces[i], p_ids[i] order by i) = 1 as is_new,
      case when v_ats[i] > v_now + interval '5 minutes' then 'f' when not (v_ats[i] at time zone 'UTC')::date = any (v_days) then 'o' end as letter,
      substring(sha256(v_salt || convert_to(p_visitors[i], 'UTF8')) for 12) as visitor
    from generate_subscripts(p_ids, 1) as i
  ), kept as (
    insert into launch.clicks as c (workspace_id, id, at, campaign_id, link_id, country, bot, door, source, visitor, kept_at)
    select p_workspaces[a.i], p_ids[a.i], a.at, p_campaigns[a.i], p_links[a.i], p_countries[a.i], p_bots[a.i], p_doors[a.i], p_source, a.visitor, v_now
    from asked a where a.is_new and a.letter is null order by 1, 3, 2
    on conflict do nothing returning c.workspace_id, c.id, c.at, c.campaign_id, c.link_id, c.bot, c.door, c.visitor
  ), seen as (
    select k.*, date_bin('15 minutes', k.at, timestamptz '2020-01-01 00:00Z') as slot_at, k.bot is null and k.visitor is not null
      and row_number() over (partition by k.link_id, k.visitor, k.bot is null, (k.at at time zone 'UTC')::date order by k.at, k.id) = 1
      and not exists (select from launch.clicks o where o.link_id = k.link_id and o.visitor = k.visitor and o.bot is null
        and o.at >= v_from and o.at < v_to and date_trunc('day', o.at, 'UTC') = date_trunc('day', k.at, 'UTC')) as is_first
    from kept k
  ), counted as (
    insert into launch.link_slots as s (workspace_id, campaign_id, link_id, slot_at, counts, clicks, visitors, waiting, bots)
    select n.workspace_id, n.campaign_id, n.link_id, n.slot_at, 'clicks', count(*) filter (where n.bot is null), count(*) filter (where n.is_first),
      count(*) filter (where n.bot is null and n.door = 'waiting'), count(*) filter (where n.bot is not null)
    from seen n group by 1, 2, 3, 4 order by 2, 3, 4
    on conflict (campaign_id, link_id, slot_at, counts) do update set clicks = s.clicks + excluded.clicks, visitors = s.visitors + excluded.visitors,
      waiting = s.waiting + excluded.waiting, bots = s.bots + excluded.bots
  )
  select string_agg(coalesce(a.letter, case when k.id is not null and a.is_new then 'a' else 'd' end), '' order by a.i)
  into v_answer from asked a left join kept k on k.id = p_ids[a.i] and k.workspace_id = p_workspaces[a.i];
  return coalesce(v_answer, '');
end
$$;

-- Keeps what the redirect saw. The service names only links that launch.find_links gave it; of one that is gone nothing is kept. Written again
-- it is kept once, so a batch whose answer was lost can be sent again. Returns how many were new. Definer: the service writes no tables.
create function launch.record_clicks(p_links uuid[], p_ids uuid[], p_countries text[], p_bots text[], p_doors text[], p_visitors text[]) returns int
  language plpgsql volatile security definer set search_path = '' set plan_cache_mode = force_generic_plan as $$
declare v_workspaces uuid[]; v_campaigns uuid[]; v_places int[];
begin
  select array_agg(l.workspace_id order by x.place), array_agg(l.campaign_id order by x.place), array_agg(x.place order by x.place)
  into v_workspaces, v_campaigns, v_places
  from unnest(p_links) with ordinality as x (id, place) join launch.campaign_links l on l.id = x.id;
  return length(translate(private.keep_clicks(v_workspaces, v_campaigns, array(select p_links[p] from unnest(v_places) p), array(select p_ids[p] from unnest(v_places) p),
    array(select p_countries[p] from unnest(v_places) p), array(select p_bots[p] from unnest(v_places) p),
    array(select p_doors[p] from unnest(v_places) p), array(select p_visitors[p] from unnest(v_places) p), 'redirect'), 'dfo', ''));
end
$$;

-- Keeps clicks that a product's own redirect counted: at most 1,000 (GTINV). Answers a letter a click as private.keep_clicks does, and l for
-- a slug that is none of the campaign's. Raises GTNIL for an unknown campaign.
create function launch.report_clicks(
  p_workspace_id uuid, p_campaign_id uuid, p_ids uuid[], p_slugs text[], p_countries text[], p_bots text[]
) returns text
  language plpgsql volatile security definer set search_path = '' as $$
declare v_links uuid[]; v_good int[]; v_letters text; v_answer text[] := array_fill('l'::text, array[cardinality(p_ids)]);
begin
  perform private.require_permission(p_workspace_id, 'campaigns.track');
  if not exists (select from launch.campaigns c where c.id = p_campaign_id and c.workspace_id = p_workspace_id) then
    perform private.refuse('GTNIL', 'There is no such campaign.');
  elsif cardinality(p_ids) not between 1 and 1000 then
    perform private.refuse('GTINV', 'A report has 1 to 1,000 clicks.', jsonb_build_object('field', 'clicks'));
  end if;
  select array_agg(i order by i), array_agg(l.id order by i) into v_good, v_links
  from generate_subscripts(p_ids, 1) as i left join launch.campaign_links l on l.campaign_id = p_campaign_id and l.slug = p_slugs[i]
  where p_slugs[i] is null or l.id is not null;
  v_letters := private.keep_clicks(array(select p_workspace_id from unnest(v_good)), array(select p_campaign_id from unnest(v_good)), v_links,
    array(select p_ids[g] from unnest(v_good) g), array(select p_countries[g] from unnest(v_good) g), array(select p_bots[g] from unnest(v_good) g),
    array(select 'open' from unnest(v_good)), array_fill(null::text, array[coalesce(cardinality(v_good), 0)]), 'api');
  for n in 1 .. coalesce(cardinality(v_good), 0) loop
    v_answer[v_good[n]] := substr(v_letters, n, 1);
  end loop;
  return array_to_string(v_answer, '');
end
$$;

alter table launch.clicks enable row level security;
alter table launch.link_slots enable row level security;
create policy clicks_select_reader on launch.clicks for select to authenticated
  using (workspace_id = any (array(select private.workspaces_with('campaigns.read'))));
create policy link_slots_select_reader on launch.link_slots for select to authenticated
  using (workspace_id = any (array(select private.workspaces_with('campaigns.read'))));
grant select (workspace_id, id, at, campaign_id, link_id, country, bot, door, source, kept_at) on launch.clicks to authenticated;
grant select on launch.link_slots to authenticated;
grant execute on function launch.record_clicks(uuid[], uuid[], text[], text[], text[], text[]) to gantry_service;
grant execute on function launch.report_clicks(uuid, uuid, uuid[], text[], text[], text[]) to gantry_service;
