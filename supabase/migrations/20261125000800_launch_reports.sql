-- Reports: an investor's monthly package as it was made. Its figures are read and kept in the database in one transaction, with what
-- verifying the whole audit trail came to, and never changed; making one anew makes another. Its files, a PDF and a CSV file for each
-- table, are drawn from those figures by the server alone, once, and kept with their hashes. Lock order: the report, then the audit head.

-- tables: for each file its rows and how many there are in all. audit_sequence is the last entry of the trail up to which all held, and
-- audit_problem what is wrong behind it, null when nothing is.
create table launch.reports (
  id uuid primary key default private.uuid_v7(),
  workspace_id uuid not null references app.workspaces (id) on delete restrict,
  month_on date not null,
  made_at timestamptz not null default launch.now(),
  made_by text not null,
  tables jsonb not null,
  sha256 text not null,
  audit_sequence bigint not null,
  audit_hash text not null,
  audit_first_bad bigint,
  audit_problem text,
  constraint month_begins_on_its_first check (extract(day from month_on) = 1),
  constraint problem_has_its_place check ((audit_problem is null) = (audit_first_bad is null))
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

-- Reads a month's package and keeps it. The caller has looked at who may. Raises GTINV for a month that has not begun (UTC).
create function private.keep_report(p_workspace_id uuid, p_month date, p_made_by text) returns launch.reports
  language plpgsql volatile set search_path = '' as $$
declare v_report launch.reports; v_tables jsonb; v_hash text; v_check record;
begin
  if p_month is null or p_month > (launch.now() at time zone 'UTC')::date or extract(day from p_month) <> 1 then
    perform private.refuse('GTINV', 'Choose a month that has begun.', jsonb_build_object('field', 'month'));
  end if;
  v_tables := private.report_tables(p_workspace_id, p_month);
  select * into v_check from private.check_audit(p_workspace_id);
  select encode(e.hash, 'hex') into v_hash from app.audit_entries e where e.workspace_id = p_workspace_id and e.sequence = v_check.checked;
  insert into launch.reports (workspace_id, month_on, made_by, tables, sha256, audit_sequence, audit_hash, audit_first_bad, audit_problem)
  values (p_workspace_id, p_month, p_made_by, v_tables, encode(sha256(convert_to(v_tables::text, 'UTF8')), 'hex'), v_check.checked,
    coalesce(v_hash, ''), v_check.first_bad, v_check.problem)
  returning * into v_report;
  perform private.write_audit(p_workspace_id, 'report.made', 'report', v_report.id::text, 'notice', null,
    jsonb_build_object('month', p_month, 'figures', v_report.sha256, 'audit_problem', v_check.problem));
  return v_report;
end
$$;

-- Makes a month's package by hand. Returns its id. Raises GTINV.
create function launch.make_report(p_workspace_id uuid, p_month date) returns uuid
  language plpgsql volatile security definer set search_path = '' as $$
begin
  perform private.require_permission(p_workspace_id, 'reports.manage');
  return (private.keep_report(p_workspace_id, p_month, (select p.email from app.profiles p where p.id = (select auth.uid())))).id;
end
$$;

-- What the server draws a report's files from; no row for an unknown one. Definer: the service reads no tables.
create function launch.read_report_figures(p_report_id uuid)
  returns table (workspace text, slug text, month_on date, made_at timestamptz, tables jsonb, audit_sequence bigint, audit_hash text,
    audit_first_bad bigint, audit_problem text)
  language sql stable security definer set search_path = '' as $$
  select w.name, w.slug, r.month_on, r.made_at, r.tables, r.audit_sequence, r.audit_hash, r.audit_first_bad, r.audit_problem
  from launch.reports r join app.workspaces w on w.id = r.workspace_id where r.id = p_report_id
$$;

-- Keeps the files that the server drew, given as names and contents in the same order. Of two who drew them at once the first counts:
-- false for the other. Raises GTNIL for an unknown report, GTINV without files. Definer: the service writes no tables.
create function launch.keep_report_files(p_report_id uuid, p_names text[], p_contents bytea[]) returns boolean
  language plpgsql volatile security definer set search_path = '' as $$
declare v_workspace uuid;
begin
  if coalesce(cardinality(p_names), 0) = 0 or cardinality(p_names) <> cardinality(p_contents) then
    perform private.refuse('GTINV', 'A report has files.');
  end if;
  select r.workspace_id into v_workspace from launch.reports r where r.id = p_report_id for no key update;
  if v_workspace is null then
    perform private.refuse('GTNIL', 'There is no such report.');
  elsif exists (select from launch.report_files f where f.report_id = p_report_id) then
    return false;
  end if;
  insert into launch.report_files (report_id, workspace_id, name, content)
  select p_report_id, v_workspace, f.name, f.content from unnest(p_names, p_contents) as f (name, content);
  perform private.write_audit(v_workspace, 'report.drawn', 'report', p_report_id::text, 'info', null,
    (select jsonb_object_agg(f.name, f.sha256) from launch.report_files f where f.report_id = p_report_id));
  return true;
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
grant execute on function launch.make_report(uuid, date), launch.fetch_report_file(uuid, uuid, text) to authenticated;
grant execute on function launch.read_report_figures(uuid), launch.keep_report_files(uuid, text[], bytea[]) to gantry_service;
