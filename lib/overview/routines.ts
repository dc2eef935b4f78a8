import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Tx } from "#lib/db/service.ts";

/** The routines of a day in its order, then those of the week. */
export const ROUTINES = ["morning", "midday", "evening", "monday", "wednesday", "friday", "sunday"] as const;
export type Routine = (typeof ROUTINES)[number];

/** One thing to see to. `path` is below the workspace's address; `tick` is today's. */
export type RoutineItem = {
  id: string;
  title: string;
  path: string | null;
  tick: { by: string; at: string } | null;
};

/** Every routine with today's ticks. `day` is the date where the workspace's routines are at home, `minute` that of its day. */
export type Routines = {
  day: string;
  minute: number;
  timeZone: string;
  version: number;
  items: ReadonlyMap<Routine, RoutineItem[]>;
};

export const TickForm = z.object({ item: z.uuid(), done: z.stringbool() });

const PATH = /^[a-z][a-z0-9/_-]{0,99}(\?[A-Za-z0-9=&._%-]{1,200})?$/;

/** Lines of "title | page" as a person types them; the page may be left out. */
const Lines = z
  .string()
  .default("")
  .transform((text) => text.split("\n").filter((line) => line.trim() !== ""))
  .pipe(
    z
      .array(
        z
          .string()
          .transform((line) => {
            const [title = "", path = ""] = line.split("|").map((part) => part.trim());
            return { title, path: path.replace(/^\//, "") || null };
          })
          .pipe(
            z.object({
              title: z.string().min(1, "Each line begins with what is to be done.").max(200),
              path: z
                .string()
                .regex(PATH, "A page is written as in its address: alerts?kind=threat.")
                .nullable(),
            }),
          ),
      )
      .max(30, "A routine has at most 30 items."),
  );

export const RoutineForm = z.object({
  routine: z.enum(ROUTINES),
  items: Lines,
  time_zone: z.string().trim().min(1).max(60),
  version: z.coerce.number().int(),
});

type Row = {
  id: string;
  routine: Routine;
  title: string;
  path: string | null;
  ticked_by: string | null;
  ticked_at: string | null;
  day_on: string;
  local_minute: number;
  time_zone: string;
  version: number;
};

function itemOf({ id, title, path, ticked_by: by, ticked_at: at }: Row): RoutineItem {
  return {
    id,
    title,
    path,
    tick: by === null || at === null ? null : { by, at: new Date(at).toISOString() },
  };
}

/** The routines with the ticks of the day under way. Throws forbidden. */
export async function readRoutines(tx: Tx, workspaceId: string): Promise<Routines> {
  const rows = await tx.execute<Row>(
    sql`select id, routine, title, path, ticked_by, ticked_at, day_on::text, local_minute, time_zone, version
      from launch.read_routines(${workspaceId}::uuid)`,
  );
  const [first] = rows;
  const items = new Map(
    [...Map.groupBy(rows, ({ routine }) => routine)].map(([routine, some]) => [routine, some.map(itemOf)]),
  );
  return {
    day: first?.day_on ?? new Date().toISOString().slice(0, 10),
    minute: first?.local_minute ?? 0,
    timeZone: first?.time_zone ?? "UTC",
    version: first?.version ?? 1,
    items,
  };
}

/** Ticks an item for the local day under way, or takes the tick back. Throws not_found, forbidden. */
export async function tickRoutine(
  tx: Tx,
  workspaceId: string,
  { item, done }: z.infer<typeof TickForm>,
): Promise<void> {
  await tx.execute(sql`select launch.tick_routine(${workspaceId}::uuid, ${item}::uuid, ${done}::boolean)`);
}

/** Replaces a routine's items; those whose title stays keep their ticks. Throws version_conflict, invalid_input, forbidden. */
export async function setRoutine(
  tx: Tx,
  workspaceId: string,
  { routine, items, time_zone: zone, version }: z.infer<typeof RoutineForm>,
): Promise<void> {
  await tx.execute(sql`select launch.set_routine(${workspaceId}::uuid, ${routine}, ${JSON.stringify(items)}::jsonb, ${zone},
    ${version}::int)`);
}
