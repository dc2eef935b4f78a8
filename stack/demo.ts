import type { TransactionSql } from "postgres";
import { hashKey } from "#lib/workspace/key-format.ts";
import { SCOPES } from "#lib/workspace/vocabulary.ts";

export interface DemoOwner {
  id: string;
  email: string;
}

/** The demo workspace's address: the console shows it at /demo. */
export const DEMO_SLUG = "demo";

/**
 * Makes the demo workspace as its owner would: the EU first wave in sequence, Poland in its soft phase, and one API key
 * with every scope. `tx` is a superuser's transaction; from here on it acts as the owner.
 */
export async function seedDemo(tx: TransactionSql, owner: DemoOwner, key: string): Promise<void> {
  const claims = JSON.stringify({ sub: owner.id, email: owner.email, role: "authenticated" });
  await tx`select set_config('role', 'authenticated', true), set_config('request.jwt.claims', ${claims}, true)`;
  const [workspace] = await tx<{ id: string }[]>`
    select id from app.create_workspace('Demo product', ${DEMO_SLUG}, 'staging')`;
  const id = workspace?.id ?? null;
  await tx`select launch.add_sequence_countries(${id}, null, 'eu_first_wave')`;
  await tx`select launch.activate_country(${id}, 'PL', 'soft', p_reason => 'First country of the first wave')`;
  await tx`select launch.set_sequence_step(${id}, 'PL', 'propose', 'soft', false)`;
  await tx`select launch.set_sequence_step(${id}, 'CZ', 'propose', 'soft', true)`;
  await tx`select launch.set_sequence_dependency(${id}, 'CZ', 'PL', 'public', 14, 'medium')`;
  await tx`
    select app.create_api_key(${id}, 'Demo product service', ${key.slice(0, 10)}, ${hashKey(key)}, ${[...SCOPES]})`;
}
