-- The country that a subject's events last reported. Written only where an event says something new, so that steady traffic reads and
-- does not write: the time moves forward by the hour, or with the country. A late event of another country changes nothing unless it
-- happened after the time noted; told apart to the hour. Like launch.events it has no foreign keys: each would cost a look-up an event.

create table launch.subject_countries (
  workspace_id uuid not null,
  subject text not null,
  country text not null,
  reported_at timestamptz not null,
  primary key (workspace_id, subject)
) with (fillfactor = 80);

alter table launch.subject_countries enable row level security;
create policy subject_countries_select_reader on launch.subject_countries for select to authenticated
  using (workspace_id = any (array(select private.workspaces_with('threats.read'))));
grant select on launch.subject_countries to authenticated;

-- Notes the countries of the events at these places of a batch; each of them has a subject and a country. p_callers is each event's
-- place in p_workspaces, p_times milliseconds since 1970 or null for now. Locks the subjects' rows in order.
create function private.note_subject_countries(
  p_places int[], p_workspaces uuid[], p_callers int[], p_subjects text[], p_countries text[], p_times bigint[], p_now timestamptz
) returns void
  language plpgsql volatile set search_path = '' set plan_cache_mode = force_generic_plan as $$
begin
  insert into launch.subject_countries as s (workspace_id, subject, country, reported_at)
  select n.workspace_id, n.subject, n.country, n.at from (
    select distinct on (w.workspace_id, w.subject) w.workspace_id, w.subject, p_countries[i] as country, t.at from unnest(p_places) as i
    cross join lateral (select p_workspaces[p_callers[i]] as workspace_id, p_subjects[i] as subject) w
    cross join lateral (select coalesce(timestamptz 'epoch' + p_times[i] * interval '1 millisecond', p_now) as at) t
    order by w.workspace_id, w.subject, t.at desc, i desc) n
  where coalesce((select k.reported_at < n.at - case when k.country = n.country then interval '1 hour' else interval '0' end
    from launch.subject_countries k where k.workspace_id = n.workspace_id and k.subject = n.subject limit 1), true)
  order by n.workspace_id, n.subject
  on conflict (workspace_id, subject) do update set country = excluded.country, reported_at = excluded.reported_at
    where s.reported_at < excluded.reported_at;
end
$$;

-- The country that a subject's events last reported: no row when none did. Raises GTNIL, GTROL.
create function launch.read_subject_country(p_workspace_id uuid, p_subject text)
  returns table (subject text, country text, reported_at timestamptz)
  language plpgsql stable security definer set search_path = '' as $$
begin
  perform private.require_permission(p_workspace_id, 'signals.report');
  return query select s.subject, s.country, s.reported_at from launch.subject_countries s
  where s.workspace_id = p_workspace_id and s.subject = p_subject;
end
$$;

-- Forgets subjects of which nothing was reported for as long as events are kept. Returns how many.
create function launch.forget_subject_countries() returns int
  language plpgsql volatile security definer set search_path = '' as $$
declare v_gone int;
begin
  delete from launch.subject_countries s where s.reported_at < launch.now() - interval '120 days';
  get diagnostics v_gone = row_count;
  return v_gone;
end
$$;

select cron.schedule('launch:forget-subject-countries', '41 3 * * *', 'select launch.forget_subject_countries()');
grant execute on function launch.read_subject_country(uuid, text) to gantry_service;
