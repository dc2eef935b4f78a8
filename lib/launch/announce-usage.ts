import { sql } from "drizzle-orm";
import { service } from "#lib/db/service.ts";
import { log } from "#lib/log.ts";

const EVERY = 500;

const moved = new Set<string>();
let latest: Buffer | undefined;
let isDue = false;

async function announce(): Promise<void> {
  isDue = false;
  latest = undefined;
  const hashes = [...moved];
  moved.clear();
  try {
    await service().execute(sql`select launch.announce_usage(${sql.param(hashes)}::text[])`);
  } catch (error) {
    log().warn({ err: error }, "usage could not be announced; open pages poll instead");
  }
}

/** Notes that a key's workspace used or returned units. Listeners hear of it within half a second. */
export function usageChanged(keyHash: Buffer): void {
  if (latest?.equals(keyHash)) return;
  latest = keyHash;
  moved.add(keyHash.toString("hex"));
  if (isDue) return;
  isDue = true;
  setTimeout(() => void announce(), EVERY);
}
