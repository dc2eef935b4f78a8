-- Reports: an investor's monthly package as it was made, a PDF and a CSV file for each table, kept with their hashes and never changed.
-- What a report says follows from the tables of its time; making one anew makes another. Lock order: the report, then the audit head.

create table launch.reports (
  id uuid primary key default private.uuid_v7(),
  workspace_id uuid not null references app.workspaces (id) on delete restrict,
  month_on date not null,
  made_at timestamptz not null default launch.now(),
  made_by text not null,
  audit_sequence bigint not null,
  audit_verified boolean not null,
  constraint month_begins_on_its_first check (extract(day from month_on) = 1)
);
create index reports_workspace_id_idx on launch.reports (workspace_id, id desc);

create table launch.report_files (
  report_id uuid not null references launch.reports (id) on delete restrict,
  workspace_id uuid not null references app.workspaces (id) on delete restrict,
  name text not null,
  content bytea not null,
  bytes int not null generated always as (octet_length(content)) stored,
  sha256 text not null generated always as (encode(sha256(content), 'hex')) stored,
  primary key (report_id, name),
  constraint name_is_a_file check (name ~ '^[a-z-]{1,40}\.(pdf|csv)$')
);
create index report_files_workspace_id_idx on launch.report_files (workspace_id);

create trigger _100_forbid_change before update or delete on launch.reports for each row execute function private.forbid_change();
create trigger _100_forbid_change before update or delete on launch.report_files for each row execute function private.forbid_change();
create trigger _100_forbid_truncate before truncate on launch.reports for each statement execute function private.forbid_change();
create trigger _100_forbid_truncate before truncate on launch.report_files for each statement execute function private.forbid_change();

-- Keeps a report and its files, given as names and contents in the same order. p_verified and p_sequence: what verifying the audit trail
-- came to, and its head then. Raises GTINV for a month that has not begun, or without files.
create function launch.keep_report(
  p_workspace_id uuid, p_month date, p_sequence bigint, p_verified boolean, p_names text[], p_contents bytea[]
) returns launch.reports
  language plpgsql volatile security definer set search_path = '' as $$
declare v_report launch.reports;
begin
  perform private.require_permission(p_workspace_id, 'reports.manage');
  if p_month > launch.now()::date or extract(day from p_month) <> 1 then
    perform private.refuse('GTINV', 'Choose a month that has begun.', jsonb_build_object('field', 'month'));
  elsif coalesce(cardinality(p_names), 0) = 0 then
    perform private.refuse('GTINV', 'A report has files.');
  end if;
  insert into launch.reports (workspace_id, month_on, made_by, audit_sequence, audit_verified)
  values (p_workspace_id, p_month, (select p.email from app.profiles p where p.id = (select auth.uid())), p_sequence, p_verified)
  returning * into v_report;
  insert into launch.report_files (report_id, workspace_id, name, content)
  select v_report.id, p_workspace_id, f.name, f.content from unnest(p_names, p_contents) as f (name, content);
  perform private.write_audit(p_workspace_id, 'report.made', 'report', v_report.id::text, 'notice', null,
    jsonb_build_object('month', p_month, 'files', (select jsonb_object_agg(f.name, f.sha256) from launch.report_files f where f.report_id = v_report.id)));
  return v_report;
end
$$;

-- A file's content, for its download; no row when there is none. Each download is written to the audit trail.
create function launch.fetch_report_file(p_workspace_id uuid, p_report_id uuid, p_name text) returns table (content bytea, sha256 text)
  language plpgsql volatile security definer set search_path = '' as $$
begin
  perform private.require_permission(p_workspace_id, 'reports.read');
  return query select f.content, f.sha256 from launch.report_files f
    where f.workspace_id = p_workspace_id and f.report_id = p_report_id and f.name = p_name;
  if found then
    perform private.write_audit(p_workspace_id, 'report.downloaded', 'report', p_report_id::text, 'info', null, jsonb_build_object('file', p_name));
  end if;
end
$$;

alter table launch.reports enable row level security;
alter table launch.report_files enable row level security;
create policy reports_select_reader on launch.reports for select to authenticated
  using (workspace_id = any (array(select private.workspaces_with('reports.read'))));
create policy report_files_select_reader on launch.report_files for select to authenticated
  using (workspace_id = any (array(select private.workspaces_with('reports.read'))));
grant select on launch.reports, launch.report_files to authenticated;
grant execute on function launch.keep_report(uuid, date, bigint, boolean, text[], bytea[]),
  launch.fetch_report_file(uuid, uuid, text) to authenticated;
