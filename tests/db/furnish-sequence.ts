import type { TestDatabase } from "#tests/setup/database.ts";
import { asPerson, type Workspace } from "#tests/setup/people.ts";

/** Who reads the market sequence's rows: a part of the rules that row-level-security.test.ts explains. */
export const SEQUENCE_RULES = {
  "launch.checklist_items": { all: "sequence.read" },
  "launch.checklist_ticks": { all: "sequence.read" },
  "launch.freezes": { all: "sequence.read" },
  "launch.proposals": { all: "sequence.read" },
  "launch.sequence_dependencies": { all: "sequence.read" },
  "launch.sequence_steps": { all: "sequence.read" },
  "launch.sequence_templates": "everybody",
  "launch.sequences": { all: "sequence.read" },
} as const;

/** Two countries of which one waits for the other, a tick, a freeze and a proposal. */
export async function furnishSequence(db: TestDatabase, workspace: Workspace): Promise<void> {
  await asPerson(db, workspace.owner, async (sql) => {
    await sql`select launch.add_sequence_countries(${workspace.id}, array['PL', 'CZ'])`;
    await sql`select launch.set_sequence_dependency(${workspace.id}, 'CZ', 'PL', 'public', 14, 'medium')`;
    await sql`select launch.freeze_sequence(${workspace.id}, 'CZ', launch.now(), launch.now() + interval '1 hour', 'drill')`;
    await sql`select launch.tick_checklist(${workspace.id}, 'PL', i.id, true) from launch.checklist_items i
      where i.workspace_id = ${workspace.id} and i.position = 1`;
  });
  await db.owner`insert into launch.proposals (workspace_id, country, from_phase, to_phase, policy_version, gate, expires_at)
    values (${workspace.id}, 'PL', 'soft', 'public', 1, 'null', now() + interval '1 day')`;
}
