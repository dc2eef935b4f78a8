-- What mission control shows that no other page does: admissions of the last hour, and the launch's success measured against its targets.
--
-- private.answer_minutes counts what the API answered, by the minute: each web and gate process adds what it answered since it last did.
-- A process that dies takes at most its last minute with it. Errors are answers of 500 and above. One installation answers for all its
-- workspaces, so these are numbers of the installation.

create table private.answer_minutes (
  minute_at timestamptz not null,
  answers bigint not null,
  errors bigint not null,
  total_ms double precision not null,
  primary key (minute_at)
) partition by range (minute_at);
alter table private.answer_minutes enable row level security;
insert into private.partition_plans (parent, width, keep, unique_columns) values ('private.answer_minutes', '10 days', '120 days', null);
select launch.maintain_partitions();

-- Adds a process's answers to the minute under way. For the service alone.
create function launch.count_answers(p_answers bigint, p_errors bigint, p_total_ms double precision) returns void
  language sql volatile security definer set search_path = '' as $$
  insert into private.answer_minutes as m (minute_at, answers, errors, total_ms)
  values (date_trunc('minute', launch.now(), 'UTC'), p_answers, p_errors, p_total_ms)
  on conflict (minute_at) do update set answers = m.answers + excluded.answers, errors = m.errors + excluded.errors,
    total_ms = m.total_ms + excluded.total_ms
$$;

-- Units of users granted, refused and given back in each five minutes of a span, over all listed countries; the five minutes under way
-- included. The caller has checked the permission. Planned with its values: the partitions of days gone by are not even planned for.
create function private.user_slots(p_workspace_id uuid, p_from timestamptz)
  returns table (slot_at timestamptz, granted bigint, refused bigint, returned bigint)
  language plpgsql stable set search_path = '' set plan_cache_mode = force_custom_plan as $$
begin
  return query select s.slot_at, sum(s.granted)::bigint, sum(s.refused)::bigint, sum(s.returned)::bigint from (
    select k.slot_at, k.granted, k.refused, k.returned from launch.countries c
    join launch.kept_slots k on k.workspace_id = c.workspace_id and k.country = c.code and k.slot_at >= p_from
    where c.workspace_id = p_workspace_id and k.operation = 'user'
    union all
    select u.slot_at, u.slot_granted, u.slot_refused, 0 from launch.counters u
    where u.workspace_id = p_workspace_id and u.operation = 'user' and u.slot_at >= p_from) s
  group by 1;
end
$$;

-- Admissions since a time, a row for each five minutes in which somebody asked. For whoever may read countries.
create function launch.read_admissions(p_workspace_id uuid, p_from timestamptz) returns table (slot_at timestamptz, granted bigint, refused bigint)
  language plpgsql stable security definer set search_path = '' as $$
begin
  perform private.require_permission(p_workspace_id, 'countries.read');
  return query select s.slot_at, s.granted, s.refused from private.user_slots(p_workspace_id, p_from) s order by 1;
end
$$;

-- What the launch's success is measured by: a part of a whole, over so many hours. What nobody reported has a whole of 0.
--   registrations  units of users granted and kept, of all asked for
--   verification   verified accounts, of installs, in the newest snapshots of all countries
--   store_rating   the sum of ratings, of their number
--   api_errors     answers of 500 and above, of all the API gave
--   response_ms    milliseconds spent answering, of all answers
--   fraud          accounts put on the blocklist, of accounts made
--   chargebacks    payments charged back, of payments made
create function launch.read_success(p_workspace_id uuid) returns table (metric text, part double precision, whole double precision, hours int)
  language plpgsql stable security definer set search_path = '' as $$
declare v_now timestamptz := launch.now(); v_day timestamptz := v_now - interval '1 day'; v_week timestamptz := v_now - interval '7 days';
begin
  perform private.require_permission(p_workspace_id, 'regions.read');
  return query
    select 'registrations', coalesce(sum(s.granted - s.returned), 0)::float, coalesce(sum(s.granted + s.refused), 0)::float, 24
    from private.user_slots(p_workspace_id, v_day) s;
  return query
    select 'verification', coalesce(sum(k.verified), 0)::float, coalesce(sum(k.installs), 0)::float, 24 from launch.region_kpis k
    where k.workspace_id = p_workspace_id and k.at > v_now - interval '3 hours'
      and k.at = (select max(n.at) from launch.region_kpis n where n.workspace_id = p_workspace_id);
  return query
    select v.name, coalesce(v.part, 0), coalesce(v.whole, 0), 24 from (
      select sum(m.errors)::float as errors, sum(m.total_ms) as ms, sum(m.answers)::float as answers from private.answer_minutes m
      where m.minute_at > v_day) a
    cross join lateral (values ('api_errors', a.errors, a.answers), ('response_ms', a.ms, a.answers)) as v (name, part, whole);
  return query
    with week as materialized (
      select sum(s.value_sum) filter (where s.type = 'store.rated') as stars, sum(s.value_count) filter (where s.type = 'store.rated') as ratings,
        sum(s.events) filter (where s.type = 'registration.completed') as accounts,
        sum(s.events) filter (where s.type = 'purchase.completed') as payments,
        sum(s.events) filter (where s.type = 'purchase.charged_back') as charged_back
      from launch.event_slots s where s.workspace_id = p_workspace_id and s.slot_at >= v_week
        and s.type in ('store.rated', 'registration.completed', 'purchase.completed', 'purchase.charged_back')),
    blocked as (select count(*) as accounts from launch.blocks b
      where b.workspace_id = p_workspace_id and b.kind = 'account' and b.created_at >= v_week)
    select v.name, coalesce(v.part, 0)::float, coalesce(v.whole, 0)::float, 168 from week w cross join blocked b
    cross join lateral (values ('store_rating', w.stars, w.ratings::float), ('fraud', b.accounts::float, w.accounts::float),
      ('chargebacks', w.charged_back::float, w.payments::float)) as v (name, part, whole);
end
$$;

grant execute on function launch.count_answers(bigint, bigint, double precision) to gantry_service;
grant execute on function launch.read_admissions(uuid, timestamptz), launch.read_success(uuid) to authenticated;
