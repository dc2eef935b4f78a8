import { expect, test } from "vitest";
import { type CrashServer, startCrashServer } from "#tests/load/crash-server.ts";
import { startFleet } from "#tests/load/fleet.ts";
import type { Job } from "#tests/load/job.ts";
import { type Shortfall, shortfallOf } from "#tests/load/ledger.ts";
import { newKey, newWorkspace, openCountry } from "#tests/setup/people.ts";

const ATTEMPTS = 3;
/** Commits are acknowledged before they are written, and nothing writes them for ten seconds. */
const FORGETFUL = { synchronous_commit: "off", wal_writer_delay: "10s", wal_writer_flush_after: "1GB" };

/** Grants 500 units, kills Postgres as soon as they are answered, and asks on until the cap is reached. */
async function crashOnce(server: CrashServer): Promise<Shortfall> {
  const { db } = server;
  const workspace = await newWorkspace(db);
  const { key: apiKey } = await newKey(db, workspace);
  await openCountry(db, workspace, "PL", { phase: "public", user: 1000 });
  // The workspace itself must survive the kill.
  await db.owner`checkpoint`;
  const fleet = await startFleet(2, db.serviceUrl);
  const job: Job = {
    route: { kind: "engine" },
    apiKey,
    check: { country: "PL", operation: "user", units: 1 },
    callers: 32,
    keys: 250,
    persist: true,
  };
  try {
    const heard = (await fleet.run(() => job)).flat();
    await server.kill();
    await server.restart();
    const after = (await fleet.run(() => ({ ...job, keys: 500 }))).flat();
    return await shortfallOf(db, workspace.id, [...heard, ...after]);
  } finally {
    await fleet.close();
  }
}

test("CRASH-02 control: with synchronous_commit off the check of CRASH-01 finds lost answers", {
  timeout: 240_000,
}, async () => {
  const server = await startCrashServer(FORGETFUL);
  try {
    let lost = 0;
    for (let attempt = 0; attempt < ATTEMPTS && lost === 0; attempt++) lost = (await crashOnce(server)).lost;
    expect(lost).toBeGreaterThan(0);
  } finally {
    await server.db.close();
  }
});
