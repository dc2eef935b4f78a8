import type { TransactionSql } from "postgres";
import { v7 } from "uuid";

const HOUR = 3_600_000;
const MINUTE = 60_000;
/** Clicks and events are kept for days that have begun less than two days ago when a database is new. */
const HOURS = 46;
const CLICKS = 912;
const BOT_EVERY = 13;
/** Prices of what people bought, in groszy. */
const PRICES = [1999, 3999, 1999, 5999, 2999];

type Click = { id: string; bot: string | null; visitor: string };
type SampleEvent = { type: string; id: string; at: number; subject: string; amount?: number; click?: string };

/** Numbers from 0 to 1, the same each time. */
function drawing(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** When people clicked: many at first and fewer by the hour, in the order of time. */
function clickTimes(from: number, draw: () => number): number[] {
  const lasting = HOURS / 6;
  return Array.from({ length: CLICKS }, () => {
    const passed = -6 * Math.log2(1 - draw() * (1 - 2 ** -lasting));
    return from + passed * HOUR;
  }).toSorted((a, b) => a - b);
}

/** What one visitor in five went on to do: install and register, mostly verify, sometimes buy, seldom become a creator. */
function journey(click: string, place: number, at: number, draw: () => number): SampleEvent[] {
  const subject = `sample-${place}`;
  const steps: SampleEvent[] = [];
  const add = (type: string, minutes: number, more: Partial<SampleEvent> = {}) =>
    steps.push({ type, id: `${type}-${place}`, at: at + minutes * MINUTE, subject, ...more });
  const installed = 2 + draw() * 30;
  add("app.installed", installed, { click });
  if (draw() < 0.07) return steps;
  add("registration.completed", installed + 2 + draw() * 8);
  if (draw() < 0.94) add("verification.completed", installed + 12 + draw() * 20);
  if (draw() < 0.31) {
    const amount = PRICES[place % PRICES.length] ?? 1999;
    add("purchase.completed", installed + 40 + draw() * 240, { amount });
  }
  if (draw() < 0.05) add("creator.registered", installed + 60 + draw() * 300);
  return steps;
}

function sampleTraffic(now: number): { clicks: Click[]; events: SampleEvent[] } {
  const draw = drawing(377);
  const clicks: Click[] = [];
  const events: SampleEvent[] = [];
  for (const [place, at] of clickTimes(now - HOURS * HOUR, draw).entries()) {
    const id = v7({ msecs: Math.floor(at) });
    clicks.push({ id, bot: null, visitor: `sample visitor ${place - (place % 12 === 5 ? 1 : 0)}` });
    if (place % BOT_EVERY === 0) {
      clicks.push({ id: v7({ msecs: Math.floor(at) + 900 }), bot: "user_agent", visitor: "sample crawler" });
    }
    if (draw() < 0.205) events.push(...journey(id, place, at, draw));
  }
  return { clicks, events: events.filter((event) => event.at < now - MINUTE) };
}

/** What the redirect and the product report of the sample campaign, through the functions that they report through. */
async function reportTraffic(tx: TransactionSql, link: string, keyHash: Uint8Array): Promise<void> {
  const [clock] = await tx<{ now: Date }[]>`select launch.now() as now`;
  const { clicks, events } = sampleTraffic(clock?.now.getTime() ?? Date.now());
  await tx`select set_config('role', 'gantry_service', true), set_config('request.jwt.claims', '', true)`;
  await tx`
    select launch.record_clicks(array_agg(${link}::uuid), array_agg(c.id), array_agg('PL'::text), array_agg(c.bot),
      array_agg('open'::text), array_agg(c.visitor))
    from jsonb_to_recordset(${tx.json(clicks)}) as c (id uuid, bot text, visitor text)`;
  await tx`
    select launch.report_events(array[${Buffer.from(keyHash)}::bytea], array_agg(1), array_agg(e.type), array_agg('/sample'::text), array_agg(e.id),
      array_agg(floor(e.at)::bigint), array_agg('PL'::text), array_agg(e.subject), array_agg('device of ' || e.subject), array_agg(null::inet),
      array_agg(e.amount), array_agg(case when e.amount is not null then 'PLN' end), array_agg(null::float8),
      array_agg(case when e.click is not null then jsonb_build_object('click_id', e.click) end))
    from jsonb_to_recordset(${tx.json(events)}) as e (type text, id text, at numeric, subject text, amount bigint, click text)`;
  // Cron's job, as who runs cron, and without its wait for reports that are still on their way.
  await tx`select set_config('role', 'none', true)`;
  await tx`select launch.attribute_events(interval '0')`;
}

/**
 * Makes a sample campaign that is over, so that a newcomer sees what was forecast beside what came: planned from 10,000 followers, run for two days
 * and ended now, with made-up clicks, installs, registrations and purchases. `tx` acts as the owner, and does so again afterwards.
 */
export async function seedEndedCampaign(
  tx: TransactionSql,
  { id, keyHash }: { id: string | null; keyHash: Uint8Array },
): Promise<void> {
  const [was] = await tx<{ role: string; claims: string }[]>`
    select current_setting('role') as role, current_setting('request.jwt.claims') as claims`;
  const [campaign] = await tx<{ id: string }[]>`
    select id from launch.create_campaign(${id}, 'Sample debut', 'sample-debut', 'PL', date_trunc('hour', launch.now()) - ${HOURS} * interval '1 hour',
      date_trunc('hour', launch.now()) + interval '1 hour', p_influencer => 'Sample channel', p_followers => 10000, p_traffic_forecast => 1000,
      p_expected_installs => 200, p_creator_inflow => 10, p_cost_minor => 150000, p_cost_currency => 'PLN')`;
  const made = campaign?.id ?? null;
  const [link] = await tx<{ id: string }[]>`
    select id from launch.create_campaign_link(${id}, ${made}, 'sample-debut', 'The sample video', 'https://example.com/app')`;
  await tx`select launch.move_campaign(${id}, ${made}, 'live', 'Sample data')`;
  await reportTraffic(tx, link?.id ?? "", keyHash);
  await tx`select set_config('role', ${was?.role ?? ""}, true), set_config('request.jwt.claims', ${was?.claims ?? ""}, true)`;
  await tx`select launch.move_campaign(${id}, ${made}, 'ended', 'Sample data')`;
}
