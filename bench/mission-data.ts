import type { Sql, TransactionSql } from "postgres";
import type { Place } from "./place.ts";

/** A workspace of eight countries with 90 days behind it, and the person who looks at it. */
export interface Mission {
  workspaceId: string;
  owner: string;
  permissions: string[];
}

const DAYS = 90;
const EVENTS = 5_000_000;
const ALERTS = 2000;
const CAMPAIGNS = 24;
const COUNTRIES = ["PL", "CZ", "SK", "HR", "RO", "BG", "GR", "IT"];

/** The launch as its owner makes it: eight open countries in sequence, and campaigns with a tracked link each, every second one live. */
async function launch(sql: TransactionSql): Promise<string> {
  const [made] = await sql<
    { id: string }[]
  >`select id from app.create_workspace('Mission', 'mission', 'production')`;
  const id = made?.id ?? "";
  await sql`select launch.add_sequence_countries(${id}, null, 'eu_first_wave')`;
  for (const code of COUNTRIES) {
    await sql`select launch.activate_country(${id}, ${code}, 'public', 20000, 200000, 2000)`;
  }
  for (let number = 0; number < CAMPAIGNS; number += 1) {
    const name = `campaign-${number}`;
    const [campaign] = await sql<{ id: string }[]>`
      select id from launch.create_campaign(${id}, ${name}, ${name}, ${COUNTRIES[number % 8] ?? "PL"}, now(), now() + interval '3 days',
        p_traffic_forecast => 9000, p_expected_installs => 900)`;
    await sql`select launch.create_campaign_link(${id}, ${campaign?.id ?? ""}, ${`mission-${number}`}, 'Bio', 'https://example.com/app')`;
    if (number % 2 === 0) await sql`select launch.move_campaign(${id}, ${campaign?.id ?? ""}, 'live')`;
  }
  return id;
}

/** The partitions of the days behind, as the job would have made them on those days. */
async function openPast(admin: Sql): Promise<void> {
  await admin.unsafe(`
    do $$ declare p record; v_at timestamptz; v_name text; begin
      for p in select * from private.partition_plans where parent in ('launch.kept_slots', 'launch.event_slots', 'private.answer_minutes', 'launch.forecasts') loop
        v_at := date_bin(p.width, now() - least(p.keep, interval '${DAYS + 1} days'), timestamptz '2020-01-01 00:00Z');
        while v_at < now() loop
          v_name := format('%s_%s', p.parent, to_char(v_at at time zone 'UTC', 'YYYYMMDD'));
          if to_regclass(v_name) is null then
            execute format('create table %s partition of %s for values from (%L) to (%L)', v_name, p.parent, v_at, v_at + p.width);
          end if;
          v_at := v_at + p.width;
        end loop;
      end loop;
    end $$`);
}

/** Five million events over 40 hours, those of parts that ran before included, and the quarters of an hour that 90 days of them left behind. */
async function fillEvents(admin: Sql, id: string): Promise<void> {
  const types = ["app.installed", "registration.completed", "verification.completed", "chat.started"];
  const all = [
    ...types,
    "purchase.completed",
    "purchase.charged_back",
    "store.rated",
    "support.ticket_opened",
  ];
  await admin`
    insert into launch.events (workspace_id, occurred_at, received_at, type, source, event_id, country, subject, amount_minor, currency, value)
    select ${id}, now() - i * interval '28.8 ms', now(), (${all}::text[])[1 + i % 8], 'bench', 'mission ' || i, (${COUNTRIES}::text[])[1 + i / 8 % 8],
      'user-' || i % 300007, case when i % 8 in (4, 5) then 999 end, case when i % 8 in (4, 5) then 'USD' end, case when i % 8 = 6 then 4.4 end
    from generate_series(1, greatest(0, ${EVENTS} - (select count(*) from launch.events))) i`;
  await admin`
    insert into launch.event_slots (workspace_id, country, slot_at, type, events, value_sum, value_count)
    select ${id}, c, date_bin('15 minutes', now(), timestamptz '2020-01-01 00:00Z') - i * interval '15 minutes', t, 160, 700, 160
    from unnest(${COUNTRIES}::text[]) c, unnest(${all}::text[]) t, generate_series(0, ${DAYS * 96}) i`;
}

/** What was asked for every five minutes, and what the API answered every minute. */
async function fillUsage(admin: Sql, id: string): Promise<void> {
  await admin`
    insert into launch.kept_slots (counter_id, slot_at, workspace_id, country, operation, day_on, granted, refused, returned)
    select c.id, s.at, c.workspace_id, c.country, c.operation, s.at::date, 40, 1, 4 from launch.counters c
    cross join (select date_bin('5 minutes', now(), timestamptz '2020-01-01 00:00Z') - i * interval '5 minutes' as at
      from generate_series(1, ${DAYS * 288}) i) s
    where c.workspace_id = ${id} on conflict do nothing`;
  await admin`
    insert into private.answer_minutes select date_trunc('minute', now()) - i * interval '1 minute', 9000, 3, 90000
    from generate_series(0, ${DAYS * 1440}) i on conflict do nothing`;
}

/** 90 days of hourly KPIs, scores and gates, and 35 of forecasts, which is as long as they are kept. */
async function fillRegions(admin: Sql, id: string): Promise<void> {
  const hours = admin`unnest(${COUNTRIES}::text[]) c, (select date_trunc('hour', now(), 'UTC') - i * interval '1 hour' as at
    from generate_series(0, ${DAYS * 24}) i) h`;
  const kpis = admin`120, 80, 4000, 900, 1250000, 'USD', '{"USD": 1250000}', '{}', 3, '{}', 7, 1, 0.2, 4.4, 9000`;
  await admin`insert into launch.region_hours select ${id}, c, h.at, ${kpis} from ${hours}`;
  await admin`insert into launch.region_kpis select ${id}, c, h.at, ${kpis} from ${hours}`;
  await admin`insert into launch.risk_scores select ${id}, c, h.at, 1, 'low', false, '[]', '{}', 1 from ${hours}`;
  await admin`
    insert into launch.gate_results select ${id}, c, 'soft_to_public', h.at, 'fail', '[]', 24, h.at from ${hours}`;
  await admin`
    insert into launch.forecasts (workspace_id, country, issued_at, hour_at, p50, p90, base_p50, campaign_p50, basis, levelled)
    select ${id}, c, h.at, h.at + i * interval '1 hour', 500, 700, 480, 20, 'hour_of_week', false from ${hours}, generate_series(0, 49) i
    where h.at > now() - interval '34 days'`;
}

/** Alerts, all but a dozen of them resolved long ago, and what the live campaigns brought. */
async function fillRest(admin: Sql, id: string): Promise<void> {
  await admin`
    select private.raise_alert(${id}, 'load', 'bench:' || i, case when i % 3 = 0 then 'critical' else 'warning' end, 'Bench alert ' || i, 'PL')
    from generate_series(1, ${ALERTS}) i`;
  await admin`select private.settle_alert(${id}, 'bench:' || i, 'Over.') from generate_series(13, ${ALERTS}) i`;
  await admin`
    insert into launch.link_slots (workspace_id, campaign_id, link_id, slot_at, clicks, installs, registrations)
    select l.workspace_id, l.campaign_id, l.id, date_bin('15 minutes', now(), timestamptz '2020-01-01 00:00Z') + i * interval '15 minutes', 30, 3, 2
    from launch.campaign_links l, generate_series(0, 287) i where l.workspace_id = ${id}`;
}

/** Makes the workspace and fills it. */
export async function makeMission({ admin, asOwner, workspaceId }: Place): Promise<Mission> {
  const id = await asOwner(launch);
  const [owner] = await admin<
    { user_id: string }[]
  >`select user_id from app.members where workspace_id = ${workspaceId}`;
  const permissions = await admin<
    { permission: string }[]
  >`select permission from app.role_permissions where role = 'owner'`;
  await openPast(admin);
  for (const fill of [fillUsage, fillRegions, fillRest, fillEvents]) await fill(admin, id);
  await admin`vacuum analyze`;
  return {
    workspaceId: id,
    owner: owner?.user_id ?? "",
    permissions: permissions.map(({ permission }) => permission),
  };
}
