import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "#tests/setup/database.ts";

/** All that a signed-in person may execute. Each checks the person's permission itself, or formats what it is given. */
const AUTHENTICATED = `
  launch.change_campaign launch.check_campaign launch.create_campaign launch.delete_campaign launch.duplicate_campaign launch.move_campaign
  launch.read_campaign launch.read_campaign_hours launch.read_campaign_tasks launch.read_campaigns launch.set_campaign_task
  launch.add_sequence_countries launch.answer_proposal launch.end_freeze launch.freeze_sequence launch.propose_move launch.read_sequence
  launch.remove_sequence_country launch.reorder_sequence launch.set_checklist launch.set_sequence_dependency launch.set_sequence_step
  launch.tick_checklist
  launch.read_cap_times launch.read_forecast_coverage launch.read_forecasts
  launch.cancel_dry_run launch.create_dry_run launch.read_dry_run launch.read_dry_runs launch.step_dry_run
  launch.create_experiment launch.read_experiment_days launch.stop_experiment
  launch.change_queue launch.clear_queue
  launch.change_campaign_link launch.create_campaign_link launch.list_campaign_links
  launch.change_throttle_policy launch.remove_limit launch.remove_measurement_source launch.set_limit launch.set_measurement_source
  launch.backtest_rule launch.block_pattern launch.change_threat_rule launch.end_snooze launch.list_threat_rules launch.snooze_threat
  app.accept_invitation app.change_channel app.change_member_role app.change_workspace app.create_api_key app.create_channel app.create_workspace
  app.delete_channel app.invite_member app.replay_delivery app.replay_failed_deliveries app.rotate_channel_secret app.switch_channel app.test_channel
  app.read_flags app.remove_member app.rename_me app.revoke_api_key app.revoke_invitation app.rotate_api_key app.set_flag
  app.verify_audit launch.acknowledge_alert launch.activate_country launch.advance_country launch.assign_alert launch.list_alert_assignees launch.read_job_runs launch.read_jobs launch.change_caps
  launch.change_time_zone launch.read_queues launch.mute_alert launch.read_alert launch.read_alerts launch.reopen_alert launch.request_job_run launch.resolve_alert private.visible_alert_kinds
  launch.correct_counter launch.day_after launch.find_receipt launch.list_countries launch.now launch.override_throttle
  launch.pause_country launch.read_throttle launch.read_throttle_measurements launch.resume_country launch.unlist_country private.audit_text
  private.workspaces_with
  launch.block launch.end_protection launch.import_blocks launch.lift_block launch.protect_payments launch.restore_block
  launch.change_region_settings launch.change_scorecard launch.close_incident launch.import_rates launch.note_incident
  launch.preview_scorecard launch.read_admissions launch.read_success launch.read_running_campaigns
  launch.read_routines launch.set_routine launch.tick_routine launch.fetch_report_file launch.make_report
  launch.change_report_schedule launch.create_report_schedule launch.delete_report_schedule launch.read_report_schedule launch.read_report_schedules
  launch.switch_report_schedule launch.test_report_schedule
  launch.set_daily_summary launch.test_daily_summary launch.read_daily_summary`;

/** All that the web processes and the gate may execute. Each takes a key's hash, needs an acting key, or is a job's. */
const SERVICE = `
  launch.count_answers launch.count_events
  launch.change_campaign launch.check_campaign launch.create_campaign launch.delete_campaign launch.duplicate_campaign launch.move_campaign
  launch.read_campaign launch.read_campaign_tasks launch.read_campaigns launch.set_campaign_task launch.watch_campaigns
  launch.issue_forecasts launch.run_dry_runs launch.run_experiments launch.read_cap_times launch.read_forecast_coverage launch.read_forecasts
  launch.progress_sequence launch.read_sequence
  launch.request_job_run
  launch.change_campaign_link launch.create_campaign_link launch.find_links launch.list_campaign_links launch.record_clicks launch.report_clicks
  launch.claim_ticket launch.find_tickets launch.leave_queue launch.read_ticket
  launch.evaluate_load launch.list_measurement_sources
  launch.evaluate_threats launch.list_threat_rules
  app.act_as_key app.claim_deliveries app.claim_outbox app.settle_deliveries app.peek_invitation app.read_flags app.read_readiness app.set_flag app.settle_outbox
  launch.activate_country launch.advance_country launch.announce_usage launch.change_caps launch.change_time_zone launch.check_caps
  launch.claim_job_run launch.finish_job_run launch.list_job_workspaces
  launch.expire_reservations launch.list_countries launch.maintain_partitions launch.now launch.pause_country launch.read_capacity
  launch.read_receipt launch.read_throttle launch.read_throttle_measurements launch.resume_country launch.settle_reservations launch.unlist_country
  launch.list_blocks launch.read_alert launch.read_alerts
  launch.evaluate_gates launch.evaluate_risk launch.record_kpis launch.roll_up_events
  launch.report_events launch.report_measurements launch.read_subject_country
  launch.keep_report_files launch.read_report_figures launch.send_due_reports launch.send_due_summaries launch.may_send_report_letter launch.open_report_letter
  launch.fetch_letter_file launch.peek_report_address launch.confirm_report_address launch.peek_report_departure launch.depart_report
  launch.cancel_dry_run launch.create_dry_run launch.read_dry_run launch.read_dry_runs
  launch.change_report_schedule launch.create_report_schedule launch.delete_report_schedule launch.read_report_schedule launch.read_report_schedules`;

const OURS = ["app", "launch", "private"];

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase({ clock: false });
});
afterAll(() => db.close());

const names = (rows: { name: string }[]) => rows.map((row) => row.name);

describe("tables", () => {
  test("CAT-01 every table has row-level security, partitions too", async () => {
    const all = await db.owner<{ name: string; secured: boolean }[]>`
      select c.oid::regclass::text as name, c.relrowsecurity as secured from pg_class c
      where c.relnamespace::regnamespace::text = any (${OURS}) and c.relkind in ('r', 'p')`;
    expect(all.length).toBeGreaterThan(80);
    expect(names(all.filter((table) => !table.secured))).toEqual([]);
  });

  test("CAT-02 every view is its reader's: security_invoker", async () => {
    const views = await db.owner<{ name: string; invoker: boolean }[]>`
      select c.oid::regclass::text as name, coalesce('security_invoker=true' = any (c.reloptions), false) as invoker from pg_class c
      where c.relnamespace::regnamespace::text = any (${OURS}) and c.relkind in ('v', 'm') order by 1`;
    expect(views).toEqual([
      { name: "launch.campaign_actuals", invoker: true },
      { name: "launch.campaign_days", invoker: true },
      { name: "launch.capacity", invoker: true },
      { name: "launch.usage_slots", invoker: true },
    ]);
  });

  test("CAT-03 every foreign key has an index that begins with its columns", async () => {
    const bare = await db.owner<{ name: string }[]>`
      select k.conrelid::regclass || '.' || k.conname as name from pg_constraint k
      where k.contype = 'f' and k.connamespace::regnamespace::text = any (${OURS})
        and not exists (select from pg_index i where i.indrelid = k.conrelid and i.indpred is null
          and (select array_agg(c order by c) from unnest((i.indkey::int2[])[0:cardinality(k.conkey) - 1]) c)
            = (select array_agg(c order by c) from unnest(k.conkey) c))`;
    expect(names([...bare])).toEqual([]);
  });

  test("CAT-04 policies call a function of the person once a query, never once a row", async () => {
    const perRow = await db.owner<{ name: string }[]>`
      select p.polrelid::regclass || '.' || p.polname as name from pg_policy p
      where pg_get_expr(p.polqual, p.polrelid) ~ 'auth\\.(uid|jwt|role)\\(\\)' and pg_get_expr(p.polqual, p.polrelid) !~* 'select auth\\.'
        or pg_get_expr(p.polqual, p.polrelid) ~ 'workspaces_with' and pg_get_expr(p.polqual, p.polrelid) !~* 'array\\(\\s*select private\\.workspaces_with'`;
    expect(names([...perRow])).toEqual([]);
  });

  test("CAT-04 no policy lets anybody write, and each is named for its table and verb", async () => {
    const policies = await db.owner<{ table: string; name: string; verb: string; roles: string[] }[]>`
      select c.relname as table, p.polname as name, p.polcmd::text as verb, p.polroles::regrole[]::text[] as roles
      from pg_policy p join pg_class c on c.oid = p.polrelid where c.relnamespace::regnamespace::text = any (${OURS})`;
    for (const { table, name, verb, roles } of policies) {
      expect(name.startsWith(`${table}_select_`), name).toBe(true);
      expect({ verb, roles }, name).toEqual({ verb: "r", roles: ["authenticated"] });
    }
  });
});

describe("functions", () => {
  const mayExecute = async (role: string) =>
    names([
      ...(await db.owner<{ name: string }[]>`
        select p.pronamespace::regnamespace || '.' || p.proname as name from pg_proc p
        where p.pronamespace::regnamespace::text = any (${OURS}) and has_function_privilege(${role}, p.oid, 'execute')
          and has_schema_privilege(${role}, p.pronamespace, 'usage') order by 1`),
    ]);

  test("CAT-05 what each role may execute is the written list, and anon nothing", async () => {
    expect((await mayExecute("authenticated")).toSorted()).toEqual(
      AUTHENTICATED.trim().split(/\s+/).toSorted(),
    );
    expect((await mayExecute("gantry_service")).toSorted()).toEqual(SERVICE.trim().split(/\s+/).toSorted());
    for (const role of ["anon", "authenticator", "service_role"]) {
      const granted = await db.owner`
        select 1 from pg_proc p where p.pronamespace::regnamespace::text = any (${OURS}) and has_function_privilege(${role}, p.oid, 'execute')`;
      if (role !== "service_role") expect(granted, role).toHaveLength(0);
      expect(await mayExecute(role), role).toEqual([]);
    }
  });

  test("CAT-05 PUBLIC may execute nothing, and what is made next neither", async () => {
    const open = await db.owner<{ name: string }[]>`
      select p.oid::regprocedure::text as name from pg_proc p, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) g
      where p.pronamespace::regnamespace::text = any (${OURS}) and g.grantee = 0`;
    expect(names([...open])).toEqual([]);
    await db.owner`create function launch.made_next() returns int language sql as 'select 1'`;
    expect(await mayExecute("anon")).toEqual([]);
    expect(await mayExecute("authenticated")).not.toContain("launch.made_next");
    await db.owner`drop function launch.made_next()`;
  });

  test("CAT-06 every function has an empty search_path", async () => {
    const loose = await db.owner<{ name: string }[]>`
      select p.oid::regprocedure::text as name from pg_proc p
      where p.pronamespace::regnamespace::text = any (${OURS}) and not coalesce('search_path=""' = any (p.proconfig), false)`;
    expect(names([...loose])).toEqual([]);
  });

  test("CAT-06 every function is at most 80 lines", async () => {
    const long = await db.owner<{ name: string }[]>`
      select p.oid::regprocedure::text as name from pg_proc p
      where p.pronamespace::regnamespace::text = any (${OURS}) and cardinality(string_to_array(trim(e'\n' from p.prosrc), e'\n')) > 80`;
    expect(names([...long])).toEqual([]);
  });
});

describe("the service's role", () => {
  test("CAT-07 gantry_service is nobody special, owns nothing and reads no table of its own accord", async () => {
    const [role] = await db.owner`
      select rolsuper, rolbypassrls, rolcreatedb, rolcreaterole, rolreplication, rolinherit from pg_roles where rolname = 'gantry_service'`;
    expect(Object.values(role ?? {})).toEqual([false, false, false, false, false, false]);
    const owned = await db.owner`
      select objid::regclass from pg_shdepend where refobjid = 'gantry_service'::regrole and deptype = 'o'`;
    expect(owned).toHaveLength(0);
    const readable = await db.owner<{ name: string }[]>`
      select c.oid::regclass::text as name from pg_class c
      where c.relnamespace::regnamespace::text = any (${OURS}) and c.relkind in ('r', 'p', 'v', 'm')
        and has_any_column_privilege('gantry_service', c.oid, 'select, insert, update, references')`;
    expect(names([...readable])).toEqual([]);
  });

  test("CAT-07 it may become a signed-in person and nobody else, and has none of their rights before it does", async () => {
    const [memberships] = await db.owner`
      select array_agg(m.roleid::regrole::text) as roles, bool_or(m.inherit_option) as inherits, bool_or(m.admin_option) as administers
      from pg_auth_members m where m.member = 'gantry_service'::regrole`;
    expect(memberships).toEqual({ roles: ["authenticated"], inherits: false, administers: false });
    await expect(db.service`set role postgres`).rejects.toMatchObject({ code: "42501" });
    await expect(db.service`select 1 from app.roles`).rejects.toMatchObject({ code: "42501" });
  });

  test("CAT-08 a signed-in person cannot pass for an API key", async () => {
    const [acting] = await db.service.begin(async (sql) => {
      await sql`select set_config('role', 'authenticated', true), set_config('gantry.api_key_id', gen_random_uuid()::text, true)`;
      return sql`select count(*)::int as n from app.workspaces`;
    });
    expect(acting).toEqual({ n: 0 });
    await expect(
      db.service.begin(async (sql) => {
        await sql`select set_config('gantry.api_key_id', gen_random_uuid()::text, true), set_config('role', 'authenticated', true)`;
        await sql`select app.read_flags(gen_random_uuid())`;
      }),
    ).rejects.toMatchObject({ code: "GTNIL" });
  });
});
