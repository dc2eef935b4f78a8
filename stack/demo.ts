import type { TransactionSql } from "postgres";
import { hashKey } from "#lib/workspace/key-format.ts";
import { SCOPES } from "#lib/workspace/vocabulary.ts";
import { seedEndedCampaign } from "./demo-ended.ts";

export interface DemoOwner {
  id: string;
  email: string;
}

/** The demo workspace's address: the console shows it at /demo. */
export const DEMO_SLUG = "demo";

interface Sample {
  name: string;
  slug: string;
  status: "live" | "scheduled";
  /** Days from now. */
  from: number;
  to: number;
  clicks: number;
  installs: number;
  shape: "even" | "spike";
}

/** Samples to look at and to try: one whose link can be followed at once, and one large enough to need its tasks. */
const SAMPLES: Sample[] = [
  {
    name: "Sample stories",
    slug: "sample-stories",
    status: "live",
    from: 0,
    to: 7,
    clicks: 700,
    installs: 140,
    shape: "even",
  },
  {
    name: "Sample premiere",
    slug: "sample-premiere",
    status: "scheduled",
    from: 3,
    to: 5,
    clicks: 12_000,
    installs: 480,
    shape: "spike",
  },
];

/** A campaign in Poland and its tracked link, moved on as far as it goes. */
async function seedCampaign(tx: TransactionSql, id: string | null, sample: Sample): Promise<void> {
  const { name, slug, status, from, to, clicks, installs, shape } = sample;
  const [campaign] = await tx<{ id: string }[]>`
    select id from launch.create_campaign(${id}, ${name}, ${slug}, 'PL', date_trunc('hour', launch.now()) + ${from} * interval '1 day',
      date_trunc('hour', launch.now()) + ${to} * interval '1 day', p_influencer => 'Sample channel', p_traffic_forecast => ${clicks}::int,
      p_expected_installs => ${installs}::int, p_shape => ${shape})`;
  const made = campaign?.id ?? null;
  await tx`select launch.create_campaign_link(${id}, ${made}, ${slug}, 'The sample post', 'https://example.com/app')`;
  await tx`select launch.move_campaign(${id}, ${made}, ${status})`;
}

/** What tells one workspace of the demo's kind from another. */
export interface DemoWorkspace {
  slug: string;
  /** Its API key, with every scope. */
  key: string;
}

/**
 * Makes a workspace as its owner would: the EU first wave in sequence, Poland in its soft phase, and one API key with every scope. `tx` is a
 * superuser's transaction; from here on it acts as the owner. Resolves with the workspace's id.
 */
export async function seedWorkspace(
  tx: TransactionSql,
  owner: DemoOwner,
  { slug, key }: DemoWorkspace,
): Promise<string | null> {
  const claims = JSON.stringify({ sub: owner.id, email: owner.email, role: "authenticated" });
  await tx`select set_config('role', 'authenticated', true), set_config('request.jwt.claims', ${claims}, true)`;
  const [workspace] = await tx<{ id: string }[]>`
    select id from app.create_workspace('Demo product', ${slug}, 'staging')`;
  const id = workspace?.id ?? null;
  await tx`select launch.add_sequence_countries(${id}, null, 'eu_first_wave')`;
  await tx`select launch.activate_country(${id}, 'PL', 'soft', p_reason => 'First country of the first wave')`;
  await tx`select launch.set_sequence_step(${id}, 'PL', 'propose', 'soft', false)`;
  await tx`select launch.set_sequence_step(${id}, 'CZ', 'propose', 'soft', true)`;
  await tx`select launch.set_sequence_dependency(${id}, 'CZ', 'PL', 'public', 14, 'medium')`;
  await tx`
    select app.create_api_key(${id}, 'Demo product service', ${key.slice(0, 10)}, ${hashKey(key)}, ${[...SCOPES]})`;
  return id;
}

/** Makes the demo workspace, with two sample campaigns in Poland and one that is over. `tx` is as for `seedWorkspace`. */
export async function seedDemo(tx: TransactionSql, owner: DemoOwner, key: string): Promise<void> {
  const id = await seedWorkspace(tx, owner, { slug: DEMO_SLUG, key });
  for (const sample of SAMPLES) await seedCampaign(tx, id, sample);
  await seedEndedCampaign(tx, { id, keyHash: hashKey(key) });
}
