import type { TransactionSql } from "postgres";
import { expect } from "./fixtures.ts";
import { newFarm } from "./threats.ts";
import { ask, inDatabase, type Workspace } from "./workspace.ts";

/** What people of the workspace make: a row or more on each page that lists what people make. */
async function furnishAsOwner(tx: TransactionSql, { id, owner }: Workspace): Promise<void> {
  const claims = JSON.stringify({ sub: owner.id, email: owner.email, role: "authenticated" });
  await tx`select set_config('role', 'authenticated', true), set_config('request.jwt.claims', ${claims}, true)`;
  await tx`select launch.activate_country(${id}, 'CZ', 'alpha', 10), launch.activate_country(${id}, 'SK', 'alpha', 0)`;
  await tx`select launch.pause_country(${id}, 'CZ', 'A drill')`;
  await tx`select launch.resume_country(${id}, 'CZ')`;
  await tx`select launch.change_queue(${id}, 'user', true, 600, 60, true, 'https://example.com/join', 'Few places')`;
  await tx`select launch.freeze_sequence(${id}, 'GR', launch.now(), launch.now() + interval '1 day', 'The holidays')`;
  const [campaign] = await tx<{ id: string }[]>`
    select id from launch.create_campaign(${id}, 'A premiere', 'premiere', 'PL', launch.now(), launch.now() + interval '2 days',
      p_traffic_forecast => 700, p_expected_installs => 140)`;
  await tx`select launch.create_campaign_link(${id}, ${campaign?.id ?? null}, null, 'A story', 'https://example.com/app')`;
  await tx`select launch.move_campaign(${id}, ${campaign?.id ?? null}, 'live')`;
  await tx`select launch.create_experiment(${id}, 'PL', 'user', 900, 1100, launch.now()::date + 2, 6, 'the seed of a drill', 'registrations')`;
  await tx`select launch.create_dry_run(${id}, '{"countries":{"PL":{"user_units":2}}}', 7)`;
  await tx`select launch.block(${id}, 'device', 'drill', launch.now() + interval '1 day', 'Seen on a farm')`;
  await tx`select launch.protect_payments(${id}, 'CZ', launch.now() + interval '1 day', 'Stolen cards')`;
  await tx`select launch.snooze_threat(${id}, 'device_farm', 'lab', launch.now() + interval '1 day', 'The test lab')`;
  await tx`select launch.import_rates(${id}, array[launch.now()::date], array['EUR'], array['PLN'], array[4.25])`;
  await tx`select launch.make_report(${id}, date_trunc('month', launch.now() at time zone 'UTC')::date)`;
  await tx`select launch.create_report_schedule(${id}, 'Monthly', 1, 8, 'UTC', array['investor@example.com'])`;
  await tx`select app.create_channel(${id}, 'email', 'Operators', null, null, '{ops@gantry.local}', '{alert.opened}')`;
  await tx`select app.invite_member(${id}, gen_random_uuid(), 'asked@gantry.local', 'viewer', sha256(gen_random_uuid()::text::bytea))`;
}

/** Fills a workspace, so that each page of the console has something to show: what people make, traffic, and what the engine finds in it. */
export async function furnish(workspace: Workspace): Promise<void> {
  await inDatabase((sql) => sql.begin((tx) => furnishAsOwner(tx, workspace)));
  const check = (body: object) =>
    ask(workspace, "POST cap-checks", body, { headers: { "idempotency-key": crypto.randomUUID() } });
  await check({ country: "PL", operation: "user", units: 7, subject: "somebody" });
  await check({ country: "CZ", operation: "user", units: 9 });
  const queued = await check({ country: "SK", operation: "user", subject: "waits", queue: true });
  expect(queued.body).toMatchObject({ reason: "queued" });
  await ask(workspace, "POST measurements", { measurements: [{ name: "webrtc_sessions", value: 42 }] });
  await newFarm(workspace);
  await inDatabase(async (sql) => {
    await sql`select launch.watch_capacity(), launch.issue_forecasts()`;
    await sql`select launch.evaluate_threats(${workspace.id}, launch.now()), launch.evaluate_load(${workspace.id})`;
    await sql`select launch.roll_up_events(${workspace.id}), launch.record_kpis(${workspace.id}), launch.evaluate_risk(${workspace.id})`;
    const [alerts] =
      await sql`select count(*)::int as open from launch.alerts where workspace_id = ${workspace.id}`;
    expect(alerts?.open).toBeGreaterThan(1);
  });
}
