import type { TestDatabase } from "#tests/setup/database.ts";
import type { Workspace } from "#tests/setup/people.ts";

/** Who reads which rows of load: see RULES in row-level-security.test.ts. */
export const LOAD_RULES = {
  "launch.adaptive_limits": { all: "load.read" },
  "launch.limit_states": { all: "load.read" },
  "launch.limits": { all: "load.read" },
  "launch.load_evaluations": { all: "load.read" },
  "launch.load_levels": { all: "load.read" },
  "launch.measurement_sources": { all: "load.read" },
} as const;

/** Puts rows of load into a workspace. */
export async function furnishLoad(db: TestDatabase, workspace: Workspace): Promise<void> {
  await db.owner`insert into launch.measurement_sources (workspace_id, name, url, query)
    values (${workspace.id}, 'webrtc_sessions', 'https://prometheus.example', 'up')`;
  await db.owner`select launch.evaluate_load(${workspace.id})`;
}
