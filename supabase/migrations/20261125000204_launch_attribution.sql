-- Attribution: an event belongs to the last touch before it, within a window, and counts once.
--
-- Windows are each campaign's own, in days of 24 hours, ends included: one for an install, one for the later steps. A click or touch counts when it
-- was reported at most 30 seconds after the event; of two events that could count once, the one reported first counts. So what comes out depends
-- on what was reported when, never on when the job ran: it judges what was reported more than 90 seconds ago, in the order of the reports.
-- Nothing is judged twice, and nothing is read but hours in which something was reported.
-- Lock order: one run at a time (advisory), touches, attributions, slots of steps by campaign, link and time, chargebacks, then hours. Nobody else
-- writes any of them.

-- A click's id, or null for what is none: other tools have a click_id of their own.
create function private.click_of(p_data jsonb) returns uuid
  language sql immutable set search_path = '' as $$
  select case when p_data ->> 'click_id' ~ '^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-7[0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}$'
    then (p_data ->> 'click_id')::uuid end
$$;

-- Gathers what was reported after p_from, up to a minute after p_until: of that minute the touches alone count, because what is judged may
-- belong to one that was reported 30 seconds later, and that to one 30 seconds after it.
create function private.gather_events(p_workspace_id uuid, p_from timestamptz, p_until timestamptz) returns void
  language sql volatile set search_path = '' as $$
  insert into private.judged_events (step, oldest_at, occurred_at, received_at, source, event_id, country, subject, device, amount_minor, currency, data)
  select case e.type when 'app.installed' then 'install' when 'registration.completed' then 'registration'
      when 'creator.registered' then 'creator' when 'purchase.completed' then 'purchase' when 'purchase.charged_back' then 'chargeback' end,
    e.occurred_at - case e.type when 'app.installed' then interval '720 hours' else interval '2160 hours' end, e.occurred_at, e.received_at, e.source, e.event_id, e.country, 's:' || e.subject, 'd:' || e.device, e.amount_minor, e.currency, e.data
  from private.unjudged_hours h
  join launch.events e on e.workspace_id = h.workspace_id and e.occurred_at >= h.hour_at and e.occurred_at < h.hour_at + interval '1 hour'
    and e.type in ('app.installed', 'registration.completed', 'creator.registered', 'purchase.completed', 'purchase.charged_back', 'campaign.touched')
    and e.received_at > p_from and e.received_at <= p_until + interval '1 minute'
  where h.workspace_id = p_workspace_id
  order by e.received_at, e.occurred_at, e.source, e.event_id
$$;

-- Finds what each gathered event itself names: its click if that came before it, else for campaign.touched its link or campaign, no template. Touches
-- are kept longer than clicks and events, so there is a partition for each of them.
create function private.find_own_touches(p_workspace_id uuid) returns void
  language plpgsql volatile set search_path = '' as $$
begin
  update private.judged_events j set touched_at = c.at, campaign_id = c.campaign_id, link_id = c.link_id, click_id = c.id
  from (select e.place, private.click_of(e.data) as id from private.judged_events e where e.data ? 'click_id' and e.step is distinct from 'chargeback') n
  join launch.clicks c on c.workspace_id = p_workspace_id and c.id = n.id and c.at = private.uuid_time(n.id)
  where j.place = n.place and c.at <= j.occurred_at and c.kept_at <= j.received_at + interval '30 seconds';
  update private.judged_events j set touched_at = j.occurred_at, campaign_id = f.campaign_id, link_id = f.link_id
  from (select e.place, coalesce(l.campaign_id, c.id) as campaign_id, l.id as link_id from private.judged_events e
    left join launch.campaign_links l on l.workspace_id = p_workspace_id and l.slug = e.data ->> 'link'
    left join launch.campaigns c on l.id is null and c.workspace_id = p_workspace_id and not c.template
      and (c.slug = e.data ->> 'campaign' or c.id::text = e.data ->> 'campaign')
    where e.step is null and e.campaign_id is null) f
  where j.place = f.place and f.campaign_id is not null;
end
$$;

-- Keeps the touches of what was gathered. At a registration the touch that it belongs to becomes the account's, because what follows names
-- the account alone.
create function private.keep_touches(p_workspace_id uuid, p_until timestamptz) returns void
  language plpgsql volatile set search_path = '' set plan_cache_mode = force_generic_plan set enable_hashjoin = off set enable_mergejoin = off as $$
begin
  insert into private.touches as t (workspace_id, identity, touched_at, campaign_id, link_id, click_id, known_at)
  select distinct on (i.identity, j.touched_at, j.campaign_id)
    p_workspace_id, i.identity, j.touched_at, j.campaign_id, j.link_id, j.click_id, j.received_at
  from private.judged_events j cross join lateral unnest(array[j.subject, j.device]) as i (identity)
  where j.campaign_id is not null and i.identity is not null
  order by i.identity, j.touched_at, j.campaign_id, j.received_at, j.place
  on conflict (workspace_id, identity, touched_at, campaign_id) do update set known_at = excluded.known_at where t.known_at > excluded.known_at;
  insert into private.touches as t (workspace_id, identity, touched_at, campaign_id, link_id, click_id, known_at)
  select distinct on (j.subject, l.touched_at, l.campaign_id)
    p_workspace_id, j.subject, l.touched_at, l.campaign_id, l.link_id, l.click_id, j.received_at
  from private.judged_events j
  cross join lateral (
    select t.* from private.touches t
    join launch.campaigns c on c.id = t.campaign_id and t.touched_at >= j.occurred_at - c.later_window_days * interval '24 hours'
    where t.workspace_id = p_workspace_id and t.identity = j.device and t.touched_at <= j.occurred_at and t.touched_at >= j.oldest_at
      and t.known_at <= j.received_at + interval '30 seconds'
    order by t.touched_at desc, t.campaign_id limit 1) l
  where j.step = 'registration' and j.subject is not null and j.device is not null and j.received_at <= p_until + interval '30 seconds'
  order by j.subject, l.touched_at, l.campaign_id, j.received_at, j.place
  on conflict (workspace_id, identity, touched_at, campaign_id) do update set known_at = excluded.known_at where t.known_at > excluded.known_at;
end
$$;

-- Gives each step reported up to p_until to the last touch before it that its campaign's window still covers, and counts it. Touches are looked
-- up by their key: there are few for an identity, many in all. Whom a step counts for: an install the device, the others the account, else
-- whatever the event has. A creator and a purchase with an account are the account's, whatever device they came from.
create function private.judge_steps(p_workspace_id uuid, p_until timestamptz) returns int
  language plpgsql volatile set search_path = '' set plan_cache_mode = force_generic_plan set enable_hashjoin = off set enable_mergejoin = off as $$
declare v_judged int;
begin
  with found as (
    select j.*, b.touched_at as at, b.campaign_id as to_campaign, b.link_id as to_link, b.click_id as to_click,
      case j.step when 'install' then coalesce(j.device, j.subject, 'c:' || b.click_id) else coalesce(j.subject, j.device, 'c:' || b.click_id) end as person
    from private.judged_events j
    cross join lateral (
      select o.* from (
        select j.touched_at, j.campaign_id, j.link_id, j.click_id, 0 as rank from launch.campaigns c
        where c.id = j.campaign_id and j.touched_at >= j.occurred_at
          - case j.step when 'install' then c.install_window_days else c.later_window_days end * interval '24 hours'
        union all
        (select t.touched_at, t.campaign_id, t.link_id, t.click_id, 1 from unnest(case
            when j.step in ('creator', 'purchase') then array[coalesce(j.subject, j.device)] else array[j.subject, j.device] end) as i (identity)
          join private.touches t on t.workspace_id = p_workspace_id and t.identity = i.identity and t.touched_at <= j.occurred_at
            and t.touched_at >= j.oldest_at and t.known_at <= j.received_at + interval '30 seconds'
          join launch.campaigns c on c.id = t.campaign_id and t.touched_at >= j.occurred_at
            - case j.step when 'install' then c.install_window_days else c.later_window_days end * interval '24 hours'
          order by t.touched_at desc, t.campaign_id limit 1)) o
      order by o.touched_at desc, o.rank limit 1) b
    where j.step in ('install', 'registration', 'creator', 'purchase') and j.received_at <= p_until
  ), kept as (
    insert into launch.attributions as a (workspace_id, occurred_at, source, event_id, step, campaign_id, link_id, click_id, touched_at, counted_key,
      country, amount_minor, currency, reported_at, payer)
    select p_workspace_id, f.occurred_at, f.source, f.event_id, f.step, f.to_campaign, f.to_link, f.to_click, f.at,
      case when f.step <> 'purchase' then h.person end, f.country, case f.step when 'purchase' then f.amount_minor end,
      case f.step when 'purchase' then f.currency end, f.received_at, case f.step when 'purchase' then h.person end
    from found f cross join lateral (select substring(sha256(convert_to(f.person, 'UTF8')) for 16) as person) h order by f.place
    on conflict do nothing
    returning a.campaign_id, a.link_id, date_bin('15 minutes', a.occurred_at, timestamptz '2020-01-01 00:00Z') as slot_at, a.step, a.amount_minor, a.currency
  ), counted as (
    insert into launch.link_slots as s (workspace_id, campaign_id, link_id, slot_at, counts, installs, registrations, creators, purchases)
    select p_workspace_id, k.campaign_id, k.link_id, k.slot_at, 'steps', count(*) filter (where k.step = 'install'),
      count(*) filter (where k.step = 'registration'), count(*) filter (where k.step = 'creator'), count(*) filter (where k.step = 'purchase')
    from kept k group by 2, 3, 4 order by 2, 3, 4
    on conflict (campaign_id, link_id, slot_at, counts) do update set installs = s.installs + excluded.installs,
      registrations = s.registrations + excluded.registrations, creators = s.creators + excluded.creators,
      purchases = s.purchases + excluded.purchases
  ), earned as (
    insert into launch.link_revenues as r (workspace_id, campaign_id, link_id, slot_at, currency, amount_minor)
    select p_workspace_id, k.campaign_id, k.link_id, k.slot_at, k.currency, sum(k.amount_minor) from kept k
    where k.amount_minor is not null group by 2, 3, 4, 5 order by 2, 3, 4, 5
    on conflict (campaign_id, link_id, slot_at, currency) do update set amount_minor = r.amount_minor + excluded.amount_minor
  )
  select count(*) into v_judged from kept;
  return v_judged;
end
$$;

-- Judges what a workspace was told up to p_until, an hour of reports at a time and 24 of them at most; without a campaign there is nothing to judge. Returns how many events it attributed.
create function private.attribute_workspace(p_workspace_id uuid, p_until timestamptz) returns int
  language plpgsql volatile set search_path = '' as $$
declare v_from timestamptz; v_until timestamptz; v_attributed int := 0;
begin
  select greatest(m.judged_until, h.since_at) into v_from
  from (select min(u.since_at) - interval '1 millisecond' as since_at from private.unjudged_hours u where u.workspace_id = p_workspace_id) h
  left join private.attribution_marks m on m.workspace_id = p_workspace_id;
  v_until := v_from;
  if not exists (select from launch.campaigns c where c.workspace_id = p_workspace_id) then
    v_from := p_until;
    v_until := p_until;
  end if;
  for n in 1 .. 24 loop
    exit when v_from >= p_until;
    v_until := least(p_until, v_from + interval '1 hour');
    truncate private.judged_events;
    perform private.gather_events(p_workspace_id, v_from, v_until);
    perform private.find_own_touches(p_workspace_id);
    perform private.keep_touches(p_workspace_id, v_until);
    v_attributed := v_attributed + private.judge_steps(p_workspace_id, v_until);
    perform private.judge_chargebacks(p_workspace_id, v_until);
    v_from := v_until;
  end loop;
  insert into private.attribution_marks as m (workspace_id, judged_until) values (p_workspace_id, v_until)
  on conflict (workspace_id) do update set judged_until = greatest(m.judged_until, excluded.judged_until);
  delete from private.unjudged_hours h where h.workspace_id = p_workspace_id and h.touched_at <= v_until;
  return v_attributed;
end
$$;

-- The job: attributes what was reported more than p_settle ago, in each workspace whose switch launch.prCoordinator is on, and deletes salts
-- older than two days and chargebacks whose purchase can't come any more. Returns how many events it attributed.
create function launch.attribute_events(p_settle interval default '90 seconds') returns int
  language plpgsql volatile security definer set search_path = '' as $$
declare v_workspace uuid; v_until timestamptz := launch.now() - p_settle; v_attributed int := 0; v_now int;
begin
  perform pg_advisory_xact_lock(hashtext('launch.attribute_events'));
  for v_workspace in select distinct h.workspace_id from private.unjudged_hours h where h.since_at <= v_until order by 1 loop
    continue when not private.flag(v_workspace, 'launch.prCoordinator');
    v_now := private.attribute_workspace(v_workspace, v_until);
    v_attributed := v_attributed + v_now;
    if v_now > 0 then
      perform private.announce(v_workspace, 'campaign', '');
    end if;
  end loop;
  delete from private.click_salts s where s.day_on < (launch.now() at time zone 'UTC')::date - 1;
  delete from private.chargebacks b where b.campaign_id is null and b.reported_at < launch.now() - interval '60 days';
  return v_attributed;
end
$$;

insert into launch.jobs (name, description, every, flag, late_after, is_function) values
  ('attribute-events', 'Gives installs, registrations and purchases to the campaigns they came from', '1 minute', 'launch.prCoordinator', '10 minutes', false);
select cron.schedule('launch:attribute-events', '* * * * *', 'select launch.attribute_events()');
