-- schemas
grant usage on schema app to authenticated
grant usage on schema app to gantry_service
grant usage on schema launch to authenticated
grant usage on schema launch to gantry_service
grant usage on schema private to authenticated
schema app
schema launch
schema private

-- tables and views
partitioned table launch.clicks partition by range (at) row security
partitioned table launch.event_intake partition by range (slot_at) row security
partitioned table launch.event_keys partition by range (kept_at) row security
partitioned table launch.event_slots partition by range (slot_at) row security
partitioned table launch.events partition by range (occurred_at) row security
partitioned table launch.forecasts partition by range (issued_at) row security
partitioned table launch.idempotency_keys partition by range (decided_at) row security
partitioned table launch.job_results partition by range (due_at) row security
partitioned table launch.job_runs partition by range (due_at) row security
partitioned table launch.kept_slots partition by range (slot_at) row security
partitioned table launch.load_evaluations partition by range (slot_at) row security
partitioned table launch.load_levels partition by range (slot_at) row security
partitioned table launch.measurements partition by range (measured_at) row security
partitioned table launch.receipts partition by list (allowed) row security
partitioned table launch.receipts_granted partition by range (decided_at) partition for values in (true) row security
partitioned table launch.receipts_refused partition by range (decided_at) partition for values in (false) row security
partitioned table launch.reservations partition by range (decided_at) row security
partitioned table launch.threat_findings partition by range (slot_at) row security
partitioned table launch.unknown_events partition by range (day_at) row security
partitioned table private.active_slots partition by range (slot_at) row security
partitioned table private.answer_minutes partition by range (minute_at) row security
partitioned table private.touches partition by range (touched_at) row security
table app.api_keys row security
table app.audit_entries row security
table app.audit_heads row security
table app.channels row security
table app.deliveries with (fillfactor=50) row security
table app.delivery_attempts row security
table app.flag_definitions row security
table app.flags row security
table app.invitations row security
table app.members row security
table app.message_types row security
table app.messages row security
table app.outbox row security
table app.permissions row security
table app.profiles row security
table app.role_permissions row security
table app.roles row security
table app.workspaces row security
table launch.adaptive_limits row security
table launch.alert_changes row security
table launch.alert_kinds row security
table launch.alerts row security
table launch.attributions row security
table launch.blocks row security
table launch.campaign_links row security
table launch.campaign_quotas row security
table launch.campaign_tasks row security
table launch.campaigns row security
table launch.caps row security
table launch.checklist_items row security
table launch.checklist_ticks row security
table launch.counter_days row security
table launch.counters with (fillfactor=40, autovacuum_vacuum_scale_factor=0, autovacuum_vacuum_threshold=1000) row security
table launch.countries row security
table launch.currencies row security
table launch.currency_rates row security
table launch.dry_runs row security
table launch.event_types row security
table launch.experiment_days row security
table launch.experiments row security
table launch.forecast_outcomes row security
table launch.freezes row security
table launch.gate_results row security
table launch.incident_notes row security
table launch.incidents row security
table launch.iso_countries row security
table launch.jobs row security
table launch.limit_states row security
table launch.limits row security
table launch.link_revenues row security
table launch.link_slots row security
table launch.measurement_sources row security
table launch.policy_versions row security
table launch.proposals row security
table launch.protections row security
table launch.queues row security
table launch.region_days row security
table launch.region_hours row security
table launch.region_kpis row security
table launch.region_settings row security
table launch.report_addresses row security
table launch.report_files row security
table launch.report_letters row security
table launch.report_schedules row security
table launch.reports row security
table launch.risk_scores row security
table launch.scorecards row security
table launch.sequence_dependencies row security
table launch.sequence_steps row security
table launch.sequence_templates row security
table launch.sequences row security
table launch.subject_countries with (fillfactor=80) row security
table launch.summary_settings row security
table launch.threat_patterns row security
table launch.threat_rules row security
table launch.threat_snoozes row security
table launch.throttle_policies row security
table launch.throttles row security
table launch.tickets row security
table private.attribution_marks row security
table private.chargebacks row security
table private.click_salts row security
table private.job_ticks row security
table private.judged_events row security
table private.partition_plans row security
table private.routine_items row security
table private.routine_settings row security
table private.routine_ticks row security
table private.touched_hours with (fillfactor=50) row security
table private.unjudged_hours with (fillfactor=50) row security
view launch.campaign_actuals with (security_invoker=true) as md5 d9e672a752ae518c1b3241cf08ca31bd
view launch.campaign_days with (security_invoker=true) as md5 a0af5046d72f2245f03325fa6d17d418
view launch.capacity with (security_invoker=true) as md5 8bc69408459380f0df96ad920be44e04
view launch.usage_slots with (security_invoker=true) as md5 0750038bff8f685a93833217fc8d465f

-- columns
app.api_keys.created_at timestamp with time zone not null default now()
app.api_keys.created_by uuid
app.api_keys.expires_at timestamp with time zone
app.api_keys.hash bytea not null
app.api_keys.id uuid not null default private.uuid_v7()
app.api_keys.last_used_at timestamp with time zone
app.api_keys.name text not null
app.api_keys.prefix text not null
app.api_keys.revoked_at timestamp with time zone
app.api_keys.rotated_from uuid
app.api_keys.scopes text[] not null
app.api_keys.workspace_id uuid not null
app.audit_entries.action text not null
app.audit_entries.actor_id uuid
app.audit_entries.actor_kind text not null
app.audit_entries.actor_label text not null
app.audit_entries.at timestamp with time zone not null
app.audit_entries.details jsonb not null
app.audit_entries.hash bytea not null
app.audit_entries.previous_hash bytea not null
app.audit_entries.reason text
app.audit_entries.resource_id text not null
app.audit_entries.resource_type text not null
app.audit_entries.sequence bigint not null
app.audit_entries.severity text not null
app.audit_entries.workspace_id uuid not null
app.audit_heads.hash bytea not null default '\x'::bytea
app.audit_heads.sequence bigint not null default 0
app.audit_heads.workspace_id uuid not null
app.channels.alert_kinds text[]
app.channels.created_at timestamp with time zone not null default launch.now()
app.channels.created_by uuid
app.channels.deleted_at timestamp with time zone
app.channels.disabled_reason text
app.channels.enabled boolean not null default true
app.channels.failing_since timestamp with time zone
app.channels.held_until timestamp with time zone
app.channels.hint text
app.channels.id uuid not null default private.uuid_v7()
app.channels.kind text not null
app.channels.last_error text
app.channels.last_success_at timestamp with time zone
app.channels.message_types text[] not null
app.channels.minimum_severity text not null default 'warning'::text
app.channels.name text not null
app.channels.recipients text[]
app.channels.rotation_ends_at timestamp with time zone
app.channels.url text
app.channels.version integer not null default 1
app.channels.workspace_id uuid not null
app.deliveries.attempts integer not null default 0
app.deliveries.channel_id uuid not null
app.deliveries.claimed_until timestamp with time zone
app.deliveries.created_at timestamp with time zone not null default launch.now()
app.deliveries.due_at timestamp with time zone not null default launch.now()
app.deliveries.id bigint not null generated always as identity
app.deliveries.last_error text
app.deliveries.message_id uuid not null
app.deliveries.reached text[] not null default '{}'::text[]
app.deliveries.refused text[] not null default '{}'::text[]
app.deliveries.settled_at timestamp with time zone
app.deliveries.state text not null default 'pending'::text
app.deliveries.subject text not null
app.deliveries.tries integer not null default 0
app.deliveries.workspace_id uuid not null
app.delivery_attempts.at timestamp with time zone not null
app.delivery_attempts.attempt integer not null
app.delivery_attempts.delivery_id bigint not null
app.delivery_attempts.error text
app.delivery_attempts.refusals jsonb
app.delivery_attempts.response text
app.delivery_attempts.status integer
app.delivery_attempts.took_ms integer not null
app.delivery_attempts.workspace_id uuid not null
app.flag_definitions.description text not null
app.flag_definitions.key text not null
app.flag_definitions.on_by_default boolean not null default true
app.flag_definitions.on_in_development boolean not null default true
app.flags.enabled boolean not null
app.flags.key text not null
app.flags.updated_at timestamp with time zone not null default launch.now()
app.flags.updated_by uuid
app.flags.version integer not null default 1
app.flags.workspace_id uuid not null
app.invitations.accepted_at timestamp with time zone
app.invitations.created_at timestamp with time zone not null default launch.now()
app.invitations.email text not null
app.invitations.expires_at timestamp with time zone not null
app.invitations.id uuid not null
app.invitations.invited_by uuid
app.invitations.revoked_at timestamp with time zone
app.invitations.role text not null
app.invitations.token_hash bytea not null
app.invitations.workspace_id uuid not null
app.members.joined_at timestamp with time zone not null default now()
app.members.role text not null
app.members.user_id uuid not null
app.members.workspace_id uuid not null
app.message_types.description text not null
app.message_types.type text not null
app.messages.at timestamp with time zone not null default launch.now()
app.messages.data jsonb not null
app.messages.id uuid not null default private.uuid_v7()
app.messages.subject text not null
app.messages.type text not null
app.messages.workspace_id uuid not null
app.outbox.attempts integer not null default 0
app.outbox.claimed_until timestamp with time zone
app.outbox.created_at timestamp with time zone not null default launch.now()
app.outbox.delivered_at timestamp with time zone
app.outbox.due_at timestamp with time zone not null default launch.now()
app.outbox.failed_at timestamp with time zone
app.outbox.id uuid not null default private.uuid_v7()
app.outbox.last_error text
app.outbox.payload jsonb not null
app.outbox.topic text not null
app.outbox.workspace_id uuid not null
app.permissions.description text not null
app.permissions.name text not null
app.profiles.created_at timestamp with time zone not null default now()
app.profiles.display_name text
app.profiles.email text not null
app.profiles.id uuid not null
app.role_permissions.permission text not null
app.role_permissions.role text not null
app.roles.description text not null
app.roles.name text not null
app.roles.rank smallint not null
app.workspaces.allows_unlisted_countries boolean not null default false
app.workspaces.created_at timestamp with time zone not null default now()
app.workspaces.environment text not null
app.workspaces.id uuid not null default private.uuid_v7()
app.workspaces.name text not null
app.workspaces.slug text not null
launch.adaptive_limits.hour_of_week smallint not null
launch.adaptive_limits.learned_at timestamp with time zone
launch.adaptive_limits.mad double precision
launch.adaptive_limits.median double precision
launch.adaptive_limits.name text not null
launch.adaptive_limits.samples integer not null
launch.adaptive_limits.tried_at timestamp with time zone not null
launch.adaptive_limits.value double precision
launch.adaptive_limits.workspace_id uuid not null
launch.alert_changes.actor text not null
launch.alert_changes.alert_id uuid not null
launch.alert_changes.at timestamp with time zone not null default launch.now()
launch.alert_changes.change text not null
launch.alert_changes.id uuid not null default private.uuid_v7()
launch.alert_changes.note text
launch.alert_changes.workspace_id uuid not null
launch.alert_kinds.description text not null
launch.alert_kinds.kind text not null
launch.alert_kinds.permission text not null
launch.alerts.acknowledged_at timestamp with time zone
launch.alerts.acknowledged_by uuid
launch.alerts.assigned_to uuid
launch.alerts.country text
launch.alerts.evidence jsonb not null default '{}'::jsonb
launch.alerts.fingerprint text not null
launch.alerts.id uuid not null default private.uuid_v7()
launch.alerts.kind text not null
launch.alerts.last_at timestamp with time zone not null default launch.now()
launch.alerts.muted_reason text
launch.alerts.muted_until timestamp with time zone
launch.alerts.note text
launch.alerts.occurrences integer not null default 1
launch.alerts.opened_at timestamp with time zone not null default launch.now()
launch.alerts.outcome text
launch.alerts.resolved_at timestamp with time zone
launch.alerts.resolved_by uuid
launch.alerts.severity text not null
launch.alerts.status text not null default 'open'::text
launch.alerts.step smallint not null default 0
launch.alerts.subject_id text
launch.alerts.title text not null
launch.alerts.version integer not null default 1
launch.alerts.workspace_id uuid not null
launch.attributions.amount_minor bigint
launch.attributions.campaign_id uuid not null
launch.attributions.charged_back_minor bigint not null default 0
launch.attributions.click_id uuid
launch.attributions.counted_key bytea
launch.attributions.country text
launch.attributions.currency text
launch.attributions.event_id text not null
launch.attributions.link_id uuid
launch.attributions.occurred_at timestamp with time zone not null
launch.attributions.payer bytea
launch.attributions.reported_at timestamp with time zone not null
launch.attributions.source text not null
launch.attributions.step text not null
launch.attributions.touched_at timestamp with time zone not null
launch.attributions.workspace_id uuid not null
launch.blocks.alert_id uuid
launch.blocks.created_at timestamp with time zone not null default launch.now()
launch.blocks.created_by uuid
launch.blocks.id uuid not null default private.uuid_v7()
launch.blocks.kind text not null
launch.blocks.lifted_at timestamp with time zone
launch.blocks.lifted_by uuid
launch.blocks.range cidr
launch.blocks.reason text not null
launch.blocks.source text not null
launch.blocks.until timestamp with time zone not null
launch.blocks.value text not null
launch.blocks.workspace_id uuid not null
launch.campaign_actuals.bots integer
launch.campaign_actuals.campaign_id uuid
launch.campaign_actuals.chargebacks integer
launch.campaign_actuals.charged_back jsonb
launch.campaign_actuals.clicks integer
launch.campaign_actuals.creators integer
launch.campaign_actuals.installs integer
launch.campaign_actuals.purchases integer
launch.campaign_actuals.registrations integer
launch.campaign_actuals.revenues jsonb
launch.campaign_actuals.visitors integer
launch.campaign_actuals.waiting integer
launch.campaign_actuals.workspace_id uuid
launch.campaign_days.bots integer
launch.campaign_days.campaign_id uuid
launch.campaign_days.chargebacks integer
launch.campaign_days.clicks integer
launch.campaign_days.creators integer
launch.campaign_days.day_on date
launch.campaign_days.installs integer
launch.campaign_days.purchases integer
launch.campaign_days.registrations integer
launch.campaign_days.visitors integer
launch.campaign_days.waiting integer
launch.campaign_days.workspace_id uuid
launch.campaign_links.active boolean not null default true
launch.campaign_links.campaign_id uuid not null
launch.campaign_links.created_at timestamp with time zone not null default launch.now()
launch.campaign_links.created_by uuid
launch.campaign_links.destination text not null
launch.campaign_links.id uuid not null default private.uuid_v7()
launch.campaign_links.label text not null
launch.campaign_links.slug text not null
launch.campaign_links.version integer not null default 1
launch.campaign_links.waiting_url text
launch.campaign_links.workspace_id uuid not null
launch.campaign_quotas.campaign_id uuid not null
launch.campaign_quotas.counter_id bigint not null
launch.campaign_quotas.day_on date not null
launch.campaign_quotas.slug text not null
launch.campaign_quotas.units integer not null
launch.campaign_quotas.used integer not null default 0
launch.campaign_quotas.workspace_id uuid not null
launch.campaign_tasks.campaign_id uuid not null
launch.campaign_tasks.done_at timestamp with time zone
launch.campaign_tasks.done_by uuid
launch.campaign_tasks.due_at timestamp with time zone not null
launch.campaign_tasks.id uuid not null default private.uuid_v7()
launch.campaign_tasks.owner_id uuid
launch.campaign_tasks.title text not null
launch.campaign_tasks.workspace_id uuid not null
launch.campaigns.benchmarks jsonb not null default '{}'::jsonb
launch.campaigns.cost_currency text
launch.campaigns.cost_minor bigint
launch.campaigns.country text not null
launch.campaigns.created_at timestamp with time zone not null default launch.now()
launch.campaigns.created_by uuid
launch.campaigns.creator_inflow integer not null default 0
launch.campaigns.ends_at timestamp with time zone not null
launch.campaigns.expected_installs integer not null default 0
launch.campaigns.followers integer
launch.campaigns.id uuid not null default private.uuid_v7()
launch.campaigns.influencer text
launch.campaigns.install_window_days integer not null default 7
launch.campaigns.later_window_days integer not null default 30
launch.campaigns.name text not null
launch.campaigns.shape text not null default 'spike'::text
launch.campaigns.slug text not null
launch.campaigns.starts_at timestamp with time zone not null
launch.campaigns.status text not null default 'draft'::text
launch.campaigns.sub_quota integer
launch.campaigns.template boolean not null default false
launch.campaigns.traffic_forecast integer not null default 0
launch.campaigns.version integer not null default 1
launch.campaigns.workspace_id uuid not null
launch.cap_answers.alloweds boolean[]
launch.cap_answers.caps integer[]
launch.cap_answers.decided_at timestamp with time zone
launch.cap_answers.hold_expires_at timestamp with time zone[]
launch.cap_answers.policy_versions integer[]
launch.cap_answers.problems text[]
launch.cap_answers.reasons text[]
launch.cap_answers.recalled jsonb
launch.cap_answers.remaining integer[]
launch.cap_answers.resets_at timestamp with time zone[]
launch.cap_answers.retry_at timestamp with time zone[]
launch.cap_answers.shadows text[]
launch.cap_answers.sources integer[]
launch.cap_answers.throttle_levels integer[]
launch.cap_answers.verdicts text[]
launch.capacity.activated_at timestamp with time zone
launch.capacity.amount_cap_minor bigint
launch.capacity.amount_currency text
launch.capacity.amount_used_minor bigint
launch.capacity.cap integer
launch.capacity.corrected integer
launch.capacity.counter_id bigint
launch.capacity.country text
launch.capacity.day_on date
launch.capacity.day_starts_at timestamp with time zone
launch.capacity.held integer
launch.capacity.kept integer
launch.capacity.listed_at timestamp with time zone
launch.capacity.operation text
launch.capacity.pause_reason text
launch.capacity.phase text
launch.capacity.phase_before_pause text
launch.capacity.phase_since timestamp with time zone
launch.capacity.policy_version integer
launch.capacity.resets_at timestamp with time zone
launch.capacity.time_zone text
launch.capacity.used integer
launch.capacity.workspace_id uuid
launch.caps.amount_currency text
launch.caps.amount_minor bigint
launch.caps.country text not null
launch.caps.operation text not null
launch.caps.units integer not null
launch.caps.workspace_id uuid not null
launch.checklist_items."position" integer not null
launch.checklist_items.id uuid not null default private.uuid_v7()
launch.checklist_items.title text not null
launch.checklist_items.workspace_id uuid not null
launch.checklist_ticks.country text not null
launch.checklist_ticks.item_id uuid not null
launch.checklist_ticks.ticked_at timestamp with time zone not null default launch.now()
launch.checklist_ticks.ticked_by uuid
launch.checklist_ticks.workspace_id uuid not null
launch.clicks.at timestamp with time zone not null
launch.clicks.bot text
launch.clicks.campaign_id uuid not null
launch.clicks.country text
launch.clicks.door text not null
launch.clicks.id uuid not null
launch.clicks.kept_at timestamp with time zone not null
launch.clicks.link_id uuid
launch.clicks.source text not null
launch.clicks.visitor bytea
launch.clicks.workspace_id uuid not null
launch.counter_days.amount_currency text
launch.counter_days.amount_used bigint not null
launch.counter_days.cap integer
launch.counter_days.corrected integer not null
launch.counter_days.country text not null
launch.counter_days.day_ends_at timestamp with time zone not null
launch.counter_days.day_on date not null
launch.counter_days.day_starts_at timestamp with time zone not null
launch.counter_days.held integer not null
launch.counter_days.operation text not null
launch.counter_days.used integer not null
launch.counter_days.workspace_id uuid not null
launch.counters.amount_currency text
launch.counters.amount_used bigint not null default 0
launch.counters.corrected integer not null default 0
launch.counters.country text not null
launch.counters.day_ends_at timestamp with time zone not null
launch.counters.day_on date not null
launch.counters.day_starts_at timestamp with time zone not null
launch.counters.held integer not null default 0
launch.counters.id bigint not null generated always as identity
launch.counters.kept integer not null default 0
launch.counters.operation text not null
launch.counters.slot_at timestamp with time zone
launch.counters.slot_granted integer not null default 0
launch.counters.slot_refused integer not null default 0
launch.counters.used integer not null default 0
launch.counters.workspace_id uuid not null
launch.countries.activated_at timestamp with time zone
launch.countries.code text not null
launch.countries.listed_at timestamp with time zone not null default launch.now()
launch.countries.pause_reason text
launch.countries.phase text not null default 'not_launched'::text
launch.countries.phase_before_pause text
launch.countries.phase_since timestamp with time zone not null default launch.now()
launch.countries.policy_version integer not null default 1
launch.countries.time_zone text not null
launch.countries.workspace_id uuid not null
launch.currencies.code text not null
launch.currencies.digits smallint not null
launch.currency_rates.base text not null
launch.currency_rates.imported_at timestamp with time zone not null default launch.now()
launch.currency_rates.on_date date not null
launch.currency_rates.quote text not null
launch.currency_rates.rate numeric not null
launch.currency_rates.workspace_id uuid not null
launch.dry_runs.countries text[] not null
launch.dry_runs.created_at timestamp with time zone not null default launch.now()
launch.dry_runs.created_by uuid
launch.dry_runs.created_by_label text not null
launch.dry_runs.days integer not null
launch.dry_runs.ended_at timestamp with time zone
launch.dry_runs.facts jsonb not null default '{}'::jsonb
launch.dry_runs.id uuid not null default private.uuid_v7()
launch.dry_runs.place integer not null default 0
launch.dry_runs.places integer not null
launch.dry_runs.problem text
launch.dry_runs.proposal jsonb not null
launch.dry_runs.results jsonb not null default '[]'::jsonb
launch.dry_runs.status text not null default 'queued'::text
launch.dry_runs.until_at timestamp with time zone not null
launch.dry_runs.workspace_id uuid not null
launch.event_intake.accepted bigint not null
launch.event_intake.duplicates bigint not null
launch.event_intake.last_at timestamp with time zone not null
launch.event_intake.last_problem text
launch.event_intake.late bigint not null
launch.event_intake.problem_at timestamp with time zone
launch.event_intake.refused bigint not null
launch.event_intake.slot_at timestamp with time zone not null
launch.event_intake.type text not null
launch.event_intake.unknown bigint not null
launch.event_intake.workspace_id uuid not null
launch.event_keys.kept_at timestamp with time zone not null
launch.event_keys.key bytea not null
launch.event_keys.workspace_id uuid not null
launch.event_slots.amount_minor numeric not null default 0
launch.event_slots.country text not null
launch.event_slots.currency text not null default ''::text
launch.event_slots.events integer not null
launch.event_slots.slot_at timestamp with time zone not null
launch.event_slots.type text not null
launch.event_slots.value_count integer not null default 0
launch.event_slots.value_sum double precision not null default 0
launch.event_slots.workspace_id uuid not null
launch.event_types.description text not null
launch.event_types.type text not null
launch.events.amount_minor bigint
launch.events.country text
launch.events.currency text
launch.events.data jsonb
launch.events.device text
launch.events.event_id text not null
launch.events.ip inet
launch.events.occurred_at timestamp with time zone not null
launch.events.received_at timestamp with time zone not null
launch.events.source text not null
launch.events.subject text
launch.events.type text not null
launch.events.value double precision
launch.events.workspace_id uuid not null
launch.experiment_days.applied_at timestamp with time zone
launch.experiment_days.arm text not null
launch.experiment_days.day_on date not null
launch.experiment_days.experiment_id uuid not null
launch.experiment_days.left_out text
launch.experiment_days.pair integer not null
launch.experiment_days.workspace_id uuid not null
launch.experiments.cap_a integer not null
launch.experiments.cap_b integer not null
launch.experiments.cap_before integer
launch.experiments.cap_now integer
launch.experiments.country text not null
launch.experiments.created_at timestamp with time zone not null default launch.now()
launch.experiments.created_by uuid
launch.experiments.days integer not null
launch.experiments.ended_at timestamp with time zone
launch.experiments.id uuid not null default private.uuid_v7()
launch.experiments.metric text not null
launch.experiments.operation text not null
launch.experiments.outcome text
launch.experiments.phase text
launch.experiments.policy_version integer
launch.experiments.reason text
launch.experiments.seed text not null
launch.experiments.starts_on date not null
launch.experiments.status text not null default 'scheduled'::text
launch.experiments.time_zone text
launch.experiments.workspace_id uuid not null
launch.forecast_outcomes.absolute_error numeric not null
launch.forecast_outcomes.country text not null
launch.forecast_outcomes.demand numeric not null
launch.forecast_outcomes.forecasts integer not null
launch.forecast_outcomes.granted bigint not null
launch.forecast_outcomes.hour_at timestamp with time zone not null
launch.forecast_outcomes.within_p50 integer not null
launch.forecast_outcomes.within_p90 integer not null
launch.forecast_outcomes.workspace_id uuid not null
launch.forecasts.base_p50 numeric
launch.forecasts.basis text not null
launch.forecasts.campaign_p50 numeric not null
launch.forecasts.country text not null
launch.forecasts.hour_at timestamp with time zone not null
launch.forecasts.issued_at timestamp with time zone not null
launch.forecasts.levelled boolean not null
launch.forecasts.p50 numeric
launch.forecasts.p90 numeric
launch.forecasts.workspace_id uuid not null
launch.freezes.country text
launch.freezes.created_by uuid
launch.freezes.ended_at timestamp with time zone
launch.freezes.from_at timestamp with time zone not null
launch.freezes.id uuid not null default private.uuid_v7()
launch.freezes.reason text not null
launch.freezes.until timestamp with time zone not null
launch.freezes.workspace_id uuid not null
launch.gate_results.at timestamp with time zone not null
launch.gate_results.country text not null
launch.gate_results.criteria jsonb not null
launch.gate_results.gate text not null
launch.gate_results.newest_at timestamp with time zone
launch.gate_results.outcome text not null
launch.gate_results.snapshots integer not null
launch.gate_results.workspace_id uuid not null
launch.idempotency_keys.allowed boolean not null
launch.idempotency_keys.decided_at timestamp with time zone not null
launch.idempotency_keys.fingerprint uuid not null
launch.idempotency_keys.key text not null
launch.idempotency_keys.receipt_id uuid not null
launch.idempotency_keys.workspace_id uuid not null
launch.incident_notes.at timestamp with time zone not null default launch.now()
launch.incident_notes.author text not null
launch.incident_notes.body text not null
launch.incident_notes.id uuid not null default private.uuid_v7()
launch.incident_notes.incident_id uuid not null
launch.incident_notes.workspace_id uuid not null
launch.incidents.closed_at timestamp with time zone
launch.incidents.closed_because text
launch.incidents.closed_by text
launch.incidents.country text not null
launch.incidents.factors jsonb not null
launch.incidents.id uuid not null default private.uuid_v7()
launch.incidents.kpis jsonb not null
launch.incidents.last_critical_at timestamp with time zone not null
launch.incidents.may_pause boolean not null default true
launch.incidents.opened_at timestamp with time zone not null default launch.now()
launch.incidents.paused_at timestamp with time zone
launch.incidents.phase text not null
launch.incidents.score smallint not null
launch.incidents.scorecard_version integer not null
launch.incidents.tripped boolean not null
launch.incidents.version integer not null default 1
launch.incidents.workspace_id uuid not null
launch.iso_countries.code text not null
launch.iso_countries.name text not null
launch.iso_countries.population bigint
launch.iso_countries.time_zone text not null
launch.job_results.due_at timestamp with time zone not null
launch.job_results.job text not null
launch.job_results.outcome text not null
launch.job_results.report jsonb not null default '{}'::jsonb
launch.job_results.took_ms integer not null
launch.job_results.workspace_id uuid not null
launch.job_runs.attempts integer not null default 0
launch.job_runs.covers_from timestamp with time zone
launch.job_runs.due_at timestamp with time zone not null
launch.job_runs.ended_at timestamp with time zone
launch.job_runs.error text
launch.job_runs.id uuid not null default private.uuid_v7()
launch.job_runs.job text not null
launch.job_runs.outcome text
launch.job_runs.requested_by uuid
launch.job_runs.started_at timestamp with time zone
launch.job_runs.workspace_id uuid
launch.jobs.description text not null
launch.jobs.every interval not null
launch.jobs.flag text
launch.jobs.is_function boolean not null default true
launch.jobs.late_after interval not null
launch.jobs.name text not null
launch.jobs.waits_at_most interval
launch.jobs.waits_from smallint
launch.kept_slots.counter_id bigint not null
launch.kept_slots.country text not null
launch.kept_slots.day_on date not null
launch.kept_slots.granted integer not null default 0
launch.kept_slots.operation text not null
launch.kept_slots.refused integer not null default 0
launch.kept_slots.returned integer not null default 0
launch.kept_slots.slot_at timestamp with time zone not null
launch.kept_slots.workspace_id uuid not null
launch.limit_states.adaptive_calm integer[] not null default '{0,0,0}'::integer[]
launch.limit_states.adaptive_level smallint not null default 0
launch.limit_states.adaptive_limit double precision
launch.limit_states.evaluated_at timestamp with time zone not null default launch.now()
launch.limit_states.is_stale boolean not null default false
launch.limit_states.level smallint not null default 0
launch.limit_states.level_since timestamp with time zone not null default launch.now()
launch.limit_states.measured_at timestamp with time zone
launch.limit_states.name text not null
launch.limit_states.static_calm integer[] not null default '{0,0,0}'::integer[]
launch.limit_states.static_level smallint not null default 0
launch.limit_states.value double precision
launch.limit_states.workspace_id uuid not null
launch.limits.ceiling double precision
launch.limits.daily_drift double precision not null default 0.1
launch.limits.enabled boolean not null default true
launch.limits.event_type text
launch.limits.event_window interval
launch.limits.floor double precision
launch.limits.kind text not null default 'static'::text
launch.limits.mad_factor double precision not null default 6
launch.limits.min_samples integer not null default 180
launch.limits.name text not null
launch.limits.source text not null default 'reported'::text
launch.limits.updated_at timestamp with time zone not null default launch.now()
launch.limits.updated_by uuid
launch.limits.value double precision
launch.limits.version integer not null default 1
launch.limits.workspace_id uuid not null
launch.link_revenues.amount_minor bigint not null default 0
launch.link_revenues.campaign_id uuid not null
launch.link_revenues.charged_back_minor bigint not null default 0
launch.link_revenues.currency text not null
launch.link_revenues.id bigint not null generated always as identity
launch.link_revenues.link_id uuid
launch.link_revenues.slot_at timestamp with time zone not null
launch.link_revenues.workspace_id uuid not null
launch.link_slots.bots integer not null default 0
launch.link_slots.campaign_id uuid not null
launch.link_slots.chargebacks integer not null default 0
launch.link_slots.clicks integer not null default 0
launch.link_slots.counts text not null default 'steps'::text
launch.link_slots.creators integer not null default 0
launch.link_slots.id bigint not null generated always as identity
launch.link_slots.installs integer not null default 0
launch.link_slots.link_id uuid
launch.link_slots.purchases integer not null default 0
launch.link_slots.registrations integer not null default 0
launch.link_slots.slot_at timestamp with time zone not null
launch.link_slots.visitors integer not null default 0
launch.link_slots.waiting integer not null default 0
launch.link_slots.workspace_id uuid not null
launch.load_evaluations.adaptive_fired boolean not null
launch.load_evaluations.adaptive_level smallint not null
launch.load_evaluations.adaptive_limit double precision
launch.load_evaluations.is_stale boolean not null
launch.load_evaluations.level smallint not null
launch.load_evaluations.name text not null
launch.load_evaluations.slot_at timestamp with time zone not null
launch.load_evaluations.static_fired boolean not null
launch.load_evaluations.static_level smallint not null
launch.load_evaluations.static_limit double precision
launch.load_evaluations.value double precision
launch.load_evaluations.workspace_id uuid not null
launch.load_levels.level smallint not null
launch.load_levels.level_in_force smallint not null
launch.load_levels.slot_at timestamp with time zone not null
launch.load_levels.workspace_id uuid not null
launch.measurement_sources.enabled boolean not null default true
launch.measurement_sources.header_name text
launch.measurement_sources.last_at timestamp with time zone
launch.measurement_sources.last_error text
launch.measurement_sources.name text not null
launch.measurement_sources.query text not null
launch.measurement_sources.secret_id uuid
launch.measurement_sources.updated_at timestamp with time zone not null default launch.now()
launch.measurement_sources.updated_by uuid
launch.measurement_sources.url text not null
launch.measurement_sources.workspace_id uuid not null
launch.measurements.measured_at timestamp with time zone not null
launch.measurements.name text not null
launch.measurements.received_at timestamp with time zone not null
launch.measurements.value double precision not null
launch.measurements.workspace_id uuid not null
launch.policy_versions.action text not null
launch.policy_versions.changed_at timestamp with time zone not null
launch.policy_versions.changed_by text not null
launch.policy_versions.country text not null
launch.policy_versions.creator_units integer not null
launch.policy_versions.payment_amount_currency text
launch.policy_versions.payment_amount_minor bigint
launch.policy_versions.payment_units integer not null
launch.policy_versions.phase text not null
launch.policy_versions.reason text
launch.policy_versions.time_zone text not null
launch.policy_versions.user_units integer not null
launch.policy_versions.version integer not null
launch.policy_versions.workspace_id uuid not null
launch.proposals.answer text
launch.proposals.answered_at timestamp with time zone
launch.proposals.answered_by uuid
launch.proposals.country text not null
launch.proposals.expires_at timestamp with time zone not null
launch.proposals.from_phase text not null
launch.proposals.gate jsonb not null
launch.proposals.id uuid not null default private.uuid_v7()
launch.proposals.policy_version integer not null
launch.proposals.proposed_at timestamp with time zone not null default launch.now()
launch.proposals.proposed_by uuid
launch.proposals.reason text
launch.proposals.state text not null default 'open'::text
launch.proposals.to_phase text not null
launch.proposals.workspace_id uuid not null
launch.protections.alert_id uuid
launch.protections.country text not null
launch.protections.created_at timestamp with time zone not null default launch.now()
launch.protections.created_by uuid
launch.protections.ended_at timestamp with time zone
launch.protections.ended_by uuid
launch.protections.id uuid not null default private.uuid_v7()
launch.protections.reason text not null
launch.protections.source text not null
launch.protections.until timestamp with time zone not null
launch.protections.workspace_id uuid not null
launch.queues.carries_over boolean not null default true
launch.queues.claim_seconds integer not null default 120
launch.queues.enabled boolean not null default false
launch.queues.operation text not null
launch.queues.per_minute integer not null default 300
launch.queues.return_url text
launch.queues.version integer not null default 1
launch.queues.workspace_id uuid not null
launch.receipts.allowed boolean not null
launch.receipts.amount_currency text
launch.receipts.amount_minor bigint
launch.receipts.api_key_id uuid not null
launch.receipts.campaign text
launch.receipts.cap integer
launch.receipts.country text not null
launch.receipts.day_on date
launch.receipts.decided_at timestamp with time zone not null
launch.receipts.device text
launch.receipts.hold_expires_at timestamp with time zone
launch.receipts.id uuid not null
launch.receipts.idempotency_key text not null
launch.receipts.ip inet
launch.receipts.kept integer
launch.receipts.operation text not null
launch.receipts.policy_version integer
launch.receipts.reason text not null
launch.receipts.remaining integer
launch.receipts.resets_at timestamp with time zone
launch.receipts.retry_at timestamp with time zone
launch.receipts.shadow text
launch.receipts.subject text
launch.receipts.throttle_level smallint not null
launch.receipts.units integer not null
launch.receipts.workspace_id uuid not null
launch.region_days.active_chats integer not null default 0
launch.region_days.active_users integer not null default 0
launch.region_days.chargebacks integer not null default 0
launch.region_days.charged_back jsonb not null default '{}'::jsonb
launch.region_days.churn_risk double precision
launch.region_days.country text not null
launch.region_days.currency text not null default 'USD'::text
launch.region_days.day_ends_at timestamp with time zone not null
launch.region_days.day_on date not null
launch.region_days.day_starts_at timestamp with time zone not null
launch.region_days.events bigint not null default 0
launch.region_days.installs integer not null default 0
launch.region_days.missing_currencies text[] not null default '{}'::text[]
launch.region_days.revenue_minor bigint not null default 0
launch.region_days.revenues jsonb not null default '{}'::jsonb
launch.region_days.safety_incidents integer not null default 0
launch.region_days.store_rating double precision
launch.region_days.support_volume integer not null default 0
launch.region_days.verified integer not null default 0
launch.region_days.workspace_id uuid not null
launch.region_hours.active_chats integer not null
launch.region_hours.active_users integer not null
launch.region_hours.chargebacks integer not null
launch.region_hours.charged_back jsonb not null
launch.region_hours.churn_risk double precision
launch.region_hours.country text not null
launch.region_hours.currency text not null
launch.region_hours.events bigint not null
launch.region_hours.hour_at timestamp with time zone not null
launch.region_hours.installs integer not null
launch.region_hours.missing_currencies text[] not null
launch.region_hours.revenue_minor bigint not null
launch.region_hours.revenues jsonb not null
launch.region_hours.safety_incidents integer not null
launch.region_hours.store_rating double precision
launch.region_hours.support_volume integer not null
launch.region_hours.verified integer not null
launch.region_hours.workspace_id uuid not null
launch.region_kpis.active_chats integer not null
launch.region_kpis.active_users integer not null
launch.region_kpis.at timestamp with time zone not null
launch.region_kpis.chargebacks integer not null
launch.region_kpis.charged_back jsonb not null
launch.region_kpis.churn_risk double precision
launch.region_kpis.country text not null
launch.region_kpis.currency text not null
launch.region_kpis.events bigint not null
launch.region_kpis.installs integer not null
launch.region_kpis.missing_currencies text[] not null
launch.region_kpis.revenue_minor bigint not null
launch.region_kpis.revenues jsonb not null
launch.region_kpis.safety_incidents integer not null
launch.region_kpis.store_rating double precision
launch.region_kpis.support_volume integer not null
launch.region_kpis.verified integer not null
launch.region_kpis.workspace_id uuid not null
launch.region_settings.compare_hours smallint not null default 6
launch.region_settings.gate_active_users integer not null default 1000
launch.region_settings.gate_days integer not null default 7
launch.region_settings.gate_revenue integer not null default 5000
launch.region_settings.gate_safety_incidents integer not null default 20
launch.region_settings.gate_sample integer not null default 50
launch.region_settings.gate_verification_rate numeric not null default 0.5
launch.region_settings.gate_window_hours smallint not null default 24
launch.region_settings.reporting_currency text not null default 'USD'::text
launch.region_settings.support_minimum integer not null default 20
launch.region_settings.support_ratio numeric not null default 2
launch.region_settings.surge_minimum integer not null default 1000
launch.region_settings.surge_ratio numeric not null default 3
launch.region_settings.version integer not null default 1
launch.region_settings.workspace_id uuid not null
launch.report_addresses.asked_at timestamp with time zone not null default launch.now()
launch.report_addresses.confirmed_at timestamp with time zone
launch.report_addresses.email text not null
launch.report_addresses.id uuid not null default private.uuid_v7()
launch.report_addresses.left_at timestamp with time zone
launch.report_addresses.workspace_id uuid not null
launch.report_files.bytes integer not null default octet_length(content)
launch.report_files.content bytea not null
launch.report_files.name text not null
launch.report_files.report_id uuid not null
launch.report_files.sha256 text not null default encode(sha256(content), 'hex'::text)
launch.report_files.workspace_id uuid not null
launch.report_letters.created_at timestamp with time zone not null default launch.now()
launch.report_letters.email text not null
launch.report_letters.expires_at timestamp with time zone not null default (launch.now() + '30 days'::interval)
launch.report_letters.id uuid not null default private.uuid_v7()
launch.report_letters.outbox_id uuid
launch.report_letters.outside boolean not null
launch.report_letters.report_id uuid not null
launch.report_letters.schedule_id uuid
launch.report_letters.test boolean not null
launch.report_letters.workspace_id uuid not null
launch.report_schedules.created_at timestamp with time zone not null default launch.now()
launch.report_schedules.created_by uuid
launch.report_schedules.day_of_month smallint not null
launch.report_schedules.due_at timestamp with time zone not null
launch.report_schedules.enabled boolean not null default true
launch.report_schedules.hour smallint not null
launch.report_schedules.id uuid not null default private.uuid_v7()
launch.report_schedules.name text not null
launch.report_schedules.recipients text[] not null
launch.report_schedules.sent_month date
launch.report_schedules.time_zone text not null
launch.report_schedules.version integer not null default 1
launch.report_schedules.workspace_id uuid not null
launch.reports.audit_first_bad bigint
launch.reports.audit_hash text not null
launch.reports.audit_problem text
launch.reports.audit_sequence bigint not null
launch.reports.id uuid not null default private.uuid_v7()
launch.reports.made_at timestamp with time zone not null default launch.now()
launch.reports.made_by text not null
launch.reports.month_on date not null
launch.reports.sha256 text not null
launch.reports.tables jsonb not null
launch.reports.workspace_id uuid not null
launch.reservations.amount_minor bigint not null
launch.reservations.campaign_id uuid
launch.reservations.campaign_units integer
launch.reservations.counter_id bigint not null
launch.reservations.country text not null
launch.reservations.day_on date not null
launch.reservations.decided_at timestamp with time zone not null
launch.reservations.expires_at timestamp with time zone not null
launch.reservations.operation text not null
launch.reservations.receipt_id uuid not null
launch.reservations.settled_at timestamp with time zone
launch.reservations.state text not null default 'held'::text
launch.reservations.units integer not null
launch.reservations.workspace_id uuid not null
launch.risk_scores.at timestamp with time zone not null
launch.risk_scores.country text not null
launch.risk_scores.factors jsonb not null
launch.risk_scores.kpis jsonb not null
launch.risk_scores.level text not null
launch.risk_scores.score smallint
launch.risk_scores.scorecard_version integer not null
launch.risk_scores.tripped boolean not null
launch.risk_scores.workspace_id uuid not null
launch.scorecards.changed_at timestamp with time zone not null default launch.now()
launch.scorecards.changed_by text not null
launch.scorecards.critical_from smallint not null
launch.scorecards.high_from smallint not null
launch.scorecards.medium_from smallint not null
launch.scorecards.minimum_active_users integer not null
launch.scorecards.reason text
launch.scorecards.rules jsonb not null
launch.scorecards.version integer not null
launch.scorecards.workspace_id uuid not null
launch.sequence_dependencies.below_level text
launch.sequence_dependencies.country text not null
launch.sequence_dependencies.needs_country text not null
launch.sequence_dependencies.needs_days integer not null
launch.sequence_dependencies.needs_phase text not null
launch.sequence_dependencies.workspace_id uuid not null
launch.sequence_steps."position" integer not null
launch.sequence_steps.country text not null
launch.sequence_steps.mode text not null default 'manual'::text
launch.sequence_steps.needs_checklist boolean not null default false
launch.sequence_steps.opens_as text not null default 'soft'::text
launch.sequence_steps.window_days integer[]
launch.sequence_steps.window_from text
launch.sequence_steps.window_to text
launch.sequence_steps.workspace_id uuid not null
launch.sequence_templates."position" integer not null
launch.sequence_templates.country text not null
launch.sequence_templates.population_millions double precision not null
launch.sequence_templates.template text not null
launch.sequences.approval_hours integer not null default 72
launch.sequences.version integer not null default 1
launch.sequences.workspace_id uuid not null
launch.subject_countries.country text not null
launch.subject_countries.reported_at timestamp with time zone not null
launch.subject_countries.subject text not null
launch.subject_countries.workspace_id uuid not null
launch.summary_settings.due_at timestamp with time zone not null
launch.summary_settings.enabled boolean not null
launch.summary_settings.hour smallint not null
launch.summary_settings.sent_day date
launch.summary_settings.time_zone text not null
launch.summary_settings.version integer not null default 1
launch.summary_settings.workspace_id uuid not null
launch.threat_findings.entity text not null
launch.threat_findings.found integer not null
launch.threat_findings.found_at timestamp with time zone not null default launch.now()
launch.threat_findings.mode text not null
launch.threat_findings.out_of integer
launch.threat_findings.peak_at timestamp with time zone not null
launch.threat_findings.rule text not null
launch.threat_findings.slot_at timestamp with time zone not null
launch.threat_findings.threshold integer not null
launch.threat_findings.workspace_id uuid not null
launch.threat_patterns.accounts text[] not null default '{}'::text[]
launch.threat_patterns.alert_id uuid
launch.threat_patterns.country text
launch.threat_patterns.devices text[] not null default '{}'::text[]
launch.threat_patterns.entity text not null
launch.threat_patterns.evidence jsonb not null default '{}'::jsonb
launch.threat_patterns.first_at timestamp with time zone not null
launch.threat_patterns.id uuid not null default private.uuid_v7()
launch.threat_patterns.ips inet[] not null default '{}'::inet[]
launch.threat_patterns.last_at timestamp with time zone not null
launch.threat_patterns.last_slot_at timestamp with time zone not null
launch.threat_patterns.mode text not null
launch.threat_patterns.occurrences integer not null
launch.threat_patterns.peak integer not null
launch.threat_patterns.peak_at timestamp with time zone not null
launch.threat_patterns.rule text not null
launch.threat_patterns.state text not null default 'active'::text
launch.threat_patterns.updated_at timestamp with time zone not null default launch.now()
launch.threat_patterns.workspace_id uuid not null
launch.threat_rules.answer text not null default 'watch'::text
launch.threat_rules.answer_minutes integer not null
launch.threat_rules.blocks text[] not null default '{}'::text[]
launch.threat_rules.counts_per text not null
launch.threat_rules.mode text not null default 'live'::text
launch.threat_rules.rule text not null
launch.threat_rules.share double precision
launch.threat_rules.threshold integer not null
launch.threat_rules.updated_at timestamp with time zone not null default launch.now()
launch.threat_rules.updated_by uuid
launch.threat_rules.version integer not null default 1
launch.threat_rules.window_minutes integer not null
launch.threat_rules.workspace_id uuid not null
launch.threat_snoozes.created_at timestamp with time zone not null default launch.now()
launch.threat_snoozes.created_by uuid
launch.threat_snoozes.ended_at timestamp with time zone
launch.threat_snoozes.entity text not null
launch.threat_snoozes.id uuid not null default private.uuid_v7()
launch.threat_snoozes.reason text not null
launch.threat_snoozes.rule text not null
launch.threat_snoozes.until timestamp with time zone not null
launch.threat_snoozes.workspace_id uuid not null
launch.throttle_policies.operation text not null
launch.throttle_policies.workspace_id uuid not null
launch.throttle_policies.yields_from smallint not null
launch.throttles.forced_by uuid
launch.throttles.forced_level smallint
launch.throttles.forced_reason text
launch.throttles.forced_until timestamp with time zone
launch.throttles.level smallint not null default 0
launch.throttles.level_since timestamp with time zone not null default launch.now()
launch.throttles.workspace_id uuid not null
launch.tickets.api_key_id uuid not null
launch.tickets.claim_until timestamp with time zone
launch.tickets.claimed_at timestamp with time zone
launch.tickets.country text not null
launch.tickets.ended_at timestamp with time zone
launch.tickets.entered_at timestamp with time zone not null
launch.tickets.entered_on date not null
launch.tickets.id uuid not null
launch.tickets.number bigint not null generated always as identity
launch.tickets.operation text not null
launch.tickets.ready_at timestamp with time zone
launch.tickets.receipt_id uuid
launch.tickets.state text not null default 'waiting'::text
launch.tickets.subject text
launch.tickets.units integer not null
launch.tickets.workspace_id uuid not null
launch.unknown_events.day_at timestamp with time zone not null
launch.unknown_events.events bigint not null
launch.unknown_events.last_at timestamp with time zone not null
launch.unknown_events.last_source text not null
launch.unknown_events.type text not null
launch.unknown_events.workspace_id uuid not null
launch.usage_slots.counter_id bigint
launch.usage_slots.country text
launch.usage_slots.day_on date
launch.usage_slots.granted integer
launch.usage_slots.operation text
launch.usage_slots.refused integer
launch.usage_slots.returned integer
launch.usage_slots.slot_at timestamp with time zone
launch.usage_slots.workspace_id uuid
private.active_slots.country text not null
private.active_slots.hour_users integer not null
private.active_slots.slot_at timestamp with time zone not null
private.active_slots.subjects bigint[] not null
private.active_slots.workspace_id uuid not null
private.answer_minutes.answers bigint not null
private.answer_minutes.errors bigint not null
private.answer_minutes.minute_at timestamp with time zone not null
private.answer_minutes.total_ms double precision not null
private.attribution_marks.judged_until timestamp with time zone not null
private.attribution_marks.workspace_id uuid not null
private.cap_gates.amount_caps bigint[]
private.cap_gates.amount_currencies text[]
private.cap_gates.amounts_used bigint[]
private.cap_gates.api_key_ids uuid[]
private.cap_gates.caps integer[]
private.cap_gates.counter_ids bigint[]
private.cap_gates.day_ends timestamp with time zone[]
private.cap_gates.days date[]
private.cap_gates.enforced boolean[]
private.cap_gates.guarded boolean
private.cap_gates.kept integer[]
private.cap_gates.plain boolean[]
private.cap_gates.policy_versions integer[]
private.cap_gates.problems text[]
private.cap_gates.queueing boolean[]
private.cap_gates.remaining integer[]
private.cap_gates.retries timestamp with time zone[]
private.cap_gates.slots integer[]
private.cap_gates.throttle_levels integer[]
private.cap_gates.verdicts text[]
private.cap_gates.workspace_ids uuid[]
private.cap_quotas.campaign_ids uuid[]
private.cap_quotas.slots integer[]
private.cap_quotas.units integer[]
private.cap_verdicts.alloweds boolean[]
private.cap_verdicts.amounts bigint[]
private.cap_verdicts.amounts_used bigint[]
private.cap_verdicts.drawn integer[]
private.cap_verdicts.kept integer[]
private.cap_verdicts.left_over integer[]
private.cap_verdicts.problems text[]
private.cap_verdicts.quotas integer[]
private.cap_verdicts.reasons text[]
private.cap_verdicts.refused integer[]
private.cap_verdicts.remaining integer[]
private.cap_verdicts.retries timestamp with time zone[]
private.cap_verdicts.settled boolean[]
private.cap_verdicts.shadows text[]
private.cap_verdicts.sources integer[]
private.cap_verdicts.withheld integer[]
private.chargebacks.amount_minor bigint
private.chargebacks.campaign_id uuid
private.chargebacks.currency text
private.chargebacks.event_id text not null
private.chargebacks.occurred_at timestamp with time zone not null
private.chargebacks.payer bytea
private.chargebacks.purchase text
private.chargebacks.reported_at timestamp with time zone not null
private.chargebacks.source text not null
private.chargebacks.taken_minor bigint
private.chargebacks.workspace_id uuid not null
private.click_salts.day_on date not null
private.click_salts.salt bytea not null
private.job_ticks.is_only boolean not null default true
private.job_ticks.last_at timestamp with time zone not null
private.job_ticks.up_since timestamp with time zone not null
private.judged_events.amount_minor bigint
private.judged_events.campaign_id uuid
private.judged_events.click_id uuid
private.judged_events.country text
private.judged_events.currency text
private.judged_events.data jsonb
private.judged_events.device text
private.judged_events.event_id text not null
private.judged_events.link_id uuid
private.judged_events.occurred_at timestamp with time zone not null
private.judged_events.oldest_at timestamp with time zone not null
private.judged_events.place bigint not null generated always as identity
private.judged_events.received_at timestamp with time zone not null
private.judged_events.source text not null
private.judged_events.step text
private.judged_events.subject text
private.judged_events.touched_at timestamp with time zone
private.kpi_sums.active_chats integer
private.kpi_sums.active_users integer
private.kpi_sums.chargebacks integer
private.kpi_sums.charged_back jsonb
private.kpi_sums.churn_risk double precision
private.kpi_sums.currency text
private.kpi_sums.events bigint
private.kpi_sums.installs integer
private.kpi_sums.missing_currencies text[]
private.kpi_sums.revenue_minor bigint
private.kpi_sums.revenues jsonb
private.kpi_sums.safety_incidents integer
private.kpi_sums.store_rating double precision
private.kpi_sums.support_volume integer
private.kpi_sums.verified integer
private.partition_plans.keep interval not null
private.partition_plans.parent text not null
private.partition_plans.unique_columns text
private.partition_plans.width interval not null
private.risk_verdict.factors jsonb
private.risk_verdict.level text
private.risk_verdict.score integer
private.risk_verdict.tripped boolean
private.routine_items."position" integer not null
private.routine_items.id uuid not null default private.uuid_v7()
private.routine_items.path text
private.routine_items.routine text not null
private.routine_items.title text not null
private.routine_items.workspace_id uuid not null
private.routine_settings.time_zone text not null default 'UTC'::text
private.routine_settings.version integer not null default 1
private.routine_settings.workspace_id uuid not null
private.routine_ticks.day_on date not null
private.routine_ticks.item_id uuid not null
private.routine_ticks.ticked_at timestamp with time zone not null
private.routine_ticks.ticked_by text not null
private.threat_case.answers boolean
private.threat_case.evidence private.threat_evidence
private.threat_case.finding launch.threat_findings
private.threat_case.findings launch.threat_findings[]
private.threat_case.fingerprint text
private.threat_case.protects text[]
private.threat_case.rule launch.threat_rules
private.threat_evidence.accounts text[]
private.threat_evidence.countries jsonb
private.threat_evidence.country text
private.threat_evidence.devices text[]
private.threat_evidence.event_count integer
private.threat_evidence.events jsonb
private.threat_evidence.first_at timestamp with time zone
private.threat_evidence.ips inet[]
private.threat_evidence.last_at timestamp with time zone
private.threat_find.entity text
private.threat_find.found integer
private.threat_find.out_of integer
private.threat_find.peak_at timestamp with time zone
private.threat_find.slot_at timestamp with time zone
private.touched_hours.hour_at timestamp with time zone not null
private.touched_hours.touched_at timestamp with time zone not null
private.touched_hours.workspace_id uuid not null
private.touches.campaign_id uuid not null
private.touches.click_id uuid
private.touches.identity text not null
private.touches.known_at timestamp with time zone not null
private.touches.link_id uuid
private.touches.touched_at timestamp with time zone not null
private.touches.workspace_id uuid not null
private.unjudged_hours.hour_at timestamp with time zone not null
private.unjudged_hours.since_at timestamp with time zone not null
private.unjudged_hours.touched_at timestamp with time zone not null
private.unjudged_hours.workspace_id uuid not null

-- constraints
app.api_keys api_keys_created_by_fkey FOREIGN KEY (created_by) REFERENCES app.profiles(id) ON DELETE SET NULL
app.api_keys api_keys_hash_key UNIQUE (hash)
app.api_keys api_keys_pkey PRIMARY KEY (id)
app.api_keys api_keys_rotated_from_fkey FOREIGN KEY (rotated_from) REFERENCES app.api_keys(id) ON DELETE SET NULL
app.api_keys api_keys_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES app.workspaces(id) ON DELETE CASCADE
app.api_keys hash_is_sha256 CHECK ((octet_length(hash) = 32))
app.api_keys key_has_a_scope CHECK ((cardinality(scopes) > 0))
app.api_keys name_is_short CHECK (((char_length(name) >= 1) AND (char_length(name) <= 80)))
app.api_keys prefix_is_readable CHECK ((prefix ~ '^gty_[0-9A-Za-z]{6}$'::text))
app.audit_entries action_is_noun_verb CHECK ((action ~ '^[a-z_]+\.[a-z_]+$'::text))
app.audit_entries actor_kind_is_known CHECK ((actor_kind = ANY (ARRAY['person'::text, 'api_key'::text, 'engine'::text])))
app.audit_entries audit_entries_pkey PRIMARY KEY (workspace_id, sequence)
app.audit_entries audit_entries_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES app.workspaces(id) ON DELETE RESTRICT
app.audit_entries only_the_engine_is_nobody CHECK (((actor_kind = 'engine'::text) = (actor_id IS NULL)))
app.audit_entries severity_is_known CHECK ((severity = ANY (ARRAY['info'::text, 'notice'::text, 'high'::text, 'critical'::text])))
app.audit_heads audit_heads_pkey PRIMARY KEY (workspace_id)
app.audit_heads audit_heads_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES app.workspaces(id) ON DELETE RESTRICT
app.channels address_is_of_the_web CHECK (((char_length(url) <= 2000) AND (url ~* '^https?://'::text)))
app.channels channels_created_by_fkey FOREIGN KEY (created_by) REFERENCES app.profiles(id) ON DELETE SET NULL
app.channels channels_pkey PRIMARY KEY (id)
app.channels channels_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES app.workspaces(id) ON DELETE CASCADE
app.channels deleted_channel_is_disabled CHECK (((deleted_at IS NULL) OR (NOT enabled)))
app.channels disabled_channel_says_why CHECK ((enabled = (disabled_reason IS NULL)))
app.channels disabled_reason_is_known CHECK ((disabled_reason = ANY (ARRAY['person'::text, 'gone'::text, 'failing'::text, 'deleted'::text])))
app.channels it_wants_something CHECK (((cardinality(message_types) > 0) AND (cardinality(alert_kinds) > 0)))
app.channels kind_is_known CHECK ((kind = ANY (ARRAY['slack'::text, 'pagerduty'::text, 'email'::text, 'webhook'::text])))
app.channels mail_has_recipients CHECK (((kind = 'email'::text) = (recipients IS NOT NULL)))
app.channels name_is_short CHECK (((char_length(name) >= 1) AND (char_length(name) <= 80)))
app.channels recipients_are_few CHECK (((cardinality(recipients) >= 1) AND (cardinality(recipients) <= 20)))
app.channels severity_is_known CHECK ((minimum_severity = ANY (ARRAY['warning'::text, 'critical'::text])))
app.channels webhook_has_address CHECK (((kind = 'webhook'::text) = (url IS NOT NULL)))
app.deliveries deliveries_channel_id_fkey FOREIGN KEY (channel_id) REFERENCES app.channels(id) ON DELETE CASCADE
app.deliveries deliveries_message_id_fkey FOREIGN KEY (message_id) REFERENCES app.messages(id) ON DELETE CASCADE
app.deliveries deliveries_pkey PRIMARY KEY (id)
app.deliveries deliveries_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES app.workspaces(id) ON DELETE CASCADE
app.deliveries settled_delivery_has_time CHECK (((state = 'pending'::text) = (settled_at IS NULL)))
app.deliveries state_is_known CHECK ((state = ANY (ARRAY['pending'::text, 'delivered'::text, 'dead'::text])))
app.delivery_attempts delivery_attempts_pkey PRIMARY KEY (delivery_id, attempt)
app.delivery_attempts words_are_short CHECK (((char_length(error) <= 500) AND (char_length(response) <= 500)))
app.flag_definitions flag_definitions_pkey PRIMARY KEY (key)
app.flag_definitions key_is_dotted CHECK ((key ~ '^[a-z]+\.[A-Za-z]+$'::text))
app.flags flags_key_fkey FOREIGN KEY (key) REFERENCES app.flag_definitions(key)
app.flags flags_pkey PRIMARY KEY (workspace_id, key)
app.flags flags_updated_by_fkey FOREIGN KEY (updated_by) REFERENCES app.profiles(id) ON DELETE SET NULL
app.flags flags_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES app.workspaces(id) ON DELETE CASCADE
app.invitations email_is_lower_case CHECK (((email = lower(email)) AND (email ~~ '%_@_%'::text)))
app.invitations invitations_invited_by_fkey FOREIGN KEY (invited_by) REFERENCES app.profiles(id) ON DELETE SET NULL
app.invitations invitations_pkey PRIMARY KEY (id)
app.invitations invitations_role_fkey FOREIGN KEY (role) REFERENCES app.roles(name)
app.invitations invitations_token_hash_key UNIQUE (token_hash)
app.invitations invitations_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES app.workspaces(id) ON DELETE CASCADE
app.invitations outcome_is_one CHECK (((accepted_at IS NULL) OR (revoked_at IS NULL)))
app.invitations person_is_no_api_key CHECK ((role <> 'api_key'::text))
app.invitations token_hash_is_sha256 CHECK ((octet_length(token_hash) = 32))
app.members members_pkey PRIMARY KEY (workspace_id, user_id)
app.members members_role_fkey FOREIGN KEY (role) REFERENCES app.roles(name)
app.members members_user_id_fkey FOREIGN KEY (user_id) REFERENCES app.profiles(id) ON DELETE CASCADE
app.members members_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES app.workspaces(id) ON DELETE CASCADE
app.members person_is_no_api_key CHECK ((role <> 'api_key'::text))
app.message_types message_types_pkey PRIMARY KEY (type)
app.message_types type_is_dotted CHECK ((type ~ '^[a-z]+\.[a-z_]+$'::text))
app.messages messages_pkey PRIMARY KEY (id)
app.messages messages_type_fkey FOREIGN KEY (type) REFERENCES app.message_types(type)
app.messages messages_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES app.workspaces(id) ON DELETE CASCADE
app.outbox outbox_pkey PRIMARY KEY (id)
app.outbox outbox_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES app.workspaces(id) ON DELETE CASCADE
app.outbox outcome_is_one CHECK (((delivered_at IS NULL) OR (failed_at IS NULL)))
app.permissions name_is_noun_verb CHECK ((name ~ '^[a-z]+\.[a-z_]+$'::text))
app.permissions permissions_pkey PRIMARY KEY (name)
app.profiles display_name_is_short CHECK (((char_length(display_name) >= 1) AND (char_length(display_name) <= 80)))
app.profiles profiles_id_fkey FOREIGN KEY (id) REFERENCES auth.users(id) ON DELETE CASCADE
app.profiles profiles_pkey PRIMARY KEY (id)
app.role_permissions role_permissions_permission_fkey FOREIGN KEY (permission) REFERENCES app.permissions(name) ON DELETE CASCADE
app.role_permissions role_permissions_pkey PRIMARY KEY (role, permission)
app.role_permissions role_permissions_role_fkey FOREIGN KEY (role) REFERENCES app.roles(name) ON DELETE CASCADE
app.roles name_is_snake_case CHECK ((name ~ '^[a-z][a-z_]*$'::text))
app.roles roles_pkey PRIMARY KEY (name)
app.roles roles_rank_key UNIQUE (rank)
app.workspaces environment_is_known CHECK ((environment = ANY (ARRAY['development'::text, 'staging'::text, 'production'::text])))
app.workspaces name_is_short CHECK (((char_length(name) >= 1) AND (char_length(name) <= 80)))
app.workspaces slug_is_no_path_of_the_site CHECK ((slug <> ALL (ARRAY['api'::text, 'auth'::text, 'docs'::text, 'favicon'::text, 'forgot-password'::text, 'go'::text, 'icon'::text, 'invitations'::text, 'shared-reports'::text, 'new'::text, 'ofrep'::text, 'q'::text, 'reset-password'::text, 'sign-in'::text, 'sign-up'::text])))
app.workspaces slug_is_url_safe CHECK ((slug ~ '^[a-z0-9](-?[a-z0-9]){1,47}$'::text))
app.workspaces workspaces_pkey PRIMARY KEY (id)
app.workspaces workspaces_slug_key UNIQUE (slug)
launch.adaptive_limits adaptive_limits_pkey PRIMARY KEY (workspace_id, name, hour_of_week)
launch.adaptive_limits adaptive_limits_workspace_id_name_fkey FOREIGN KEY (workspace_id, name) REFERENCES launch.limits(workspace_id, name) ON DELETE CASCADE
launch.adaptive_limits hour_is_of_a_week CHECK (((hour_of_week >= 0) AND (hour_of_week <= 167)))
launch.alert_changes alert_changes_alert_id_fkey FOREIGN KEY (alert_id) REFERENCES launch.alerts(id) ON DELETE CASCADE
launch.alert_changes alert_changes_pkey PRIMARY KEY (id)
launch.alert_changes alert_changes_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES app.workspaces(id) ON DELETE CASCADE
launch.alert_changes change_is_known CHECK ((change = ANY (ARRAY['opened'::text, 'worsened'::text, 'acknowledged'::text, 'assigned'::text, 'muted'::text, 'unmuted'::text, 'resolved'::text, 'reopened'::text])))
launch.alert_kinds alert_kinds_permission_fkey FOREIGN KEY (permission) REFERENCES app.permissions(name)
launch.alert_kinds alert_kinds_pkey PRIMARY KEY (kind)
launch.alerts alerts_acknowledged_by_fkey FOREIGN KEY (acknowledged_by) REFERENCES app.profiles(id) ON DELETE SET NULL
launch.alerts alerts_assigned_to_fkey FOREIGN KEY (assigned_to) REFERENCES app.profiles(id) ON DELETE SET NULL
launch.alerts alerts_country_fkey FOREIGN KEY (country) REFERENCES launch.iso_countries(code)
launch.alerts alerts_kind_fkey FOREIGN KEY (kind) REFERENCES launch.alert_kinds(kind)
launch.alerts alerts_pkey PRIMARY KEY (id)
launch.alerts alerts_resolved_by_fkey FOREIGN KEY (resolved_by) REFERENCES app.profiles(id) ON DELETE SET NULL
launch.alerts alerts_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES app.workspaces(id) ON DELETE CASCADE
launch.alerts it_occurred CHECK ((occurrences > 0))
launch.alerts muted_alert_has_reason CHECK (((muted_until IS NULL) = (muted_reason IS NULL)))
launch.alerts outcome_is_known CHECK ((outcome = ANY (ARRAY['true_positive'::text, 'false_positive'::text, 'recovered'::text])))
launch.alerts resolved_alert_has_outcome CHECK ((((status = 'resolved'::text) = (outcome IS NOT NULL)) AND ((status = 'resolved'::text) = (resolved_at IS NOT NULL))))
launch.alerts severity_is_known CHECK ((severity = ANY (ARRAY['warning'::text, 'critical'::text])))
launch.alerts status_is_known CHECK ((status = ANY (ARRAY['open'::text, 'acknowledged'::text, 'resolved'::text])))
launch.alerts title_is_short CHECK (((char_length(title) >= 1) AND (char_length(title) <= 300)))
launch.attributions attributions_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES launch.campaigns(id) ON DELETE CASCADE
launch.attributions attributions_link_id_fkey FOREIGN KEY (link_id) REFERENCES launch.campaign_links(id) ON DELETE SET NULL
launch.attributions attributions_pkey PRIMARY KEY (workspace_id, occurred_at, source, event_id)
launch.attributions attributions_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES app.workspaces(id) ON DELETE CASCADE
launch.attributions no_more_is_taken_back_than_was_paid CHECK (((charged_back_minor >= 0) AND (charged_back_minor <= COALESCE(amount_minor, (0)::bigint))))
launch.attributions only_a_purchase_has_an_amount CHECK (((step = 'purchase'::text) OR ((amount_minor IS NULL) AND (payer IS NULL))))
launch.attributions step_follows_its_touch CHECK ((touched_at <= occurred_at))
launch.attributions step_is_known CHECK ((step = ANY (ARRAY['install'::text, 'registration'::text, 'creator'::text, 'purchase'::text])))
launch.blocks blocks_alert_id_fkey FOREIGN KEY (alert_id) REFERENCES launch.alerts(id) ON DELETE SET NULL
launch.blocks blocks_created_by_fkey FOREIGN KEY (created_by) REFERENCES app.profiles(id) ON DELETE SET NULL
launch.blocks blocks_lifted_by_fkey FOREIGN KEY (lifted_by) REFERENCES app.profiles(id) ON DELETE SET NULL
launch.blocks blocks_pkey PRIMARY KEY (id)
launch.blocks blocks_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES app.workspaces(id) ON DELETE CASCADE
launch.blocks ip_range_has_range CHECK (((kind = 'ip_range'::text) = (range IS NOT NULL)))
launch.blocks kind_is_known CHECK ((kind = ANY (ARRAY['device'::text, 'account'::text, 'ip_range'::text])))
launch.blocks range_is_its_value CHECK (((range)::text = value))
launch.blocks range_is_not_the_internet CHECK ((masklen((range)::inet) >=
CASE family((range)::inet)
    WHEN 4 THEN 8
    ELSE 32
END))
launch.blocks reason_is_short CHECK (((char_length(reason) >= 1) AND (char_length(reason) <= 500)))
launch.blocks source_is_known CHECK ((source = ANY (ARRAY['person'::text, 'rule'::text, 'import'::text, 'event'::text])))
launch.blocks value_is_short CHECK (((char_length(value) >= 1) AND (char_length(value) <= 200)))
launch.campaign_links campaign_links_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES launch.campaigns(id) ON DELETE CASCADE
launch.campaign_links campaign_links_created_by_fkey FOREIGN KEY (created_by) REFERENCES app.profiles(id) ON DELETE SET NULL
launch.campaign_links campaign_links_pkey PRIMARY KEY (id)
launch.campaign_links campaign_links_slug_is_taken_once UNIQUE (slug)
launch.campaign_links campaign_links_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES app.workspaces(id) ON DELETE CASCADE
launch.campaign_links destination_is_https CHECK (private.is_link_target(destination))
launch.campaign_links label_is_short CHECK (((char_length(label) >= 1) AND (char_length(label) <= 80)))
launch.campaign_links slug_is_url_safe CHECK ((slug ~ '^[a-z0-9](-?[a-z0-9]){2,63}$'::text))
launch.campaign_links waiting_url_is_https CHECK (private.is_link_target(waiting_url))
launch.campaign_quotas campaign_quotas_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES launch.campaigns(id) ON DELETE CASCADE NOT VALID
launch.campaign_quotas campaign_quotas_counter_id_fkey FOREIGN KEY (counter_id) REFERENCES launch.counters(id) ON DELETE CASCADE
launch.campaign_quotas campaign_quotas_pkey PRIMARY KEY (campaign_id)
launch.campaign_quotas campaign_quotas_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES app.workspaces(id) ON DELETE CASCADE
launch.campaign_quotas quotas_one_per_slug UNIQUE (counter_id, slug)
launch.campaign_quotas units_are_countable CHECK (((units >= 1) AND (units <= 10000000)))
launch.campaign_quotas used_is_not_negative CHECK ((used >= 0))
launch.campaign_tasks campaign_tasks_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES launch.campaigns(id) ON DELETE CASCADE
launch.campaign_tasks campaign_tasks_done_by_fkey FOREIGN KEY (done_by) REFERENCES app.profiles(id) ON DELETE SET NULL
launch.campaign_tasks campaign_tasks_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES app.profiles(id) ON DELETE SET NULL
launch.campaign_tasks campaign_tasks_pkey PRIMARY KEY (id)
launch.campaign_tasks campaign_tasks_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES app.workspaces(id) ON DELETE CASCADE
launch.campaign_tasks title_is_short CHECK (((char_length(title) >= 1) AND (char_length(title) <= 200)))
launch.campaigns campaigns_country_fkey FOREIGN KEY (country) REFERENCES launch.iso_countries(code)
launch.campaigns campaigns_created_by_fkey FOREIGN KEY (created_by) REFERENCES app.profiles(id) ON DELETE SET NULL
launch.campaigns campaigns_pkey PRIMARY KEY (id)
launch.campaigns campaigns_slug_in_workspace UNIQUE (workspace_id, slug)
launch.campaigns campaigns_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES app.workspaces(id) ON DELETE CASCADE
launch.campaigns cost_has_currency CHECK (((cost_minor IS NULL) = (cost_currency IS NULL)))
launch.campaigns currency_is_three_capitals CHECK ((cost_currency ~ '^[A-Z]{3}$'::text))
launch.campaigns install_window_is_a_month_at_most CHECK (((install_window_days >= 1) AND (install_window_days <= 30)))
launch.campaigns later_window_is_a_quarter_at_most CHECK (((later_window_days >= 1) AND (later_window_days <= 90)))
launch.campaigns name_is_short CHECK (((char_length(name) >= 1) AND (char_length(name) <= 120)))
launch.campaigns plan_is_not_negative CHECK (((followers >= 0) AND (traffic_forecast >= 0) AND (expected_installs >= 0) AND (creator_inflow >= 0) AND (cost_minor >= 0)))
launch.campaigns shape_is_known CHECK ((shape = ANY (ARRAY['spike'::text, 'even'::text])))
launch.campaigns slug_is_url_safe CHECK ((slug ~ '^[a-z0-9](-?[a-z0-9]){1,63}$'::text))
launch.campaigns status_is_known CHECK ((status = ANY (ARRAY['draft'::text, 'scheduled'::text, 'live'::text, 'ended'::text, 'cancelled'::text])))
launch.campaigns sub_quota_is_countable CHECK (((sub_quota >= 1) AND (sub_quota <= 10000000)))
launch.campaigns window_has_length CHECK ((ends_at > starts_at))
launch.caps amount_cap_has_currency CHECK (((amount_minor IS NULL) = (amount_currency IS NULL)))
launch.caps amount_cap_is_for_payments CHECK (((amount_minor IS NULL) OR (operation = 'payment'::text)))
launch.caps amount_is_not_negative CHECK ((amount_minor >= 0))
launch.caps caps_pkey PRIMARY KEY (workspace_id, country, operation)
launch.caps caps_workspace_id_country_fkey FOREIGN KEY (workspace_id, country) REFERENCES launch.countries(workspace_id, code) ON DELETE CASCADE
launch.caps currency_is_three_capitals CHECK ((amount_currency ~ '^[A-Z]{3}$'::text))
launch.caps operation_is_known CHECK ((operation = ANY (ARRAY['user'::text, 'payment'::text, 'creator'::text])))
launch.caps units_are_countable CHECK (((units >= 0) AND (units <= 100000000)))
launch.checklist_items checklist_items_pkey PRIMARY KEY (id)
launch.checklist_items checklist_items_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES app.workspaces(id) ON DELETE CASCADE
launch.checklist_items title_is_short CHECK (((char_length(title) >= 1) AND (char_length(title) <= 200)))
launch.checklist_ticks checklist_ticks_item_id_fkey FOREIGN KEY (item_id) REFERENCES launch.checklist_items(id) ON DELETE CASCADE
launch.checklist_ticks checklist_ticks_pkey PRIMARY KEY (workspace_id, country, item_id)
launch.checklist_ticks checklist_ticks_ticked_by_fkey FOREIGN KEY (ticked_by) REFERENCES app.profiles(id) ON DELETE SET NULL
launch.checklist_ticks checklist_ticks_workspace_id_country_fkey FOREIGN KEY (workspace_id, country) REFERENCES launch.sequence_steps(workspace_id, country) ON DELETE CASCADE
launch.clicks bot_reason_is_known CHECK ((bot = ANY (ARRAY['user_agent'::text, 'head'::text, 'prefetch'::text, 'repeated'::text, 'reported'::text])))
launch.clicks clicks_pkey PRIMARY KEY (workspace_id, at, id)
launch.clicks door_is_known CHECK ((door = ANY (ARRAY['open'::text, 'waiting'::text])))
launch.clicks source_is_known CHECK ((source = ANY (ARRAY['redirect'::text, 'api'::text])))
launch.counter_days counter_days_country_fkey FOREIGN KEY (country) REFERENCES launch.iso_countries(code)
launch.counter_days counter_days_pkey PRIMARY KEY (workspace_id, country, operation, day_on)
launch.counter_days counter_days_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES app.workspaces(id) ON DELETE CASCADE
launch.counter_days held_units_are_used_units CHECK (((held >= 0) AND (held <= used)))
launch.counters amount_used_is_not_negative CHECK ((amount_used >= 0))
launch.counters counters_country_fkey FOREIGN KEY (country) REFERENCES launch.iso_countries(code)
launch.counters counters_one_per_operation UNIQUE (workspace_id, country, operation)
launch.counters counters_pkey PRIMARY KEY (id)
launch.counters counters_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES app.workspaces(id) ON DELETE CASCADE
launch.counters day_has_length CHECK ((day_ends_at > day_starts_at))
launch.counters held_units_are_used_units CHECK (((held >= 0) AND (held <= used)))
launch.counters kept_is_not_negative CHECK ((kept >= 0))
launch.counters operation_is_known CHECK ((operation = ANY (ARRAY['user'::text, 'payment'::text, 'creator'::text])))
launch.countries countries_code_fkey FOREIGN KEY (code) REFERENCES launch.iso_countries(code)
launch.countries countries_pkey PRIMARY KEY (workspace_id, code)
launch.countries countries_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES app.workspaces(id) ON DELETE CASCADE
launch.countries launched_country_has_activation CHECK (((phase = 'not_launched'::text) = (activated_at IS NULL)))
launch.countries paused_country_has_reason CHECK (((phase = 'pause'::text) = (pause_reason IS NOT NULL)))
launch.countries paused_country_remembers_its_phase CHECK (((phase = 'pause'::text) = (phase_before_pause IS NOT NULL)))
launch.countries phase_is_known CHECK ((phase = ANY (ARRAY['not_launched'::text, 'alpha'::text, 'soft'::text, 'public'::text, 'pause'::text])))
launch.countries remembered_phase_is_open CHECK ((phase_before_pause = ANY (ARRAY['alpha'::text, 'soft'::text, 'public'::text])))
launch.currencies code_is_three_capitals CHECK ((code ~ '^[A-Z]{3}$'::text))
launch.currencies currencies_pkey PRIMARY KEY (code)
launch.currencies digits_are_few CHECK (((digits >= 0) AND (digits <= 4)))
launch.currency_rates currency_rates_pkey PRIMARY KEY (workspace_id, quote, on_date, base)
launch.currency_rates currency_rates_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES app.workspaces(id) ON DELETE CASCADE
launch.currency_rates rate_is_between_two_currencies CHECK ((base <> quote))
launch.currency_rates rate_is_positive CHECK (((rate > (0)::numeric) AND (rate < ('1000000000000'::bigint)::numeric)))
launch.dry_runs days_are_kept CHECK (((days >= 1) AND (days <= 30)))
launch.dry_runs dry_runs_created_by_fkey FOREIGN KEY (created_by) REFERENCES app.profiles(id) ON DELETE SET NULL
launch.dry_runs dry_runs_pkey PRIMARY KEY (id)
launch.dry_runs dry_runs_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES app.workspaces(id) ON DELETE CASCADE
launch.dry_runs ended_run_has_time CHECK (((ended_at IS NOT NULL) = (status = ANY (ARRAY['done'::text, 'failed'::text, 'cancelled'::text]))))
launch.dry_runs failed_run_says_why CHECK (((status = 'failed'::text) = (problem IS NOT NULL)))
launch.dry_runs place_is_within CHECK (((place >= 0) AND (place <= places)))
launch.dry_runs proposal_is_an_object CHECK ((jsonb_typeof(proposal) = 'object'::text))
launch.dry_runs status_is_known CHECK ((status = ANY (ARRAY['queued'::text, 'running'::text, 'done'::text, 'failed'::text, 'cancelled'::text])))
launch.event_intake event_intake_pkey PRIMARY KEY (workspace_id, slot_at, type)
launch.event_slots event_slots_pkey PRIMARY KEY (workspace_id, country, slot_at, type, currency)
launch.event_types event_types_pkey PRIMARY KEY (type)
launch.event_types type_is_noun_verb CHECK ((type ~ '^[a-z]+\.[a-z_]+$'::text))
launch.events events_pkey PRIMARY KEY (workspace_id, occurred_at, source, event_id)
launch.experiment_days arm_is_known CHECK ((arm = ANY (ARRAY['A'::text, 'B'::text])))
launch.experiment_days experiment_days_experiment_id_fkey FOREIGN KEY (experiment_id) REFERENCES launch.experiments(id) ON DELETE CASCADE
launch.experiment_days experiment_days_pkey PRIMARY KEY (experiment_id, day_on)
launch.experiment_days experiment_days_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES app.workspaces(id) ON DELETE CASCADE
launch.experiment_days left_out_is_known CHECK ((left_out = ANY (ARRAY['late'::text, 'used_more'::text, 'ended'::text])))
launch.experiments caps_differ CHECK (((cap_a <> cap_b) AND ((cap_a >= 0) AND (cap_a <= 100000000)) AND ((cap_b >= 0) AND (cap_b <= 100000000))))
launch.experiments days_come_in_pairs CHECK ((((days >= 2) AND (days <= 120)) AND ((days % 2) = 0)))
launch.experiments ended_experiment_says_how CHECK (((status = 'ended'::text) = ((outcome IS NOT NULL) AND (ended_at IS NOT NULL) AND (reason IS NOT NULL))))
launch.experiments experiments_created_by_fkey FOREIGN KEY (created_by) REFERENCES app.profiles(id) ON DELETE SET NULL
launch.experiments experiments_pkey PRIMARY KEY (id)
launch.experiments experiments_workspace_id_country_fkey FOREIGN KEY (workspace_id, country) REFERENCES launch.countries(workspace_id, code) ON DELETE CASCADE
launch.experiments metric_is_known CHECK ((metric = ANY (ARRAY['registrations'::text, 'revenue_per_registration'::text, 'verification_rate'::text, 'safety_per_1000'::text, 'refusals'::text])))
launch.experiments operation_is_known CHECK ((operation = ANY (ARRAY['user'::text, 'payment'::text, 'creator'::text])))
launch.experiments outcome_is_known CHECK ((outcome = ANY (ARRAY['completed'::text, 'yielded'::text, 'stopped'::text])))
launch.experiments running_experiment_knows_its_ground CHECK (((status <> 'running'::text) OR ((phase IS NOT NULL) AND (time_zone IS NOT NULL) AND (cap_before IS NOT NULL) AND (cap_now IS NOT NULL) AND (policy_version IS NOT NULL))))
launch.experiments seed_has_length CHECK (((length(seed) >= 8) AND (length(seed) <= 64)))
launch.experiments status_is_known CHECK ((status = ANY (ARRAY['scheduled'::text, 'running'::text, 'ended'::text])))
launch.forecast_outcomes forecast_outcomes_pkey PRIMARY KEY (workspace_id, country, hour_at)
launch.forecast_outcomes forecast_outcomes_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES app.workspaces(id) ON DELETE CASCADE
launch.forecast_outcomes p90_holds_where_p50_does CHECK (((within_p50 <= within_p90) AND (within_p90 <= forecasts)))
launch.forecasts basis_is_known CHECK ((basis = ANY (ARRAY['hour_of_week'::text, 'hour_of_day'::text, 'none'::text])))
launch.forecasts forecasts_pkey PRIMARY KEY (workspace_id, country, issued_at, hour_at)
launch.forecasts forecasts_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES app.workspaces(id) ON DELETE CASCADE
launch.forecasts p90_is_not_below_p50 CHECK ((p90 >= p50))
launch.forecasts without_history_nothing_is_forecast CHECK (((basis = 'none'::text) = ((p50 IS NULL) AND (p90 IS NULL) AND (base_p50 IS NULL))))
launch.freezes freeze_has_length CHECK ((until > from_at))
launch.freezes freezes_country_fkey FOREIGN KEY (country) REFERENCES launch.iso_countries(code)
launch.freezes freezes_created_by_fkey FOREIGN KEY (created_by) REFERENCES app.profiles(id) ON DELETE SET NULL
launch.freezes freezes_pkey PRIMARY KEY (id)
launch.freezes freezes_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES app.workspaces(id) ON DELETE CASCADE
launch.freezes reason_is_short CHECK (((char_length(reason) >= 1) AND (char_length(reason) <= 500)))
launch.gate_results gate_is_known CHECK ((gate = 'soft_to_public'::text))
launch.gate_results gate_results_pkey PRIMARY KEY (workspace_id, country, gate, at)
launch.gate_results gate_results_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES app.workspaces(id) ON DELETE CASCADE
launch.gate_results outcome_is_known CHECK ((outcome = ANY (ARRAY['pass'::text, 'fail'::text, 'inconclusive'::text])))
launch.incident_notes body_is_not_long CHECK (((char_length(body) >= 1) AND (char_length(body) <= 4000)))
launch.incident_notes incident_notes_incident_id_fkey FOREIGN KEY (incident_id) REFERENCES launch.incidents(id) ON DELETE CASCADE
launch.incident_notes incident_notes_pkey PRIMARY KEY (id)
launch.incident_notes incident_notes_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES app.workspaces(id) ON DELETE CASCADE
launch.incidents closed_incident_says_why CHECK ((((closed_at IS NULL) = (closed_by IS NULL)) AND ((closed_at IS NULL) = (closed_because IS NULL))))
launch.incidents engine_pauses_once CHECK (((paused_at IS NULL) OR (NOT may_pause)))
launch.incidents incidents_pkey PRIMARY KEY (id)
launch.incidents incidents_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES app.workspaces(id) ON DELETE CASCADE
launch.iso_countries code_is_two_capitals CHECK ((code ~ '^[A-Z]{2}$'::text))
launch.iso_countries iso_countries_pkey PRIMARY KEY (code)
launch.iso_countries name_is_not_blank CHECK (((name = btrim(name)) AND (name <> ''::text)))
launch.iso_countries population_is_positive CHECK ((population > 0))
launch.iso_countries time_zone_is_an_area_and_a_place CHECK ((time_zone ~ '^[A-Z][A-Za-z]+(/[A-Za-z_-]+)+$'::text))
launch.job_results job_results_job_fkey FOREIGN KEY (job) REFERENCES launch.jobs(name)
launch.job_results job_results_pkey PRIMARY KEY (workspace_id, job, due_at)
launch.job_results job_results_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES app.workspaces(id) ON DELETE CASCADE
launch.job_results outcome_is_known CHECK ((outcome = ANY (ARRAY['done'::text, 'skipped'::text, 'failed'::text])))
launch.job_runs ended_run_has_outcome CHECK (((ended_at IS NULL) = (outcome IS NULL)))
launch.job_runs failed_run_says_why CHECK (((outcome = 'failed'::text) = (error IS NOT NULL)))
launch.job_runs job_runs_job_fkey FOREIGN KEY (job) REFERENCES launch.jobs(name)
launch.job_runs job_runs_pkey PRIMARY KEY (job, due_at)
launch.job_runs job_runs_requested_by_fkey FOREIGN KEY (requested_by) REFERENCES app.profiles(id) ON DELETE SET NULL
launch.job_runs job_runs_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES app.workspaces(id) ON DELETE CASCADE
launch.job_runs outcome_is_known CHECK ((outcome = ANY (ARRAY['succeeded'::text, 'failed'::text])))
launch.job_runs requested_run_has_workspace CHECK (((requested_by IS NULL) OR (workspace_id IS NOT NULL)))
launch.jobs grid_is_positive CHECK (((every > '00:00:00'::interval) AND (late_after > '00:00:00'::interval)))
launch.jobs jobs_flag_fkey FOREIGN KEY (flag) REFERENCES app.flag_definitions(key)
launch.jobs jobs_pkey PRIMARY KEY (name)
launch.jobs name_is_kebab_case CHECK ((name ~ '^[a-z][a-z-]*[a-z]$'::text))
launch.jobs waiting_has_an_end CHECK ((((waits_from IS NULL) = (waits_at_most IS NULL)) AND (waits_at_most < late_after)))
launch.kept_slots kept_slots_pkey PRIMARY KEY (counter_id, slot_at)
launch.limit_states levels_are_known CHECK ((((level >= 0) AND (level <= 3)) AND ((static_level >= 0) AND (static_level <= 3)) AND ((adaptive_level >= 0) AND (adaptive_level <= 3))))
launch.limit_states limit_states_pkey PRIMARY KEY (workspace_id, name)
launch.limit_states limit_states_workspace_id_name_fkey FOREIGN KEY (workspace_id, name) REFERENCES launch.limits(workspace_id, name) ON DELETE CASCADE
launch.limits ceiling_is_above_floor CHECK (((ceiling > (0)::double precision) AND (ceiling < 'Infinity'::double precision) AND ((floor IS NULL) OR (ceiling >= floor))))
launch.limits counted_events_are_named CHECK (((source <> 'events'::text) OR ((event_type IS NOT NULL) AND (event_window IS NOT NULL))))
launch.limits daily_drift_is_a_share CHECK (((daily_drift > (0)::double precision) AND (daily_drift <= (1)::double precision)))
launch.limits event_window_is_short CHECK (((event_window >= '00:00:10'::interval) AND (event_window <= '01:00:00'::interval)))
launch.limits floor_is_positive CHECK (((floor > (0)::double precision) AND (floor < 'Infinity'::double precision)))
launch.limits kind_is_known CHECK ((kind = ANY (ARRAY['static'::text, 'adaptive'::text])))
launch.limits limits_event_type_fkey FOREIGN KEY (event_type) REFERENCES launch.event_types(type)
launch.limits limits_pkey PRIMARY KEY (workspace_id, name)
launch.limits limits_updated_by_fkey FOREIGN KEY (updated_by) REFERENCES app.profiles(id) ON DELETE SET NULL
launch.limits limits_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES app.workspaces(id) ON DELETE CASCADE
launch.limits mad_factor_is_sensible CHECK (((mad_factor >= (0)::double precision) AND (mad_factor <= (100)::double precision)))
launch.limits min_samples_is_sensible CHECK (((min_samples >= 1) AND (min_samples <= 100000)))
launch.limits name_is_snake_case CHECK ((name ~ '^[a-z][a-z0-9_]{0,62}$'::text))
launch.limits source_is_known CHECK ((source = ANY (ARRAY['reported'::text, 'events'::text, 'prometheus'::text])))
launch.limits value_is_positive CHECK (((value > (0)::double precision) AND (value < 'Infinity'::double precision)))
launch.link_revenues link_revenues_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES launch.campaigns(id) ON DELETE CASCADE
launch.link_revenues link_revenues_link_id_fkey FOREIGN KEY (link_id) REFERENCES launch.campaign_links(id) ON DELETE CASCADE
launch.link_revenues link_revenues_one_per_slot UNIQUE NULLS NOT DISTINCT (campaign_id, link_id, slot_at, currency)
launch.link_revenues link_revenues_pkey PRIMARY KEY (id)
launch.link_revenues link_revenues_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES app.workspaces(id) ON DELETE CASCADE
launch.link_slots link_slots_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES launch.campaigns(id) ON DELETE CASCADE
launch.link_slots link_slots_link_id_fkey FOREIGN KEY (link_id) REFERENCES launch.campaign_links(id) ON DELETE CASCADE
launch.link_slots link_slots_one_per_slot UNIQUE NULLS NOT DISTINCT (campaign_id, link_id, slot_at, counts)
launch.link_slots link_slots_pkey PRIMARY KEY (id)
launch.link_slots link_slots_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES app.workspaces(id) ON DELETE CASCADE
launch.link_slots slot_counts_clicks_or_steps CHECK ((counts = ANY (ARRAY['clicks'::text, 'steps'::text])))
launch.load_evaluations load_evaluations_pkey PRIMARY KEY (workspace_id, name, slot_at)
launch.load_levels load_levels_pkey PRIMARY KEY (workspace_id, slot_at)
launch.measurement_sources header_is_whole CHECK (((header_name IS NULL) = (secret_id IS NULL)))
launch.measurement_sources header_name_is_a_token CHECK ((header_name ~ '^[A-Za-z][A-Za-z0-9-]{0,63}$'::text))
launch.measurement_sources measurement_sources_pkey PRIMARY KEY (workspace_id, name)
launch.measurement_sources measurement_sources_updated_by_fkey FOREIGN KEY (updated_by) REFERENCES app.profiles(id) ON DELETE SET NULL
launch.measurement_sources measurement_sources_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES app.workspaces(id) ON DELETE CASCADE
launch.measurement_sources measurement_sources_workspace_id_name_fkey FOREIGN KEY (workspace_id, name) REFERENCES launch.limits(workspace_id, name) ON DELETE CASCADE
launch.measurement_sources query_is_short CHECK (((char_length(query) >= 1) AND (char_length(query) <= 2000)))
launch.measurement_sources url_is_http CHECK (((url ~ '^https?://[^/@\s?#][^@\s?#]*$'::text) AND (char_length(url) <= 500)))
launch.measurements measurements_pkey PRIMARY KEY (workspace_id, name, measured_at)
launch.policy_versions policy_versions_pkey PRIMARY KEY (workspace_id, country, version)
launch.policy_versions policy_versions_workspace_id_country_fkey FOREIGN KEY (workspace_id, country) REFERENCES launch.countries(workspace_id, code) ON DELETE CASCADE
launch.proposals answered_proposal_has_time CHECK (((answered_at IS NOT NULL) OR (state = ANY (ARRAY['open'::text, 'expired'::text, 'outdated'::text]))))
launch.proposals proposals_answered_by_fkey FOREIGN KEY (answered_by) REFERENCES app.profiles(id) ON DELETE SET NULL
launch.proposals proposals_country_fkey FOREIGN KEY (country) REFERENCES launch.iso_countries(code)
launch.proposals proposals_pkey PRIMARY KEY (id)
launch.proposals proposals_proposed_by_fkey FOREIGN KEY (proposed_by) REFERENCES app.profiles(id) ON DELETE SET NULL
launch.proposals proposals_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES app.workspaces(id) ON DELETE CASCADE
launch.proposals state_is_known CHECK ((state = ANY (ARRAY['open'::text, 'approved'::text, 'moved'::text, 'refused'::text, 'expired'::text, 'outdated'::text])))
launch.protections protections_alert_id_fkey FOREIGN KEY (alert_id) REFERENCES launch.alerts(id) ON DELETE SET NULL
launch.protections protections_country_fkey FOREIGN KEY (country) REFERENCES launch.iso_countries(code)
launch.protections protections_created_by_fkey FOREIGN KEY (created_by) REFERENCES app.profiles(id) ON DELETE SET NULL
launch.protections protections_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES app.profiles(id) ON DELETE SET NULL
launch.protections protections_pkey PRIMARY KEY (id)
launch.protections protections_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES app.workspaces(id) ON DELETE CASCADE
launch.protections reason_is_short CHECK (((char_length(reason) >= 1) AND (char_length(reason) <= 500)))
launch.protections source_is_known CHECK ((source = ANY (ARRAY['person'::text, 'rule'::text])))
launch.queues claim_window_is_human CHECK (((claim_seconds >= 30) AND (claim_seconds <= 3600)))
launch.queues operation_can_wait CHECK ((operation = ANY (ARRAY['user'::text, 'creator'::text])))
launch.queues pace_is_positive CHECK (((per_minute >= 1) AND (per_minute <= 100000)))
launch.queues queues_pkey PRIMARY KEY (workspace_id, operation)
launch.queues queues_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES app.workspaces(id) ON DELETE CASCADE
launch.queues return_url_is_https CHECK (((return_url ~ '^https?://[^[:space:]]+$'::text) AND (char_length(return_url) <= 500)))
launch.receipts receipts_pkey PRIMARY KEY (id, decided_at, allowed)
launch.region_days day_has_length CHECK ((day_ends_at > day_starts_at))
launch.region_days region_days_pkey PRIMARY KEY (workspace_id, country, day_on)
launch.region_days region_days_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES app.workspaces(id) ON DELETE CASCADE
launch.region_hours region_hours_pkey PRIMARY KEY (workspace_id, country, hour_at)
launch.region_hours region_hours_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES app.workspaces(id) ON DELETE CASCADE
launch.region_kpis region_kpis_pkey PRIMARY KEY (workspace_id, country, at)
launch.region_kpis region_kpis_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES app.workspaces(id) ON DELETE CASCADE
launch.region_settings compare_hours_fit_a_day CHECK (((compare_hours >= 1) AND (compare_hours <= 24)))
launch.region_settings gate_counts_are_not_negative CHECK (((gate_active_users >= 0) AND (gate_revenue >= 0) AND (gate_safety_incidents >= 0) AND (gate_days >= 0) AND (gate_sample >= 0)))
launch.region_settings gate_rate_is_a_share CHECK (((gate_verification_rate >= (0)::numeric) AND (gate_verification_rate <= (1)::numeric)))
launch.region_settings gate_window_is_a_week_at_most CHECK (((gate_window_hours >= 1) AND (gate_window_hours <= 168)))
launch.region_settings minimums_are_positive CHECK (((support_minimum > 0) AND (surge_minimum > 0)))
launch.region_settings ratios_are_growth CHECK (((support_ratio > (1)::numeric) AND (support_ratio <= (1000)::numeric) AND (surge_ratio > (1)::numeric) AND (surge_ratio <= (1000)::numeric)))
launch.region_settings region_settings_pkey PRIMARY KEY (workspace_id)
launch.region_settings region_settings_reporting_currency_fkey FOREIGN KEY (reporting_currency) REFERENCES launch.currencies(code)
launch.region_settings region_settings_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES app.workspaces(id) ON DELETE CASCADE
launch.report_addresses email_is_lower_case CHECK ((email = lower(email)))
launch.report_addresses report_addresses_pkey PRIMARY KEY (id)
launch.report_addresses report_addresses_workspace_id_email_key UNIQUE (workspace_id, email)
launch.report_addresses report_addresses_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES app.workspaces(id) ON DELETE CASCADE
launch.report_files name_is_a_file CHECK ((name ~ '^[a-z-]{1,40}\.(pdf|csv)$'::text))
launch.report_files report_files_pkey PRIMARY KEY (report_id, name)
launch.report_files report_files_report_id_fkey FOREIGN KEY (report_id) REFERENCES launch.reports(id) ON DELETE RESTRICT
launch.report_files report_files_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES app.workspaces(id) ON DELETE RESTRICT
launch.report_letters report_letters_outbox_id_fkey FOREIGN KEY (outbox_id) REFERENCES app.outbox(id) ON DELETE SET NULL
launch.report_letters report_letters_pkey PRIMARY KEY (id)
launch.report_letters report_letters_report_id_fkey FOREIGN KEY (report_id) REFERENCES launch.reports(id) ON DELETE CASCADE
launch.report_letters report_letters_schedule_id_fkey FOREIGN KEY (schedule_id) REFERENCES launch.report_schedules(id) ON DELETE SET NULL
launch.report_letters report_letters_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES app.workspaces(id) ON DELETE CASCADE
launch.report_schedules every_month_has_the_day CHECK (((day_of_month >= 1) AND (day_of_month <= 28)))
launch.report_schedules hour_is_of_a_day CHECK (((hour >= 0) AND (hour <= 23)))
launch.report_schedules name_is_short CHECK (((char_length(name) >= 1) AND (char_length(name) <= 80)))
launch.report_schedules recipients_are_few CHECK (((cardinality(recipients) >= 1) AND (cardinality(recipients) <= 20)))
launch.report_schedules report_schedules_created_by_fkey FOREIGN KEY (created_by) REFERENCES app.profiles(id) ON DELETE SET NULL
launch.report_schedules report_schedules_pkey PRIMARY KEY (id)
launch.report_schedules report_schedules_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES app.workspaces(id) ON DELETE CASCADE
launch.reports month_begins_on_its_first CHECK ((EXTRACT(day FROM month_on) = (1)::numeric))
launch.reports problem_has_its_place CHECK (((audit_problem IS NULL) = (audit_first_bad IS NULL)))
launch.reports reports_pkey PRIMARY KEY (id)
launch.reports reports_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES app.workspaces(id) ON DELETE RESTRICT
launch.reservations reservations_pkey PRIMARY KEY (receipt_id, decided_at)
launch.reservations settled_reservation_has_time CHECK (((state = 'held'::text) = (settled_at IS NULL)))
launch.reservations state_is_known CHECK ((state = ANY (ARRAY['held'::text, 'committed'::text, 'released'::text, 'expired'::text])))
launch.reservations units_are_positive CHECK ((units > 0))
launch.risk_scores judged_country_has_score CHECK (((level = 'insufficient_data'::text) = (score IS NULL)))
launch.risk_scores level_is_known CHECK ((level = ANY (ARRAY['insufficient_data'::text, 'low'::text, 'medium'::text, 'high'::text, 'critical'::text])))
launch.risk_scores risk_scores_pkey PRIMARY KEY (workspace_id, country, at)
launch.risk_scores risk_scores_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES app.workspaces(id) ON DELETE CASCADE
launch.scorecards levels_rise CHECK (((0 < medium_from) AND (medium_from < high_from) AND (high_from < critical_from) AND (critical_from <= 100)))
launch.scorecards rules_are_a_list CHECK (((jsonb_typeof(rules) = 'array'::text) AND ((jsonb_array_length(rules) >= 1) AND (jsonb_array_length(rules) <= 50))))
launch.scorecards sample_is_not_negative CHECK (((minimum_active_users >= 0) AND (minimum_active_users <= 100000000)))
launch.scorecards scorecards_pkey PRIMARY KEY (workspace_id, version)
launch.scorecards scorecards_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES app.workspaces(id) ON DELETE CASCADE
launch.sequence_dependencies country_needs_another CHECK ((country <> needs_country))
launch.sequence_dependencies days_are_few CHECK (((needs_days >= 0) AND (needs_days <= 365)))
launch.sequence_dependencies level_is_above_low CHECK ((below_level = ANY (ARRAY['medium'::text, 'high'::text, 'critical'::text])))
launch.sequence_dependencies needed_phase_is_open CHECK ((needs_phase = ANY (ARRAY['alpha'::text, 'soft'::text, 'public'::text])))
launch.sequence_dependencies sequence_dependencies_pkey PRIMARY KEY (workspace_id, country, needs_country)
launch.sequence_dependencies sequence_dependencies_workspace_id_country_fkey FOREIGN KEY (workspace_id, country) REFERENCES launch.sequence_steps(workspace_id, country) ON DELETE CASCADE
launch.sequence_dependencies sequence_dependencies_workspace_id_needs_country_fkey FOREIGN KEY (workspace_id, needs_country) REFERENCES launch.sequence_steps(workspace_id, country) ON DELETE CASCADE
launch.sequence_steps mode_is_known CHECK ((mode = ANY (ARRAY['manual'::text, 'propose'::text, 'automatic'::text])))
launch.sequence_steps opening_phase_is_open CHECK ((opens_as = ANY (ARRAY['alpha'::text, 'soft'::text, 'public'::text])))
launch.sequence_steps sequence_steps_one_per_position UNIQUE (workspace_id, "position") DEFERRABLE
launch.sequence_steps sequence_steps_pkey PRIMARY KEY (workspace_id, country)
launch.sequence_steps sequence_steps_workspace_id_country_fkey FOREIGN KEY (workspace_id, country) REFERENCES launch.countries(workspace_id, code) ON DELETE CASCADE
launch.sequence_steps window_has_days CHECK (((window_days <@ ARRAY[1, 2, 3, 4, 5, 6, 7]) AND (cardinality(window_days) > 0)))
launch.sequence_steps window_has_length CHECK ((window_to > window_from))
launch.sequence_steps window_is_whole CHECK ((num_nulls(window_days, window_from, window_to) = ANY (ARRAY[0, 3])))
launch.sequence_steps window_times_are_hours_and_minutes CHECK (((window_from ~ '^([01]\d|2[0-3]):[0-5]\d$'::text) AND (window_to ~ '^([01]\d|2[0-3]):[0-5]\d$'::text)))
launch.sequence_templates sequence_templates_country_fkey FOREIGN KEY (country) REFERENCES launch.iso_countries(code)
launch.sequence_templates sequence_templates_pkey PRIMARY KEY (template, country)
launch.sequence_templates template_is_known CHECK ((template = ANY (ARRAY['eu_first_wave'::text, 'nordics'::text, 'dach'::text, 'iberia'::text, 'latam'::text, 'mena'::text, 'apac'::text])))
launch.sequences approval_has_time CHECK (((approval_hours >= 1) AND (approval_hours <= 720)))
launch.sequences sequences_pkey PRIMARY KEY (workspace_id)
launch.sequences sequences_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES app.workspaces(id) ON DELETE CASCADE
launch.subject_countries subject_countries_pkey PRIMARY KEY (workspace_id, subject)
launch.summary_settings hour_is_of_a_day CHECK (((hour >= 0) AND (hour <= 23)))
launch.summary_settings summary_settings_pkey PRIMARY KEY (workspace_id)
launch.summary_settings summary_settings_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES app.workspaces(id) ON DELETE CASCADE
launch.threat_findings mode_is_known CHECK ((mode = ANY (ARRAY['shadow'::text, 'snoozed'::text, 'live'::text])))
launch.threat_findings threat_findings_pkey PRIMARY KEY (workspace_id, rule, entity, slot_at)
launch.threat_findings threat_findings_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES app.workspaces(id) ON DELETE CASCADE
launch.threat_patterns mode_is_known CHECK ((mode = ANY (ARRAY['shadow'::text, 'snoozed'::text, 'live'::text])))
launch.threat_patterns state_is_known CHECK ((state = ANY (ARRAY['active'::text, 'quiet'::text])))
launch.threat_patterns threat_patterns_alert_id_fkey FOREIGN KEY (alert_id) REFERENCES launch.alerts(id) ON DELETE SET NULL
launch.threat_patterns threat_patterns_country_fkey FOREIGN KEY (country) REFERENCES launch.iso_countries(code)
launch.threat_patterns threat_patterns_one_per_entity UNIQUE (workspace_id, rule, entity)
launch.threat_patterns threat_patterns_pkey PRIMARY KEY (id)
launch.threat_patterns threat_patterns_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES app.workspaces(id) ON DELETE CASCADE
launch.threat_rules answer_has_an_end CHECK ((((answer_minutes >= 5) AND (answer_minutes <= 527040)) AND ((answer <> 'protect'::text) OR (answer_minutes <= 43200))))
launch.threat_rules answer_is_known CHECK ((answer = ANY (ARRAY['watch'::text, 'block'::text, 'protect'::text])))
launch.threat_rules blocks_are_known CHECK (((blocks <@ '{device,account,ip_range}'::text[]) AND ((answer = 'block'::text) = (cardinality(blocks) > 0))))
launch.threat_rules devices_are_for_farms CHECK (((rule = 'device_farm'::text) = (counts_per = 'device'::text)))
launch.threat_rules entity_is_known CHECK ((counts_per = ANY (ARRAY['device'::text, 'country'::text, 'workspace'::text])))
launch.threat_rules mode_is_known CHECK ((mode = ANY (ARRAY['off'::text, 'shadow'::text, 'live'::text])))
launch.threat_rules protection_is_for_payments CHECK (((answer <> 'protect'::text) OR (rule = ANY (ARRAY['payment_burst'::text, 'chargeback_burst'::text]))))
launch.threat_rules rule_is_known CHECK ((rule = ANY (ARRAY['device_farm'::text, 'creator_ring'::text, 'payment_burst'::text, 'chargeback_burst'::text])))
launch.threat_rules share_is_a_part CHECK (((share > (0)::double precision) AND (share <= (1)::double precision)))
launch.threat_rules share_is_for_chargebacks CHECK (((rule = 'chargeback_burst'::text) = (share IS NOT NULL)))
launch.threat_rules threat_rules_pkey PRIMARY KEY (workspace_id, rule)
launch.threat_rules threat_rules_updated_by_fkey FOREIGN KEY (updated_by) REFERENCES app.profiles(id) ON DELETE SET NULL
launch.threat_rules threat_rules_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES app.workspaces(id) ON DELETE CASCADE
launch.threat_rules threshold_is_more_than_one CHECK (((threshold >= 2) AND (threshold <= 1000000)))
launch.threat_rules window_is_a_week_at_most CHECK (((window_minutes >= 1) AND (window_minutes <= 10080)))
launch.threat_snoozes entity_is_short CHECK (((char_length(entity) >= 1) AND (char_length(entity) <= 200)))
launch.threat_snoozes reason_is_short CHECK (((char_length(reason) >= 1) AND (char_length(reason) <= 500)))
launch.threat_snoozes threat_snoozes_created_by_fkey FOREIGN KEY (created_by) REFERENCES app.profiles(id) ON DELETE SET NULL
launch.threat_snoozes threat_snoozes_pkey PRIMARY KEY (id)
launch.threat_snoozes threat_snoozes_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES app.workspaces(id) ON DELETE CASCADE
launch.threat_snoozes threat_snoozes_workspace_id_rule_fkey FOREIGN KEY (workspace_id, rule) REFERENCES launch.threat_rules(workspace_id, rule) ON DELETE CASCADE
launch.throttle_policies level_is_known CHECK (((yields_from >= 1) AND (yields_from <= 4)))
launch.throttle_policies operation_is_known CHECK ((operation = ANY (ARRAY['user'::text, 'payment'::text, 'creator'::text])))
launch.throttle_policies throttle_policies_pkey PRIMARY KEY (workspace_id, operation)
launch.throttle_policies throttle_policies_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES app.workspaces(id) ON DELETE CASCADE
launch.throttles forced_level_is_known CHECK (((forced_level >= 0) AND (forced_level <= 3)))
launch.throttles level_is_known CHECK (((level >= 0) AND (level <= 3)))
launch.throttles override_is_whole CHECK ((((forced_level IS NULL) = (forced_until IS NULL)) AND ((forced_level IS NULL) = (forced_reason IS NULL))))
launch.throttles throttles_forced_by_fkey FOREIGN KEY (forced_by) REFERENCES app.profiles(id) ON DELETE SET NULL
launch.throttles throttles_pkey PRIMARY KEY (workspace_id)
launch.throttles throttles_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES app.workspaces(id) ON DELETE CASCADE
launch.tickets finished_ticket_has_end CHECK (((state = ANY (ARRAY['waiting'::text, 'ready'::text])) = (ended_at IS NULL)))
launch.tickets operation_can_wait CHECK ((operation = ANY (ARRAY['user'::text, 'creator'::text])))
launch.tickets ready_ticket_holds_units CHECK ((((ready_at IS NULL) = (receipt_id IS NULL)) AND ((ready_at IS NULL) = (claim_until IS NULL))))
launch.tickets state_is_known CHECK ((state = ANY (ARRAY['waiting'::text, 'ready'::text, 'claimed'::text, 'left'::text, 'passed'::text, 'ended'::text])))
launch.tickets tickets_api_key_id_fkey FOREIGN KEY (api_key_id) REFERENCES app.api_keys(id) ON DELETE CASCADE
launch.tickets tickets_country_fkey FOREIGN KEY (country) REFERENCES launch.iso_countries(code)
launch.tickets tickets_pkey PRIMARY KEY (id)
launch.tickets tickets_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES app.workspaces(id) ON DELETE CASCADE
launch.tickets units_are_positive CHECK ((units > 0))
launch.tickets waiting_ticket_holds_nothing CHECK (((state <> 'waiting'::text) OR (ready_at IS NULL)))
launch.unknown_events unknown_events_pkey PRIMARY KEY (workspace_id, day_at, type)
launch.unknown_events unknown_events_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES app.workspaces(id) ON DELETE CASCADE
private.active_slots active_slots_pkey PRIMARY KEY (workspace_id, country, slot_at)
private.answer_minutes answer_minutes_pkey PRIMARY KEY (minute_at)
private.attribution_marks attribution_marks_pkey PRIMARY KEY (workspace_id)
private.attribution_marks attribution_marks_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES app.workspaces(id) ON DELETE CASCADE
private.chargebacks chargebacks_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES launch.campaigns(id) ON DELETE CASCADE
private.chargebacks chargebacks_pkey PRIMARY KEY (workspace_id, occurred_at, source, event_id)
private.chargebacks chargebacks_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES app.workspaces(id) ON DELETE CASCADE
private.chargebacks what_was_taken_is_a_campaigns CHECK (((campaign_id IS NULL) = (taken_minor IS NULL)))
private.click_salts click_salts_pkey PRIMARY KEY (day_on)
private.job_ticks job_ticks_pkey PRIMARY KEY (is_only)
private.job_ticks one_row CHECK (is_only)
private.judged_events judged_events_pkey PRIMARY KEY (place)
private.partition_plans partition_plans_pkey PRIMARY KEY (parent)
private.routine_items path_is_below_the_workspace CHECK ((path ~ '^[a-z][a-z0-9/_-]{0,99}(\?[A-Za-z0-9=&._%-]{1,200})?$'::text))
private.routine_items routine_is_known CHECK ((routine = ANY (ARRAY['morning'::text, 'midday'::text, 'evening'::text, 'monday'::text, 'wednesday'::text, 'friday'::text, 'sunday'::text])))
private.routine_items routine_items_pkey PRIMARY KEY (id)
private.routine_items routine_items_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES app.workspaces(id) ON DELETE CASCADE
private.routine_items title_is_short CHECK (((char_length(title) >= 1) AND (char_length(title) <= 200)))
private.routine_settings routine_settings_pkey PRIMARY KEY (workspace_id)
private.routine_settings routine_settings_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES app.workspaces(id) ON DELETE CASCADE
private.routine_ticks routine_ticks_item_id_fkey FOREIGN KEY (item_id) REFERENCES private.routine_items(id) ON DELETE CASCADE
private.routine_ticks routine_ticks_pkey PRIMARY KEY (item_id, day_on)
private.touched_hours touched_hours_pkey PRIMARY KEY (workspace_id, hour_at)
private.touches touches_pkey PRIMARY KEY (workspace_id, identity, touched_at, campaign_id)
private.unjudged_hours unjudged_hours_pkey PRIMARY KEY (workspace_id, hour_at)

-- indexes
CREATE INDEX active_slots_slot_at_idx ON ONLY private.active_slots USING btree (workspace_id, slot_at)
CREATE INDEX alert_changes_alert_id_idx ON launch.alert_changes USING btree (alert_id, id)
CREATE INDEX alert_changes_workspace_id_idx ON launch.alert_changes USING btree (workspace_id)
CREATE INDEX alert_kinds_permission_idx ON launch.alert_kinds USING btree (permission)
CREATE INDEX alerts_acknowledged_by_idx ON launch.alerts USING btree (acknowledged_by)
CREATE INDEX alerts_assigned_to_idx ON launch.alerts USING btree (assigned_to)
CREATE INDEX alerts_country_idx ON launch.alerts USING btree (country)
CREATE INDEX alerts_kind_idx ON launch.alerts USING btree (kind)
CREATE INDEX alerts_resolved_by_idx ON launch.alerts USING btree (resolved_by)
CREATE INDEX alerts_unresolved_idx ON launch.alerts USING btree (workspace_id, id DESC) WHERE (status <> 'resolved'::text)
CREATE INDEX alerts_workspace_id_idx ON launch.alerts USING btree (workspace_id, id DESC)
CREATE INDEX api_keys_created_by_idx ON app.api_keys USING btree (created_by)
CREATE INDEX api_keys_rotated_from_idx ON app.api_keys USING btree (rotated_from)
CREATE INDEX api_keys_workspace_id_idx ON app.api_keys USING btree (workspace_id, created_at DESC)
CREATE INDEX attributions_campaign_id_idx ON launch.attributions USING btree (campaign_id, step, occurred_at)
CREATE INDEX attributions_link_id_idx ON launch.attributions USING btree (link_id)
CREATE INDEX attributions_payer_idx ON launch.attributions USING btree (workspace_id, payer, occurred_at DESC) WHERE (step = 'purchase'::text)
CREATE INDEX attributions_purchase_idx ON launch.attributions USING btree (workspace_id, event_id) WHERE (step = 'purchase'::text)
CREATE INDEX audit_entries_action_idx ON app.audit_entries USING btree (workspace_id, action, sequence DESC)
CREATE INDEX audit_entries_actor_idx ON app.audit_entries USING btree (workspace_id, actor_id, sequence DESC)
CREATE INDEX audit_entries_resource_idx ON app.audit_entries USING btree (workspace_id, resource_type, resource_id, sequence DESC)
CREATE INDEX blocks_alert_id_idx ON launch.blocks USING btree (alert_id)
CREATE INDEX blocks_created_by_idx ON launch.blocks USING btree (created_by)
CREATE INDEX blocks_lifted_by_idx ON launch.blocks USING btree (lifted_by)
CREATE INDEX blocks_range_idx ON launch.blocks USING gist (workspace_id, range inet_ops) WHERE ((lifted_at IS NULL) AND (range IS NOT NULL))
CREATE INDEX blocks_until_idx ON launch.blocks USING btree (workspace_id, until) WHERE (lifted_at IS NULL)
CREATE INDEX blocks_workspace_id_idx ON launch.blocks USING btree (workspace_id, id DESC)
CREATE INDEX campaign_links_campaign_id_idx ON launch.campaign_links USING btree (campaign_id, id)
CREATE INDEX campaign_links_created_by_idx ON launch.campaign_links USING btree (created_by)
CREATE INDEX campaign_links_workspace_id_idx ON launch.campaign_links USING btree (workspace_id)
CREATE INDEX campaign_quotas_workspace_id_idx ON launch.campaign_quotas USING btree (workspace_id)
CREATE INDEX campaign_tasks_campaign_id_idx ON launch.campaign_tasks USING btree (campaign_id, due_at)
CREATE INDEX campaign_tasks_done_by_idx ON launch.campaign_tasks USING btree (done_by)
CREATE INDEX campaign_tasks_owner_id_idx ON launch.campaign_tasks USING btree (owner_id)
CREATE INDEX campaign_tasks_workspace_id_idx ON launch.campaign_tasks USING btree (workspace_id)
CREATE INDEX campaigns_country_idx ON launch.campaigns USING btree (country)
CREATE INDEX campaigns_created_by_idx ON launch.campaigns USING btree (created_by)
CREATE INDEX campaigns_running_idx ON launch.campaigns USING btree (workspace_id, country, starts_at) WHERE (status = ANY (ARRAY['scheduled'::text, 'live'::text]))
CREATE INDEX campaigns_workspace_id_idx ON launch.campaigns USING btree (workspace_id, id DESC)
CREATE INDEX channels_created_by_idx ON app.channels USING btree (created_by)
CREATE INDEX channels_workspace_id_idx ON app.channels USING btree (workspace_id)
CREATE INDEX chargebacks_campaign_id_idx ON private.chargebacks USING btree (campaign_id)
CREATE INDEX chargebacks_purchase_idx ON private.chargebacks USING btree (workspace_id, purchase) WHERE (campaign_id IS NULL)
CREATE INDEX checklist_items_workspace_id_idx ON launch.checklist_items USING btree (workspace_id, "position")
CREATE INDEX checklist_ticks_item_id_idx ON launch.checklist_ticks USING btree (item_id)
CREATE INDEX checklist_ticks_ticked_by_idx ON launch.checklist_ticks USING btree (ticked_by)
CREATE INDEX clicks_visitor_idx ON ONLY launch.clicks USING btree (link_id, visitor)
CREATE INDEX counter_days_country_idx ON launch.counter_days USING btree (country)
CREATE INDEX counters_country_idx ON launch.counters USING btree (country)
CREATE INDEX countries_code_idx ON launch.countries USING btree (code)
CREATE INDEX deliveries_channel_id_idx ON app.deliveries USING btree (channel_id, id DESC)
CREATE INDEX deliveries_due_at_idx ON app.deliveries USING btree (due_at, id) WHERE (state = 'pending'::text)
CREATE INDEX deliveries_message_id_idx ON app.deliveries USING btree (message_id)
CREATE INDEX deliveries_pending_idx ON app.deliveries USING btree (channel_id, subject, id) WHERE (state = 'pending'::text)
CREATE INDEX deliveries_workspace_id_idx ON app.deliveries USING btree (workspace_id, id DESC)
CREATE INDEX dry_runs_created_by_idx ON launch.dry_runs USING btree (created_by)
CREATE INDEX dry_runs_open_idx ON launch.dry_runs USING btree (id) WHERE (status = ANY (ARRAY['queued'::text, 'running'::text]))
CREATE INDEX dry_runs_workspace_id_idx ON launch.dry_runs USING btree (workspace_id, id DESC)
CREATE INDEX event_slots_slot_at_idx ON ONLY launch.event_slots USING btree (workspace_id, slot_at)
CREATE INDEX events_registrations_idx ON ONLY launch.events USING btree (workspace_id, device, occurred_at) WHERE ((type = 'registration.completed'::text) AND (device IS NOT NULL))
CREATE INDEX events_type_occurred_at_idx ON ONLY launch.events USING btree (workspace_id, type, occurred_at)
CREATE INDEX experiment_days_workspace_id_idx ON launch.experiment_days USING btree (workspace_id)
CREATE INDEX experiments_country_idx ON launch.experiments USING btree (workspace_id, country, id DESC)
CREATE INDEX experiments_created_by_idx ON launch.experiments USING btree (created_by)
CREATE INDEX flags_key_idx ON app.flags USING btree (key)
CREATE INDEX flags_updated_by_idx ON app.flags USING btree (updated_by)
CREATE INDEX freezes_country_idx ON launch.freezes USING btree (country)
CREATE INDEX freezes_created_by_idx ON launch.freezes USING btree (created_by)
CREATE INDEX freezes_workspace_id_idx ON launch.freezes USING btree (workspace_id, until DESC)
CREATE INDEX gate_results_at_idx ON launch.gate_results USING btree (workspace_id, at)
CREATE INDEX incident_notes_incident_id_idx ON launch.incident_notes USING btree (incident_id, id)
CREATE INDEX incident_notes_workspace_id_idx ON launch.incident_notes USING btree (workspace_id)
CREATE INDEX incidents_workspace_id_idx ON launch.incidents USING btree (workspace_id, id DESC)
CREATE INDEX invitations_invited_by_idx ON app.invitations USING btree (invited_by)
CREATE INDEX invitations_role_idx ON app.invitations USING btree (role)
CREATE INDEX invitations_workspace_id_idx ON app.invitations USING btree (workspace_id, created_at DESC)
CREATE INDEX job_results_job_idx ON ONLY launch.job_results USING btree (job)
CREATE INDEX job_runs_id_idx ON ONLY launch.job_runs USING btree (id)
CREATE INDEX job_runs_requested_by_idx ON ONLY launch.job_runs USING btree (requested_by)
CREATE INDEX job_runs_succeeded_idx ON ONLY launch.job_runs USING btree (job, due_at DESC) WHERE (outcome = 'succeeded'::text)
CREATE INDEX job_runs_workspace_id_idx ON ONLY launch.job_runs USING btree (workspace_id)
CREATE INDEX jobs_flag_idx ON launch.jobs USING btree (flag)
CREATE INDEX kept_slots_country_idx ON ONLY launch.kept_slots USING btree (workspace_id, country, slot_at)
CREATE INDEX limits_event_type_idx ON launch.limits USING btree (event_type)
CREATE INDEX limits_updated_by_idx ON launch.limits USING btree (updated_by)
CREATE INDEX link_revenues_link_id_idx ON launch.link_revenues USING btree (link_id)
CREATE INDEX link_revenues_workspace_id_idx ON launch.link_revenues USING btree (workspace_id)
CREATE INDEX link_slots_link_id_idx ON launch.link_slots USING btree (link_id)
CREATE INDEX link_slots_workspace_id_idx ON launch.link_slots USING btree (workspace_id)
CREATE INDEX measurement_sources_updated_by_idx ON launch.measurement_sources USING btree (updated_by)
CREATE INDEX members_role_idx ON app.members USING btree (role)
CREATE INDEX members_user_id_idx ON app.members USING btree (user_id)
CREATE INDEX messages_type_idx ON app.messages USING btree (type)
CREATE INDEX messages_workspace_id_idx ON app.messages USING btree (workspace_id, id DESC)
CREATE INDEX outbox_due_at_idx ON app.outbox USING btree (due_at) WHERE ((delivered_at IS NULL) AND (failed_at IS NULL))
CREATE INDEX outbox_workspace_id_idx ON app.outbox USING btree (workspace_id, created_at DESC)
CREATE INDEX policy_versions_changed_at_idx ON launch.policy_versions USING btree (workspace_id, changed_at DESC)
CREATE INDEX proposals_answered_by_idx ON launch.proposals USING btree (answered_by)
CREATE INDEX proposals_country_idx ON launch.proposals USING btree (country)
CREATE INDEX proposals_proposed_by_idx ON launch.proposals USING btree (proposed_by)
CREATE INDEX proposals_workspace_id_idx ON launch.proposals USING btree (workspace_id, id DESC)
CREATE INDEX protections_alert_id_idx ON launch.protections USING btree (alert_id)
CREATE INDEX protections_country_idx ON launch.protections USING btree (country)
CREATE INDEX protections_created_by_idx ON launch.protections USING btree (created_by)
CREATE INDEX protections_ended_by_idx ON launch.protections USING btree (ended_by)
CREATE INDEX protections_workspace_id_idx ON launch.protections USING btree (workspace_id, id DESC)
CREATE INDEX receipts_country_idx ON ONLY launch.receipts USING btree (workspace_id, country, id)
CREATE INDEX region_days_day_starts_at_idx ON launch.region_days USING btree (workspace_id, country, day_starts_at)
CREATE INDEX region_kpis_at_idx ON launch.region_kpis USING btree (workspace_id, at)
CREATE INDEX region_settings_reporting_currency_idx ON launch.region_settings USING btree (reporting_currency)
CREATE INDEX report_files_workspace_id_idx ON launch.report_files USING btree (workspace_id)
CREATE INDEX report_letters_outbox_id_idx ON launch.report_letters USING btree (outbox_id)
CREATE INDEX report_letters_report_id_idx ON launch.report_letters USING btree (report_id)
CREATE INDEX report_letters_schedule_id_idx ON launch.report_letters USING btree (schedule_id, email, id DESC)
CREATE INDEX report_letters_workspace_id_idx ON launch.report_letters USING btree (workspace_id, id DESC)
CREATE INDEX report_schedules_created_by_idx ON launch.report_schedules USING btree (created_by)
CREATE INDEX report_schedules_due_at_idx ON launch.report_schedules USING btree (due_at) WHERE enabled
CREATE INDEX reports_workspace_id_idx ON launch.reports USING btree (workspace_id, id DESC)
CREATE INDEX reservations_expires_at_idx ON ONLY launch.reservations USING btree (expires_at) WHERE (state = 'held'::text)
CREATE INDEX risk_scores_at_idx ON launch.risk_scores USING btree (workspace_id, at)
CREATE INDEX role_permissions_permission_idx ON app.role_permissions USING btree (permission)
CREATE INDEX sequence_dependencies_needs_idx ON launch.sequence_dependencies USING btree (workspace_id, needs_country)
CREATE INDEX sequence_templates_country_idx ON launch.sequence_templates USING btree (country)
CREATE INDEX summary_settings_due_at_idx ON launch.summary_settings USING btree (due_at) WHERE enabled
CREATE INDEX threat_patterns_active_idx ON launch.threat_patterns USING btree (workspace_id) WHERE (state = 'active'::text)
CREATE INDEX threat_patterns_alert_id_idx ON launch.threat_patterns USING btree (alert_id)
CREATE INDEX threat_patterns_country_idx ON launch.threat_patterns USING btree (country)
CREATE INDEX threat_patterns_workspace_id_idx ON launch.threat_patterns USING btree (workspace_id, last_slot_at DESC, id)
CREATE INDEX threat_rules_updated_by_idx ON launch.threat_rules USING btree (updated_by)
CREATE INDEX threat_snoozes_created_by_idx ON launch.threat_snoozes USING btree (created_by)
CREATE INDEX threat_snoozes_rule_idx ON launch.threat_snoozes USING btree (workspace_id, rule)
CREATE INDEX throttles_forced_by_idx ON launch.throttles USING btree (forced_by)
CREATE INDEX tickets_api_key_id_idx ON launch.tickets USING btree (api_key_id)
CREATE INDEX tickets_country_idx ON launch.tickets USING btree (country)
CREATE INDEX tickets_ended_at_idx ON launch.tickets USING btree (ended_at) WHERE (ended_at IS NOT NULL)
CREATE INDEX tickets_ready_at_idx ON launch.tickets USING btree (workspace_id, country, operation, ready_at) WHERE (ready_at IS NOT NULL)
CREATE INDEX tickets_ready_idx ON launch.tickets USING btree (claim_until) WHERE (state = 'ready'::text)
CREATE INDEX tickets_workspace_id_idx ON launch.tickets USING btree (workspace_id, id DESC)
CREATE UNIQUE INDEX active_slots_pkey ON ONLY private.active_slots USING btree (workspace_id, country, slot_at)
CREATE UNIQUE INDEX adaptive_limits_pkey ON launch.adaptive_limits USING btree (workspace_id, name, hour_of_week)
CREATE UNIQUE INDEX alert_changes_pkey ON launch.alert_changes USING btree (id)
CREATE UNIQUE INDEX alert_kinds_pkey ON launch.alert_kinds USING btree (kind)
CREATE UNIQUE INDEX alerts_one_unresolved_per_fingerprint ON launch.alerts USING btree (workspace_id, fingerprint) WHERE (status <> 'resolved'::text)
CREATE UNIQUE INDEX alerts_pkey ON launch.alerts USING btree (id)
CREATE UNIQUE INDEX answer_minutes_pkey ON ONLY private.answer_minutes USING btree (minute_at)
CREATE UNIQUE INDEX api_keys_hash_key ON app.api_keys USING btree (hash)
CREATE UNIQUE INDEX api_keys_pkey ON app.api_keys USING btree (id)
CREATE UNIQUE INDEX attribution_marks_pkey ON private.attribution_marks USING btree (workspace_id)
CREATE UNIQUE INDEX attributions_counted_once_idx ON launch.attributions USING btree (workspace_id, step, counted_key) WHERE (counted_key IS NOT NULL)
CREATE UNIQUE INDEX attributions_install_a_click_idx ON launch.attributions USING btree (workspace_id, click_id) WHERE ((step = 'install'::text) AND (click_id IS NOT NULL))
CREATE UNIQUE INDEX attributions_pkey ON launch.attributions USING btree (workspace_id, occurred_at, source, event_id)
CREATE UNIQUE INDEX audit_entries_pkey ON app.audit_entries USING btree (workspace_id, sequence)
CREATE UNIQUE INDEX audit_heads_pkey ON app.audit_heads USING btree (workspace_id)
CREATE UNIQUE INDEX blocks_one_unlifted_per_value ON launch.blocks USING btree (workspace_id, kind, value) WHERE (lifted_at IS NULL)
CREATE UNIQUE INDEX blocks_pkey ON launch.blocks USING btree (id)
CREATE UNIQUE INDEX campaign_links_pkey ON launch.campaign_links USING btree (id)
CREATE UNIQUE INDEX campaign_links_slug_is_taken_once ON launch.campaign_links USING btree (slug)
CREATE UNIQUE INDEX campaign_quotas_pkey ON launch.campaign_quotas USING btree (campaign_id)
CREATE UNIQUE INDEX campaign_tasks_pkey ON launch.campaign_tasks USING btree (id)
CREATE UNIQUE INDEX campaigns_pkey ON launch.campaigns USING btree (id)
CREATE UNIQUE INDEX campaigns_slug_in_workspace ON launch.campaigns USING btree (workspace_id, slug)
CREATE UNIQUE INDEX caps_pkey ON launch.caps USING btree (workspace_id, country, operation)
CREATE UNIQUE INDEX channels_one_per_name ON app.channels USING btree (workspace_id, lower(name)) WHERE (deleted_at IS NULL)
CREATE UNIQUE INDEX channels_pkey ON app.channels USING btree (id)
CREATE UNIQUE INDEX chargebacks_pkey ON private.chargebacks USING btree (workspace_id, occurred_at, source, event_id)
CREATE UNIQUE INDEX checklist_items_pkey ON launch.checklist_items USING btree (id)
CREATE UNIQUE INDEX checklist_ticks_pkey ON launch.checklist_ticks USING btree (workspace_id, country, item_id)
CREATE UNIQUE INDEX click_salts_pkey ON private.click_salts USING btree (day_on)
CREATE UNIQUE INDEX clicks_pkey ON ONLY launch.clicks USING btree (workspace_id, at, id)
CREATE UNIQUE INDEX counter_days_pkey ON launch.counter_days USING btree (workspace_id, country, operation, day_on)
CREATE UNIQUE INDEX counters_one_per_operation ON launch.counters USING btree (workspace_id, country, operation)
CREATE UNIQUE INDEX counters_pkey ON launch.counters USING btree (id)
CREATE UNIQUE INDEX countries_pkey ON launch.countries USING btree (workspace_id, code)
CREATE UNIQUE INDEX currencies_pkey ON launch.currencies USING btree (code)
CREATE UNIQUE INDEX currency_rates_pkey ON launch.currency_rates USING btree (workspace_id, quote, on_date, base)
CREATE UNIQUE INDEX deliveries_pkey ON app.deliveries USING btree (id)
CREATE UNIQUE INDEX delivery_attempts_pkey ON app.delivery_attempts USING btree (delivery_id, attempt)
CREATE UNIQUE INDEX dry_runs_pkey ON launch.dry_runs USING btree (id)
CREATE UNIQUE INDEX event_intake_pkey ON ONLY launch.event_intake USING btree (workspace_id, slot_at, type)
CREATE UNIQUE INDEX event_slots_pkey ON ONLY launch.event_slots USING btree (workspace_id, country, slot_at, type, currency)
CREATE UNIQUE INDEX event_types_pkey ON launch.event_types USING btree (type)
CREATE UNIQUE INDEX events_pkey ON ONLY launch.events USING btree (workspace_id, occurred_at, source, event_id)
CREATE UNIQUE INDEX experiment_days_pkey ON launch.experiment_days USING btree (experiment_id, day_on)
CREATE UNIQUE INDEX experiments_one_at_a_time_idx ON launch.experiments USING btree (workspace_id, country) WHERE (status <> 'ended'::text)
CREATE UNIQUE INDEX experiments_pkey ON launch.experiments USING btree (id)
CREATE UNIQUE INDEX flag_definitions_pkey ON app.flag_definitions USING btree (key)
CREATE UNIQUE INDEX flags_pkey ON app.flags USING btree (workspace_id, key)
CREATE UNIQUE INDEX forecast_outcomes_pkey ON launch.forecast_outcomes USING btree (workspace_id, country, hour_at)
CREATE UNIQUE INDEX forecasts_pkey ON ONLY launch.forecasts USING btree (workspace_id, country, issued_at, hour_at)
CREATE UNIQUE INDEX freezes_pkey ON launch.freezes USING btree (id)
CREATE UNIQUE INDEX gate_results_pkey ON launch.gate_results USING btree (workspace_id, country, gate, at)
CREATE UNIQUE INDEX incident_notes_pkey ON launch.incident_notes USING btree (id)
CREATE UNIQUE INDEX incidents_one_open_per_country ON launch.incidents USING btree (workspace_id, country) WHERE (closed_at IS NULL)
CREATE UNIQUE INDEX incidents_pkey ON launch.incidents USING btree (id)
CREATE UNIQUE INDEX invitations_one_open_per_email ON app.invitations USING btree (workspace_id, email) WHERE ((accepted_at IS NULL) AND (revoked_at IS NULL))
CREATE UNIQUE INDEX invitations_pkey ON app.invitations USING btree (id)
CREATE UNIQUE INDEX invitations_token_hash_key ON app.invitations USING btree (token_hash)
CREATE UNIQUE INDEX iso_countries_pkey ON launch.iso_countries USING btree (code)
CREATE UNIQUE INDEX job_results_pkey ON ONLY launch.job_results USING btree (workspace_id, job, due_at)
CREATE UNIQUE INDEX job_runs_pkey ON ONLY launch.job_runs USING btree (job, due_at)
CREATE UNIQUE INDEX job_ticks_pkey ON private.job_ticks USING btree (is_only)
CREATE UNIQUE INDEX jobs_pkey ON launch.jobs USING btree (name)
CREATE UNIQUE INDEX judged_events_pkey ON private.judged_events USING btree (place)
CREATE UNIQUE INDEX kept_slots_pkey ON ONLY launch.kept_slots USING btree (counter_id, slot_at)
CREATE UNIQUE INDEX limit_states_pkey ON launch.limit_states USING btree (workspace_id, name)
CREATE UNIQUE INDEX limits_pkey ON launch.limits USING btree (workspace_id, name)
CREATE UNIQUE INDEX link_revenues_one_per_slot ON launch.link_revenues USING btree (campaign_id, link_id, slot_at, currency) NULLS NOT DISTINCT
CREATE UNIQUE INDEX link_revenues_pkey ON launch.link_revenues USING btree (id)
CREATE UNIQUE INDEX link_slots_one_per_slot ON launch.link_slots USING btree (campaign_id, link_id, slot_at, counts) NULLS NOT DISTINCT
CREATE UNIQUE INDEX link_slots_pkey ON launch.link_slots USING btree (id)
CREATE UNIQUE INDEX load_evaluations_pkey ON ONLY launch.load_evaluations USING btree (workspace_id, name, slot_at)
CREATE UNIQUE INDEX load_levels_pkey ON ONLY launch.load_levels USING btree (workspace_id, slot_at)
CREATE UNIQUE INDEX measurement_sources_pkey ON launch.measurement_sources USING btree (workspace_id, name)
CREATE UNIQUE INDEX measurements_pkey ON ONLY launch.measurements USING btree (workspace_id, name, measured_at)
CREATE UNIQUE INDEX members_pkey ON app.members USING btree (workspace_id, user_id)
CREATE UNIQUE INDEX message_types_pkey ON app.message_types USING btree (type)
CREATE UNIQUE INDEX messages_pkey ON app.messages USING btree (id)
CREATE UNIQUE INDEX outbox_pkey ON app.outbox USING btree (id)
CREATE UNIQUE INDEX partition_plans_pkey ON private.partition_plans USING btree (parent)
CREATE UNIQUE INDEX permissions_pkey ON app.permissions USING btree (name)
CREATE UNIQUE INDEX policy_versions_pkey ON launch.policy_versions USING btree (workspace_id, country, version)
CREATE UNIQUE INDEX profiles_pkey ON app.profiles USING btree (id)
CREATE UNIQUE INDEX proposals_one_pending_per_country ON launch.proposals USING btree (workspace_id, country) WHERE (state = ANY (ARRAY['open'::text, 'approved'::text]))
CREATE UNIQUE INDEX proposals_pkey ON launch.proposals USING btree (id)
CREATE UNIQUE INDEX protections_one_unended_per_country ON launch.protections USING btree (workspace_id, country) WHERE (ended_at IS NULL)
CREATE UNIQUE INDEX protections_pkey ON launch.protections USING btree (id)
CREATE UNIQUE INDEX queues_pkey ON launch.queues USING btree (workspace_id, operation)
CREATE UNIQUE INDEX quotas_one_per_slug ON launch.campaign_quotas USING btree (counter_id, slug)
CREATE UNIQUE INDEX receipts_pkey ON ONLY launch.receipts USING btree (id, decided_at, allowed)
CREATE UNIQUE INDEX region_days_pkey ON launch.region_days USING btree (workspace_id, country, day_on)
CREATE UNIQUE INDEX region_hours_pkey ON launch.region_hours USING btree (workspace_id, country, hour_at)
CREATE UNIQUE INDEX region_kpis_pkey ON launch.region_kpis USING btree (workspace_id, country, at)
CREATE UNIQUE INDEX region_settings_pkey ON launch.region_settings USING btree (workspace_id)
CREATE UNIQUE INDEX report_addresses_pkey ON launch.report_addresses USING btree (id)
CREATE UNIQUE INDEX report_addresses_workspace_id_email_key ON launch.report_addresses USING btree (workspace_id, email)
CREATE UNIQUE INDEX report_files_pkey ON launch.report_files USING btree (report_id, name)
CREATE UNIQUE INDEX report_letters_pkey ON launch.report_letters USING btree (id)
CREATE UNIQUE INDEX report_schedules_one_per_name ON launch.report_schedules USING btree (workspace_id, lower(name))
CREATE UNIQUE INDEX report_schedules_pkey ON launch.report_schedules USING btree (id)
CREATE UNIQUE INDEX reports_pkey ON launch.reports USING btree (id)
CREATE UNIQUE INDEX reservations_pkey ON ONLY launch.reservations USING btree (receipt_id, decided_at)
CREATE UNIQUE INDEX risk_scores_pkey ON launch.risk_scores USING btree (workspace_id, country, at)
CREATE UNIQUE INDEX role_permissions_pkey ON app.role_permissions USING btree (role, permission)
CREATE UNIQUE INDEX roles_pkey ON app.roles USING btree (name)
CREATE UNIQUE INDEX roles_rank_key ON app.roles USING btree (rank)
CREATE UNIQUE INDEX routine_items_one_per_title ON private.routine_items USING btree (workspace_id, routine, title)
CREATE UNIQUE INDEX routine_items_pkey ON private.routine_items USING btree (id)
CREATE UNIQUE INDEX routine_settings_pkey ON private.routine_settings USING btree (workspace_id)
CREATE UNIQUE INDEX routine_ticks_pkey ON private.routine_ticks USING btree (item_id, day_on)
CREATE UNIQUE INDEX scorecards_pkey ON launch.scorecards USING btree (workspace_id, version)
CREATE UNIQUE INDEX sequence_dependencies_pkey ON launch.sequence_dependencies USING btree (workspace_id, country, needs_country)
CREATE UNIQUE INDEX sequence_steps_one_per_position ON launch.sequence_steps USING btree (workspace_id, "position")
CREATE UNIQUE INDEX sequence_steps_pkey ON launch.sequence_steps USING btree (workspace_id, country)
CREATE UNIQUE INDEX sequence_templates_pkey ON launch.sequence_templates USING btree (template, country)
CREATE UNIQUE INDEX sequences_pkey ON launch.sequences USING btree (workspace_id)
CREATE UNIQUE INDEX subject_countries_pkey ON launch.subject_countries USING btree (workspace_id, subject)
CREATE UNIQUE INDEX summary_settings_pkey ON launch.summary_settings USING btree (workspace_id)
CREATE UNIQUE INDEX threat_findings_pkey ON ONLY launch.threat_findings USING btree (workspace_id, rule, entity, slot_at)
CREATE UNIQUE INDEX threat_patterns_one_per_entity ON launch.threat_patterns USING btree (workspace_id, rule, entity)
CREATE UNIQUE INDEX threat_patterns_pkey ON launch.threat_patterns USING btree (id)
CREATE UNIQUE INDEX threat_rules_pkey ON launch.threat_rules USING btree (workspace_id, rule)
CREATE UNIQUE INDEX threat_snoozes_one_unended ON launch.threat_snoozes USING btree (workspace_id, rule, entity) WHERE (ended_at IS NULL)
CREATE UNIQUE INDEX threat_snoozes_pkey ON launch.threat_snoozes USING btree (id)
CREATE UNIQUE INDEX throttle_policies_pkey ON launch.throttle_policies USING btree (workspace_id, operation)
CREATE UNIQUE INDEX throttles_pkey ON launch.throttles USING btree (workspace_id)
CREATE UNIQUE INDEX tickets_pkey ON launch.tickets USING btree (id)
CREATE UNIQUE INDEX tickets_waiting_idx ON launch.tickets USING btree (workspace_id, country, operation, number) WHERE (state = 'waiting'::text)
CREATE UNIQUE INDEX touched_hours_pkey ON private.touched_hours USING btree (workspace_id, hour_at)
CREATE UNIQUE INDEX touches_pkey ON ONLY private.touches USING btree (workspace_id, identity, touched_at, campaign_id)
CREATE UNIQUE INDEX unjudged_hours_pkey ON private.unjudged_hours USING btree (workspace_id, hour_at)
CREATE UNIQUE INDEX unknown_events_pkey ON ONLY launch.unknown_events USING btree (workspace_id, day_at, type)
CREATE UNIQUE INDEX workspaces_pkey ON app.workspaces USING btree (id)
CREATE UNIQUE INDEX workspaces_slug_key ON app.workspaces USING btree (slug)

-- policies
adaptive_limits_select_reader on launch.adaptive_limits for select to authenticated using ((workspace_id = ANY (ARRAY( SELECT private.workspaces_with('load.read'::text) AS workspaces_with)))) check ()
alert_changes_select_with_alert on launch.alert_changes for select to authenticated using ((EXISTS ( SELECT FROM launch.alerts a WHERE (a.id = alert_changes.alert_id)))) check ()
alert_kinds_select_signed_in on launch.alert_kinds for select to authenticated using (true) check ()
alerts_select_by_kind on launch.alerts for select to authenticated using (((workspace_id, kind) IN ( SELECT v.workspace_id, v.kind FROM private.visible_alert_kinds() v(workspace_id, kind)))) check ()
api_keys_select_manager on app.api_keys for select to authenticated using ((workspace_id = ANY (ARRAY( SELECT private.workspaces_with('keys.manage'::text) AS workspaces_with)))) check ()
attributions_select_reader on launch.attributions for select to authenticated using ((workspace_id = ANY (ARRAY( SELECT private.workspaces_with('campaigns.read'::text) AS workspaces_with)))) check ()
audit_entries_select_auditor_or_own on app.audit_entries for select to authenticated using (((workspace_id = ANY (ARRAY( SELECT private.workspaces_with('audit.read'::text) AS workspaces_with))) OR ((actor_id = ( SELECT auth.uid() AS uid)) AND (workspace_id = ANY (ARRAY( SELECT private.workspaces_with('audit.read_own'::text) AS workspaces_with)))))) check ()
audit_heads_select_auditor on app.audit_heads for select to authenticated using ((workspace_id = ANY (ARRAY( SELECT private.workspaces_with('audit.read'::text) AS workspaces_with)))) check ()
blocks_select_reader on launch.blocks for select to authenticated using ((workspace_id = ANY (ARRAY( SELECT private.workspaces_with('threats.read'::text) AS workspaces_with)))) check ()
campaign_links_select_reader on launch.campaign_links for select to authenticated using ((workspace_id = ANY (ARRAY( SELECT private.workspaces_with('campaigns.read'::text) AS workspaces_with)))) check ()
campaign_quotas_select_member on launch.campaign_quotas for select to authenticated using ((workspace_id = ANY (ARRAY( SELECT private.workspaces_with('countries.read'::text) AS workspaces_with)))) check ()
campaign_tasks_select_reader on launch.campaign_tasks for select to authenticated using ((workspace_id = ANY (ARRAY( SELECT private.workspaces_with('campaigns.read'::text) AS workspaces_with)))) check ()
campaigns_select_reader on launch.campaigns for select to authenticated using ((workspace_id = ANY (ARRAY( SELECT private.workspaces_with('campaigns.read'::text) AS workspaces_with)))) check ()
caps_select_member on launch.caps for select to authenticated using ((workspace_id = ANY (ARRAY( SELECT private.workspaces_with('countries.read'::text) AS workspaces_with)))) check ()
channels_select_manager on app.channels for select to authenticated using ((workspace_id = ANY (ARRAY( SELECT private.workspaces_with('notifications.manage'::text) AS workspaces_with)))) check ()
checklist_items_select_member on launch.checklist_items for select to authenticated using ((workspace_id = ANY (ARRAY( SELECT private.workspaces_with('sequence.read'::text) AS workspaces_with)))) check ()
checklist_ticks_select_member on launch.checklist_ticks for select to authenticated using ((workspace_id = ANY (ARRAY( SELECT private.workspaces_with('sequence.read'::text) AS workspaces_with)))) check ()
clicks_select_reader on launch.clicks for select to authenticated using ((workspace_id = ANY (ARRAY( SELECT private.workspaces_with('campaigns.read'::text) AS workspaces_with)))) check ()
counter_days_select_member on launch.counter_days for select to authenticated using ((workspace_id = ANY (ARRAY( SELECT private.workspaces_with('countries.read'::text) AS workspaces_with)))) check ()
counters_select_member on launch.counters for select to authenticated using ((workspace_id = ANY (ARRAY( SELECT private.workspaces_with('countries.read'::text) AS workspaces_with)))) check ()
countries_select_member on launch.countries for select to authenticated using ((workspace_id = ANY (ARRAY( SELECT private.workspaces_with('countries.read'::text) AS workspaces_with)))) check ()
currencies_select_signed_in on launch.currencies for select to authenticated using (true) check ()
currency_rates_select_member on launch.currency_rates for select to authenticated using ((workspace_id = ANY (ARRAY( SELECT private.workspaces_with('regions.read'::text) AS workspaces_with)))) check ()
deliveries_select_manager on app.deliveries for select to authenticated using ((workspace_id = ANY (ARRAY( SELECT private.workspaces_with('notifications.manage'::text) AS workspaces_with)))) check ()
delivery_attempts_select_manager on app.delivery_attempts for select to authenticated using ((workspace_id = ANY (ARRAY( SELECT private.workspaces_with('notifications.manage'::text) AS workspaces_with)))) check ()
dry_runs_select_reader on launch.dry_runs for select to authenticated using ((workspace_id = ANY (ARRAY( SELECT private.workspaces_with('dryruns.read'::text) AS workspaces_with)))) check ()
event_intake_select_reader on launch.event_intake for select to authenticated using ((workspace_id = ANY (ARRAY( SELECT private.workspaces_with('load.read'::text) AS workspaces_with)))) check ()
event_slots_select_member on launch.event_slots for select to authenticated using ((workspace_id = ANY (ARRAY( SELECT private.workspaces_with('regions.read'::text) AS workspaces_with)))) check ()
event_types_select_signed_in on launch.event_types for select to authenticated using (true) check ()
events_select_reader on launch.events for select to authenticated using ((workspace_id = ANY (ARRAY( SELECT private.workspaces_with('threats.read'::text) AS workspaces_with)))) check ()
experiment_days_select_member on launch.experiment_days for select to authenticated using ((workspace_id = ANY (ARRAY( SELECT private.workspaces_with('experiments.read'::text) AS workspaces_with)))) check ()
experiments_select_member on launch.experiments for select to authenticated using ((workspace_id = ANY (ARRAY( SELECT private.workspaces_with('experiments.read'::text) AS workspaces_with)))) check ()
flag_definitions_select_signed_in on app.flag_definitions for select to authenticated using (true) check ()
flags_select_member on app.flags for select to authenticated using ((workspace_id = ANY (ARRAY( SELECT private.workspaces_with('flags.read'::text) AS workspaces_with)))) check ()
forecast_outcomes_select_member on launch.forecast_outcomes for select to authenticated using ((workspace_id = ANY (ARRAY( SELECT private.workspaces_with('countries.read'::text) AS workspaces_with)))) check ()
forecasts_select_member on launch.forecasts for select to authenticated using ((workspace_id = ANY (ARRAY( SELECT private.workspaces_with('countries.read'::text) AS workspaces_with)))) check ()
freezes_select_member on launch.freezes for select to authenticated using ((workspace_id = ANY (ARRAY( SELECT private.workspaces_with('sequence.read'::text) AS workspaces_with)))) check ()
gate_results_select_member on launch.gate_results for select to authenticated using ((workspace_id = ANY (ARRAY( SELECT private.workspaces_with('regions.read'::text) AS workspaces_with)))) check ()
incident_notes_select_reader on launch.incident_notes for select to authenticated using ((workspace_id = ANY (ARRAY( SELECT private.workspaces_with('risk.read'::text) AS workspaces_with)))) check ()
incidents_select_reader on launch.incidents for select to authenticated using ((workspace_id = ANY (ARRAY( SELECT private.workspaces_with('risk.read'::text) AS workspaces_with)))) check ()
invitations_select_manager on app.invitations for select to authenticated using ((workspace_id = ANY (ARRAY( SELECT private.workspaces_with('members.manage'::text) AS workspaces_with)))) check ()
iso_countries_select_signed_in on launch.iso_countries for select to authenticated using (true) check ()
job_results_select_member on launch.job_results for select to authenticated using ((workspace_id = ANY (ARRAY( SELECT private.workspaces_with('jobs.read'::text) AS workspaces_with)))) check ()
job_runs_select_member on launch.job_runs for select to authenticated using (((workspace_id = ANY (ARRAY( SELECT private.workspaces_with('jobs.read'::text) AS workspaces_with))) OR ((workspace_id IS NULL) AND (cardinality(ARRAY( SELECT private.workspaces_with('jobs.read'::text) AS workspaces_with)) > 0)))) check ()
jobs_select_signed_in on launch.jobs for select to authenticated using (true) check ()
kept_slots_select_member on launch.kept_slots for select to authenticated using ((workspace_id = ANY (ARRAY( SELECT private.workspaces_with('countries.read'::text) AS workspaces_with)))) check ()
limit_states_select_reader on launch.limit_states for select to authenticated using ((workspace_id = ANY (ARRAY( SELECT private.workspaces_with('load.read'::text) AS workspaces_with)))) check ()
limits_select_reader on launch.limits for select to authenticated using ((workspace_id = ANY (ARRAY( SELECT private.workspaces_with('load.read'::text) AS workspaces_with)))) check ()
link_revenues_select_reader on launch.link_revenues for select to authenticated using ((workspace_id = ANY (ARRAY( SELECT private.workspaces_with('campaigns.read'::text) AS workspaces_with)))) check ()
link_slots_select_reader on launch.link_slots for select to authenticated using ((workspace_id = ANY (ARRAY( SELECT private.workspaces_with('campaigns.read'::text) AS workspaces_with)))) check ()
load_evaluations_select_reader on launch.load_evaluations for select to authenticated using ((workspace_id = ANY (ARRAY( SELECT private.workspaces_with('load.read'::text) AS workspaces_with)))) check ()
load_levels_select_reader on launch.load_levels for select to authenticated using ((workspace_id = ANY (ARRAY( SELECT private.workspaces_with('load.read'::text) AS workspaces_with)))) check ()
measurement_sources_select_reader on launch.measurement_sources for select to authenticated using ((workspace_id = ANY (ARRAY( SELECT private.workspaces_with('load.read'::text) AS workspaces_with)))) check ()
measurements_select_reader on launch.measurements for select to authenticated using ((workspace_id = ANY (ARRAY( SELECT private.workspaces_with('load.read'::text) AS workspaces_with)))) check ()
members_select_self_or_manager on app.members for select to authenticated using (((user_id = ( SELECT auth.uid() AS uid)) OR (workspace_id = ANY (ARRAY( SELECT private.workspaces_with('members.manage'::text) AS workspaces_with))))) check ()
message_types_select_signed_in on app.message_types for select to authenticated using (true) check ()
messages_select_manager on app.messages for select to authenticated using ((workspace_id = ANY (ARRAY( SELECT private.workspaces_with('notifications.manage'::text) AS workspaces_with)))) check ()
outbox_select_manager on app.outbox for select to authenticated using ((workspace_id = ANY (ARRAY( SELECT private.workspaces_with('workspace.manage'::text) AS workspaces_with)))) check ()
permissions_select_signed_in on app.permissions for select to authenticated using (true) check ()
policy_versions_select_member on launch.policy_versions for select to authenticated using ((workspace_id = ANY (ARRAY( SELECT private.workspaces_with('countries.read'::text) AS workspaces_with)))) check ()
profiles_select_self_or_managed on app.profiles for select to authenticated using (((id = ( SELECT auth.uid() AS uid)) OR (id IN ( SELECT m.user_id FROM app.members m WHERE (m.workspace_id = ANY (ARRAY( SELECT private.workspaces_with('members.manage'::text) AS workspaces_with))))))) check ()
proposals_select_member on launch.proposals for select to authenticated using ((workspace_id = ANY (ARRAY( SELECT private.workspaces_with('sequence.read'::text) AS workspaces_with)))) check ()
protections_select_reader on launch.protections for select to authenticated using ((workspace_id = ANY (ARRAY( SELECT private.workspaces_with('threats.read'::text) AS workspaces_with)))) check ()
queues_select_reader on launch.queues for select to authenticated using ((workspace_id = ANY (ARRAY( SELECT private.workspaces_with('queue.read'::text) AS workspaces_with)))) check ()
receipts_select_reader on launch.receipts for select to authenticated using ((workspace_id = ANY (ARRAY( SELECT private.workspaces_with('receipts.read'::text) AS workspaces_with)))) check ()
region_days_select_member on launch.region_days for select to authenticated using ((workspace_id = ANY (ARRAY( SELECT private.workspaces_with('regions.read'::text) AS workspaces_with)))) check ()
region_hours_select_member on launch.region_hours for select to authenticated using ((workspace_id = ANY (ARRAY( SELECT private.workspaces_with('regions.read'::text) AS workspaces_with)))) check ()
region_kpis_select_member on launch.region_kpis for select to authenticated using ((workspace_id = ANY (ARRAY( SELECT private.workspaces_with('regions.read'::text) AS workspaces_with)))) check ()
region_settings_select_member on launch.region_settings for select to authenticated using ((workspace_id = ANY (ARRAY( SELECT private.workspaces_with('regions.read'::text) AS workspaces_with)))) check ()
report_addresses_select_reader on launch.report_addresses for select to authenticated using ((workspace_id = ANY (ARRAY( SELECT private.workspaces_with('reports.read'::text) AS workspaces_with)))) check ()
report_files_select_reader on launch.report_files for select to authenticated using ((workspace_id = ANY (ARRAY( SELECT private.workspaces_with('reports.read'::text) AS workspaces_with)))) check ()
report_letters_select_reader on launch.report_letters for select to authenticated using ((workspace_id = ANY (ARRAY( SELECT private.workspaces_with('reports.read'::text) AS workspaces_with)))) check ()
report_schedules_select_reader on launch.report_schedules for select to authenticated using ((workspace_id = ANY (ARRAY( SELECT private.workspaces_with('reports.read'::text) AS workspaces_with)))) check ()
reports_select_reader on launch.reports for select to authenticated using ((workspace_id = ANY (ARRAY( SELECT private.workspaces_with('reports.read'::text) AS workspaces_with)))) check ()
reservations_select_reader on launch.reservations for select to authenticated using ((workspace_id = ANY (ARRAY( SELECT private.workspaces_with('receipts.read'::text) AS workspaces_with)))) check ()
risk_scores_select_reader on launch.risk_scores for select to authenticated using ((workspace_id = ANY (ARRAY( SELECT private.workspaces_with('risk.read'::text) AS workspaces_with)))) check ()
role_permissions_select_signed_in on app.role_permissions for select to authenticated using (true) check ()
roles_select_signed_in on app.roles for select to authenticated using (true) check ()
scorecards_select_reader on launch.scorecards for select to authenticated using ((workspace_id = ANY (ARRAY( SELECT private.workspaces_with('risk.read'::text) AS workspaces_with)))) check ()
sequence_dependencies_select_member on launch.sequence_dependencies for select to authenticated using ((workspace_id = ANY (ARRAY( SELECT private.workspaces_with('sequence.read'::text) AS workspaces_with)))) check ()
sequence_steps_select_member on launch.sequence_steps for select to authenticated using ((workspace_id = ANY (ARRAY( SELECT private.workspaces_with('sequence.read'::text) AS workspaces_with)))) check ()
sequence_templates_select_signed_in on launch.sequence_templates for select to authenticated using (true) check ()
sequences_select_member on launch.sequences for select to authenticated using ((workspace_id = ANY (ARRAY( SELECT private.workspaces_with('sequence.read'::text) AS workspaces_with)))) check ()
subject_countries_select_reader on launch.subject_countries for select to authenticated using ((workspace_id = ANY (ARRAY( SELECT private.workspaces_with('threats.read'::text) AS workspaces_with)))) check ()
summary_settings_select_reader on launch.summary_settings for select to authenticated using ((workspace_id = ANY (ARRAY( SELECT private.workspaces_with('reports.read'::text) AS workspaces_with)))) check ()
threat_findings_select_reader on launch.threat_findings for select to authenticated using ((workspace_id = ANY (ARRAY( SELECT private.workspaces_with('threats.read'::text) AS workspaces_with)))) check ()
threat_patterns_select_reader on launch.threat_patterns for select to authenticated using ((workspace_id = ANY (ARRAY( SELECT private.workspaces_with('threats.read'::text) AS workspaces_with)))) check ()
threat_rules_select_reader on launch.threat_rules for select to authenticated using ((workspace_id = ANY (ARRAY( SELECT private.workspaces_with('threats.read'::text) AS workspaces_with)))) check ()
threat_snoozes_select_reader on launch.threat_snoozes for select to authenticated using ((workspace_id = ANY (ARRAY( SELECT private.workspaces_with('threats.read'::text) AS workspaces_with)))) check ()
throttle_policies_select_member on launch.throttle_policies for select to authenticated using ((workspace_id = ANY (ARRAY( SELECT private.workspaces_with('throttle.read'::text) AS workspaces_with)))) check ()
throttles_select_member on launch.throttles for select to authenticated using ((workspace_id = ANY (ARRAY( SELECT private.workspaces_with('throttle.read'::text) AS workspaces_with)))) check ()
tickets_select_reader on launch.tickets for select to authenticated using ((workspace_id = ANY (ARRAY( SELECT private.workspaces_with('queue.read'::text) AS workspaces_with)))) check ()
unknown_events_select_reader on launch.unknown_events for select to authenticated using ((workspace_id = ANY (ARRAY( SELECT private.workspaces_with('threats.read'::text) AS workspaces_with)))) check ()
workspaces_select_member on app.workspaces for select to authenticated using ((id = ANY (ARRAY( SELECT private.workspaces_with('workspace.read'::text) AS workspaces_with)))) check ()

-- triggers
CREATE TRIGGER _100_create_profile AFTER INSERT OR UPDATE OF email ON auth.users FOR EACH ROW EXECUTE FUNCTION private.create_profile()
CREATE TRIGGER _100_forbid_change BEFORE DELETE OR UPDATE ON app.audit_entries FOR EACH ROW EXECUTE FUNCTION private.forbid_change()
CREATE TRIGGER _100_forbid_change BEFORE DELETE OR UPDATE ON launch.report_files FOR EACH ROW EXECUTE FUNCTION private.forbid_change()
CREATE TRIGGER _100_forbid_change BEFORE DELETE OR UPDATE ON launch.reports FOR EACH ROW EXECUTE FUNCTION private.forbid_change()
CREATE TRIGGER _100_forbid_truncate BEFORE TRUNCATE ON app.audit_entries FOR EACH STATEMENT EXECUTE FUNCTION private.forbid_change()
CREATE TRIGGER _100_forbid_truncate BEFORE TRUNCATE ON launch.report_files FOR EACH STATEMENT EXECUTE FUNCTION private.forbid_change()
CREATE TRIGGER _100_forbid_truncate BEFORE TRUNCATE ON launch.reports FOR EACH STATEMENT EXECUTE FUNCTION private.forbid_change()
CREATE TRIGGER _100_note_unjudged_hour AFTER INSERT OR UPDATE ON private.touched_hours FOR EACH ROW EXECUTE FUNCTION private.note_unjudged_hour()
CREATE TRIGGER _100_settle_workspace_regions AFTER INSERT ON app.workspaces FOR EACH ROW EXECUTE FUNCTION private.settle_workspace_regions()
CREATE TRIGGER _110_give_scorecard AFTER INSERT ON app.workspaces FOR EACH ROW EXECUTE FUNCTION private.give_scorecard()
CREATE TRIGGER _200_make_limits AFTER INSERT ON app.workspaces FOR EACH ROW EXECUTE FUNCTION private.make_limits()
CREATE TRIGGER _200_release_throttle AFTER UPDATE OF enabled ON app.flags FOR EACH ROW WHEN (((new.key = 'launch.autoThrottle'::text) AND old.enabled AND (NOT new.enabled))) EXECUTE FUNCTION private.release_throttle()
CREATE TRIGGER _300_make_threat_rules AFTER INSERT ON app.workspaces FOR EACH ROW EXECUTE FUNCTION private.make_threat_rules()
CREATE TRIGGER _400_make_routines AFTER INSERT ON app.workspaces FOR EACH ROW EXECUTE FUNCTION private.make_routines()
CREATE TRIGGER channels_forget_secrets AFTER DELETE ON app.channels FOR EACH ROW EXECUTE FUNCTION private.forget_gone_channel()
CREATE TRIGGER drop_attempts AFTER DELETE ON app.deliveries REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION private.drop_attempts()

-- functions
app.accept_invitation(p_token_hash bytea) returns text plpgsql volatile security definer set search_path="" md5 f5bca65a27e73b76aa42511e52b8808e
app.act_as_key(p_hash bytea, p_scope text) returns TABLE(workspace_id uuid, api_key_id uuid) plpgsql volatile security definer set search_path="" md5 f648552b8d348e1831520efb2615c53b
app.change_channel(p_workspace_id uuid, p_id uuid, p_name text, p_secret text, p_url text, p_recipients text[], p_message_types text[], p_minimum_severity text, p_alert_kinds text[], p_expected_version integer DEFAULT NULL::integer) returns void plpgsql volatile security definer set search_path="" md5 379c686ac383946ce702f6a62c3cd8b8
app.change_member_role(p_workspace_id uuid, p_user_id uuid, p_role text) returns void plpgsql volatile security definer set search_path="" md5 9bc8f8e5cdf7b04849e7817e9845c426
app.change_workspace(p_workspace_id uuid, p_name text, p_allows_unlisted_countries boolean, p_reason text) returns app.workspaces plpgsql volatile security definer set search_path="" md5 e97beae98f9cc7ee5516d0571d2051c6
app.claim_deliveries(p_limit integer DEFAULT 100) returns TABLE(id bigint, attempt integer, workspace_id uuid, workspace text, slug text, message_id uuid, type text, at timestamp with time zone, subject text, data jsonb, channel_id uuid, kind text, url text, recipients text[], secret text, old_secret text) plpgsql volatile security definer set search_path="", plan_cache_mode=force_generic_plan, enable_sort=off, enable_hashjoin=off, enable_mergejoin=off md5 d3761f217f1250b62cd1de88969d5109
app.claim_outbox(p_limit integer DEFAULT 50) returns TABLE(id uuid, workspace_id uuid, topic text, payload jsonb, attempts integer) sql volatile security definer set search_path="" md5 df7b483aabdd6aed725f23b07846a153
app.create_api_key(p_workspace_id uuid, p_name text, p_prefix text, p_hash bytea, p_scopes text[], p_expires_at timestamp with time zone DEFAULT NULL::timestamp with time zone) returns uuid plpgsql volatile security definer set search_path="" md5 31edcab962a8ba5cf091187d7fd453d4
app.create_channel(p_workspace_id uuid, p_kind text, p_name text, p_secret text, p_url text, p_recipients text[], p_message_types text[], p_minimum_severity text DEFAULT 'warning'::text, p_alert_kinds text[] DEFAULT NULL::text[]) returns uuid plpgsql volatile security definer set search_path="" md5 70be89fb0224dea6ab878ad706ce306c
app.create_workspace(p_name text, p_slug text, p_environment text) returns app.workspaces plpgsql volatile security definer set search_path="" md5 73351fea01b83509e2cee0c401888852
app.delete_channel(p_workspace_id uuid, p_id uuid) returns void plpgsql volatile security definer set search_path="" md5 3818b19ecba2ab2934c452ceb062641e
app.invite_member(p_workspace_id uuid, p_id uuid, p_email text, p_role text, p_token_hash bytea) returns app.invitations plpgsql volatile security definer set search_path="" md5 04fa8c1e8495b2e1d98dd26c3ed02caf
app.peek_invitation(p_token_hash bytea) returns TABLE(workspace text, email text, role text, state text) sql stable security definer set search_path="" md5 89057cf39598f206e4214670c141d64d
app.read_flags(p_workspace_id uuid) returns TABLE(key text, enabled boolean, version integer, updated_at timestamp with time zone, description text) plpgsql stable security definer set search_path="" md5 52e55fa8900a83bf14257d04e6141944
app.read_readiness() returns TABLE(migration text, partition_days integer, jobs jsonb) sql stable security definer set search_path="" md5 df71b73023895fcc14193dbc0d9a46ee
app.remove_member(p_workspace_id uuid, p_user_id uuid) returns void plpgsql volatile security definer set search_path="" md5 070abd581cba4fe57617f60ee0ff83d3
app.rename_me(p_display_name text) returns void sql volatile security definer set search_path="" md5 9a8a3e97721550e2599b084f7e750f65
app.replay_delivery(p_workspace_id uuid, p_id bigint) returns void plpgsql volatile security definer set search_path="" md5 6622914612507f2fb14d32178b51868c
app.replay_failed_deliveries(p_workspace_id uuid, p_channel_id uuid, p_since timestamp with time zone) returns integer plpgsql volatile security definer set search_path="" md5 9837823dcb76565be70cb2f6efcf7b4e
app.revoke_api_key(p_workspace_id uuid, p_id uuid, p_reason text) returns void plpgsql volatile security definer set search_path="" md5 1c4c1c1f6f91562cf37e2bbcd6d13374
app.revoke_invitation(p_workspace_id uuid, p_id uuid) returns void plpgsql volatile security definer set search_path="" md5 82617b4bd00a299fa272f525d84f5892
app.rotate_api_key(p_workspace_id uuid, p_id uuid, p_prefix text, p_hash bytea, p_overlap_seconds integer) returns uuid plpgsql volatile security definer set search_path="" md5 714c0949b2f9afb33d6aa59094f10bf1
app.rotate_channel_secret(p_workspace_id uuid, p_id uuid, p_secret text, p_overlap_seconds integer) returns void plpgsql volatile security definer set search_path="" md5 7a3a1557e2a58853889b1af01f166fa2
app.set_flag(p_workspace_id uuid, p_key text, p_enabled boolean, p_reason text, p_expected_version integer DEFAULT NULL::integer) returns app.flags plpgsql volatile security definer set search_path="" md5 3c14210d92a3ca8513f4d9b957571d2a
app.settle_deliveries(p_ids bigint[], p_attempts integer[], p_outcomes text[], p_statuses integer[], p_errors text[], p_responses text[], p_took_ms integer[], p_retry_after integer[], p_mails jsonb[] DEFAULT NULL::jsonb[]) returns integer plpgsql volatile security definer set search_path="", plan_cache_mode=force_generic_plan, enable_hashjoin=off, enable_mergejoin=off md5 50522a12b4c6db330fe90ea43534a708
app.settle_outbox(p_id uuid, p_error text DEFAULT NULL::text) returns void sql volatile security definer set search_path="" md5 f78db85672bfd08979c4968e1345879a
app.switch_channel(p_workspace_id uuid, p_id uuid, p_enabled boolean) returns void plpgsql volatile security definer set search_path="" md5 6bb0f5d4dc9bd25560586d8f53e970d5
app.test_channel(p_workspace_id uuid, p_id uuid) returns bigint plpgsql volatile security definer set search_path="" md5 7bb515ac5fbf8e5b6ed3f5052b3e02ff
app.verify_audit(p_workspace_id uuid) returns TABLE(checked bigint, first_bad bigint, problem text) plpgsql stable security definer set search_path="" md5 ffd829a279c788594974670dd68a1f1a
launch.acknowledge_alert(p_workspace_id uuid, p_alert_id uuid, p_expected_version integer DEFAULT NULL::integer) returns launch.alerts plpgsql volatile security definer set search_path="" md5 75694a71177e22084684dad13a77cc51
launch.activate_country(p_workspace_id uuid, p_country text, p_phase text, p_user_units integer DEFAULT NULL::integer, p_payment_units integer DEFAULT NULL::integer, p_creator_units integer DEFAULT NULL::integer, p_amount_minor bigint DEFAULT NULL::bigint, p_amount_currency text DEFAULT NULL::text, p_reason text DEFAULT NULL::text, p_expected_version integer DEFAULT NULL::integer) returns launch.countries plpgsql volatile security definer set search_path="" md5 89cfcd27f8dab10cd7c87101e63b77dc
launch.add_sequence_countries(p_workspace_id uuid, p_countries text[], p_template text DEFAULT NULL::text, p_expected_version integer DEFAULT NULL::integer) returns integer plpgsql volatile security definer set search_path="" md5 ff5b6a0199d4819b6c0ac84b0afc9788
launch.admit_tickets() returns integer plpgsql volatile security definer set search_path="" md5 f0080e84af7e6bf500efda7d2cfa366a
launch.advance_country(p_workspace_id uuid, p_country text, p_phase text, p_reason text DEFAULT NULL::text, p_raise_caps boolean DEFAULT true, p_expected_version integer DEFAULT NULL::integer) returns launch.countries plpgsql volatile security definer set search_path="" md5 0d44ca5a57a5b598bf33cf62803d0e7f
launch.announce_usage(p_key_hashes text[]) returns void sql volatile security definer set search_path="" md5 d3f845ef4fde70fc60de5e4a28ffba45
launch.answer_proposal(p_workspace_id uuid, p_id uuid, p_approve boolean, p_answer text DEFAULT NULL::text) returns launch.proposals plpgsql volatile security definer set search_path="" md5 5c0eb241767ab4385edb8d9f7e6f4cdb
launch.assign_alert(p_workspace_id uuid, p_alert_id uuid, p_user_id uuid, p_expected_version integer DEFAULT NULL::integer) returns launch.alerts plpgsql volatile security definer set search_path="" md5 4abb6474f00d5e3d306cac1bfdf5c0d9
launch.attribute_events(p_settle interval DEFAULT '00:01:30'::interval) returns integer plpgsql volatile security definer set search_path="" md5 ce481c1a929e823f1b1aa8df967f75f1
launch.backtest_rule(p_workspace_id uuid, p_rule text, p_threshold integer, p_window_minutes integer, p_share double precision, p_counts_per text, p_from timestamp with time zone, p_to timestamp with time zone) returns TABLE(entity text, slots timestamp with time zone[], peak integer, peak_at timestamp with time zone, out_of integer, known boolean, entities bigint, findings bigint) plpgsql stable security definer set search_path="" md5 519920f5808579d3b8cfe3b6283fd177
launch.block(p_workspace_id uuid, p_kind text, p_value text, p_until timestamp with time zone, p_reason text, p_alert_id uuid DEFAULT NULL::uuid) returns launch.blocks plpgsql volatile security definer set search_path="" md5 2e57d5238968b931e83c96b0e1670646
launch.block_pattern(p_workspace_id uuid, p_pattern_id uuid, p_until timestamp with time zone, p_reason text, p_with_ips boolean DEFAULT false) returns integer plpgsql volatile security definer set search_path="" md5 ff8d73c029fd8f0a53e9f61b04669277
launch.cancel_dry_run(p_workspace_id uuid, p_id uuid) returns void plpgsql volatile security definer set search_path="" md5 060f3ec792c1b9e76dd734e2dc458afd
launch.change_campaign(p_workspace_id uuid, p_id uuid, p_name text DEFAULT NULL::text, p_country text DEFAULT NULL::text, p_starts_at timestamp with time zone DEFAULT NULL::timestamp with time zone, p_ends_at timestamp with time zone DEFAULT NULL::timestamp with time zone, p_influencer text DEFAULT NULL::text, p_followers integer DEFAULT NULL::integer, p_traffic_forecast integer DEFAULT NULL::integer, p_expected_installs integer DEFAULT NULL::integer, p_creator_inflow integer DEFAULT NULL::integer, p_cost_minor bigint DEFAULT NULL::bigint, p_cost_currency text DEFAULT NULL::text, p_shape text DEFAULT NULL::text, p_sub_quota integer DEFAULT NULL::integer, p_expected_version integer DEFAULT NULL::integer, p_install_window_days integer DEFAULT NULL::integer, p_later_window_days integer DEFAULT NULL::integer) returns launch.campaigns plpgsql volatile security definer set search_path="" md5 b84226cb5f68d2985900f4487988db93
launch.change_campaign_link(p_workspace_id uuid, p_campaign_id uuid, p_slug text, p_label text DEFAULT NULL::text, p_destination text DEFAULT NULL::text, p_waiting_url text DEFAULT NULL::text, p_active boolean DEFAULT NULL::boolean, p_expected_version integer DEFAULT NULL::integer) returns launch.campaign_links plpgsql volatile security definer set search_path="" md5 092e32e3582c7c90e6c6c14ee1d9320b
launch.change_caps(p_workspace_id uuid, p_country text, p_user_units integer DEFAULT NULL::integer, p_payment_units integer DEFAULT NULL::integer, p_creator_units integer DEFAULT NULL::integer, p_amount_minor bigint DEFAULT NULL::bigint, p_amount_currency text DEFAULT NULL::text, p_reason text DEFAULT NULL::text, p_expected_version integer DEFAULT NULL::integer) returns launch.countries plpgsql volatile security definer set search_path="" md5 264e7a82ebbbaeacdd8f440ee7d4614a
launch.change_queue(p_workspace_id uuid, p_operation text, p_enabled boolean, p_claim_seconds integer, p_per_minute integer, p_carries_over boolean, p_return_url text, p_reason text DEFAULT NULL::text, p_expected_version integer DEFAULT NULL::integer) returns launch.queues plpgsql volatile security definer set search_path="" md5 21a540adf64bfa0bd13a3d914c236446
launch.change_region_settings(p_workspace_id uuid, p_settings jsonb, p_reason text, p_expected_version integer DEFAULT NULL::integer) returns launch.region_settings plpgsql volatile security definer set search_path="" md5 caea65d2365620f0a9e91c7d5c1613c5
launch.change_report_schedule(p_workspace_id uuid, p_id uuid, p_name text DEFAULT NULL::text, p_day integer DEFAULT NULL::integer, p_hour integer DEFAULT NULL::integer, p_time_zone text DEFAULT NULL::text, p_recipients text[] DEFAULT NULL::text[], p_expected_version integer DEFAULT NULL::integer, p_enabled boolean DEFAULT NULL::boolean) returns jsonb plpgsql volatile security definer set search_path="" md5 412f2e2d4878cdb183c0baa5471ae0ad
launch.change_scorecard(p_workspace_id uuid, p_rules jsonb, p_minimum_active_users integer, p_medium_from integer, p_high_from integer, p_critical_from integer, p_reason text, p_expected_version integer DEFAULT NULL::integer) returns launch.scorecards plpgsql volatile security definer set search_path="" md5 cda7d4a652d994810b6dc375c42416b0
launch.change_threat_rule(p_workspace_id uuid, p_rule text, p_mode text, p_threshold integer, p_window_minutes integer, p_share double precision, p_counts_per text, p_answer text, p_blocks text[], p_answer_minutes integer, p_expected_version integer, p_reason text DEFAULT NULL::text) returns launch.threat_rules plpgsql volatile security definer set search_path="" md5 461ba4d0ae34df13fb7d7332971c1616
launch.change_throttle_policy(p_workspace_id uuid, p_operation text, p_yields_from integer, p_reason text DEFAULT NULL::text) returns void plpgsql volatile security definer set search_path="" md5 aa27bb0141b9cf760f5c896f8604d5bb
launch.change_time_zone(p_workspace_id uuid, p_country text, p_time_zone text, p_reason text DEFAULT NULL::text, p_expected_version integer DEFAULT NULL::integer) returns launch.countries plpgsql volatile security definer set search_path="" md5 7f107a7f25f4a967db372bbb7be95355
launch.check_campaign(p_workspace_id uuid, p_id uuid) returns jsonb plpgsql stable security definer set search_path="" md5 1aabe0cd966cde82bfd66a03aebebabb
launch.check_caps(p_key_hashes bytea[], p_gate_callers integer[], p_gate_countries text[], p_gate_operations text[], p_gates integer[], p_firsts integer[], p_ids uuid[], p_keys text[], p_fingerprints uuid[], p_units integer[], p_amounts bigint[], p_currencies text[], p_holds integer[], p_subjects text[], p_devices text[], p_ips inet[], p_queues boolean[] DEFAULT '{}'::boolean[], p_gate_campaigns text[] DEFAULT '{}'::text[]) returns launch.cap_answers plpgsql volatile security definer set search_path="", plan_cache_mode=force_generic_plan, enable_seqscan=off, enable_hashjoin=off, enable_mergejoin=off md5 8a2cc89829d0de227908ebc6bc746f84
launch.claim_job_run(p_job text, p_run_id uuid DEFAULT NULL::uuid) returns TABLE(run_id uuid, due_at timestamp with time zone, covers_from timestamp with time zone, workspace_id uuid) plpgsql volatile security definer set search_path="" md5 d6a384a84d1e2c36360c4287ee484c95
launch.claim_ticket(p_key_hash bytea, p_ticket_id uuid, p_hold_seconds integer) returns TABLE(state text, receipt_id uuid, hold_expires_at timestamp with time zone) plpgsql volatile security definer set search_path="" md5 c3c93c4003f0b3ca254bb787e5799a5a
launch.clear_queue(p_workspace_id uuid, p_country text, p_operation text, p_reason text) returns integer plpgsql volatile security definer set search_path="" md5 a6ac4b12e2766d2b785a6b55b886a1cf
launch.close_days() returns integer plpgsql volatile security definer set search_path="" md5 03336e9c0ebccd5d41e1a9a38c1a855a
launch.close_incident(p_workspace_id uuid, p_incident_id uuid, p_reason text, p_expected_version integer DEFAULT NULL::integer) returns launch.incidents plpgsql volatile security definer set search_path="" md5 07f831880550166857299441c03da95d
launch.confirm_report_address(p_id uuid) returns void plpgsql volatile security definer set search_path="" md5 0a30d5a9444fabd6cef555afe300c695
launch.correct_counter(p_workspace_id uuid, p_country text, p_operation text, p_change integer, p_reason text) returns TABLE(used integer, held integer) plpgsql volatile security definer set search_path="" md5 ba3bb2764cabf479e9d8a34a5a18dc29
launch.count_answers(p_answers bigint, p_errors bigint, p_total_ms double precision) returns void sql volatile security definer set search_path="" md5 ed8092e483e8b116f1169849a7e13dca
launch.count_events(p_key_hashes bytea[], p_types text[], p_accepted bigint[], p_late bigint[], p_duplicates bigint[], p_unknown bigint[], p_refused bigint[], p_problems text[]) returns void sql volatile security definer set search_path="" md5 1a347609a43c72d2aa42449a219b45cf
launch.create_campaign(p_workspace_id uuid, p_name text, p_slug text, p_country text, p_starts_at timestamp with time zone, p_ends_at timestamp with time zone, p_influencer text DEFAULT NULL::text, p_followers integer DEFAULT NULL::integer, p_traffic_forecast integer DEFAULT 0, p_expected_installs integer DEFAULT 0, p_creator_inflow integer DEFAULT 0, p_cost_minor bigint DEFAULT NULL::bigint, p_cost_currency text DEFAULT NULL::text, p_shape text DEFAULT 'spike'::text, p_sub_quota integer DEFAULT NULL::integer, p_template boolean DEFAULT false, p_install_window_days integer DEFAULT 7, p_later_window_days integer DEFAULT 30) returns launch.campaigns plpgsql volatile security definer set search_path="" md5 d1503e9baf167b538369332c9e6e5ddc
launch.create_campaign_link(p_workspace_id uuid, p_campaign_id uuid, p_slug text, p_label text, p_destination text, p_waiting_url text DEFAULT NULL::text) returns launch.campaign_links plpgsql volatile security definer set search_path="" md5 1186659e939883af1df9c4f1bd58b939
launch.create_dry_run(p_workspace_id uuid, p_proposal jsonb, p_days integer) returns uuid plpgsql volatile security definer set search_path="" md5 f15d9779fb5a4a463888f5f9d40ddce9
launch.create_experiment(p_workspace_id uuid, p_country text, p_operation text, p_cap_a integer, p_cap_b integer, p_starts_on date, p_days integer, p_seed text, p_metric text) returns launch.experiments plpgsql volatile security definer set search_path="" md5 a0d16980439ac6292be5a1fb42931bb0
launch.create_report_schedule(p_workspace_id uuid, p_name text, p_day integer, p_hour integer, p_time_zone text, p_recipients text[], p_enabled boolean DEFAULT true) returns jsonb plpgsql volatile security definer set search_path="" md5 8fd33df45c21ceeafdad2d6bc6677109
launch.day_after(p_time_zone text, p_previous_on date, p_previous_ends_at timestamp with time zone) returns TABLE(day_on date, day_starts_at timestamp with time zone, day_ends_at timestamp with time zone) sql stable security definer set search_path="" md5 4d45107204a55667caa986dc5f4f039d
launch.delete_campaign(p_workspace_id uuid, p_id uuid, p_expected_version integer DEFAULT NULL::integer) returns void plpgsql volatile security definer set search_path="" md5 cc68eef1b34376dce15cab32e15b839c
launch.delete_report_schedule(p_workspace_id uuid, p_id uuid, p_expected_version integer DEFAULT NULL::integer) returns void plpgsql volatile security definer set search_path="" md5 67a2a5fbeb418834bf7694211751f0d0
launch.depart_report(p_id uuid, p_leaves boolean) returns void plpgsql volatile security definer set search_path="" md5 c5ef128a9dedbde4c1c9e16a3cfb0b2a
launch.duplicate_campaign(p_workspace_id uuid, p_id uuid, p_name text, p_slug text, p_starts_at timestamp with time zone, p_template boolean DEFAULT false) returns launch.campaigns plpgsql volatile security definer set search_path="" md5 464c93d6e54516ce3730fc0ad3b46f7f
launch.end_freeze(p_workspace_id uuid, p_id uuid) returns void plpgsql volatile security definer set search_path="" md5 c84de2e023e6c8410da40885fe027762
launch.end_protection(p_workspace_id uuid, p_country text, p_reason text DEFAULT NULL::text) returns launch.protections plpgsql volatile security definer set search_path="" md5 c1fe32a2f0b808ebe2e1695b3ba81924
launch.end_snooze(p_workspace_id uuid, p_snooze_id uuid) returns launch.threat_snoozes plpgsql volatile security definer set search_path="" md5 cf6b2249976c6217ec5655e7af590386
launch.evaluate_gates(p_workspace_id uuid) returns jsonb plpgsql volatile security definer set search_path="" md5 e58e60c4902c9fc756d9d198c7148ed2
launch.evaluate_load(p_workspace_id uuid, p_names text[] DEFAULT '{}'::text[], p_values double precision[] DEFAULT '{}'::double precision[], p_problems text[] DEFAULT '{}'::text[]) returns jsonb plpgsql volatile security definer set search_path="" md5 c0bb970af9bc142c12ea7110dd168caf
launch.evaluate_risk(p_workspace_id uuid) returns jsonb plpgsql volatile security definer set search_path="" md5 a0d0ca488ca8d5f28941dee6a01b7b8a
launch.evaluate_threats(p_workspace_id uuid, p_due_at timestamp with time zone, p_covers_from timestamp with time zone DEFAULT NULL::timestamp with time zone) returns jsonb plpgsql volatile security definer set search_path="" md5 eb01d8763f018e9f546435f4fd2e8d3f
launch.expire_reservations(p_limit integer DEFAULT 5000) returns integer plpgsql volatile security definer set search_path="" md5 5129233c257878b23412cf0d2a78fa12
launch.fetch_letter_file(p_id uuid, p_name text) returns TABLE(content bytea, sha256 text) plpgsql volatile security definer set search_path="" md5 e3a947d40a0de4ebe5f6412dd0c51f32
launch.fetch_report_file(p_workspace_id uuid, p_report_id uuid, p_name text) returns TABLE(content bytea, sha256 text) plpgsql volatile security definer set search_path="" md5 272dfdc3b006ac1361ae0c82e23e48f0
launch.find_links(p_slugs text[]) returns TABLE(slug text, id uuid, destination text, waiting_url text, country text, time_zone text, door text, opens_at timestamp with time zone) sql stable security definer set search_path="" md5 bacd648d777b032681d7f57940751221
launch.find_receipt(p_workspace_id uuid, p_idempotency_key text) returns uuid plpgsql stable security definer set search_path="" md5 8cf52110f0a87fe56353cd0a6f5dfd18
launch.find_tickets(p_ids uuid[]) returns TABLE(id uuid, workspace_id uuid, state text, place integer, estimated_at timestamp with time zone) sql stable security definer set search_path="" md5 2a9fc2fbe81f7501e5f0d581e323441d
launch.finish_job_run(p_run_id uuid, p_workspaces uuid[], p_outcomes text[], p_took_ms integer[], p_reports text[], p_error text DEFAULT NULL::text) returns boolean plpgsql volatile security definer set search_path="" md5 41af9dde2890a0642f3a42104f3d1208
launch.forget_subject_countries() returns integer plpgsql volatile security definer set search_path="" md5 9cdb41bb4a90e81778f486780cf33b72
launch.freeze_sequence(p_workspace_id uuid, p_country text, p_from timestamp with time zone, p_until timestamp with time zone, p_reason text) returns launch.freezes plpgsql volatile security definer set search_path="" md5 e46f363ab21e357d9e5cf50b856bd5c8
launch.import_blocks(p_workspace_id uuid, p_kinds text[], p_values text[], p_untils text[], p_reasons text[], p_reason text, p_preview boolean DEFAULT false) returns TABLE(place integer, kind text, value text, until timestamp with time zone, outcome text, problem text) plpgsql volatile security definer set search_path="" md5 67b87cddbbacc20f058c080c5c914ca1
launch.import_rates(p_workspace_id uuid, p_days date[], p_bases text[], p_quotes text[], p_rates numeric[]) returns integer plpgsql volatile security definer set search_path="" md5 4aca0272631c4738871d3381b7a729ec
launch.issue_forecasts() returns integer plpgsql volatile security definer set search_path="" md5 fadbaa47422f8b4357b26caf97c7170d
launch.keep_report_files(p_report_id uuid, p_names text[], p_contents bytea[]) returns boolean plpgsql volatile security definer set search_path="" md5 925431269cbdb7146023b11a417ae6a0
launch.leave_queue(p_workspace_id uuid, p_ticket_id uuid) returns text plpgsql volatile security definer set search_path="" md5 e3a5a8f23b58edc2f22273bd1d21393e
launch.lift_block(p_workspace_id uuid, p_block_id uuid, p_reason text DEFAULT NULL::text) returns launch.blocks plpgsql volatile security definer set search_path="" md5 a681f42a17dd54044d6658afae80911e
launch.list_alert_assignees(p_workspace_id uuid) returns TABLE(user_id uuid, label text) plpgsql stable security definer set search_path="" md5 53ac280be62b04460a6b320dde5b6e5d
launch.list_blocks(p_workspace_id uuid, p_kind text, p_value text, p_in_force boolean, p_before uuid, p_limit integer) returns SETOF launch.blocks plpgsql stable security definer set search_path="" md5 c8b990132accd188dc108c3a1f430a79
launch.list_campaign_links(p_workspace_id uuid, p_campaign_id uuid) returns TABLE(id uuid, campaign_id uuid, slug text, label text, destination text, waiting_url text, active boolean, version integer, created_at timestamp with time zone, clicks integer, visitors integer, waiting integer, bots integer, installs integer, registrations integer, creators integer, purchases integer, chargebacks integer, revenues jsonb, charged_back jsonb) plpgsql stable security definer set search_path="" md5 97440eb596ff7c32674f741efcac70ba
launch.list_countries(p_workspace_id uuid, p_codes text[]) returns integer plpgsql volatile security definer set search_path="" md5 020acd5bcb8997dcb5cb296e9739146d
launch.list_job_workspaces(p_job text, p_workspace_id uuid DEFAULT NULL::uuid) returns TABLE(workspace_id uuid, enabled boolean) sql stable security definer set search_path="" md5 4d398afe80df65eb7e9e9a156d510018
launch.list_measurement_sources(p_workspace_id uuid, p_run_id uuid) returns TABLE(name text, url text, query text, header_name text, header_value text) sql stable security definer set search_path="" md5 282d313e7be774d66dcc4c3a27de1c0c
launch.list_threat_rules(p_workspace_id uuid) returns TABLE(rule text, mode text, threshold integer, window_minutes integer, share double precision, counts_per text, answer text, blocks text[], answer_minutes integer, version integer, updated_at timestamp with time zone, true_positives bigint, false_positives bigint, recovered bigint, unresolved bigint) plpgsql stable security definer set search_path="" md5 b4fec43486973dff436f5310e336a2ff
launch.maintain_partitions() returns integer plpgsql volatile security definer set search_path="" md5 4b200dfe2384f3c481947dd0e20224a6
launch.make_report(p_workspace_id uuid, p_month date) returns uuid plpgsql volatile security definer set search_path="" md5 e2f2aedba03b10f628884b261610b5ce
launch.may_send_report_letter(p_id uuid) returns boolean sql stable security definer set search_path="" md5 dc6e5466ef1420a340fa809de4c28bae
launch.move_campaign(p_workspace_id uuid, p_id uuid, p_status text, p_reason text DEFAULT NULL::text, p_expected_version integer DEFAULT NULL::integer) returns launch.campaigns plpgsql volatile security definer set search_path="" md5 d09da0c6929b3cf740f0041829922157
launch.mute_alert(p_workspace_id uuid, p_alert_id uuid, p_until timestamp with time zone, p_reason text DEFAULT NULL::text, p_expected_version integer DEFAULT NULL::integer) returns launch.alerts plpgsql volatile security definer set search_path="" md5 3610c7acda4be1b9109c3da48accd25b
launch.note_incident(p_workspace_id uuid, p_incident_id uuid, p_body text) returns launch.incident_notes plpgsql volatile security definer set search_path="" md5 d80ffa787c458345f101b021bf09ceaf
launch.now() returns timestamp with time zone plpgsql stable set search_path="" md5 2d8154e3cf487ff2e87f80d7fde50111
launch.open_report_letter(p_id uuid) returns TABLE(workspace text, slug text, email text, report_id uuid, month_on date, made_at timestamp with time zone, verified boolean, drawn boolean, expires_at timestamp with time zone, state text) sql stable security definer set search_path="" md5 4ddf2cdb85290784e01b3293f8cbe1d1
launch.override_throttle(p_workspace_id uuid, p_level integer, p_until timestamp with time zone, p_reason text) returns void plpgsql volatile security definer set search_path="" md5 bb84f2963e60932c75c65749b9284871
launch.pause_country(p_workspace_id uuid, p_country text, p_reason text) returns launch.countries plpgsql volatile security definer set search_path="" md5 10d60b977ec38c54d420e92f688df6cd
launch.peek_report_address(p_id uuid) returns TABLE(workspace text, email text, state text) sql stable security definer set search_path="" md5 a2f9e28cdf78c6ad04a7ce4364117c48
launch.peek_report_departure(p_id uuid) returns TABLE(name text, state text) sql stable security definer set search_path="" md5 d560eae8a3966dbcabeb711d3dce91d5
launch.preview_scorecard(p_workspace_id uuid, p_rules jsonb, p_minimum_active_users integer, p_medium_from integer, p_high_from integer, p_critical_from integer) returns TABLE(country text, at timestamp with time zone, score integer, level text, draft_score integer, draft_level text, draft_factors jsonb) plpgsql stable security definer set search_path="" md5 fac786b031387c19c9aec651590a9922
launch.progress_sequence(p_workspace_id uuid) returns jsonb plpgsql volatile security definer set search_path="" md5 a8d76ba5cd12589a5b18e6a454c115ae
launch.propose_move(p_workspace_id uuid, p_country text, p_reason text) returns launch.proposals plpgsql volatile security definer set search_path="" md5 6cb19533846f646b2d71ffc7f9c3fa1c
launch.protect_payments(p_workspace_id uuid, p_country text, p_until timestamp with time zone, p_reason text, p_alert_id uuid DEFAULT NULL::uuid) returns launch.protections plpgsql volatile security definer set search_path="" md5 0987565e7e05f25750842880969de1ba
launch.read_admissions(p_workspace_id uuid, p_from timestamp with time zone) returns TABLE(slot_at timestamp with time zone, granted bigint, refused bigint) plpgsql stable security definer set search_path="" md5 81953b9b30bcc1fc27757f3c1bbf095a
launch.read_alert(p_workspace_id uuid, p_alert_id uuid) returns SETOF launch.alerts plpgsql stable security definer set search_path="" md5 5a5aa30ea7d15c7a96b3edae0b4eaa89
launch.read_alerts(p_workspace_id uuid, p_status text DEFAULT NULL::text, p_kind text DEFAULT NULL::text, p_severity text DEFAULT NULL::text, p_country text DEFAULT NULL::text, p_cursor uuid DEFAULT NULL::uuid, p_limit integer DEFAULT 50) returns SETOF launch.alerts plpgsql stable security definer set search_path="" md5 453410d0208b8281838501d53935ed88
launch.read_campaign(p_workspace_id uuid, p_id uuid) returns launch.campaigns plpgsql stable security definer set search_path="" md5 c56424892aabe152b6da3804444cd23d
launch.read_campaign_hours(p_workspace_id uuid, p_id uuid) returns TABLE(hour_at timestamp with time zone, clicks double precision, registrations double precision) plpgsql stable security definer set search_path="" md5 69cfada4a33d9d2993c0c2cdaae5be43
launch.read_campaign_tasks(p_workspace_id uuid, p_campaign_id uuid) returns SETOF launch.campaign_tasks plpgsql stable security definer set search_path="" md5 dbf2dde970b5344d03b3eaf09c698c91
launch.read_campaigns(p_workspace_id uuid, p_status text DEFAULT NULL::text, p_country text DEFAULT NULL::text, p_template boolean DEFAULT false, p_cursor uuid DEFAULT NULL::uuid, p_limit integer DEFAULT 50) returns SETOF launch.campaigns plpgsql stable security definer set search_path="" md5 c6dd95d58cabc2dc7a2527d186d40227
launch.read_cap_times(p_workspace_id uuid, p_country text DEFAULT NULL::text) returns TABLE(country text, day_on date, day_starts_at timestamp with time zone, day_ends_at timestamp with time zone, cap integer, used integer, known boolean, p50_at timestamp with time zone, p90_at timestamp with time zone) plpgsql stable security definer set search_path="" md5 55441704816d779683b02319640714cd
launch.read_capacity(p_key_hash bytea, p_scope text, p_country text DEFAULT NULL::text) returns SETOF launch.capacity plpgsql volatile security definer set search_path="" md5 fa78d70d49e1be54729cc363b91e115e
launch.read_daily_summary(p_workspace_id uuid) returns TABLE(enabled boolean, hour integer, time_zone text, due_at timestamp with time zone, version integer, channels jsonb) plpgsql stable security definer set search_path="" md5 d3e78f84e3dba546256740fe06c80171
launch.read_dry_run(p_workspace_id uuid, p_id uuid) returns TABLE(id uuid, proposal jsonb, countries text[], days integer, status text, place integer, places integer, asked_by text, created_at timestamp with time zone, problem text, facts jsonb, results jsonb) plpgsql stable security definer set search_path="" md5 e8078ebddf4f2ef7e1a52836bc469c62
launch.read_dry_runs(p_workspace_id uuid, p_cursor uuid DEFAULT NULL::uuid, p_limit integer DEFAULT 50) returns TABLE(id uuid, proposal jsonb, countries text[], days integer, status text, place integer, places integer, asked_by text, created_at timestamp with time zone, problem text) plpgsql stable security definer set search_path="" md5 ed89642dfc362b202699377c791342d1
launch.read_experiment_days(p_workspace_id uuid, p_id uuid) returns TABLE(day_on date, pair integer, arm text, left_out text, finished boolean, granted integer, refused bigint, installs integer, verified integer, revenue_minor bigint, currency text, safety_incidents integer, active_users integer) plpgsql stable security definer set search_path="" md5 b42fc361c0d6d92fdc11b66a210bc014
launch.read_forecast_coverage(p_workspace_id uuid, p_country text DEFAULT NULL::text) returns TABLE(country text, days integer, hours integer, forecasts integer, within_p50 integer, within_p90 integer, missed numeric, demand numeric) plpgsql stable security definer set search_path="" md5 028dd9edc1dacf2f7ea874b9333ecddb
launch.read_forecasts(p_workspace_id uuid, p_country text DEFAULT NULL::text) returns TABLE(country text, issued_at timestamp with time zone, hour_at timestamp with time zone, p50 numeric, p90 numeric, campaign_p50 numeric, basis text, levelled boolean) plpgsql stable security definer set search_path="" md5 c671873efb887f8b262164301668456f
launch.read_job_runs(p_workspace_id uuid, p_job text, p_limit integer DEFAULT 50) returns TABLE(job text, due_at timestamp with time zone, started_at timestamp with time zone, ended_at timestamp with time zone, state text, error text, lag_ms integer, took_ms integer, requested_by text, result text, report jsonb) plpgsql stable security definer set search_path="" md5 196ec8856915e7d52f6f13457b8e84c9
launch.read_jobs(p_workspace_id uuid) returns TABLE(name text, description text, every_seconds integer, flag text, enabled boolean, is_function boolean, waits_from integer, waits_seconds integer, late_since timestamp with time zone, due_at timestamp with time zone, started_at timestamp with time zone, ended_at timestamp with time zone, state text, error text, lag_ms integer, took_ms integer, result text, report jsonb) plpgsql stable security definer set search_path="" md5 633902c8302ba1ee10b63426f9aaa6b3
launch.read_queues(p_workspace_id uuid) returns TABLE(country text, operation text, waiting integer, ready integer, claimed_today integer, passed_today integer, oldest_at timestamp with time zone, pace numeric, estimated_at timestamp with time zone) plpgsql stable security definer set search_path="" md5 543561724b9eab5cc3e2c417d70e30a7
launch.read_receipt(p_key_hash bytea, p_id uuid) returns TABLE(id uuid, decided_at timestamp with time zone, allowed boolean, reason text, shadow text, country text, operation text, units integer, subject text, device text, ip text, amount_minor bigint, amount_currency text, cap integer, remaining integer, day_on text, resets_at timestamp with time zone, retry_at timestamp with time zone, hold_expires_at timestamp with time zone, policy_version integer, throttle_level integer, idempotency_key text, campaign text, state text, settled_at timestamp with time zone) plpgsql volatile security definer set search_path="" md5 e95c9cef4c40e8bc5cc337831ad06994
launch.read_report_figures(p_report_id uuid) returns TABLE(workspace text, slug text, month_on date, made_at timestamp with time zone, tables jsonb, audit_sequence bigint, audit_hash text, audit_first_bad bigint, audit_problem text) sql stable security definer set search_path="" md5 ed6c61a7cea6911db14a7724e23ea240
launch.read_report_schedule(p_workspace_id uuid, p_id uuid) returns TABLE(schedule jsonb) plpgsql stable security definer set search_path="" md5 12ec2d1492b701980c21cca4f9cbf919
launch.read_report_schedules(p_workspace_id uuid) returns TABLE(schedule jsonb) plpgsql stable security definer set search_path="" md5 94980254c0118dc8861ed38f0b175cef
launch.read_routines(p_workspace_id uuid) returns TABLE(id uuid, routine text, title text, path text, ticked_by text, ticked_at timestamp with time zone, day_on date, local_minute integer, time_zone text, version integer) plpgsql stable security definer set search_path="" md5 19729e20e9e0e2ec9eb25a6e7c209033
launch.read_running_campaigns(p_workspace_id uuid) returns TABLE(id uuid, name text, influencer text, country text, status text, starts_at timestamp with time zone, ends_at timestamp with time zone, traffic_forecast integer, expected_installs integer, clicks_by_now double precision, installs_by_now double precision, clicks integer, installs integer, registrations integer, door text, opens_at timestamp with time zone, behind boolean) plpgsql stable security definer set search_path="" md5 9c4b19ac3134688e792fd0619db64f41
launch.read_sequence(p_workspace_id uuid) returns TABLE(country text, "position" integer, mode text, opens_as text, needs_checklist boolean, window_days integer[], window_from text, window_to text, phase text, phase_since timestamp with time zone, time_zone text, population_millions double precision, move jsonb, dependencies jsonb, proposal jsonb, ticked uuid[]) plpgsql stable security definer set search_path="" md5 a06756d619b4a6a2e8558440d5859e84
launch.read_subject_country(p_workspace_id uuid, p_subject text) returns TABLE(subject text, country text, reported_at timestamp with time zone) plpgsql stable security definer set search_path="" md5 fdbf9331774cc662a51fffcc9a6dc99a
launch.read_success(p_workspace_id uuid) returns TABLE(metric text, part double precision, whole double precision, hours integer) plpgsql stable security definer set search_path="" md5 d99d5a61bcee4a166dec8ee6e47d0e6f
launch.read_throttle(p_workspace_id uuid) returns TABLE(level integer, level_since timestamp with time zone, forced_until timestamp with time zone, user_yields_from integer, payment_yields_from integer, creator_yields_from integer) plpgsql stable security definer set search_path="" md5 4cfadf8e997b3aa9a1840aaffd25698a
launch.read_throttle_measurements(p_workspace_id uuid) returns TABLE(name text, value double precision, "limit" double precision, level integer, measured_at timestamp with time zone, stale boolean) plpgsql stable security definer set search_path="" md5 01aa0139441b77d70ec714ecad234c3e
launch.read_ticket(p_workspace_id uuid, p_ticket_id uuid) returns TABLE(id uuid, state text, country text, operation text, units integer, entered_at timestamp with time zone, place integer, estimated_at timestamp with time zone, claim_until timestamp with time zone, receipt_id uuid, hold_expires_at timestamp with time zone, workspace text, return_url text, claim_seconds integer, time_zone text) plpgsql stable security definer set search_path="" md5 c212da7fd1d975d00b5b2779b49c2e6f
launch.record_clicks(p_links uuid[], p_ids uuid[], p_countries text[], p_bots text[], p_doors text[], p_visitors text[]) returns integer plpgsql volatile security definer set search_path="", plan_cache_mode=force_generic_plan md5 28644322a6b28b9208975724be268b4f
launch.record_kpis(p_workspace_id uuid) returns jsonb plpgsql volatile security definer set search_path="" md5 189d230499a5e152ef9adc808afb2b10
launch.remove_limit(p_workspace_id uuid, p_name text, p_reason text DEFAULT NULL::text, p_expected_version integer DEFAULT NULL::integer) returns void plpgsql volatile security definer set search_path="" md5 3cd9047e431d7e192dd32c123cfbf978
launch.remove_measurement_source(p_workspace_id uuid, p_name text) returns void plpgsql volatile security definer set search_path="" md5 98e1e59402ba1f217ca556d958bc39fc
launch.remove_sequence_country(p_workspace_id uuid, p_country text, p_expected_version integer DEFAULT NULL::integer) returns void plpgsql volatile security definer set search_path="" md5 812b154755f4070d89794492caf619f7
launch.reopen_alert(p_workspace_id uuid, p_alert_id uuid, p_expected_version integer DEFAULT NULL::integer) returns launch.alerts plpgsql volatile security definer set search_path="" md5 8771f5ba784a65de3f99b13a556090cc
launch.reorder_sequence(p_workspace_id uuid, p_countries text[], p_expected_version integer DEFAULT NULL::integer) returns integer plpgsql volatile security definer set search_path="" md5 b522f1b633cca307454cc89eab46b2c0
launch.report_clicks(p_workspace_id uuid, p_campaign_id uuid, p_ids uuid[], p_slugs text[], p_countries text[], p_bots text[]) returns text plpgsql volatile security definer set search_path="" md5 3ab5f8826159e21e4c3cdc57e1e5a20f
launch.report_events(p_key_hashes bytea[], p_callers integer[], p_types text[], p_sources text[], p_ids text[], p_times bigint[], p_countries text[], p_subjects text[], p_devices text[], p_ips inet[], p_amounts bigint[], p_currencies text[], p_values double precision[], p_data jsonb[]) returns text plpgsql volatile security definer set search_path="", plan_cache_mode=force_generic_plan md5 be5f60192f55cd6209e9224cd3dbbca0
launch.report_measurements(p_workspace_id uuid, p_names text[], p_values double precision[], p_times bigint[]) returns integer plpgsql volatile security definer set search_path="" md5 a9248dc0459b49ba21caa7bcd0510466
launch.request_job_run(p_workspace_id uuid, p_job text) returns uuid plpgsql volatile security definer set search_path="" md5 87d1bb81199ece57e44e979388db60d9
launch.resolve_alert(p_workspace_id uuid, p_alert_id uuid, p_outcome text, p_note text DEFAULT NULL::text, p_expected_version integer DEFAULT NULL::integer) returns launch.alerts plpgsql volatile security definer set search_path="" md5 b4b46aaa317ead35bac3ce3f1aafa54b
launch.restore_block(p_workspace_id uuid, p_block_id uuid) returns launch.blocks plpgsql volatile security definer set search_path="" md5 2619824f50b4149ffdbb872fe5f96e31
launch.resume_country(p_workspace_id uuid, p_country text, p_phase text DEFAULT NULL::text, p_reason text DEFAULT NULL::text, p_expected_version integer DEFAULT NULL::integer) returns launch.countries plpgsql volatile security definer set search_path="" md5 b1ebc6f171d6fd9436ef0fdca61c4801
launch.roll_up_events(p_workspace_id uuid, p_limit integer DEFAULT 6) returns integer plpgsql volatile security definer set search_path="" md5 0e31ac1f81a53b1de8364cb2ca1a3842
launch.run_dry_runs() returns integer plpgsql volatile security definer set search_path="" md5 7f6ec6ed279b650d80ca8c317bae6ee2
launch.run_experiments() returns integer plpgsql volatile security definer set search_path="" md5 12c7537d316ad593ed883d83daefc1a7
launch.send_due_reports() returns integer plpgsql volatile security definer set search_path="" md5 9c022060405649e48f7e179b2e50be04
launch.send_due_summaries() returns integer plpgsql volatile security definer set search_path="" md5 763fcf53d409e46ded9ea251b64a3bdc
launch.set_campaign_task(p_workspace_id uuid, p_campaign_id uuid, p_id uuid, p_title text DEFAULT NULL::text, p_due_at timestamp with time zone DEFAULT NULL::timestamp with time zone, p_owner_id uuid DEFAULT NULL::uuid, p_done boolean DEFAULT NULL::boolean) returns launch.campaign_tasks plpgsql volatile security definer set search_path="" md5 b9579d5cfb4487e80eabb630abb4900f
launch.set_checklist(p_workspace_id uuid, p_titles text[], p_expected_version integer DEFAULT NULL::integer) returns void plpgsql volatile security definer set search_path="" md5 b8d0b9f680dc5e09a283bd6cc440a334
launch.set_daily_summary(p_workspace_id uuid, p_enabled boolean, p_hour integer, p_time_zone text, p_expected_version integer) returns void plpgsql volatile security definer set search_path="" md5 b166e15a766b01344107a828e9aae560
launch.set_limit(p_workspace_id uuid, p_name text, p_source text, p_kind text, p_value double precision, p_enabled boolean, p_event_type text, p_event_seconds integer, p_mad_factor double precision, p_floor double precision, p_ceiling double precision, p_daily_drift double precision, p_min_samples integer, p_reason text DEFAULT NULL::text, p_expected_version integer DEFAULT NULL::integer) returns integer plpgsql volatile security definer set search_path="" md5 a26810770595681d3d749363aa425c32
launch.set_measurement_source(p_workspace_id uuid, p_name text, p_url text, p_query text, p_header_name text DEFAULT NULL::text, p_header_value text DEFAULT NULL::text, p_enabled boolean DEFAULT true) returns void plpgsql volatile security definer set search_path="" md5 0a30cb48836a20565be1c732b5ed19ec
launch.set_routine(p_workspace_id uuid, p_routine text, p_items jsonb, p_time_zone text, p_expected_version integer DEFAULT NULL::integer) returns void plpgsql volatile security definer set search_path="" md5 76797b8b01338bc73af20a25d66f5ea5
launch.set_sequence_dependency(p_workspace_id uuid, p_country text, p_needs_country text, p_phase text, p_days integer DEFAULT 0, p_below_level text DEFAULT NULL::text, p_expected_version integer DEFAULT NULL::integer) returns void plpgsql volatile security definer set search_path="" md5 835a7c4869fc6c783ad49b4108d1575a
launch.set_sequence_step(p_workspace_id uuid, p_country text, p_mode text, p_opens_as text, p_needs_checklist boolean, p_window_days integer[] DEFAULT NULL::integer[], p_window_from text DEFAULT NULL::text, p_window_to text DEFAULT NULL::text, p_expected_version integer DEFAULT NULL::integer) returns void plpgsql volatile security definer set search_path="" md5 beb792542178b02ce3e70513bb2b9bc6
launch.settle_reservations(p_key_hashes bytea[], p_callers integer[], p_ids uuid[], p_actions text[]) returns TABLE(problem text, state text, settled_at timestamp with time zone) plpgsql volatile security definer set search_path="", plan_cache_mode=force_generic_plan md5 a0803a1270f126f23bd10ca3643ca68a
launch.snooze_threat(p_workspace_id uuid, p_rule text, p_entity text, p_until timestamp with time zone, p_reason text) returns launch.threat_snoozes plpgsql volatile security definer set search_path="" md5 d050a348bd0d065d8e26f203a39a1d03
launch.start_due_jobs() returns integer plpgsql volatile security definer set search_path="" md5 e1fc952250cf7fbe9367c94472e17306
launch.step_dry_run(p_workspace_id uuid, p_id uuid) returns TABLE(status text, place integer, places integer) plpgsql volatile security definer set search_path="" md5 c9a8c0f1abd3fecfcfd68e3c2e4184d5
launch.stop_experiment(p_workspace_id uuid, p_id uuid, p_reason text) returns void plpgsql volatile security definer set search_path="" md5 bb0afd26173762c7363a1ea2968ad8d1
launch.switch_report_schedule(p_workspace_id uuid, p_id uuid, p_enabled boolean) returns void plpgsql volatile security definer set search_path="" md5 2d27fb72c327335f3384f2525ef4cfc2
launch.test_daily_summary(p_workspace_id uuid) returns integer plpgsql volatile security definer set search_path="" md5 cefa9089dfce4aea8194c0a711996f32
launch.test_report_schedule(p_workspace_id uuid, p_id uuid) returns uuid plpgsql volatile security definer set search_path="" md5 7f6a8a8f058cfc1bb6d57a4be62451c4
launch.tick_checklist(p_workspace_id uuid, p_country text, p_item_id uuid, p_done boolean) returns void plpgsql volatile security definer set search_path="" md5 7731a655b81901fafdea0d6c7258a796
launch.tick_routine(p_workspace_id uuid, p_item_id uuid, p_done boolean) returns void plpgsql volatile security definer set search_path="" md5 b735e4c48201404ef235ccf129abb08f
launch.unlist_country(p_workspace_id uuid, p_country text) returns void plpgsql volatile security definer set search_path="" md5 5be936ada60f8dcde0a2e3f6d1f09d03
launch.watch_campaigns() returns integer plpgsql volatile security definer set search_path="" md5 228f33737de28f49213906e8e1a9d6fc
launch.watch_capacity() returns integer plpgsql volatile security definer set search_path="" md5 c289e592314b5a07e7fc3b270179366f
private.acting_key() returns uuid sql stable set search_path="" md5 8e87729311117d7ceb183dc0f0128c24
private.activate_country(p_workspace_id uuid, p_country text, p_phase text, p_user_units integer, p_payment_units integer, p_creator_units integer, p_amount_minor bigint, p_amount_currency text, p_reason text, p_expected_version integer, p_details jsonb DEFAULT '{}'::jsonb) returns launch.countries plpgsql volatile set search_path="" md5 4ed96e649150ecba9ae720dc0a041da7
private.admit_queue(p_counter launch.counters, p_now timestamp with time zone) returns integer plpgsql volatile set search_path="" md5 9dfa4f65adf4e58c5410f5d2b5fe6b91
private.advance_country(p_workspace_id uuid, p_country text, p_phase text, p_reason text, p_raise_caps boolean, p_expected_version integer, p_details jsonb DEFAULT '{}'::jsonb) returns launch.countries plpgsql volatile set search_path="" md5 550d99851997084feac40796ca535e76
private.advance_dry_run(p_id uuid, p_budget interval) returns void plpgsql volatile set search_path="" md5 29a0a5f6b39f39660167cd0ac2d8a4bc
private.amount_text(p_minor numeric, p_currency text) returns text sql stable set search_path="" md5 9dd600ef0677e9acf1af1d5155bc6e6f
private.announce(p_workspace_id uuid, p_topic text, p_subject text) returns void sql volatile set search_path="" md5 611d3d9e4ae3b844357acad25a3c11e8
private.answer_limit(p_limit launch.limits, p_was launch.limit_states, p_is launch.limit_states) returns void plpgsql volatile set search_path="" md5 e075041f568debe0d9c881e72449ee7c
private.apply_block_event(p_workspace_id uuid, p_kind text, p_value text, p_until timestamp with time zone, p_reason text, p_added boolean) returns text plpgsql volatile set search_path="" md5 7088b5400f3980279fc49ed0cd0e7e09
private.apply_block_events(p_workspaces uuid[], p_keys uuid[], p_types text[], p_data jsonb[]) returns void plpgsql volatile set search_path="" md5 f81fe04c008f45a39d65a69babfa9747
private.ask_report_addresses(p_workspace_id uuid, p_emails text[]) returns void plpgsql volatile set search_path="" md5 39ece993506840b6f56c1a48a508d18c
private.attribute_workspace(p_workspace_id uuid, p_until timestamp with time zone) returns integer plpgsql volatile set search_path="" md5 886baa1b6759001a076b64d67343ebca
private.audit_block_event(p_workspace_id uuid, p_added boolean, p_entry jsonb) returns void sql volatile set search_path="" md5 597ff572607cb9bfe9bfaa248f96be51
private.audit_hash(p_entry app.audit_entries) returns bytea sql stable set search_path="" md5 b13a9362372fc9f3703fe825744391b8
private.audit_text(p_entry app.audit_entries) returns text sql stable set search_path="" md5 3b9c972ff5e45575a1b4df59f8f0e73d
private.block_case(p_case private.threat_case) returns integer plpgsql volatile set search_path="" md5 996579beb6da3ed6b71335c3582c1487
private.blockable(p_devices text[], p_accounts text[], p_ips inet[]) returns TABLE(kind text, value text) sql stable set search_path="" md5 e55377180864480b4630c197227710b0
private.campaign_actuals(p_campaign_id uuid) returns TABLE(clicks integer, installs integer, registrations integer, creators integer, purchases integer, revenues jsonb) sql stable set search_path="" md5 25840f6a887473f025f681bf46c455d6
private.campaign_excess(c launch.campaigns, p_days integer, p_shape text, p_rooms jsonb) returns jsonb plpgsql stable set search_path="" md5 a45e12faa191715cf26f7523f713a05f
private.campaign_expected(c launch.campaigns, p_until timestamp with time zone) returns TABLE(clicks numeric, registrations numeric) sql stable set search_path="" md5 1d5294601e807c4a96917f7dd6bf8007
private.campaign_hours(p_workspace_id uuid, p_country text, p_from timestamp with time zone, p_to timestamp with time zone) returns TABLE(campaign_id uuid, hour_at timestamp with time zone, clicks numeric, registrations numeric) sql stable set search_path="" md5 65936d84fce28207e7156d37e752bfa8
private.campaign_lift(p_workspace_id uuid, p_country text, p_from timestamp with time zone, p_to timestamp with time zone) returns TABLE(hour_at timestamp with time zone, registrations numeric) sql stable set search_path="" md5 3e6c2dc9661273e6a42ac32c1c09c84f
private.campaign_room(c launch.campaigns, p_from timestamp with time zone, p_to timestamp with time zone) returns TABLE(day_on date, cap integer, base numeric, others numeric, room numeric, open numeric) sql stable set search_path="" md5 04dfcc68ca2f9dd2fe262e3b43a3e989
private.cap_reached_at(p_workspace_id uuid, p_country text DEFAULT NULL::text) returns TABLE(country text, day_on date, day_starts_at timestamp with time zone, day_ends_at timestamp with time zone, cap integer, used integer, known boolean, p50_at timestamp with time zone, p90_at timestamp with time zone) sql stable set search_path="" md5 1d5d9cbb2cf86cf0e09b80efb57bbf97
private.capacity_shares() returns TABLE(workspace_id uuid, country text, operation text, measure text, day_on date, used bigint, cap bigint, percent integer, resets_at timestamp with time zone) sql stable set search_path="" md5 af2877663d798fd4b7bab6907cd37b9e
private.carry_out_move(p_workspace_id uuid, p_country text, p_move jsonb, p_reason text, p_details jsonb) returns void plpgsql volatile set search_path="" md5 2fa72fb49afbed6e77ae744a0c3c32da
private.channel_secret(p_channel_id uuid, p_part text) returns text sql stable set search_path="" md5 7427e215bf2ae6e35b888f32964d2b1d
private.channel_words(p_channel app.channels) returns jsonb sql immutable set search_path="" md5 207f85f01d811fc86888dde7da6c2477
private.check_audit(p_workspace_id uuid) returns TABLE(checked bigint, first_bad bigint, problem text) plpgsql stable set search_path="" md5 443957f294f7e55a0693a1a3f8ef4461
private.click_of(p_data jsonb) returns uuid sql immutable set search_path="" md5 e7fb9a0ceae56ec097dd9fd83c01e6e6
private.click_salt(p_day date) returns bytea plpgsql volatile set search_path="" md5 a7518b50f3d9b694cf147e74afa6db51
private.compare_levels(p_workspace_id uuid, p_levels tstzmultirange[], p_from timestamp with time zone, p_to timestamp with time zone) returns jsonb sql stable set search_path="" md5 ae83b198fd72a5e9fa112c8dbbdc03bb
private.compared_windows(p_workspace_id uuid, p_country text, p_zone text, p_at timestamp with time zone, p_hours integer) returns TABLE(days_before integer, starts_at timestamp with time zone, ends_at timestamp with time zone, support bigint, reported boolean) sql stable set search_path="" md5 7a5460f2782b8ef51020a4bd2db9c209
private.conclude_country_change(p_workspace_id uuid, p_country text, p_action text, p_severity text, p_reason text, p_details jsonb) returns launch.countries plpgsql volatile set search_path="" md5 0b66f6d358df920920e46d9d9a7508dd
private.convert_again(p_workspace_id uuid, p_from timestamp with time zone, p_to timestamp with time zone) returns void plpgsql volatile set search_path="" md5 b951e668fcec1efdeb110b013ff87a2a
private.convert_amount(p_workspace_id uuid, p_minor numeric, p_from text, p_to text, p_on date) returns numeric sql stable set search_path="" md5 9c9a201657d3f169ec61c5eb355c7b8a
private.count_active(p_workspace_id uuid, p_country text, p_from timestamp with time zone, p_to timestamp with time zone) returns integer plpgsql stable set search_path="", work_mem=256MB md5 7aa46e223a13420ad44c62219729aa13
private.count_unknown_events(p_workspaces uuid[], p_types text[], p_sources text[], p_now timestamp with time zone) returns void plpgsql volatile set search_path="" md5 a9317f01fd36402708acc826a5c9a27b
private.country_door(p_workspace_id uuid, p_country text) returns TABLE(door text, opens_at timestamp with time zone) sql stable set search_path="" md5 97e4dad70b7e4959f562688faa928eb1
private.country_zone(p_workspace_id uuid, p_country text) returns text sql stable set search_path="" md5 dcf05265150ae57197d3759bc3a5f18b
private.create_profile() returns trigger plpgsql volatile security definer set search_path="" md5 d4d42b12d9d5913dafcb9bc0cb220055
private.day_boundary(p_time_zone text, p_on date) returns timestamp with time zone sql stable set search_path="" md5 8a7bec714a62efc17d5ca82000ac132b
private.decide_caps(g private.cap_gates, p_gates integer[], p_firsts integer[], p_fingerprints uuid[], p_kept uuid[], p_units integer[], p_amounts bigint[], p_currencies text[], p_stopped timestamp with time zone[], p_queues boolean[], q private.cap_quotas) returns private.cap_verdicts plpgsql immutable set search_path="" md5 54cc89378077b01ea5ba0a8f86171ccb
private.default_routines() returns TABLE(routine text, "position" integer, title text, path text) sql immutable set search_path="" md5 83d2cc87fe32e918db7854650134d732
private.default_scorecard_rules() returns jsonb sql immutable set search_path="" md5 c123fefb5c2c6e93297570123c84305f
private.default_threat_rules() returns SETOF launch.threat_rules sql stable set search_path="" md5 ef74506dedf7aac65c1fa1acef259cd5
private.default_user_units(p_phase text) returns integer sql immutable set search_path="" md5 41aaf23dd2cdf2ad281a26aecb9c19f8
private.demand_hours(p_workspace_id uuid, p_country text, p_from timestamp with time zone, p_to timestamp with time zone) returns TABLE(hour_at timestamp with time zone, demand numeric, granted bigint) plpgsql stable set search_path="" md5 5947a2166106127cc6ccdf22c8f72213
private.demand_middles(p_workspace_id uuid, p_country text, p_from timestamp with time zone, p_to timestamp with time zone, p_hour timestamp with time zone) returns TABLE(hour_at timestamp with time zone, demand numeric, middle numeric, by_week boolean) sql stable set search_path="" md5 ef6220ad4f975be6c81e5ab6b2093ab6
private.describe_evidence(p_rule launch.threat_rules, p_finding launch.threat_findings, p_evidence private.threat_evidence) returns jsonb sql stable set search_path="" md5 bcebab7ce53690dd93bd82e41d990d99
private.disable_channel(p_id uuid, p_reason text) returns void plpgsql volatile set search_path="" md5 19a884c970fd70aa88d1b08dd8851b44
private.draw_slug() returns text sql volatile set search_path="" md5 774e1830f1fe03312f7441e263bf3a48
private.drop_attempts() returns trigger plpgsql volatile set search_path="" md5 a83d413475262ac04a334830033f402c
private.dry_run_facts(p_run launch.dry_runs) returns jsonb plpgsql stable set search_path="" md5 e8c855c549a3400682c6157ba1ca1050
private.dry_run_from(p_run launch.dry_runs) returns timestamp with time zone sql stable set search_path="" md5 3983d167f84846392e7eaa2ed4b83180
private.dry_run_step(p_run launch.dry_runs, p_place integer, p_facts jsonb) returns jsonb[] plpgsql stable set search_path="" md5 6a13d19557d50326f5cd1be426b94e8f
private.due_jobs(p_now timestamp with time zone) returns SETOF text sql stable set search_path="" md5 b72077c724dd89c42c6de65275e28c13
private.end_experiment(p_id uuid, p_outcome text, p_reason text, p_today date) returns void plpgsql volatile set search_path="" md5 20193a7a7afa6c0660140585a945b800
private.end_incident(p_incident launch.incidents, p_by text, p_because text) returns launch.incidents plpgsql volatile set search_path="" md5 00fdc3368486a6f1943caf9de2e7e50f
private.evaluate_limit(p_limit launch.limits, p_was launch.limit_states, p_now timestamp with time zone, p_counts boolean, p_frozen boolean) returns launch.limit_states plpgsql volatile set search_path="" md5 ad31c21fe41da306e5be75f52350c6d8
private.explain_broken_link(p_entry app.audit_entries, p_last bytea) returns TABLE(first_bad bigint, problem text) plpgsql stable set search_path="" md5 d7e18255d4c5afbfe2255726a013547c
private.find_blocked(p_workspaces uuid[], p_gates integer[], p_subjects text[], p_devices text[], p_ips inet[], p_now timestamp with time zone) returns timestamp with time zone[] plpgsql stable set search_path="" md5 22e85b8d97a741740ee9dc06bc0b249a
private.find_chargebacks(p_workspace_id uuid, p_by_country boolean, p_threshold integer, p_share double precision, p_window interval, p_from timestamp with time zone, p_to timestamp with time zone) returns SETOF private.threat_find plpgsql stable set search_path="", plan_cache_mode=force_custom_plan md5 b99fe6f3d9603f009b047538f30afe18
private.find_creators(p_workspace_id uuid, p_by_country boolean, p_threshold integer, p_window interval, p_from timestamp with time zone, p_to timestamp with time zone) returns SETOF private.threat_find plpgsql stable set search_path="", plan_cache_mode=force_custom_plan md5 9299ff184a7f4b9578090a8304db79f6
private.find_farms(p_workspace_id uuid, p_threshold integer, p_window interval, p_from timestamp with time zone, p_to timestamp with time zone) returns SETOF private.threat_find plpgsql stable set search_path="", plan_cache_mode=force_custom_plan md5 4eaf48e22a5eac04989e538d7bb194d1
private.find_override(p_experiment launch.experiments) returns text sql stable set search_path="" md5 1b1c48bae691066afd91f241e17f4d62
private.find_own_touches(p_workspace_id uuid) returns void plpgsql volatile set search_path="" md5 c4588180281947585023b2ea92cf5a14
private.find_payments(p_workspace_id uuid, p_by_country boolean, p_threshold integer, p_window interval, p_from timestamp with time zone, p_to timestamp with time zone) returns SETOF private.threat_find plpgsql stable set search_path="", plan_cache_mode=force_custom_plan md5 fd5aa1aa44ccc80bee86759901f9c86e
private.find_purchase(b private.chargebacks) returns launch.attributions sql stable set search_path="" md5 9d0a1400c0f35c252a87fd5111421b2f
private.find_quotas(p_counter_ids bigint[], p_campaigns text[]) returns private.cap_quotas plpgsql stable set search_path="" md5 2fc958474b1a76c9c88efe7302f3b669
private.find_reservations(p_workspaces uuid[], p_callers integer[], p_ids uuid[]) returns TABLE(place integer, first integer, receipt_id uuid, decided_at timestamp with time zone, counter_id bigint, day_on date, units integer, amount_minor bigint, campaign_id uuid, campaign_units integer, expires_at timestamp with time zone, state text, settled_at timestamp with time zone, checked boolean) plpgsql stable set search_path="" md5 6632b00004ea202dd674299151db30c9
private.find_threats(p_rule launch.threat_rules, p_from timestamp with time zone, p_to timestamp with time zone) returns SETOF private.threat_find plpgsql stable set search_path="" md5 6cda770b52cd6bab379164251c5b8618
private.flag(p_workspace_id uuid, p_key text) returns boolean sql stable set search_path="" md5 c709d257fa46606792f67ef79a1c5993
private.follow_block_event(p_workspace_id uuid, p_kind text, p_value text, p_until timestamp with time zone, p_reason text, p_added boolean, OUT problem text, OUT entry jsonb) returns record plpgsql volatile set search_path="" md5 b150763a0997d45908c7585ec405215a
private.following_day(p_time_zone text, p_at timestamp with time zone, p_previous_on date, p_previous_ends_at timestamp with time zone) returns TABLE(day_on date, day_starts_at timestamp with time zone, day_ends_at timestamp with time zone) sql stable set search_path="" md5 d4d2304903a62d04380e87d0437787be
private.forbid_change() returns trigger plpgsql volatile set search_path="" md5 de56370a5478e7bc7259d31e627a11b8
private.forecast_base(p_workspace_id uuid, p_country text, p_from timestamp with time zone, p_to timestamp with time zone) returns TABLE(hour_at timestamp with time zone, p50 numeric, p90 numeric, basis text, levelled boolean) sql stable set search_path="" md5 b2a669141ed9482c32f5833dea2c5bb1
private.forecast_hours(p_workspace_id uuid, p_country text, p_from timestamp with time zone, p_to timestamp with time zone) returns TABLE(hour_at timestamp with time zone, p50 numeric, p90 numeric, base_p50 numeric, campaign_p50 numeric, basis text, levelled boolean) sql stable set search_path="" md5 e04333d7bf8c36f82d32008350fc60f9
private.forget_channel_secrets(p_channel_id uuid) returns void sql volatile set search_path="" md5 5a261430c9c58f58fb4aa513b911545c
private.forget_gone_channel() returns trigger plpgsql volatile security definer set search_path="" md5 df4c42ac56c6115e0db5a9141cd7e618
private.gate_criterion(p_name text, p_worst numeric, p_latest numeric, p_threshold numeric, p_sure boolean) returns jsonb sql immutable set search_path="" md5 a3d4886613e6120fbcef89fc454dd837
private.gather_cases(p_workspace_id uuid, p_from timestamp with time zone, p_to timestamp with time zone) returns private.threat_case[] plpgsql volatile set search_path="" md5 d882795a345b73d437883aa007afcda3
private.gather_events(p_workspace_id uuid, p_from timestamp with time zone, p_until timestamp with time zone) returns void sql volatile set search_path="" md5 79b3f1c90abc7aa12af952aa33cec737
private.give_scorecard() returns trigger plpgsql volatile security definer set search_path="" md5 bf9f984a15229b9182217f9aafdda5d8
private.has_open_alert(p_workspace_id uuid, p_fingerprint text) returns boolean sql stable set search_path="" md5 2b9a6a48342826f7abff746c47fc5bd7
private.hour_statistics(p_workspace_id uuid, p_name text, p_hour timestamp with time zone, OUT samples integer, OUT median double precision, OUT mad double precision) returns record sql stable set search_path="" md5 edbcfe90948b00a590e04e9e200f41ca
private.hours_of_campaign(c launch.campaigns) returns TABLE(hour_at timestamp with time zone, clicks numeric, registrations numeric) sql stable set search_path="" md5 45eca8d3054b574226cbd87c825a38d5
private.is_behind(c launch.campaigns, p_at timestamp with time zone, p_installs integer, p_expected numeric) returns boolean sql immutable set search_path="" md5 31f19eaec8c796319d1099f655875a3a
private.is_link_target(p_url text) returns boolean sql immutable set search_path="" md5 a503daadb8ab014d84b338a7b773b760
private.job_history(p_workspace_id uuid, p_job text, p_limit integer) returns TABLE(job text, due_at timestamp with time zone, started_at timestamp with time zone, ended_at timestamp with time zone, state text, error text, lag_ms integer, took_ms integer, requested_by text, result text, report jsonb) sql stable set search_path="" md5 dbdc52499358f2f86b08a4d59f48d74d
private.job_slot(p_every interval, p_now timestamp with time zone) returns timestamp with time zone sql immutable set search_path="" md5 db0d6156259bdc97d6adc6dc8381972f
private.judge_chargebacks(p_workspace_id uuid, p_until timestamp with time zone) returns void plpgsql volatile set search_path="" md5 3f03ce0e49a039cd5ef2c5e0ed427db3
private.judge_forecasts(p_workspace_id uuid, p_country text, p_hour timestamp with time zone) returns integer plpgsql volatile set search_path="" md5 c358948136d81080d4959579c192bebc
private.judge_gate(p_workspace_id uuid, p_country text, p_now timestamp with time zone) returns launch.gate_results plpgsql stable set search_path="" md5 79270a6f6d9fca61ef5c3aa13ed8fbe2
private.judge_move(p_workspace_id uuid, p_country text, p_what text, p_now numeric, p_usual numeric, p_ratio numeric, p_minimum numeric, p_evidence jsonb) returns boolean plpgsql volatile set search_path="" md5 ae1de901c78d17f9319afe8e870804f2
private.judge_steps(p_workspace_id uuid, p_until timestamp with time zone) returns integer plpgsql volatile set search_path="", plan_cache_mode=force_generic_plan, enable_hashjoin=off, enable_mergejoin=off md5 7965b03dcd2673ab2090a5b19d64e3f0
private.keep_alert_change(p_alert launch.alerts, p_change text, p_note text, p_told boolean) returns void plpgsql volatile set search_path="" md5 0f5bd30a5cdba07e1a2b16bccd762f75
private.keep_channel_health(p_settled jsonb, p_now timestamp with time zone) returns void plpgsql volatile set search_path="" md5 5fbc0fd28d554881335f37a1c6eae761
private.keep_channel_secret(p_channel_id uuid, p_part text, p_secret text) returns void plpgsql volatile set search_path="" md5 f39034fc60520429b3d134a7007b0ca5
private.keep_clicks(p_workspaces uuid[], p_campaigns uuid[], p_links uuid[], p_ids uuid[], p_countries text[], p_bots text[], p_doors text[], p_visitors text[], p_source text) returns text plpgsql volatile set search_path="", plan_cache_mode=force_generic_plan md5 b74547057f115a53914c25f7a8f06cc0
private.keep_decisions(g private.cap_gates, d private.cap_verdicts, p_countries text[], p_operations text[], p_gates integer[], p_ids uuid[], p_keys text[], p_fingerprints uuid[], p_units integer[], p_amounts bigint[], p_currencies text[], p_holds integer[], p_subjects text[], p_devices text[], p_ips inet[], p_campaigns text[], q private.cap_quotas, p_now timestamp with time zone) returns timestamp with time zone[] plpgsql volatile set search_path="" md5 93dd40ec4d496eb2a3292d85790c336d
private.keep_early(p_facts jsonb, p_rows jsonb[]) returns jsonb sql immutable set search_path="" md5 2b8c1c007b27066d8aa3ede5ce2eec69
private.keep_pattern(p_rule launch.threat_rules, p_findings launch.threat_findings[], p_evidence private.threat_evidence) returns launch.threat_patterns plpgsql volatile set search_path="" md5 f25edd5465801e0929c24d639061206c
private.keep_policy_version(p_country launch.countries, p_action text, p_reason text) returns void sql volatile set search_path="" md5 31f24b44ef13d152011a3b876cd276b6
private.keep_pulls(p_workspace_id uuid, p_names text[], p_values double precision[], p_problems text[], p_now timestamp with time zone) returns void sql volatile set search_path="" md5 b4daf9e306d86fc38ab0ecdc856fdd70
private.keep_quotas(p_counter_ids bigint[]) returns void plpgsql volatile set search_path="" md5 7bbd165ea1406c3b255615ff4df28cfc
private.keep_report(p_workspace_id uuid, p_month date, p_made_by text) returns launch.reports plpgsql volatile set search_path="" md5 28d61468d692fb9a42259a1264a48506
private.keep_risk(p_kpis launch.region_kpis, p_verdict private.risk_verdict, p_version integer) returns boolean plpgsql volatile set search_path="" md5 e4e9a6e91504863b44fb169c862dee4b
private.keep_slots(p_ids bigint[], p_now timestamp with time zone) returns void plpgsql volatile set search_path="" md5 cf4ec8758300098b33f026112668d23a
private.keep_touches(p_workspace_id uuid, p_until timestamp with time zone) returns void plpgsql volatile set search_path="", plan_cache_mode=force_generic_plan, enable_hashjoin=off, enable_mergejoin=off md5 5b4b74693f1defc64656d8638577b656
private.kept_days(p_parent text) returns date[] sql stable set search_path="" md5 56e3942f4a31015eb44cf9a2ae33c94d
private.kpi_metric(p_kpis launch.region_kpis, p_metric text) returns numeric sql stable set search_path="" md5 ade91d6f8a80607b4dbd77fb82aaa46d
private.last_good_run(p_job launch.jobs, p_now timestamp with time zone) returns timestamp with time zone sql stable set search_path="" md5 7f2bbe8d63fe7fcc5a476f646ca3d3a1
private.late_jobs(p_now timestamp with time zone, p_up_since timestamp with time zone) returns TABLE(job text, late_since timestamp with time zone) sql stable set search_path="" md5 b76b94b63340ac1deb8f9f4720d983e1
private.learn_limit(p_limit launch.limits, p_now timestamp with time zone, p_frozen boolean) returns double precision plpgsql volatile set search_path="" md5 6922d0b5008a956e06034c2dbe063910
private.letter_is_open(p_letter launch.report_letters) returns boolean sql stable set search_path="" md5 23e2e447fbf7033cd848a4b838f6ff40
private.levelled_middles(p_workspace_id uuid, p_country text, p_from timestamp with time zone, p_to timestamp with time zone, p_hour timestamp with time zone) returns TABLE(hour_at timestamp with time zone, demand numeric, middle numeric, by_week boolean, level numeric) sql stable set search_path="" md5 b306af2fa412fb568a112ea44e73f4d4
private.load_reason(p_workspace_id uuid, p_level integer) returns text sql stable set search_path="" md5 c8f8384c8d0dd90d78a957fbd1b06ade
private.local_date(p_time_zone text, p_at timestamp with time zone) returns date sql stable set search_path="" md5 643c63f38e2060fb40c140053d1fe5be
private.local_text(p_at timestamp with time zone, p_time_zone text) returns text sql stable set search_path="" md5 ea9278f8d6c64e6e80c6d3e740ac84ba
private.lock_alert(p_workspace_id uuid, p_alert_id uuid, p_expected_version integer) returns launch.alerts plpgsql volatile set search_path="" md5 9cb5e115429d10d678fba50134867f4e
private.lock_campaign(p_workspace_id uuid, p_id uuid, p_expected_version integer) returns launch.campaigns plpgsql volatile set search_path="" md5 710076e7e5913cd4c4c67818e7f6ca3a
private.lock_channel(p_workspace_id uuid, p_id uuid, p_expected_version integer) returns app.channels plpgsql volatile set search_path="" md5 16078d05e9a9d67f04927bac56b2557c
private.lock_country(p_workspace_id uuid, p_country text, p_expected_version integer) returns launch.countries plpgsql volatile set search_path="" md5 1987a2ca79021c3e81762413ea6c8bf2
private.lock_gates(p_key_hashes bytea[], p_callers integer[], p_countries text[], p_operations text[], p_shared boolean, p_now timestamp with time zone) returns private.cap_gates plpgsql volatile set search_path="" md5 41993de1dd2596c4ee90f0251322033c
private.lock_load(p_workspace_id uuid) returns void sql volatile set search_path="" md5 e39f375db501ef93c4781e7bda91d4be
private.lock_regions(p_workspace_id uuid) returns void sql volatile set search_path="" md5 8c051451fe32060328b2b3b1b1ab5788
private.lock_report_schedule(p_workspace_id uuid, p_id uuid, p_expected_version integer) returns launch.report_schedules plpgsql volatile set search_path="" md5 10c94dbe92a6bf512cbfd4c016e827df
private.lock_sequence(p_workspace_id uuid, p_expected_version integer) returns launch.sequences plpgsql volatile set search_path="" md5 c7dfe32c49720177ce199d7d6791ef76
private.make_campaign_tasks(c launch.campaigns) returns void sql volatile set search_path="" md5 3c700140e74585f0adcfc9cb1106356f
private.make_counters(p_workspace_ids uuid[], p_countries text[], p_operations text[]) returns void sql volatile set search_path="" md5 29948de4dd4223427354dc79da9fe337
private.make_limits() returns trigger plpgsql volatile set search_path="" md5 9044c218408196841f84da2490e41128
private.make_ready(p_counter launch.counters, p_tickets uuid[], p_until timestamp with time zone, p_now timestamp with time zone) returns void plpgsql volatile set search_path="" md5 3eac02b49c66a8c7376859f37249a292
private.make_routines() returns trigger plpgsql volatile security definer set search_path="" md5 aca6a6550f16819dd51b10b6c9a0894c
private.make_threat_rules() returns trigger plpgsql volatile security definer set search_path="" md5 3738751260ef9f9b1994d0f23cabc15e
private.make_unlisted_counters(p_workspaces uuid[], p_callers integer[], p_countries text[], p_operations text[]) returns void plpgsql volatile set search_path="" md5 73e55314fced8678070ad59a9807413f
private.meet_critical(p_kpis launch.region_kpis, p_verdict private.risk_verdict, p_version integer) returns boolean plpgsql volatile set search_path="" md5 3fdd2cbbf7bf48c2a48e9879b75ae241
private.newest_of(p_new anyarray, p_old anyarray) returns anyarray sql stable set search_path="" md5 6c87b8b1cb304fd4cbb10d00eb2dd6ab
private.next_move(p_workspace_id uuid, p_country text, p_now timestamp with time zone) returns jsonb plpgsql stable set search_path="" md5 b25697aded197a3fd15abb860bd54bba
private.next_report_at(p_day integer, p_hour integer, p_time_zone text, p_after timestamp with time zone) returns timestamp with time zone sql stable set search_path="" md5 119cf66f9c0b31ffbf18be3c394af3a3
private.next_summary_at(p_hour integer, p_time_zone text, p_after timestamp with time zone) returns timestamp with time zone sql stable set search_path="" md5 b146dec122a11bb3b2fdd07ccc6e5164
private.note_subject_countries(p_places integer[], p_workspaces uuid[], p_callers integer[], p_subjects text[], p_countries text[], p_times bigint[], p_now timestamp with time zone) returns void plpgsql volatile set search_path="", plan_cache_mode=force_generic_plan md5 8ea44781668e15dabf188dfc8dc39b2b
private.note_unjudged_hour() returns trigger plpgsql volatile set search_path="" md5 ed338f52c6109535064a21e8b1ce8b97
private.open_region_day(p_workspace_id uuid, p_country text, p_zone text, p_at timestamp with time zone) returns date plpgsql volatile set search_path="" md5 b2804fa7dc08742982a0a835f19449d0
private.outbox_is_due() returns boolean sql stable set search_path="" md5 2ffa7ceee83b97359ba75a78a5e5a3fd
private.pair_begins_with_a(p_seed text, p_pair integer) returns boolean sql immutable set search_path="" md5 ba28cdbc7496f2cc5650060b4dfbfe5b
private.pause_country(p_workspace_id uuid, p_country text, p_reason text, p_details jsonb DEFAULT '{}'::jsonb) returns launch.countries plpgsql volatile set search_path="" md5 4cb10ed324ac5a8ad73dbcf7d14c02ea
private.phase_rank(p_phase text) returns integer sql immutable set search_path="" md5 e316a32aa71e1b8de770fd9a665f0c43
private.place_time(p_place integer, p_pace numeric, p_reach bigint, p_now timestamp with time zone) returns timestamp with time zone sql immutable set search_path="" md5 c45bad63bb4cfbdbae56c6ab37454fce
private.plain_ip(p_ip inet) returns inet sql immutable set search_path="" md5 dad897f56cb8a01bed4b27b2848e5ca8
private.planned_cap(p_workspace_id uuid, p_country text, p_operation text, p_day date, p_cap integer) returns integer sql stable set search_path="" md5 43f62c1d7d7f96394ec1dc5a9ef45d12
private.prune_messages() returns integer plpgsql volatile set search_path="" md5 de2a113c8ba68be37306c54901beb1b0
private.put_blocks(p_workspace_id uuid, p_kinds text[], p_values text[], p_untils timestamp with time zone[], p_reasons text[], p_source text) returns SETOF launch.blocks plpgsql volatile set search_path="" md5 33f278e37c555c330628e13258f5f296
private.put_proposal(p_workspace_id uuid, p_country text, p_move jsonb, p_reason text) returns launch.proposals plpgsql volatile set search_path="" md5 92f4365d74d2749f9068bcaf9bc532ea
private.put_protection(p_workspace_id uuid, p_country text, p_until timestamp with time zone, p_reason text, p_source text, p_alert_id uuid DEFAULT NULL::uuid) returns launch.protections plpgsql volatile set search_path="" md5 8824c4e0a9483311fbf8ea7fa7f5e0df
private.queue_pace(p_workspace_id uuid, p_country text, p_operation text, p_now timestamp with time zone, OUT pace numeric, OUT reach bigint) returns record plpgsql stable set search_path="" md5 b50c8d2cdd4f50413a3a20ab242a8cc1
private.quiet_patterns(p_workspace_id uuid, p_to timestamp with time zone) returns SETOF launch.threat_patterns sql stable set search_path="" md5 1e112729a3edbad5a22e29a64c7c4e0a
private.quoted_rate(p_workspace_id uuid, p_base text, p_quote text, p_on date) returns numeric sql stable set search_path="" md5 672e1109219f0e887b25680593eaa8fd
private.raise_alert(p_workspace_id uuid, p_kind text, p_fingerprint text, p_severity text, p_title text, p_country text DEFAULT NULL::text, p_subject_id text DEFAULT NULL::text, p_evidence jsonb DEFAULT '{}'::jsonb, p_step integer DEFAULT 0) returns uuid plpgsql volatile set search_path="" md5 bc27227d25f65c982b202e86eb8ea662
private.raise_case(p_case private.threat_case, p_pattern_id uuid, p_blocked integer) returns void plpgsql volatile set search_path="" md5 e841f00f61af11f6c932901304f078f9
private.rate(p_workspace_id uuid, p_from text, p_to text, p_on date) returns numeric sql stable set search_path="" md5 fde116dbb3bb055ee5c4b274dce1c67d
private.read_block_value(p_kind text, p_value text, OUT value text, OUT problem text) returns record plpgsql stable set search_path="" md5 9ceaf0cf9acfaa58ee8cfdbdbd9cd183
private.read_evidence(p_rule launch.threat_rules, p_entity text, p_peak_at timestamp with time zone) returns private.threat_evidence plpgsql stable set search_path="", plan_cache_mode=force_custom_plan md5 b2395900ab930448559a144e810ecd39
private.read_import(p_workspace_id uuid, p_kinds text[], p_values text[], p_untils text[], p_reasons text[], p_reason text) returns TABLE(place integer, kind text, value text, until timestamp with time zone, reason text, outcome text, problem text) sql stable set search_path="" md5 7014adf550461bcf7ed6ada082109295
private.read_load(p_limit launch.limits, p_now timestamp with time zone, OUT value double precision, OUT measured_at timestamp with time zone) returns record plpgsql volatile set search_path="" md5 7741a170e75bd4430dab297dc5874852
private.recall_answer(p_place integer, p_receipt_id uuid, p_decided_at timestamp with time zone, p_allowed boolean) returns jsonb plpgsql stable set search_path="" md5 b0ad438dfee33538ba823460e09fc3c7
private.recipient_kind(p_workspace_id uuid, p_email text) returns text sql stable set search_path="" md5 36a50da3227963d195934517cdcb0d84
private.record_findings(p_rule launch.threat_rules, p_from timestamp with time zone, p_to timestamp with time zone) returns SETOF launch.threat_findings plpgsql volatile set search_path="" md5 19500946e6d2954c41ad56030edacbf4
private.recorded_checks(p_workspace_id uuid, p_country text, p_operation text, p_day date, p_zone text, p_until timestamp with time zone, p_shadow tstzmultirange, p_levels tstzmultirange[], p_early uuid[]) returns TABLE(place integer, back boolean, at timestamp with time zone, hour integer, units integer, amount bigint, currency text, allowed boolean, verdict text, shadowed boolean, cap integer, remaining integer, before integer, held_back boolean, would_hold_back boolean, amount_cap bigint, amount_currency text, enforced boolean, id uuid, waiting integer, kept integer) plpgsql stable set search_path="", plan_cache_mode=force_custom_plan md5 0d02a5332bafa335ea41c9641d579c8f
private.refresh_region_days(p_workspace_id uuid, p_countries text[], p_days date[]) returns void sql volatile set search_path="" md5 6a77ca8beb4f0955c05d3f2899e2b245
private.refresh_region_hours(p_workspace_id uuid, p_countries text[], p_hours timestamp with time zone[]) returns void sql volatile set search_path="" md5 76d3caad2c25f6fa8d633148c3397338
private.refuse(p_code text, p_message text, p_detail jsonb DEFAULT NULL::jsonb) returns void plpgsql stable set search_path="" md5 dd08477fb9fd4258ab0c2398a32b53ab
private.release_throttle() returns trigger plpgsql volatile security definer set search_path="" md5 d0219ac32ca6369e94ccdce8a619586e
private.replay_checks(p_workspace_id uuid, p_country text, p_operation text, p_day date, p_zone text, p_until timestamp with time zone, p_policy jsonb, p_shadow tstzmultirange, p_levels tstzmultirange[], p_early uuid[]) returns TABLE(at timestamp with time zone, hour integer, units integer, was boolean, would boolean, sooner boolean, differs boolean, adjusted integer, early uuid, was_near boolean, would_near boolean, was_full boolean, would_full boolean, was_spent_near boolean, would_spend_near boolean, was_spent boolean, would_spend boolean) plpgsql stable set search_path="" md5 fd630901c4d910e613f4fe034230dac7
private.replay_day(p_workspace_id uuid, p_country text, p_operation text, p_day date, p_zone text, p_until timestamp with time zone, p_policy jsonb, p_shadow tstzmultirange, p_levels tstzmultirange[], p_early uuid[]) returns jsonb plpgsql stable set search_path="" md5 6a7fa955d5603c99aa66dbd27104d7a8
private.replay_deliveries(p_channel app.channels, p_ids bigint[]) returns integer plpgsql volatile set search_path="" md5 15d6ef22fe755be5716dd2d8551c4a82
private.replay_levels(p_workspace_id uuid, p_limits jsonb, p_from timestamp with time zone, p_to timestamp with time zone, OUT levels tstzmultirange[], OUT alerts jsonb) returns record plpgsql stable set search_path="" md5 661dcdf52b7ed33f2b79feb55dac4a7f
private.replay_risk(p_workspace_id uuid, p_card jsonb, p_from timestamp with time zone, p_to timestamp with time zone) returns jsonb plpgsql stable set search_path="" md5 9cd46e4ff2beb9882c8ef2d065d28e34
private.replay_threats(p_workspace_id uuid, p_threats jsonb, p_from timestamp with time zone, p_to timestamp with time zone) returns jsonb plpgsql stable set search_path="" md5 479966e60f80f91ffb3b7ac7f18029de
private.report_audit(p_workspace_id uuid, p_month date) returns SETOF jsonb sql stable set search_path="" md5 8dc7b2730b16978f95c2e708203773bc
private.report_campaigns(p_workspace_id uuid, p_month date) returns SETOF jsonb sql stable set search_path="" md5 0bfb822f05dba7b209878f57e4fc649b
private.report_incidents(p_workspace_id uuid, p_month date) returns SETOF jsonb sql stable set search_path="" md5 e437386e98db30ca1f24bee055e20e3b
private.report_kpis(p_workspace_id uuid, p_month date) returns SETOF jsonb sql stable set search_path="" md5 1f300be1467999be47b329714629e878
private.report_month_due(p_schedule launch.report_schedules, p_now timestamp with time zone) returns date sql stable set search_path="" md5 87e2249d30395ff5e79609a8b788236d
private.report_phases(p_workspace_id uuid, p_month date) returns SETOF jsonb sql stable set search_path="" md5 293e5b95ec0476a9fa72e431f046ff55
private.report_recipients(p_workspace_id uuid, p_recipients text[]) returns text[] plpgsql stable set search_path="" md5 47e2c6b8ff7b6db4299824309661ea48
private.report_schedule_words(p_schedule launch.report_schedules) returns jsonb sql immutable set search_path="" md5 b4f9850187c5efb36d51484637ee3778
private.report_tables(p_workspace_id uuid, p_month date) returns jsonb sql stable set search_path="" md5 97275b965017bfcb761ea3e98255e078
private.report_zones(p_workspace_id uuid, p_month date) returns TABLE(country text, time_zone text, during tstzrange) sql stable set search_path="" md5 0c82c40314cf1d94bd5f6bee3ff6dfc8
private.reporting_currency(p_workspace_id uuid) returns text sql stable set search_path="" md5 86e52e820ce31d502bb128aa5b61631b
private.require_block_end(p_until timestamp with time zone) returns void plpgsql stable set search_path="" md5 57c235d27f60ed0f340689a9beba6f3c
private.require_channel_secret(p_kind text, p_secret text) returns void plpgsql immutable set search_path="" md5 5bdb54628c7d7d618e517dbfb89554a9
private.require_channel_wants(p_channel app.channels) returns void plpgsql stable set search_path="" md5 5befa0536ff2f7ffea9b5510d63b3351
private.require_link(p_label text, p_destination text, p_waiting_url text) returns void plpgsql stable set search_path="" md5 8886ffce21b87aae01732ad85a4e3984
private.require_other_owner(p_workspace_id uuid, p_user_id uuid) returns void plpgsql volatile set search_path="" md5 e20ed3310f9a05eba7e383749818ad15
private.require_permission(p_workspace_id uuid, p_permission text) returns void plpgsql stable security definer set search_path="" md5 e328ad73376e11aae0eb9b891ff36ae8
private.require_proposal(p_workspace_id uuid, p_proposal jsonb) returns void plpgsql stable set search_path="" md5 92c1d4ff316da0a8e49ded07d83a9bd5
private.require_rules(p_rules jsonb) returns void plpgsql stable set search_path="" md5 39d8de7f2692e837eb84b9ac77e5274f
private.rest_limit(p_workspace_id uuid, p_name text, p_reason text) returns void plpgsql volatile set search_path="" md5 ebfcdbc672365ea1b69ed455848b9894
private.retry_delay(p_tries integer) returns interval sql volatile set search_path="" md5 28d784e69bcdf8643c02e4b6f0734e6e
private.return_quotas(p_campaigns uuid[], p_days date[], p_units integer[]) returns void plpgsql volatile set search_path="" md5 98218164c64f6e993d34dc71d17b4b3f
private.rfc3339(p_at timestamp with time zone) returns text sql stable set search_path="" md5 b0b40104afdf5ce382a93532cca5e8fe
private.risk_alerts(p_countries text[], p_levels text[]) returns integer sql immutable set search_path="" md5 f8048954340fe44da4b79a6f11c25e8c
private.roll_counters(p_ids bigint[], p_now timestamp with time zone) returns void plpgsql volatile set search_path="" md5 6d94bc036858eaea98888d4ae751c530
private.roll_up_hour(p_workspace_id uuid, p_hour timestamp with time zone) returns text[] plpgsql volatile set search_path="", work_mem=256MB, jit=off, enable_sort=off, enable_memoize=off md5 2a4716ef157aa38cbe0b93236cdbc7db
private.rule_numbers(p_rule launch.threat_rules) returns jsonb sql stable set search_path="" md5 2e3e025602204bc7242b3b7d5a99b476
private.score_kpis(p_kpis launch.region_kpis, p_card launch.scorecards) returns private.risk_verdict sql stable set search_path="" md5 779fc977920cc921238499d0849ea8f9
private.scorecard(p_workspace_id uuid) returns launch.scorecards sql stable set search_path="" md5 0aa9a1d53a6969a154b55878857c2834
private.send_report(p_schedule launch.report_schedules, p_month date, p_emails text[], p_test boolean) returns uuid plpgsql volatile set search_path="" md5 46734d04bb2f33a9201e665d4006aa54
private.set_campaign_status(c launch.campaigns, p_status text, p_reason text, p_details jsonb) returns launch.campaigns plpgsql volatile set search_path="" md5 64cb4f3ac581aafab8ba74911a5761dd
private.set_caps(p_workspace_id uuid, p_country text, p_user_units integer, p_payment_units integer, p_creator_units integer, p_amount_minor bigint, p_amount_currency text) returns void sql volatile set search_path="" md5 1d900979b62c1eb58d39ccd48ba85ef5
private.set_experiment_cap(p_experiment launch.experiments, p_units integer, p_reason text) returns integer plpgsql volatile set search_path="" md5 5208c845888744a03f0a180da7788f87
private.set_report_schedule(p_schedule launch.report_schedules, p_name text, p_day integer, p_hour integer, p_time_zone text, p_recipients text[]) returns launch.report_schedules plpgsql stable set search_path="" md5 5366c7a2e4c3791c74c93a235b9ebc0f
private.settle_alert(p_workspace_id uuid, p_fingerprint text, p_note text DEFAULT NULL::text) returns boolean plpgsql volatile set search_path="" md5 29ef08af71a8ec8ededaa7b6d62bbe07
private.settle_level(p_workspace_id uuid, p_reason text DEFAULT NULL::text) returns integer plpgsql volatile set search_path="" md5 ef2b5e65e53154e91b28f6a588e7e2b2
private.settle_quota(c launch.campaigns) returns void plpgsql volatile set search_path="" md5 eab2ad1c797f69275aed8127346ea793
private.settle_units(p_counter_ids bigint[], p_days date[], p_settled integer[], p_returned integer[], p_amounts bigint[], p_now timestamp with time zone) returns void plpgsql volatile set search_path="" md5 25a0799dd65655d1fdeb6818d357d6a7
private.settle_workspace_regions() returns trigger plpgsql volatile security definer set search_path="" md5 5cbc681668ebd447d9adf5b23cb949c4
private.shadow_times(p_workspace_id uuid) returns tstzmultirange sql stable set search_path="" md5 2bc9ee08954ace5ffdb00a5ba7a771ea
private.slot_of(p_at timestamp with time zone) returns timestamp with time zone plpgsql immutable set search_path="" md5 49fdf3e6f63b0e477a6cb3dc330746eb
private.start_function(p_name text, p_body jsonb DEFAULT '{}'::jsonb) returns bigint sql volatile security definer set search_path="" md5 b2ad97ffecd70513468ee85f1aeb59c9
private.step_experiment(p_id uuid) returns void plpgsql volatile set search_path="" md5 396fa8f3109528ca265faf3558352243
private.step_level(p_level integer, p_calm integer[], p_value double precision, p_limit double precision, p_counts boolean, OUT level integer, OUT calm integer[]) returns record sql immutable set search_path="" md5 ee9bab6fb3d896029716a4ab818dedef
private.sum_kpis(p_workspace_id uuid, p_country text, p_zone text, p_from timestamp with time zone, p_to timestamp with time zone, p_currency text) returns private.kpi_sums sql stable set search_path="" md5 6d3475e1a65c7b8caf54d9827fbd85a5
private.sum_revenue(p_workspace_id uuid, p_country text, p_zone text, p_from timestamp with time zone, p_to timestamp with time zone, p_currency text, OUT revenue_minor bigint, OUT revenues jsonb, OUT missing_currencies text[]) returns record sql stable set search_path="" md5 da2c6460e9757d1063425ebaf46ca512
private.summary_countries(p_workspace_id uuid, p_now timestamp with time zone) returns SETOF jsonb sql stable set search_path="" md5 b5aeb5c8d47a06ef4816054ad98f82ac
private.summary_data(p_workspace_id uuid, p_day date, p_now timestamp with time zone) returns jsonb sql stable set search_path="" md5 c29f7cded50b05ed9f9cbb3cc30edd6d
private.summary_rest(p_workspace_id uuid, p_now timestamp with time zone) returns jsonb sql stable set search_path="" md5 0b9e87cae147e30d377d3c9705d560a7
private.take_back(b private.chargebacks) returns void plpgsql volatile set search_path="" md5 df714441c624cd5a5e36f97c97ee20b3
private.take_touched_hours(p_workspace_id uuid, p_limit integer) returns timestamp with time zone[] sql volatile set search_path="" md5 57c61230ba0661d4a9f4dbdacb1fdee8
private.tell(p_workspace_id uuid, p_type text, p_subject text, p_data jsonb, p_severity text DEFAULT NULL::text, p_kind text DEFAULT NULL::text, p_except text DEFAULT NULL::text) returns void plpgsql volatile set search_path="" md5 535f11f36bec077dc01b41f0c1f419dc
private.tell_alert(p_alert launch.alerts, p_change text) returns void plpgsql volatile set search_path="" md5 4a5b39190b7eecc78953bfcfbc5dc6bb
private.tell_report_schedule(p_schedule launch.report_schedules) returns jsonb sql stable set search_path="" md5 253fc09e90ba44868e36637974f398b3
private.texts_of(p_texts jsonb) returns text[] sql immutable set search_path="" md5 ed5e7af0c8df1207a39e5854bb8476df
private.threat_fingerprint(p_rule text, p_entity text) returns text sql immutable set search_path="" md5 2991aa71d6a289c18ec5a1cb66490b54
private.threat_slot(p_at timestamp with time zone) returns timestamp with time zone sql stable set search_path="" md5 61dffc2d31a925851fc1d0b7a1af85c1
private.threat_title(p_case private.threat_case) returns text sql stable set search_path="" md5 3033dd08125456c298c3a182a6e66b26
private.throttle_level(p_workspace_id uuid, p_now timestamp with time zone) returns integer sql stable set search_path="" md5 ece211af9a1680ca521c915bacf808f5
private.ticket_queued(g private.cap_gates, d private.cap_verdicts, p_countries text[], p_operations text[], p_gates integer[], p_ids uuid[], p_units integer[], p_subjects text[], p_queues boolean[], p_now timestamp with time zone) returns void plpgsql volatile set search_path="" md5 a3bd7fef3471a730713af70555bc13ec
private.ticket_room(p_counter launch.counters, p_now timestamp with time zone) returns bigint sql stable set search_path="" md5 05ca73e6d9047d3bd5e1d46ccd6a34fa
private.touch_keys(p_ids uuid[]) returns void plpgsql volatile set search_path="" md5 7620f98746b81cc003a1ff364e7736e2
private.user_slots(p_workspace_id uuid, p_from timestamp with time zone) returns TABLE(slot_at timestamp with time zone, granted bigint, refused bigint, returned bigint) plpgsql stable set search_path="", plan_cache_mode=force_custom_plan md5 202eb149822782b6d383bbb7645b48c9
private.uuid_time(p_id uuid) returns timestamp with time zone plpgsql immutable set search_path="" md5 1fa674b175820fd62593d2ff6ad4d3e3
private.uuid_v7() returns uuid sql volatile set search_path="" md5 1450cb29d1edadffd7c16074abdb9777
private.uuid_v7_at(p_at timestamp with time zone) returns uuid sql volatile set search_path="" md5 ead0147164635010a22965074693e399
private.verify_keys(p_hashes bytea[], p_scope text) returns TABLE(place integer, workspace_id uuid, api_key_id uuid, last_used_at timestamp with time zone, problem text) plpgsql stable set search_path="" md5 a9cee9358e86c32d0fc512f4891dcfdb
private.visible_alert_kinds() returns TABLE(workspace_id uuid, kind text) sql stable security definer set search_path="" md5 ff494d6f3ce3a3a6ab3a5777016e95c1
private.watch_channel(p_channel app.channels, p_gone boolean, p_died bigint, p_was_failing timestamp with time zone) returns void plpgsql volatile set search_path="" md5 5791eb01603ed0f5648c338cb89285cf
private.watch_jobs() returns void plpgsql volatile set search_path="" md5 64dbee2828401226f6d7e8fe30f2590a
private.watch_regions(p_workspace_id uuid, p_at timestamp with time zone) returns integer plpgsql volatile set search_path="" md5 c23cf5ea2a969e23adfce448f059f692
private.workspaces_with(p_permission text) returns SETOF uuid sql stable security definer set search_path="" md5 1ebd34cd47146dfabb714bf14993fc3e
private.write_audit(p_workspace_id uuid, p_action text, p_resource_type text, p_resource_id text, p_severity text, p_reason text, p_details jsonb) returns bigint plpgsql volatile security definer set search_path="" md5 14b5c562105655b5c97637da165edd1c
private.yields_from(p_workspace_id uuid, p_operation text) returns integer sql stable set search_path="" md5 4a70b3b066871de8293be38cd64b0ccc

-- grants on tables
select on app.audit_entries to authenticated
select on app.audit_heads to authenticated
select on app.channels to authenticated
select on app.deliveries to authenticated
select on app.delivery_attempts to authenticated
select on app.flag_definitions to authenticated
select on app.flags to authenticated
select on app.members to authenticated
select on app.message_types to authenticated
select on app.messages to authenticated
select on app.outbox to authenticated
select on app.permissions to authenticated
select on app.profiles to authenticated
select on app.role_permissions to authenticated
select on app.roles to authenticated
select on app.workspaces to authenticated
select on launch.adaptive_limits to authenticated
select on launch.alert_changes to authenticated
select on launch.alert_kinds to authenticated
select on launch.alerts to authenticated
select on launch.attributions to authenticated
select on launch.blocks to authenticated
select on launch.campaign_actuals to authenticated
select on launch.campaign_days to authenticated
select on launch.campaign_links to authenticated
select on launch.campaign_quotas to authenticated
select on launch.campaign_tasks to authenticated
select on launch.campaigns to authenticated
select on launch.capacity to authenticated
select on launch.caps to authenticated
select on launch.checklist_items to authenticated
select on launch.checklist_ticks to authenticated
select on launch.counter_days to authenticated
select on launch.counters to authenticated
select on launch.countries to authenticated
select on launch.currencies to authenticated
select on launch.currency_rates to authenticated
select on launch.dry_runs to authenticated
select on launch.event_intake to authenticated
select on launch.event_slots to authenticated
select on launch.event_types to authenticated
select on launch.events to authenticated
select on launch.experiment_days to authenticated
select on launch.experiments to authenticated
select on launch.forecast_outcomes to authenticated
select on launch.forecasts to authenticated
select on launch.freezes to authenticated
select on launch.gate_results to authenticated
select on launch.incident_notes to authenticated
select on launch.incidents to authenticated
select on launch.iso_countries to authenticated
select on launch.job_results to authenticated
select on launch.job_runs to authenticated
select on launch.jobs to authenticated
select on launch.kept_slots to authenticated
select on launch.limit_states to authenticated
select on launch.limits to authenticated
select on launch.link_revenues to authenticated
select on launch.link_slots to authenticated
select on launch.load_evaluations to authenticated
select on launch.load_levels to authenticated
select on launch.measurements to authenticated
select on launch.policy_versions to authenticated
select on launch.proposals to authenticated
select on launch.protections to authenticated
select on launch.queues to authenticated
select on launch.receipts to authenticated
select on launch.region_days to authenticated
select on launch.region_hours to authenticated
select on launch.region_kpis to authenticated
select on launch.region_settings to authenticated
select on launch.report_addresses to authenticated
select on launch.report_files to authenticated
select on launch.report_letters to authenticated
select on launch.report_schedules to authenticated
select on launch.reports to authenticated
select on launch.reservations to authenticated
select on launch.risk_scores to authenticated
select on launch.scorecards to authenticated
select on launch.sequence_dependencies to authenticated
select on launch.sequence_steps to authenticated
select on launch.sequence_templates to authenticated
select on launch.sequences to authenticated
select on launch.subject_countries to authenticated
select on launch.summary_settings to authenticated
select on launch.threat_findings to authenticated
select on launch.threat_patterns to authenticated
select on launch.threat_rules to authenticated
select on launch.threat_snoozes to authenticated
select on launch.throttle_policies to authenticated
select on launch.throttles to authenticated
select on launch.tickets to authenticated
select on launch.unknown_events to authenticated
select on launch.usage_slots to authenticated

-- grants on columns
select (accepted_at) on app.invitations to authenticated
select (at) on launch.clicks to authenticated
select (bot) on launch.clicks to authenticated
select (campaign_id) on launch.clicks to authenticated
select (country) on launch.clicks to authenticated
select (created_at) on app.api_keys to authenticated
select (created_at) on app.invitations to authenticated
select (created_by) on app.api_keys to authenticated
select (door) on launch.clicks to authenticated
select (email) on app.invitations to authenticated
select (enabled) on launch.measurement_sources to authenticated
select (expires_at) on app.api_keys to authenticated
select (expires_at) on app.invitations to authenticated
select (header_name) on launch.measurement_sources to authenticated
select (id) on app.api_keys to authenticated
select (id) on app.invitations to authenticated
select (id) on launch.clicks to authenticated
select (invited_by) on app.invitations to authenticated
select (kept_at) on launch.clicks to authenticated
select (last_at) on launch.measurement_sources to authenticated
select (last_error) on launch.measurement_sources to authenticated
select (last_used_at) on app.api_keys to authenticated
select (link_id) on launch.clicks to authenticated
select (name) on app.api_keys to authenticated
select (name) on launch.measurement_sources to authenticated
select (prefix) on app.api_keys to authenticated
select (query) on launch.measurement_sources to authenticated
select (revoked_at) on app.api_keys to authenticated
select (revoked_at) on app.invitations to authenticated
select (role) on app.invitations to authenticated
select (rotated_from) on app.api_keys to authenticated
select (scopes) on app.api_keys to authenticated
select (source) on launch.clicks to authenticated
select (updated_at) on launch.measurement_sources to authenticated
select (updated_by) on launch.measurement_sources to authenticated
select (url) on launch.measurement_sources to authenticated
select (workspace_id) on app.api_keys to authenticated
select (workspace_id) on app.invitations to authenticated
select (workspace_id) on launch.clicks to authenticated
select (workspace_id) on launch.measurement_sources to authenticated

-- grants on functions
execute on app.accept_invitation(bytea) to authenticated
execute on app.act_as_key(bytea,text) to gantry_service
execute on app.change_channel(uuid,uuid,text,text,text,text[],text[],text,text[],integer) to authenticated
execute on app.change_member_role(uuid,uuid,text) to authenticated
execute on app.change_workspace(uuid,text,boolean,text) to authenticated
execute on app.claim_deliveries(integer) to gantry_service
execute on app.claim_outbox(integer) to gantry_service
execute on app.create_api_key(uuid,text,text,bytea,text[],timestamp with time zone) to authenticated
execute on app.create_channel(uuid,text,text,text,text,text[],text[],text,text[]) to authenticated
execute on app.create_workspace(text,text,text) to authenticated
execute on app.delete_channel(uuid,uuid) to authenticated
execute on app.invite_member(uuid,uuid,text,text,bytea) to authenticated
execute on app.peek_invitation(bytea) to gantry_service
execute on app.read_flags(uuid) to authenticated
execute on app.read_flags(uuid) to gantry_service
execute on app.read_readiness() to gantry_service
execute on app.remove_member(uuid,uuid) to authenticated
execute on app.rename_me(text) to authenticated
execute on app.replay_delivery(uuid,bigint) to authenticated
execute on app.replay_failed_deliveries(uuid,uuid,timestamp with time zone) to authenticated
execute on app.revoke_api_key(uuid,uuid,text) to authenticated
execute on app.revoke_invitation(uuid,uuid) to authenticated
execute on app.rotate_api_key(uuid,uuid,text,bytea,integer) to authenticated
execute on app.rotate_channel_secret(uuid,uuid,text,integer) to authenticated
execute on app.set_flag(uuid,text,boolean,text,integer) to authenticated
execute on app.set_flag(uuid,text,boolean,text,integer) to gantry_service
execute on app.settle_deliveries(bigint[],integer[],text[],integer[],text[],text[],integer[],integer[],jsonb[]) to gantry_service
execute on app.settle_outbox(uuid,text) to gantry_service
execute on app.switch_channel(uuid,uuid,boolean) to authenticated
execute on app.test_channel(uuid,uuid) to authenticated
execute on app.verify_audit(uuid) to authenticated
execute on launch.acknowledge_alert(uuid,uuid,integer) to authenticated
execute on launch.activate_country(uuid,text,text,integer,integer,integer,bigint,text,text,integer) to authenticated
execute on launch.activate_country(uuid,text,text,integer,integer,integer,bigint,text,text,integer) to gantry_service
execute on launch.add_sequence_countries(uuid,text[],text,integer) to authenticated
execute on launch.advance_country(uuid,text,text,text,boolean,integer) to authenticated
execute on launch.advance_country(uuid,text,text,text,boolean,integer) to gantry_service
execute on launch.announce_usage(text[]) to gantry_service
execute on launch.answer_proposal(uuid,uuid,boolean,text) to authenticated
execute on launch.assign_alert(uuid,uuid,uuid,integer) to authenticated
execute on launch.backtest_rule(uuid,text,integer,integer,double precision,text,timestamp with time zone,timestamp with time zone) to authenticated
execute on launch.block(uuid,text,text,timestamp with time zone,text,uuid) to authenticated
execute on launch.block_pattern(uuid,uuid,timestamp with time zone,text,boolean) to authenticated
execute on launch.cancel_dry_run(uuid,uuid) to authenticated
execute on launch.cancel_dry_run(uuid,uuid) to gantry_service
execute on launch.change_campaign(uuid,uuid,text,text,timestamp with time zone,timestamp with time zone,text,integer,integer,integer,integer,bigint,text,text,integer,integer,integer,integer) to authenticated
execute on launch.change_campaign(uuid,uuid,text,text,timestamp with time zone,timestamp with time zone,text,integer,integer,integer,integer,bigint,text,text,integer,integer,integer,integer) to gantry_service
execute on launch.change_campaign_link(uuid,uuid,text,text,text,text,boolean,integer) to authenticated
execute on launch.change_campaign_link(uuid,uuid,text,text,text,text,boolean,integer) to gantry_service
execute on launch.change_caps(uuid,text,integer,integer,integer,bigint,text,text,integer) to authenticated
execute on launch.change_caps(uuid,text,integer,integer,integer,bigint,text,text,integer) to gantry_service
execute on launch.change_queue(uuid,text,boolean,integer,integer,boolean,text,text,integer) to authenticated
execute on launch.change_region_settings(uuid,jsonb,text,integer) to authenticated
execute on launch.change_report_schedule(uuid,uuid,text,integer,integer,text,text[],integer,boolean) to authenticated
execute on launch.change_report_schedule(uuid,uuid,text,integer,integer,text,text[],integer,boolean) to gantry_service
execute on launch.change_scorecard(uuid,jsonb,integer,integer,integer,integer,text,integer) to authenticated
execute on launch.change_threat_rule(uuid,text,text,integer,integer,double precision,text,text,text[],integer,integer,text) to authenticated
execute on launch.change_throttle_policy(uuid,text,integer,text) to authenticated
execute on launch.change_time_zone(uuid,text,text,text,integer) to authenticated
execute on launch.change_time_zone(uuid,text,text,text,integer) to gantry_service
execute on launch.check_campaign(uuid,uuid) to authenticated
execute on launch.check_campaign(uuid,uuid) to gantry_service
execute on launch.check_caps(bytea[],integer[],text[],text[],integer[],integer[],uuid[],text[],uuid[],integer[],bigint[],text[],integer[],text[],text[],inet[],boolean[],text[]) to gantry_service
execute on launch.claim_job_run(text,uuid) to gantry_service
execute on launch.claim_ticket(bytea,uuid,integer) to gantry_service
execute on launch.clear_queue(uuid,text,text,text) to authenticated
execute on launch.close_incident(uuid,uuid,text,integer) to authenticated
execute on launch.confirm_report_address(uuid) to gantry_service
execute on launch.correct_counter(uuid,text,text,integer,text) to authenticated
execute on launch.count_answers(bigint,bigint,double precision) to gantry_service
execute on launch.count_events(bytea[],text[],bigint[],bigint[],bigint[],bigint[],bigint[],text[]) to gantry_service
execute on launch.create_campaign(uuid,text,text,text,timestamp with time zone,timestamp with time zone,text,integer,integer,integer,integer,bigint,text,text,integer,boolean,integer,integer) to authenticated
execute on launch.create_campaign(uuid,text,text,text,timestamp with time zone,timestamp with time zone,text,integer,integer,integer,integer,bigint,text,text,integer,boolean,integer,integer) to gantry_service
execute on launch.create_campaign_link(uuid,uuid,text,text,text,text) to authenticated
execute on launch.create_campaign_link(uuid,uuid,text,text,text,text) to gantry_service
execute on launch.create_dry_run(uuid,jsonb,integer) to authenticated
execute on launch.create_dry_run(uuid,jsonb,integer) to gantry_service
execute on launch.create_experiment(uuid,text,text,integer,integer,date,integer,text,text) to authenticated
execute on launch.create_report_schedule(uuid,text,integer,integer,text,text[],boolean) to authenticated
execute on launch.create_report_schedule(uuid,text,integer,integer,text,text[],boolean) to gantry_service
execute on launch.day_after(text,date,timestamp with time zone) to authenticated
execute on launch.delete_campaign(uuid,uuid,integer) to authenticated
execute on launch.delete_campaign(uuid,uuid,integer) to gantry_service
execute on launch.delete_report_schedule(uuid,uuid,integer) to authenticated
execute on launch.delete_report_schedule(uuid,uuid,integer) to gantry_service
execute on launch.depart_report(uuid,boolean) to gantry_service
execute on launch.duplicate_campaign(uuid,uuid,text,text,timestamp with time zone,boolean) to authenticated
execute on launch.duplicate_campaign(uuid,uuid,text,text,timestamp with time zone,boolean) to gantry_service
execute on launch.end_freeze(uuid,uuid) to authenticated
execute on launch.end_protection(uuid,text,text) to authenticated
execute on launch.end_snooze(uuid,uuid) to authenticated
execute on launch.evaluate_gates(uuid) to gantry_service
execute on launch.evaluate_load(uuid,text[],double precision[],text[]) to gantry_service
execute on launch.evaluate_risk(uuid) to gantry_service
execute on launch.evaluate_threats(uuid,timestamp with time zone,timestamp with time zone) to gantry_service
execute on launch.expire_reservations(integer) to gantry_service
execute on launch.fetch_letter_file(uuid,text) to gantry_service
execute on launch.fetch_report_file(uuid,uuid,text) to authenticated
execute on launch.find_links(text[]) to gantry_service
execute on launch.find_receipt(uuid,text) to authenticated
execute on launch.find_tickets(uuid[]) to gantry_service
execute on launch.finish_job_run(uuid,uuid[],text[],integer[],text[],text) to gantry_service
execute on launch.freeze_sequence(uuid,text,timestamp with time zone,timestamp with time zone,text) to authenticated
execute on launch.import_blocks(uuid,text[],text[],text[],text[],text,boolean) to authenticated
execute on launch.import_rates(uuid,date[],text[],text[],numeric[]) to authenticated
execute on launch.issue_forecasts() to gantry_service
execute on launch.keep_report_files(uuid,text[],bytea[]) to gantry_service
execute on launch.leave_queue(uuid,uuid) to gantry_service
execute on launch.lift_block(uuid,uuid,text) to authenticated
execute on launch.list_alert_assignees(uuid) to authenticated
execute on launch.list_blocks(uuid,text,text,boolean,uuid,integer) to gantry_service
execute on launch.list_campaign_links(uuid,uuid) to authenticated
execute on launch.list_campaign_links(uuid,uuid) to gantry_service
execute on launch.list_countries(uuid,text[]) to authenticated
execute on launch.list_countries(uuid,text[]) to gantry_service
execute on launch.list_job_workspaces(text,uuid) to gantry_service
execute on launch.list_measurement_sources(uuid,uuid) to gantry_service
execute on launch.list_threat_rules(uuid) to authenticated
execute on launch.list_threat_rules(uuid) to gantry_service
execute on launch.maintain_partitions() to gantry_service
execute on launch.make_report(uuid,date) to authenticated
execute on launch.may_send_report_letter(uuid) to gantry_service
execute on launch.move_campaign(uuid,uuid,text,text,integer) to authenticated
execute on launch.move_campaign(uuid,uuid,text,text,integer) to gantry_service
execute on launch.mute_alert(uuid,uuid,timestamp with time zone,text,integer) to authenticated
execute on launch.note_incident(uuid,uuid,text) to authenticated
execute on launch.now() to authenticated
execute on launch.now() to gantry_service
execute on launch.open_report_letter(uuid) to gantry_service
execute on launch.override_throttle(uuid,integer,timestamp with time zone,text) to authenticated
execute on launch.pause_country(uuid,text,text) to authenticated
execute on launch.pause_country(uuid,text,text) to gantry_service
execute on launch.peek_report_address(uuid) to gantry_service
execute on launch.peek_report_departure(uuid) to gantry_service
execute on launch.preview_scorecard(uuid,jsonb,integer,integer,integer,integer) to authenticated
execute on launch.progress_sequence(uuid) to gantry_service
execute on launch.propose_move(uuid,text,text) to authenticated
execute on launch.protect_payments(uuid,text,timestamp with time zone,text,uuid) to authenticated
execute on launch.read_admissions(uuid,timestamp with time zone) to authenticated
execute on launch.read_alert(uuid,uuid) to authenticated
execute on launch.read_alert(uuid,uuid) to gantry_service
execute on launch.read_alerts(uuid,text,text,text,text,uuid,integer) to authenticated
execute on launch.read_alerts(uuid,text,text,text,text,uuid,integer) to gantry_service
execute on launch.read_campaign(uuid,uuid) to authenticated
execute on launch.read_campaign(uuid,uuid) to gantry_service
execute on launch.read_campaign_hours(uuid,uuid) to authenticated
execute on launch.read_campaign_tasks(uuid,uuid) to authenticated
execute on launch.read_campaign_tasks(uuid,uuid) to gantry_service
execute on launch.read_campaigns(uuid,text,text,boolean,uuid,integer) to authenticated
execute on launch.read_campaigns(uuid,text,text,boolean,uuid,integer) to gantry_service
execute on launch.read_cap_times(uuid,text) to authenticated
execute on launch.read_cap_times(uuid,text) to gantry_service
execute on launch.read_capacity(bytea,text,text) to gantry_service
execute on launch.read_daily_summary(uuid) to authenticated
execute on launch.read_dry_run(uuid,uuid) to authenticated
execute on launch.read_dry_run(uuid,uuid) to gantry_service
execute on launch.read_dry_runs(uuid,uuid,integer) to authenticated
execute on launch.read_dry_runs(uuid,uuid,integer) to gantry_service
execute on launch.read_experiment_days(uuid,uuid) to authenticated
execute on launch.read_forecast_coverage(uuid,text) to authenticated
execute on launch.read_forecast_coverage(uuid,text) to gantry_service
execute on launch.read_forecasts(uuid,text) to authenticated
execute on launch.read_forecasts(uuid,text) to gantry_service
execute on launch.read_job_runs(uuid,text,integer) to authenticated
execute on launch.read_jobs(uuid) to authenticated
execute on launch.read_queues(uuid) to authenticated
execute on launch.read_receipt(bytea,uuid) to gantry_service
execute on launch.read_report_figures(uuid) to gantry_service
execute on launch.read_report_schedule(uuid,uuid) to authenticated
execute on launch.read_report_schedule(uuid,uuid) to gantry_service
execute on launch.read_report_schedules(uuid) to authenticated
execute on launch.read_report_schedules(uuid) to gantry_service
execute on launch.read_routines(uuid) to authenticated
execute on launch.read_running_campaigns(uuid) to authenticated
execute on launch.read_sequence(uuid) to authenticated
execute on launch.read_sequence(uuid) to gantry_service
execute on launch.read_subject_country(uuid,text) to gantry_service
execute on launch.read_success(uuid) to authenticated
execute on launch.read_throttle(uuid) to authenticated
execute on launch.read_throttle(uuid) to gantry_service
execute on launch.read_throttle_measurements(uuid) to authenticated
execute on launch.read_throttle_measurements(uuid) to gantry_service
execute on launch.read_ticket(uuid,uuid) to gantry_service
execute on launch.record_clicks(uuid[],uuid[],text[],text[],text[],text[]) to gantry_service
execute on launch.record_kpis(uuid) to gantry_service
execute on launch.remove_limit(uuid,text,text,integer) to authenticated
execute on launch.remove_measurement_source(uuid,text) to authenticated
execute on launch.remove_sequence_country(uuid,text,integer) to authenticated
execute on launch.reopen_alert(uuid,uuid,integer) to authenticated
execute on launch.reorder_sequence(uuid,text[],integer) to authenticated
execute on launch.report_clicks(uuid,uuid,uuid[],text[],text[],text[]) to gantry_service
execute on launch.report_events(bytea[],integer[],text[],text[],text[],bigint[],text[],text[],text[],inet[],bigint[],text[],double precision[],jsonb[]) to gantry_service
execute on launch.report_measurements(uuid,text[],double precision[],bigint[]) to gantry_service
execute on launch.request_job_run(uuid,text) to authenticated
execute on launch.request_job_run(uuid,text) to gantry_service
execute on launch.resolve_alert(uuid,uuid,text,text,integer) to authenticated
execute on launch.restore_block(uuid,uuid) to authenticated
execute on launch.resume_country(uuid,text,text,text,integer) to authenticated
execute on launch.resume_country(uuid,text,text,text,integer) to gantry_service
execute on launch.roll_up_events(uuid,integer) to gantry_service
execute on launch.run_dry_runs() to gantry_service
execute on launch.run_experiments() to gantry_service
execute on launch.send_due_reports() to gantry_service
execute on launch.send_due_summaries() to gantry_service
execute on launch.set_campaign_task(uuid,uuid,uuid,text,timestamp with time zone,uuid,boolean) to authenticated
execute on launch.set_campaign_task(uuid,uuid,uuid,text,timestamp with time zone,uuid,boolean) to gantry_service
execute on launch.set_checklist(uuid,text[],integer) to authenticated
execute on launch.set_daily_summary(uuid,boolean,integer,text,integer) to authenticated
execute on launch.set_limit(uuid,text,text,text,double precision,boolean,text,integer,double precision,double precision,double precision,double precision,integer,text,integer) to authenticated
execute on launch.set_measurement_source(uuid,text,text,text,text,text,boolean) to authenticated
execute on launch.set_routine(uuid,text,jsonb,text,integer) to authenticated
execute on launch.set_sequence_dependency(uuid,text,text,text,integer,text,integer) to authenticated
execute on launch.set_sequence_step(uuid,text,text,text,boolean,integer[],text,text,integer) to authenticated
execute on launch.settle_reservations(bytea[],integer[],uuid[],text[]) to gantry_service
execute on launch.snooze_threat(uuid,text,text,timestamp with time zone,text) to authenticated
execute on launch.step_dry_run(uuid,uuid) to authenticated
execute on launch.stop_experiment(uuid,uuid,text) to authenticated
execute on launch.switch_report_schedule(uuid,uuid,boolean) to authenticated
execute on launch.test_daily_summary(uuid) to authenticated
execute on launch.test_report_schedule(uuid,uuid) to authenticated
execute on launch.tick_checklist(uuid,text,uuid,boolean) to authenticated
execute on launch.tick_routine(uuid,uuid,boolean) to authenticated
execute on launch.unlist_country(uuid,text) to authenticated
execute on launch.unlist_country(uuid,text) to gantry_service
execute on launch.watch_campaigns() to gantry_service
execute on private.audit_text(app.audit_entries) to authenticated
execute on private.visible_alert_kinds() to authenticated
execute on private.workspaces_with(text) to authenticated

-- jobs
app:outbox: 10 seconds: select private.start_function('outbox') where private.outbox_is_due()
app:prune-messages: 37 * * * *: select private.prune_messages()
launch:admit-tickets: 5 seconds: select launch.admit_tickets()
launch:attribute-events: * * * * *: select launch.attribute_events()
launch:close-days: * * * * *: select launch.close_days()
launch:expire-reservations: 10 seconds: select launch.expire_reservations()
launch:forget-subject-countries: 41 3 * * *: select launch.forget_subject_countries()
launch:issue-forecasts: 3 * * * *: select launch.issue_forecasts()
launch:maintain-partitions: 17 * * * *: select launch.maintain_partitions()
launch:run-dry-runs: * * * * *: select launch.run_dry_runs()
launch:run-experiments: * * * * *: select launch.run_experiments()
launch:send-reports: * * * * *: select launch.send_due_reports()
launch:send-summaries: * * * * *: select launch.send_due_summaries()
launch:start-due-jobs: * * * * *: select launch.start_due_jobs()
launch:watch-campaigns: * * * * *: select launch.watch_campaigns()
launch:watch-capacity: * * * * *: select launch.watch_capacity()
