import type { TestDatabase } from "#tests/setup/database.ts";
import { asPerson, type Person, type Workspace } from "#tests/setup/people.ts";
import { reported } from "#tests/setup/reported.ts";

/** Who reads the threat shield's rows: a part of the rules that row-level-security.test.ts explains. */
export const THREAT_RULES = {
  "launch.blocks": { all: "threats.read" },
  "launch.protections": { all: "threats.read" },
  "launch.threat_findings": { all: "threats.read" },
  "launch.threat_patterns": { all: "threats.read" },
  "launch.threat_rules": { all: "threats.read" },
  "launch.threat_snoozes": { all: "threats.read" },
} as const;

/** Puts rows into each table of the threat shield: a block, a protection, a snooze, and a farm that the shield has found. */
export async function furnishThreats(db: TestDatabase, workspace: Workspace, safety: Person): Promise<void> {
  await asPerson(db, safety, async (sql) => {
    await sql`select launch.block(${workspace.id}, 'device', 'drill', now() + interval '1 hour', 'drill')`;
    await sql`select launch.protect_payments(${workspace.id}, 'PL', now() + interval '1 hour', 'drill')`;
    await sql`select launch.snooze_threat(${workspace.id}, 'device_farm', 'drill', now() + interval '1 hour', 'drill')`;
  });
  const at = new Date(Date.now() - 60_000).toISOString();
  await reported(db, workspace, {
    type: "registration.completed",
    at,
    device: "farm",
    subject: "acc-{n}",
    times: 3,
  });
  await db.owner`select launch.evaluate_threats(${workspace.id}, now())`;
}
