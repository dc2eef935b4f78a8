import postgres from "postgres";
import { type Networks, readNetworks } from "../../../lib/outbound-target.ts";
import type { JobDeps } from "./job.ts";

declare const Deno: { env: { get(name: string): string | undefined } };

/** The first of these environment variables that is set. Throws when none is. */
export function setting(...names: string[]): string {
  for (const name of names) {
    const value = Deno.env.get(name);
    if (value) return value;
  }
  throw new Error(`${names.join(" or ")} is not set`);
}

/** An environment variable; undefined when it is not set or empty. */
export function optional(name: string): string | undefined {
  return Deno.env.get(name) || undefined;
}

/** What every job needs, from the environment. Hosted, SUPABASE_DB_URL is the owner's; DATABASE_URL, when set, is gantry_service's. */
export function jobDeps(name: string): JobDeps {
  return {
    sql: postgres(setting("DATABASE_URL", "SUPABASE_DB_URL"), { max: 2, prepare: false, idle_timeout: 20 }),
    now: () => performance.now(),
    jobSecret: setting(`GANTRY_JOB_SECRET_${name.toUpperCase().replaceAll("-", "_")}`, "GANTRY_JOB_SECRET"),
  };
}

/** What calls to the outside may reach: the public internet but not Gantry itself, and the networks of GANTRY_PRIVATE_TARGETS. */
export function networks(): Networks {
  return {
    own: readNetworks(optional("GANTRY_PRIVATE_TARGETS")),
    ownHosts: [new URL(setting("GANTRY_SITE_URL")).host],
  };
}
