-- Routines: what people see to each morning, midday and evening, and on four days of the week, as checklists whose items link to the page
-- where they are done. A tick holds for one day, local to the workspace's routines, with who and when. Read and written through the
-- functions below alone. Lock order: the settings, items, ticks, then the audit head.

create table private.routine_settings (
  workspace_id uuid primary key references app.workspaces (id) on delete cascade,
  time_zone text not null default 'UTC',
  version int not null default 1
);

create table private.routine_items (
  id uuid primary key default private.uuid_v7(),
  workspace_id uuid not null references app.workspaces (id) on delete cascade,
  routine text not null,
  position int not null,
  title text not null,
  path text,
  constraint routine_is_known check (routine in ('morning', 'midday', 'evening', 'monday', 'wednesday', 'friday', 'sunday')),
  constraint title_is_short check (char_length(title) between 1 and 200),
  constraint path_is_below_the_workspace check (path ~ '^[a-z][a-z0-9/_-]{0,99}(\?[A-Za-z0-9=&._%-]{1,200})?$')
);
create unique index routine_items_one_per_title on private.routine_items (workspace_id, routine, title);

create table private.routine_ticks (
  item_id uuid not null references private.routine_items (id) on delete cascade,
  day_on date not null,
  ticked_by text not null,
  ticked_at timestamptz not null,
  primary key (item_id, day_on)
);
alter table private.routine_settings enable row level security;
alter table private.routine_items enable row level security;
alter table private.routine_ticks enable row level security;

-- The daily and weekly operations of the launch plan.
create function private.default_routines() returns table (routine text, "position" int, title text, path text)
  language sql immutable set search_path = '' as $$
  values ('morning', 1, 'Check overnight metrics', 'regions'),
    ('morning', 2, 'Review any auto-pauses', 'audit?action=country.paused'),
    ('morning', 3, 'Verify scheduled campaigns', 'campaigns'),
    ('midday', 1, 'Monitor active campaigns', 'campaigns'),
    ('midday', 2, 'Review fraud alerts', 'alerts?kind=threat'),
    ('midday', 3, 'Check capacity usage', 'countries'),
    ('evening', 1, 'Daily KPI summary', 'regions'),
    ('evening', 2, 'Risk score updates', 'alerts?kind=risk'),
    ('evening', 3, 'Plan next day activities', 'forecast'),
    ('monday', 1, 'Review weekend performance', 'regions'),
    ('wednesday', 1, 'Mid-week campaign optimization', 'campaigns'),
    ('friday', 1, 'Prepare weekend monitoring', 'load'),
    ('sunday', 1, 'Validate next week''s campaigns', 'campaigns')
$$;

create function private.make_routines() returns trigger
  language plpgsql security definer set search_path = '' as $$
begin
  insert into private.routine_settings (workspace_id) values (new.id);
  insert into private.routine_items (workspace_id, routine, position, title, path)
  select new.id, d.routine, d.position, d.title, d.path from private.default_routines() d;
  return null;
end
$$;
create trigger _400_make_routines after insert on app.workspaces for each row execute function private.make_routines();
insert into private.routine_settings (workspace_id) select w.id from app.workspaces w;
insert into private.routine_items (workspace_id, routine, position, title, path)
select w.id, d.routine, d.position, d.title, d.path from app.workspaces w cross join private.default_routines() d;

-- Every item with today's tick, if it has one; day_on and minute (of the local day) are the same in each row.
create function launch.read_routines(p_workspace_id uuid) returns table (
  id uuid, routine text, title text, path text, ticked_by text, ticked_at timestamptz, day_on date, local_minute int, time_zone text, version int)
  language plpgsql stable security definer set search_path = '' as $$
begin
  perform private.require_permission(p_workspace_id, 'routines.tick');
  return query
    select i.id, i.routine, i.title, i.path, t.ticked_by, t.ticked_at, d.local::date,
      (extract(hour from d.local) * 60 + extract(minute from d.local))::int, s.time_zone, s.version
    from private.routine_settings s
    cross join lateral (select launch.now() at time zone s.time_zone as local) d
    join private.routine_items i on i.workspace_id = s.workspace_id
    left join private.routine_ticks t on t.item_id = i.id and t.day_on = d.local::date
    where s.workspace_id = p_workspace_id order by i.routine, i.position;
end
$$;

-- Ticks an item for the local day that is under way, or takes that day's tick back. A second tick leaves the first one's name.
create function launch.tick_routine(p_workspace_id uuid, p_item_id uuid, p_done boolean) returns void
  language plpgsql volatile security definer set search_path = '' as $$
declare v_item private.routine_items; v_day date; v_changed int;
begin
  perform private.require_permission(p_workspace_id, 'routines.tick');
  select * into v_item from private.routine_items i where i.workspace_id = p_workspace_id and i.id = p_item_id for key share;
  if v_item.id is null then
    perform private.refuse('GTNIL', 'There is no such item.');
  end if;
  select (launch.now() at time zone s.time_zone)::date into v_day from private.routine_settings s where s.workspace_id = p_workspace_id;
  if p_done then
    insert into private.routine_ticks (item_id, day_on, ticked_by, ticked_at)
    values (p_item_id, v_day, (select p.email from app.profiles p where p.id = (select auth.uid())), launch.now()) on conflict do nothing;
  else
    delete from private.routine_ticks t where t.item_id = p_item_id and t.day_on = v_day;
  end if;
  get diagnostics v_changed = row_count;
  if v_changed > 0 then
    perform private.write_audit(p_workspace_id, case when p_done then 'routine.ticked' else 'routine.unticked' end, 'routine', v_item.routine, 'info',
      null, jsonb_build_object('item', v_item.title, 'day', v_day));
  end if;
end
$$;

-- Replaces a routine's items, given as [{"title", "path"}], and sets the zone of all routines. Items whose title stays keep their ticks.
-- Raises GTVER when another edit came between, GTINV for a zone nobody knows.
create function launch.set_routine(p_workspace_id uuid, p_routine text, p_items jsonb, p_time_zone text, p_expected_version int default null) returns void
  language plpgsql volatile security definer set search_path = '' as $$
declare v_settings private.routine_settings;
begin
  perform private.require_permission(p_workspace_id, 'routines.manage');
  select * into strict v_settings from private.routine_settings s where s.workspace_id = p_workspace_id for update;
  if p_expected_version <> v_settings.version then
    perform private.refuse('GTVER', 'Someone else changed the routines meanwhile.', jsonb_build_object('version', v_settings.version));
  elsif not exists (select from pg_catalog.pg_timezone_names z where z.name = p_time_zone) then
    perform private.refuse('GTINV', 'Nobody knows this time zone.', jsonb_build_object('field', 'time_zone'));
  end if;
  update private.routine_settings s set time_zone = p_time_zone, version = s.version + 1 where s.workspace_id = p_workspace_id;
  delete from private.routine_items i where i.workspace_id = p_workspace_id and i.routine = p_routine
    and i.title not in (select x.title from jsonb_to_recordset(p_items) as x (title text));
  insert into private.routine_items (workspace_id, routine, position, title, path)
  select distinct on (x.item ->> 'title') p_workspace_id, p_routine, x.position, x.item ->> 'title', x.item ->> 'path'
  from jsonb_array_elements(p_items) with ordinality as x (item, position) order by x.item ->> 'title', x.position
  on conflict (workspace_id, routine, title) do update set position = excluded.position, path = excluded.path;
  perform private.write_audit(p_workspace_id, 'routine.changed', 'routine', p_routine, 'notice', null,
    jsonb_build_object('items', p_items, 'time_zone', p_time_zone));
end
$$;

grant execute on function launch.read_routines(uuid), launch.tick_routine(uuid, uuid, boolean),
  launch.set_routine(uuid, text, jsonb, text, int) to authenticated;
