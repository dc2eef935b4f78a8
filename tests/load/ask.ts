import postgres from "postgres";
import { toAppError } from "#lib/db/sqlstate.ts";
import { dataEnv } from "#lib/env.ts";
import { checkCap } from "#lib/launch/caps.ts";
import type { CapAnswer, CapCheck } from "#lib/launch/schema.ts";
import { hashKey } from "#lib/workspace/key-format.ts";
import type { Outcome, Route } from "./job.ts";

/** Asks one question under a key. Never rejects. */
export type Ask = (key: string, check: CapCheck) => Promise<Outcome>;

/** Makes the function that asks by this route. */
export function asker(route: Route, apiKey: string): Ask {
  if (route.kind === "engine") return engine(apiKey);
  if (route.kind === "http") return http(route.origin, apiKey);
  return control(route.how);
}

function heard(answer: CapAnswer): Outcome {
  const { id, allowed, reason, cap, remaining } = answer;
  const position = cap === null || remaining === null ? null : cap - remaining;
  return { answered: true, id, allowed, reason, position, body: JSON.stringify(answer) };
}

function engine(apiKey: string): Ask {
  const hash = hashKey(apiKey);
  return async (key, check) => {
    try {
      return heard((await checkCap(hash, key, check)).answer);
    } catch (error) {
      return { answered: false, code: toAppError(error).code };
    }
  };
}

function http(origin: string, apiKey: string): Ask {
  return async (key, check) => {
    try {
      const response = await fetch(`${origin}/api/v1/cap-checks`, {
        method: "POST",
        headers: {
          authorization: `Bearer ${apiKey}`,
          "content-type": "application/json",
          "idempotency-key": key,
        },
        body: JSON.stringify(check),
        signal: AbortSignal.timeout(10_000),
      });
      const body = await response.json();
      return response.ok ? heard(body) : { answered: false, code: String(body.code) };
    } catch {
      return { answered: false, code: "unreachable" };
    }
  };
}

/**
 * What the checkers must see through: a counter in the table public.control that is read in one statement and changed in the next.
 * With read-then-increment the change adds one, with read-then-write it stores what was read plus one.
 */
function control(how: "read-then-increment" | "read-then-write"): Ask {
  const sql = postgres(dataEnv().DATABASE_URL, { max: 4, onnotice: () => undefined });
  return async (key) => {
    const [read] = await sql<{ used: number; cap: number }[]>`select used, cap from public.control`;
    const { used, cap } = read ?? { used: 0, cap: 0 };
    const refused = {
      answered: true,
      id: key,
      allowed: false,
      reason: "cap_reached",
      position: cap,
      body: "",
    } as const;
    if (used >= cap) return refused;
    const next = how === "read-then-increment" ? sql`used + 1` : sql`${used + 1}`;
    const [written] = await sql<{ used: number }[]>`update public.control set used = ${next} returning used`;
    return { ...refused, allowed: true, reason: "granted", position: written?.used ?? null };
  };
}
