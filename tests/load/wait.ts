import { waitUntil } from "#stack/alive.ts";
import type { TestDatabase } from "#tests/setup/database.ts";

const PATIENCE = 60_000;

/** Waits until a condition holds; rejects after `patience` milliseconds, naming it. */
export async function until(what: string, holds: () => Promise<boolean>, patience = PATIENCE): Promise<void> {
  if (!(await waitUntil(holds, patience)))
    throw new Error(`waited ${patience / 1000} s in vain until ${what}`);
}

/** Waits until the users of PL have used so many units today. */
export function untilUsed(
  db: TestDatabase,
  workspaceId: string,
  atLeast: number,
  patience?: number,
): Promise<void> {
  const isUsed = async () => {
    const [row] = await db.owner<{ used: number }[]>`
      select used from launch.counters where workspace_id = ${workspaceId} and country = 'PL' and operation = 'user'`;
    return (row?.used ?? 0) >= atLeast;
  };
  return until(`${atLeast} units are used`, isUsed, patience);
}

/** How many units of a workspace have been refused. */
async function countRefused(db: TestDatabase, workspaceId: string): Promise<number> {
  const [row] = await db.owner<{ refused: number }[]>`
    select coalesce(sum(u.refused), 0)::int as refused from launch.usage_slots u where u.workspace_id = ${workspaceId}`;
  return row?.refused ?? 0;
}

/** Waits until so many more units have been refused than now. */
export async function untilRefused(
  db: TestDatabase,
  workspaceId: string,
  more: number,
  patience?: number,
): Promise<void> {
  const before = await countRefused(db, workspaceId);
  const isRefused = async () => (await countRefused(db, workspaceId)) >= before + more;
  await until(`${more} units are refused`, isRefused, patience);
}
