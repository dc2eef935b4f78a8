/** One thing of a workspace, and a call that names it. */
export interface ForeignCall {
  /** Where the thing's id is: a table with workspace_id, or a query of the workspace ($1). */
  of: string;
  /** The arguments after the workspace; $ID is the thing's. */
  args: string;
  /** Who calls: a person unless said otherwise. */
  by?: "person" | "service" | "key";
  /** What is said of a thing that isn't there: GTNIL unless said otherwise, or no row. */
  says?: "GTTRN" | "nothing";
}

const CHANNEL = "app.channels";
const ALERT = "launch.alerts";
const CAMPAIGN = "launch.campaigns";
const MEMBER = "select user_id as id from app.members where workspace_id = $1 and role = 'viewer'";
const DEAD = "select id from app.deliveries where workspace_id = $1 and state = 'dead'";
const REPORT = "select report_id as id from launch.report_files where workspace_id = $1";
const SCHEDULE = "launch.report_schedules";
const SLUG = "(select slug from launch.campaign_links where campaign_id = $ID limit 1)";

/** Every function that takes a workspace and the id of something in it. */
export const FOREIGN_CALLS: Record<string, ForeignCall> = {
  "app.change_channel": {
    of: CHANNEL,
    args: "$ID, 'Renamed', null, null, '{ops@gantry.local}', '{alert.opened}', 'warning', null",
  },
  "app.change_member_role": { of: MEMBER, args: "$ID, 'admin'" },
  "app.delete_channel": { of: CHANNEL, args: "$ID" },
  "app.remove_member": { of: MEMBER, args: "$ID" },
  "app.replay_delivery": { of: DEAD, args: "$ID" },
  "app.replay_failed_deliveries": { of: CHANNEL, args: "$ID, '-infinity'" },
  "app.revoke_api_key": { of: "app.api_keys", args: "$ID, 'drill'" },
  "app.revoke_invitation": { of: "app.invitations", args: "$ID" },
  "app.rotate_api_key": { of: "app.api_keys", args: "$ID, 'gty_drill1', sha256('drill'), 60" },
  "app.rotate_channel_secret": { of: CHANNEL, args: "$ID, 'whsec_' || repeat('A', 32), 60" },
  "app.switch_channel": { of: CHANNEL, args: "$ID, false" },
  "app.test_channel": { of: CHANNEL, args: "$ID" },
  "launch.acknowledge_alert": { of: ALERT, args: "$ID" },
  "launch.answer_proposal": { of: "launch.proposals", args: "$ID, false, 'drill'" },
  "launch.assign_alert": { of: ALERT, args: "$ID, null" },
  "launch.block": { of: ALERT, args: "'device', 'another', now() + interval '1 hour', 'drill', $ID" },
  "launch.block_pattern": { of: "launch.threat_patterns", args: "$ID, now() + interval '1 hour', 'drill'" },
  "launch.cancel_dry_run": { of: "launch.dry_runs", args: "$ID" },
  "launch.change_campaign": { of: CAMPAIGN, args: "$ID, 'Renamed'" },
  "launch.change_campaign_link": { of: CAMPAIGN, args: `$ID, ${SLUG}, 'Renamed'` },
  "launch.change_report_schedule": {
    of: SCHEDULE,
    args: "$ID, 'Renamed', 2, 9, 'UTC', '{investor@example.com}'",
  },
  "launch.check_campaign": { of: CAMPAIGN, args: "$ID" },
  "launch.close_incident": { of: "launch.incidents", args: "$ID, 'drill'" },
  "launch.create_campaign_link": { of: CAMPAIGN, args: "$ID, null, 'Drill', 'https://example.com/'" },
  "launch.delete_campaign": { of: CAMPAIGN, args: "$ID" },
  "launch.delete_report_schedule": { of: SCHEDULE, args: "$ID" },
  "launch.duplicate_campaign": { of: CAMPAIGN, args: "$ID, 'Again', 'again', now()" },
  "launch.end_freeze": { of: "launch.freezes", args: "$ID", says: "GTTRN" },
  "launch.end_snooze": { of: "launch.threat_snoozes", args: "$ID" },
  "launch.fetch_report_file": { of: REPORT, args: "$ID, 'kpis.csv'", says: "nothing" },
  "launch.leave_queue": { of: "launch.tickets", args: "$ID", by: "service" },
  "launch.lift_block": { of: "launch.blocks", args: "$ID, 'drill'" },
  "launch.list_campaign_links": { of: CAMPAIGN, args: "$ID" },
  "launch.move_campaign": { of: CAMPAIGN, args: "$ID, 'cancelled', 'drill'" },
  "launch.mute_alert": { of: ALERT, args: "$ID, now() + interval '1 hour', 'drill'" },
  "launch.note_incident": { of: "launch.incidents", args: "$ID, 'drill'" },
  "launch.protect_payments": { of: ALERT, args: "'CZ', now() + interval '1 hour', 'drill', $ID" },
  "launch.read_alert": { of: ALERT, args: "$ID", says: "nothing" },
  "launch.read_campaign": { of: CAMPAIGN, args: "$ID" },
  "launch.read_campaign_hours": { of: CAMPAIGN, args: "$ID" },
  "launch.read_campaign_tasks": { of: CAMPAIGN, args: "$ID" },
  "launch.read_dry_run": { of: "launch.dry_runs", args: "$ID" },
  "launch.read_experiment_days": { of: "launch.experiments", args: "$ID" },
  "launch.read_report_schedule": { of: SCHEDULE, args: "$ID" },
  "launch.read_ticket": { of: "launch.tickets", args: "$ID", by: "service", says: "nothing" },
  "launch.reopen_alert": { of: ALERT, args: "$ID" },
  "launch.report_clicks": { of: CAMPAIGN, args: "$ID, '{}', '{}', '{}', '{}'", by: "key" },
  "launch.resolve_alert": { of: ALERT, args: "$ID, 'true_positive'" },
  "launch.restore_block": { of: "launch.blocks", args: "$ID" },
  "launch.set_campaign_task": { of: CAMPAIGN, args: "$ID, null, 'Drill'" },
  "launch.step_dry_run": { of: "launch.dry_runs", args: "$ID" },
  "launch.stop_experiment": { of: "launch.experiments", args: "$ID, 'drill'" },
  "launch.switch_report_schedule": { of: SCHEDULE, args: "$ID, false" },
  "launch.test_report_schedule": { of: SCHEDULE, args: "$ID" },
  "launch.tick_checklist": { of: "launch.checklist_items", args: "'PL', $ID, true" },
  "launch.tick_routine": { of: "private.routine_items", args: "$ID, true" },
};

const RULES = `'[{"metric": "revenue", "comparison": "below", "threshold": 10, "points": 1, "trip": false}]'`;

/** Every function that reads a workspace as a whole, with its arguments after the workspace. */
export const READINGS: Record<string, string> = {
  "app.read_flags": "",
  "app.verify_audit": "",
  "launch.backtest_rule": "'device_farm', 2, 60, null, 'account', now() - interval '1 day', now()",
  "launch.find_receipt": "'asked'",
  "launch.list_alert_assignees": "",
  "launch.list_blocks": "null, null, false, null, 100",
  "launch.list_threat_rules": "",
  "launch.preview_scorecard": `${RULES}, 1, 3, 5, 7`,
  "launch.read_admissions": "now() - interval '1 hour'",
  "launch.read_alerts": "",
  "launch.read_campaigns": "",
  "launch.read_cap_times": "",
  "launch.read_daily_summary": "",
  "launch.read_dry_runs": "",
  "launch.read_forecast_coverage": "",
  "launch.read_forecasts": "",
  "launch.read_job_runs": "'outbox'",
  "launch.read_jobs": "",
  "launch.read_queues": "",
  "launch.read_report_schedules": "",
  "launch.read_routines": "",
  "launch.read_running_campaigns": "",
  "launch.read_sequence": "",
  "launch.read_subject_country": "'drill'",
  "launch.read_success": "",
  "launch.read_throttle": "",
  "launch.read_throttle_measurements": "",
};

/** Readings by a key of the workspace, with the scope they need; the others are a person's. */
export const KEY_READINGS: Record<string, string> = {
  "launch.list_blocks": "threats.read",
  "launch.read_subject_country": "signals.report",
};

/** Functions that read what is not a workspace's alone, or for a run under way. */
export const NO_READING = ["launch.list_job_workspaces", "launch.list_measurement_sources"];

/** Functions whose id is not that of a thing in the workspace: a new one's, a cursor, a run's, a number. */
export const NO_THING = [
  "app.invite_member",
  "launch.create_campaign",
  "launch.list_blocks",
  "launch.list_measurement_sources",
  "launch.read_alerts",
  "launch.read_campaigns",
  "launch.read_dry_runs",
  "launch.report_measurements",
];
