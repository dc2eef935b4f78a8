import { sql } from "drizzle-orm";
import { service } from "#lib/db/service.ts";
import { log } from "#lib/log.ts";

const EVERY = 500;

const moved = new Set<string>();
let isDue = false;

async function announce(): Promise<void> {
  isDue = false;
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
  moved.add(keyHash.toString("hex"));
  if (isDue) return;
  isDue = true;
  setTimeout(() => void announce(), EVERY);
}
