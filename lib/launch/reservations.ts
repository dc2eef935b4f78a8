import { Batcher } from "#lib/batch.ts";
import { connect, isConnectionLost, type Sql } from "#lib/db/connect.ts";
import { AppError } from "#lib/errors.ts";
import { usageChanged } from "./announce-usage.ts";
import type { Settlement } from "./schema.ts";

interface Question {
  keyHash: Buffer;
  id: string;
  action: "commit" | "release";
}

type Row = {
  problem: "unauthenticated" | "forbidden" | "not_found" | "not_reserved" | "conflict" | null;
  state: Settlement["state"];
  settled_at: Date;
};

interface Lane {
  sql: Sql;
  batcher: Batcher<Question, Row>;
}

const shared: { gantrySettlements?: Lane } = globalThis as typeof shared;

async function send(sql: Sql, questions: Question[]): Promise<Row[]> {
  const hashes = [...new Set(questions.map((question) => question.keyHash.toString("hex")))];
  return sql<Row[]>`
    select * from launch.settle_reservations(
      array(select decode(h, 'hex') from unnest(${hashes}::text[]) with ordinality as x (h, o) order by o),
      ${questions.map((question) => hashes.indexOf(question.keyHash.toString("hex")) + 1)}::int[],
      ${questions.map((question) => question.id)}::uuid[], ${questions.map((question) => question.action)}::text[])`;
}

function settlements(): Lane {
  if (shared.gantrySettlements !== undefined) return shared.gantrySettlements;
  const renew = () => {
    const old = made.sql;
    made.sql = connect("settle", 1);
    void old.end({ timeout: 0 });
  };
  const made: Lane = {
    sql: connect("settle", 1),
    batcher: new Batcher<Question, Row>({
      send: async (questions) => {
        try {
          return await send(made.sql, questions);
        } catch (error) {
          if (isConnectionLost(error)) renew();
          throw error;
        }
      },
      maxBatch: 1000,
      maxQueue: 10_000,
      deadline: 4000,
      onStuck: renew,
    }),
  };
  shared.gantrySettlements = made;
  return made;
}

/** Waits for the settlements under way, then closes their connection. */
export async function closeSettlements(): Promise<void> {
  const open = shared.gantrySettlements;
  if (open === undefined) return;
  await open.batcher.drain();
  await open.sql.end({ timeout: 5 });
}

/**
 * Commits or releases a reservation. Repeating a settlement gives its answer again and changes nothing. Throws not_found,
 * reservation_conflict (not reserved, settled the other way, or a commit after the lease's end), unauthenticated, forbidden, unavailable.
 */
export async function settleReservation(
  keyHash: Buffer,
  id: string,
  action: "commit" | "release",
): Promise<Settlement> {
  const row = await settlements().batcher.ask({ keyHash, id, action });
  if (row.problem === "unauthenticated" || row.problem === "forbidden") throw new AppError(row.problem);
  if (row.problem === "not_found") throw new AppError("not_found", "There is no such cap check.");
  if (row.problem === "not_reserved") {
    throw new AppError("reservation_conflict", "This check holds no reservation.", {
      details: { state: null },
    });
  }
  if (row.problem === "conflict") {
    const sentence =
      row.state === "expired"
        ? "The lease had ended; its units were returned."
        : `The reservation was ${row.state}.`;
    throw new AppError("reservation_conflict", sentence, { details: { state: row.state } });
  }
  usageChanged(keyHash);
  return { id, state: row.state, settled_at: row.settled_at.toISOString() };
}
