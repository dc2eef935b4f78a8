-- The market sequence: the order in which countries open, who may move them on, and what each waits for.
--
-- sequences              one a workspace: version grows with each change of order or steps, so that two editors lose nothing
-- sequence_templates     waves of countries to install by one action, with their populations in millions
-- sequence_steps         a country's place, and how it moves: manual (a person on the country's page), propose (opens an approval),
--                        automatic (by itself). A change window is in the country's local time; a step without one moves at any time
-- sequence_dependencies  a country waits until another has been in a phase for some days, below a level of risk if that is asked
-- freezes                nothing moves by itself, and no approval is carried out: in one country, or in all
-- proposals              a move that waits for an approval, with the gate's numbers. One open per country
-- checklist_items, checklist_ticks   what people see to before a country opens

create table launch.sequences (
  workspace_id uuid primary key references app.workspaces (id) on delete cascade,
  version int not null default 1,
  approval_hours int not null default 72,
  constraint approval_has_time check (approval_hours between 1 and 720)
);

create table launch.sequence_templates (
  template text not null,
  position int not null,
  country text not null references launch.iso_countries (code),
  population_millions double precision not null,
  primary key (template, country),
  constraint template_is_known check (template in ('eu_first_wave', 'nordics', 'dach', 'iberia', 'latam', 'mena', 'apac'))
);
create index sequence_templates_country_idx on launch.sequence_templates (country);
insert into launch.sequence_templates (template, position, country, population_millions) values
  ('eu_first_wave', 1, 'PL', 38), ('eu_first_wave', 2, 'CZ', 10.7), ('eu_first_wave', 3, 'SK', 5.5), ('eu_first_wave', 4, 'HR', 4.1),
  ('eu_first_wave', 5, 'RO', 19.3), ('eu_first_wave', 6, 'BG', 6.9), ('eu_first_wave', 7, 'GR', 10.4), ('eu_first_wave', 8, 'IT', 60.4),
  ('nordics', 1, 'SE', 10.6), ('nordics', 2, 'DK', 6), ('nordics', 3, 'FI', 5.6), ('nordics', 4, 'NO', 5.6), ('nordics', 5, 'IS', 0.4),
  ('dach', 1, 'AT', 9.2), ('dach', 2, 'CH', 9), ('dach', 3, 'DE', 83.5),
  ('iberia', 1, 'PT', 10.7), ('iberia', 2, 'ES', 48.9),
  ('latam', 1, 'CL', 19.8), ('latam', 2, 'CO', 52.9), ('latam', 3, 'PE', 34.2), ('latam', 4, 'AR', 45.7), ('latam', 5, 'MX', 130.9), ('latam', 6, 'BR', 212),
  ('mena', 1, 'AE', 10.9), ('mena', 2, 'JO', 11.6), ('mena', 3, 'MA', 38.1), ('mena', 4, 'SA', 34), ('mena', 5, 'EG', 116.5),
  ('apac', 1, 'SG', 5.8), ('apac', 2, 'NZ', 5.2), ('apac', 3, 'AU', 26.7), ('apac', 4, 'KR', 51.7), ('apac', 5, 'JP', 123.8), ('apac', 6, 'ID', 283.5);

create table launch.sequence_steps (
  workspace_id uuid not null,
  country text not null,
  position int not null,
  mode text not null default 'manual',
  opens_as text not null default 'soft',
  needs_checklist boolean not null default false,
  window_days int[],
  window_from text,
  window_to text,
  primary key (workspace_id, country),
  foreign key (workspace_id, country) references launch.countries (workspace_id, code) on delete cascade,
  constraint sequence_steps_one_per_position unique (workspace_id, position) deferrable initially immediate,
  constraint mode_is_known check (mode in ('manual', 'propose', 'automatic')),
  constraint opening_phase_is_open check (opens_as in ('alpha', 'soft', 'public')),
  constraint window_is_whole check (num_nulls(window_days, window_from, window_to) in (0, 3)),
  constraint window_has_days check (window_days <@ array[1, 2, 3, 4, 5, 6, 7] and cardinality(window_days) > 0),
  constraint window_times_are_hours_and_minutes check (window_from ~ '^([01]\d|2[0-3]):[0-5]\d$' and window_to ~ '^([01]\d|2[0-3]):[0-5]\d$'),
  constraint window_has_length check (window_to > window_from)
);

create table launch.sequence_dependencies (
  workspace_id uuid not null,
  country text not null,
  needs_country text not null,
  needs_phase text not null,
  needs_days int not null,
  below_level text,
  primary key (workspace_id, country, needs_country),
  foreign key (workspace_id, country) references launch.sequence_steps (workspace_id, country) on delete cascade,
  foreign key (workspace_id, needs_country) references launch.sequence_steps (workspace_id, country) on delete cascade,
  constraint needed_phase_is_open check (needs_phase in ('alpha', 'soft', 'public')),
  constraint days_are_few check (needs_days between 0 and 365),
  constraint level_is_above_low check (below_level in ('medium', 'high', 'critical')),
  constraint country_needs_another check (country <> needs_country)
);
create index sequence_dependencies_needs_idx on launch.sequence_dependencies (workspace_id, needs_country);

create table launch.freezes (
  id uuid primary key default private.uuid_v7(),
  workspace_id uuid not null references app.workspaces (id) on delete cascade,
  country text references launch.iso_countries (code),
  from_at timestamptz not null,
  until timestamptz not null,
  reason text not null,
  created_by uuid references app.profiles (id) on delete set null,
  ended_at timestamptz,
  constraint freeze_has_length check (until > from_at),
  constraint reason_is_short check (char_length(reason) between 1 and 500)
);
create index freezes_workspace_id_idx on launch.freezes (workspace_id, until desc);
create index freezes_country_idx on launch.freezes (country);
create index freezes_created_by_idx on launch.freezes (created_by);

create table launch.proposals (
  id uuid primary key default private.uuid_v7(),
  workspace_id uuid not null references app.workspaces (id) on delete cascade,
  country text not null references launch.iso_countries (code),
  from_phase text not null,
  to_phase text not null,
  policy_version int not null,
  gate jsonb not null,
  reason text,
  state text not null default 'open',
  proposed_by uuid references app.profiles (id) on delete set null,
  proposed_at timestamptz not null default launch.now(),
  expires_at timestamptz not null,
  answered_by uuid references app.profiles (id) on delete set null,
  answered_at timestamptz,
  answer text,
  constraint state_is_known check (state in ('open', 'approved', 'moved', 'refused', 'expired', 'outdated')),
  constraint answered_proposal_has_time check (answered_at is not null or state in ('open', 'expired', 'outdated'))
);
create unique index proposals_one_pending_per_country on launch.proposals (workspace_id, country) where state in ('open', 'approved');
create index proposals_workspace_id_idx on launch.proposals (workspace_id, id desc);
create index proposals_country_idx on launch.proposals (country);
create index proposals_proposed_by_idx on launch.proposals (proposed_by);
create index proposals_answered_by_idx on launch.proposals (answered_by);

create table launch.checklist_items (
  id uuid primary key default private.uuid_v7(),
  workspace_id uuid not null references app.workspaces (id) on delete cascade,
  position int not null,
  title text not null,
  constraint title_is_short check (char_length(title) between 1 and 200)
);
create index checklist_items_workspace_id_idx on launch.checklist_items (workspace_id, position);

create table launch.checklist_ticks (
  workspace_id uuid not null,
  country text not null,
  item_id uuid not null references launch.checklist_items (id) on delete cascade,
  ticked_by uuid references app.profiles (id) on delete set null,
  ticked_at timestamptz not null default launch.now(),
  primary key (workspace_id, country, item_id),
  foreign key (workspace_id, country) references launch.sequence_steps (workspace_id, country) on delete cascade
);
create index checklist_ticks_item_id_idx on launch.checklist_ticks (item_id);
create index checklist_ticks_ticked_by_idx on launch.checklist_ticks (ticked_by);

alter table launch.sequences enable row level security;
alter table launch.sequence_templates enable row level security;
alter table launch.sequence_steps enable row level security;
alter table launch.sequence_dependencies enable row level security;
alter table launch.freezes enable row level security;
alter table launch.proposals enable row level security;
alter table launch.checklist_items enable row level security;
alter table launch.checklist_ticks enable row level security;
create policy sequences_select_member on launch.sequences for select to authenticated
  using (workspace_id = any (array(select private.workspaces_with('sequence.read'))));
create policy sequence_templates_select_signed_in on launch.sequence_templates for select to authenticated using (true);
create policy sequence_steps_select_member on launch.sequence_steps for select to authenticated
  using (workspace_id = any (array(select private.workspaces_with('sequence.read'))));
create policy sequence_dependencies_select_member on launch.sequence_dependencies for select to authenticated
  using (workspace_id = any (array(select private.workspaces_with('sequence.read'))));
create policy freezes_select_member on launch.freezes for select to authenticated
  using (workspace_id = any (array(select private.workspaces_with('sequence.read'))));
create policy proposals_select_member on launch.proposals for select to authenticated
  using (workspace_id = any (array(select private.workspaces_with('sequence.read'))));
create policy checklist_items_select_member on launch.checklist_items for select to authenticated
  using (workspace_id = any (array(select private.workspaces_with('sequence.read'))));
create policy checklist_ticks_select_member on launch.checklist_ticks for select to authenticated
  using (workspace_id = any (array(select private.workspaces_with('sequence.read'))));
grant select on launch.sequences, launch.sequence_templates, launch.sequence_steps, launch.sequence_dependencies, launch.freezes,
  launch.proposals, launch.checklist_items, launch.checklist_ticks to authenticated;
