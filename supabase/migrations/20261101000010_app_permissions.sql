-- Who may do what, written once. Policies, functions, the server and the console all read this table;
-- the role api_key lists the scopes an API key may be given.

create table app.roles (
  name text primary key,
  rank smallint not null unique,
  description text not null,
  constraint name_is_snake_case check (name ~ '^[a-z][a-z_]*$')
);

create table app.permissions (
  name text primary key,
  description text not null,
  constraint name_is_noun_verb check (name ~ '^[a-z]+\.[a-z_]+$')
);

create table app.role_permissions (
  role text not null references app.roles (name) on delete cascade,
  permission text not null references app.permissions (name) on delete cascade,
  primary key (role, permission)
);
create index role_permissions_permission_idx on app.role_permissions (permission);

insert into app.roles (name, rank, description) values
  ('owner', 1, 'Everything, owners included'),
  ('admin', 2, 'Everything but owners'),
  ('marketing', 3, 'Plans campaigns against capacity'),
  ('safety', 4, 'Watches threats and may pause a country'),
  ('viewer', 5, 'Reads countries and flags'),
  ('api_key', 9, 'What an API key may be given as a scope');

insert into app.permissions (name, description) values
  ('workspace.read', 'See the workspace'),
  ('workspace.manage', 'Change the workspace and its policies'),
  ('members.manage', 'Invite, change and remove members'),
  ('owners.manage', 'Make and unmake owners'),
  ('keys.manage', 'Create, rotate and revoke API keys'),
  ('countries.read', 'See countries, caps and usage'),
  ('countries.manage', 'Activate, advance, resume and cap countries'),
  ('countries.pause', 'Pause a country'),
  ('counters.correct', 'Reset or correct a counter'),
  ('receipts.read', 'Read the receipts of cap checks'),
  ('audit.read', 'Read and verify the whole audit trail'),
  ('audit.read_own', 'Read one''s own audit entries'),
  ('flags.read', 'Read flags'),
  ('flags.manage', 'Switch flags'),
  ('throttle.read', 'See the throttle level'),
  ('throttle.override', 'Force a throttle level for a while'),
  ('signals.report', 'Report events and measurements'),
  ('load.read', 'See measured load and its limits'),
  ('load.manage', 'Set limits and what is measured'),
  ('regions.read', 'See the KPIs of countries'),
  ('risk.read', 'See risk scores and incident reports'),
  ('risk.manage', 'Edit the scorecard'),
  ('threats.read', 'See threats, rules and the blocklist'),
  ('threats.manage', 'Answer threats, tune rules, block and unblock'),
  ('alerts.read', 'See alerts of what one may see'),
  ('alerts.manage', 'Acknowledge, assign, resolve and mute alerts'),
  ('queue.read', 'See the onboarding queue'),
  ('queue.manage', 'Open, close and steer the onboarding queue'),
  ('jobs.read', 'See the engine''s jobs and their runs'),
  ('jobs.run', 'Run a job by hand'),
  ('notifications.manage', 'Choose where alerts are sent'),
  ('campaigns.read', 'See campaigns, their links and returns'),
  ('campaigns.manage', 'Plan, change, start and end campaigns'),
  ('campaigns.track', 'Report clicks of a campaign''s links'),
  ('sequence.read', 'See the market sequence, its gates and checklists'),
  ('sequence.manage', 'Order the market sequence, set gates, windows and freezes'),
  ('sequence.approve', 'Approve or refuse a proposed move of a country'),
  ('dryruns.read', 'See dry runs'),
  ('dryruns.run', 'Try a policy on recorded traffic'),
  ('experiments.read', 'See cap experiments'),
  ('experiments.manage', 'Start and end cap experiments'),
  ('routines.tick', 'Tick off the day''s routines'),
  ('routines.manage', 'Change routines and their checklists'),
  ('reports.read', 'Read investor reports and daily summaries'),
  ('reports.manage', 'Make and schedule reports'),
  ('caps.check', 'Ask for cap checks, settle reservations, read receipts');

insert into app.role_permissions (role, permission)
select role, permission
from (values
  ('workspace.read', '{owner,admin,marketing,safety,viewer}'),
  ('workspace.manage', '{owner,admin}'),
  ('members.manage', '{owner,admin}'),
  ('owners.manage', '{owner}'),
  ('keys.manage', '{owner,admin}'),
  ('countries.read', '{owner,admin,marketing,safety,viewer,api_key}'),
  ('countries.manage', '{owner,admin,api_key}'),
  ('countries.pause', '{owner,admin,safety,api_key}'),
  ('counters.correct', '{owner,admin}'),
  ('receipts.read', '{owner,admin,safety}'),
  ('audit.read', '{owner,admin}'),
  ('audit.read_own', '{marketing,safety}'),
  ('flags.read', '{owner,admin,marketing,safety,viewer,api_key}'),
  ('flags.manage', '{owner,admin}'),
  ('throttle.read', '{owner,admin,marketing,safety,viewer,api_key}'),
  ('throttle.override', '{owner,admin}'),
  ('signals.report', '{api_key}'),
  ('load.read', '{owner,admin,safety}'),
  ('load.manage', '{owner,admin}'),
  ('regions.read', '{owner,admin,marketing,safety,viewer}'),
  ('risk.read', '{owner,admin,safety,api_key}'),
  ('risk.manage', '{owner,admin}'),
  ('threats.read', '{owner,admin,safety,api_key}'),
  ('threats.manage', '{owner,admin,safety}'),
  ('alerts.read', '{owner,admin,marketing,safety,viewer,api_key}'),
  ('alerts.manage', '{owner,admin,safety}'),
  ('queue.read', '{owner,admin,marketing,safety,viewer}'),
  ('queue.manage', '{owner,admin}'),
  ('jobs.read', '{owner,admin,safety}'),
  ('jobs.run', '{owner,admin,api_key}'),
  ('notifications.manage', '{owner,admin}'),
  ('campaigns.read', '{owner,admin,marketing,viewer,api_key}'),
  ('campaigns.manage', '{owner,admin,marketing,api_key}'),
  ('campaigns.track', '{api_key}'),
  ('sequence.read', '{owner,admin,marketing,safety,viewer,api_key}'),
  ('sequence.manage', '{owner,admin}'),
  ('sequence.approve', '{owner,admin}'),
  ('dryruns.read', '{owner,admin,safety,api_key}'),
  ('dryruns.run', '{owner,admin,safety,api_key}'),
  ('experiments.read', '{owner,admin,marketing,viewer}'),
  ('experiments.manage', '{owner,admin}'),
  ('routines.tick', '{owner,admin,marketing,safety}'),
  ('routines.manage', '{owner,admin}'),
  ('reports.read', '{owner,admin,api_key}'),
  ('reports.manage', '{owner,admin,api_key}'),
  ('caps.check', '{api_key}')
) as granted (permission, roles), unnest(granted.roles::text[]) as role;

alter table app.roles enable row level security;
alter table app.permissions enable row level security;
alter table app.role_permissions enable row level security;

create policy roles_select_signed_in on app.roles for select to authenticated using (true);
create policy permissions_select_signed_in on app.permissions for select to authenticated using (true);
create policy role_permissions_select_signed_in on app.role_permissions for select to authenticated using (true);

grant select on app.roles, app.permissions, app.role_permissions to authenticated;
