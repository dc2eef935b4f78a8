import { setClock, type TestDatabase } from "./database.ts";
import { asPerson, newWorkspace, openCountry, type Person, type Workspace } from "./people.ts";

/** An experiment that was made. */
export type MadeExperiment = { id: string; seed: string };

export const SEED = "a-committed-seed";
export const CAPS = { A: 100, B: 200 };

/** A workspace with PL open (150 users a day, local time is UTC+2) at noon of 1 June, where the clock stays. */
export async function openedForTrial(db: TestDatabase, noon = "2026-06-01T10:00:00Z"): Promise<Workspace> {
  await setClock(db, noon);
  const workspace = await newWorkspace(db);
  await openCountry(db, workspace, "PL", { user: 150 });
  return workspace;
}

type Asked = { from?: string; days?: number; operation?: string; a?: number; b?: number; person?: Person };

/** Asks for an experiment in PL: of users, from 2 June on, four days, with `CAPS`, unless said otherwise. */
export async function createExperiment(
  db: TestDatabase,
  workspace: Workspace,
  {
    from = "2026-06-02",
    days = 4,
    operation = "user",
    a = CAPS.A,
    b = CAPS.B,
    person = workspace.owner,
  }: Asked = {},
): Promise<MadeExperiment> {
  const [made] = await asPerson(
    db,
    person,
    (sql) => sql<MadeExperiment[]>`
      select * from launch.create_experiment(${workspace.id}, 'PL', ${operation}, ${a}, ${b}, ${from}, ${days}, ${SEED}, 'registrations')`,
  );
  if (made === undefined) throw new Error("create_experiment returned nothing");
  return made;
}

/** Sets the clock and lets the job of experiments run. */
export async function tickExperiments(db: TestDatabase, at: string): Promise<void> {
  await setClock(db, at);
  await db.service`select launch.run_experiments()`;
}
