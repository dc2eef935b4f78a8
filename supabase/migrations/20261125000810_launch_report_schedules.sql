-- Schedules of reports: on a day of each month, at an hour of a time zone, the package of the month before is made and mailed to named
-- recipients. A mail holds no figures, only a link: see docs/decisions/026. A recipient is a member who may read reports, or an outside address that has
-- confirmed itself; who of them still may is looked up again when a mail leaves and when its link is opened.

create table launch.report_schedules (
  id uuid primary key default private.uuid_v7(),
  workspace_id uuid not null references app.workspaces (id) on delete cascade,
  name text not null,
  day_of_month smallint not null,
  hour smallint not null,
  time_zone text not null,
  recipients text[] not null,
  enabled boolean not null default true,
  due_at timestamptz not null,
  sent_month date,
  created_by uuid references app.profiles (id) on delete set null,
  created_at timestamptz not null default launch.now(),
  version int not null default 1,
  constraint name_is_short check (char_length(name) between 1 and 80),
  constraint every_month_has_the_day check (day_of_month between 1 and 28),
  constraint hour_is_of_a_day check (hour between 0 and 23),
  constraint recipients_are_few check (cardinality(recipients) between 1 and 20)
);
create unique index report_schedules_one_per_name on launch.report_schedules (workspace_id, lower(name));
create index report_schedules_created_by_idx on launch.report_schedules (created_by);
create index report_schedules_due_at_idx on launch.report_schedules (due_at) where enabled;

-- Addresses outside the workspace that were asked, once for all of its schedules. The question holds for seven days. Who has left gets no report of the
-- workspace, and is not asked again: only the holder of a link that was mailed to the address takes it back.
create table launch.report_addresses (
  id uuid primary key default private.uuid_v7(),
  workspace_id uuid not null references app.workspaces (id) on delete cascade,
  email text not null,
  asked_at timestamptz not null default launch.now(),
  confirmed_at timestamptz,
  left_at timestamptz,
  unique (workspace_id, email),
  constraint email_is_lower_case check (email = lower(email))
);

-- What went to whom: one row for each recipient of each sending. Its outcome is that of its message in the outbox. An outside link ends after 30 days.
create table launch.report_letters (
  id uuid primary key default private.uuid_v7(),
  workspace_id uuid not null references app.workspaces (id) on delete cascade,
  schedule_id uuid references launch.report_schedules (id) on delete set null,
  report_id uuid not null references launch.reports (id) on delete cascade,
  email text not null,
  outside boolean not null,
  test boolean not null,
  outbox_id uuid references app.outbox (id) on delete set null,
  created_at timestamptz not null default launch.now(),
  expires_at timestamptz not null default launch.now() + interval '30 days'
);
create index report_letters_workspace_id_idx on launch.report_letters (workspace_id, id desc);
create index report_letters_schedule_id_idx on launch.report_letters (schedule_id, email, id desc);
create index report_letters_report_id_idx on launch.report_letters (report_id);
create index report_letters_outbox_id_idx on launch.report_letters (outbox_id);

-- The first time after p_after at which a schedule is due. An hour that a clock change skips is the one after it; one that comes twice is
-- its second coming.
create function private.next_report_at(p_day int, p_hour int, p_time_zone text, p_after timestamptz) returns timestamptz
  language sql stable set search_path = '' as $$
  select min(t.at) from generate_series(0, 2) n cross join lateral (
    select (date_trunc('month', p_after at time zone p_time_zone) + make_interval(months => n, days => p_day - 1, hours => p_hour))
      at time zone p_time_zone as at) t
  where t.at > p_after
$$;

-- The month that the newest time of a schedule before p_now is about: the one before that time's own.
create function private.report_month_due(p_schedule launch.report_schedules, p_now timestamptz) returns date
  language sql stable set search_path = '' as $$
  select (date_trunc('month', private.next_report_at(p_schedule.day_of_month, p_schedule.hour, p_schedule.time_zone, p_now)
    at time zone p_schedule.time_zone) - interval '2 months')::date
$$;

-- What an address is to a workspace: member (and may read reports), other_member (may not), left, outside (has confirmed itself), unconfirmed.
create function private.recipient_kind(p_workspace_id uuid, p_email text) returns text
  language sql stable set search_path = '' as $$
  select case
    when m.role is not null then case when exists (select from app.role_permissions rp where rp.role = m.role and rp.permission = 'reports.read')
      then 'member' else 'other_member' end
    when a.left_at is not null then 'left' when a.confirmed_at is not null then 'outside' else 'unconfirmed' end
  from (select) one
  left join lateral (select x.role from app.members x join app.profiles p on p.id = x.user_id
    where x.workspace_id = p_workspace_id and lower(p.email) = p_email limit 1) m on true
  left join launch.report_addresses a on a.workspace_id = p_workspace_id and a.email = p_email
$$;

-- Whether a letter may still leave and its link be opened: it is young, and its recipient is what they were. An outside one is also still named by
-- a schedule of the workspace.
create function private.letter_is_open(p_letter launch.report_letters) returns boolean
  language sql stable set search_path = '' as $$
  select p_letter.expires_at > launch.now()
    and private.recipient_kind(p_letter.workspace_id, p_letter.email) = case when p_letter.outside then 'outside' else 'member' end
    and (not p_letter.outside or exists (select from launch.report_schedules s
      where s.workspace_id = p_letter.workspace_id and p_letter.email = any (s.recipients)))
$$;

alter table launch.report_schedules enable row level security;
alter table launch.report_addresses enable row level security;
alter table launch.report_letters enable row level security;
create policy report_schedules_select_reader on launch.report_schedules for select to authenticated
  using (workspace_id = any (array(select private.workspaces_with('reports.read'))));
create policy report_addresses_select_reader on launch.report_addresses for select to authenticated
  using (workspace_id = any (array(select private.workspaces_with('reports.read'))));
create policy report_letters_select_reader on launch.report_letters for select to authenticated
  using (workspace_id = any (array(select private.workspaces_with('reports.read'))));
grant select on launch.report_schedules, launch.report_addresses, launch.report_letters to authenticated;
