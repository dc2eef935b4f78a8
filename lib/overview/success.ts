import { sql } from "drizzle-orm";
import type { Tx } from "#lib/db/service.ts";

/** What a launch's success is measured by. */
export const SUCCESS_METRICS = [
  "registrations",
  "verification",
  "store_rating",
  "api_errors",
  "response_ms",
  "fraud",
  "chargebacks",
] as const;
export type SuccessMetric = (typeof SUCCESS_METRICS)[number];

/** A measured number beside its target. `value` is null, and `met` too, where nothing was reported. */
export type Success = {
  metric: SuccessMetric;
  value: number | null;
  target: number;
  bound: "above" | "below";
  met: boolean | null;
  part: number;
  whole: number;
  hours: number;
};

type Target = { target: number; bound: Success["bound"] };

/** The targets of the launch plan: shares from 0 to 1, stars, milliseconds. */
const TARGETS: Record<SuccessMetric, Target> = {
  registrations: { target: 0.95, bound: "above" },
  verification: { target: 0.9, bound: "above" },
  store_rating: { target: 4.5, bound: "above" },
  api_errors: { target: 0.01, bound: "below" },
  response_ms: { target: 200, bound: "below" },
  fraud: { target: 0.001, bound: "below" },
  chargebacks: { target: 0.01, bound: "below" },
};

type Row = { metric: SuccessMetric; part: number; whole: number; hours: number };

/** Holds a measured part of a whole against its target: strictly above or below it, or no data for a whole of nothing. */
export function judge({ metric, part, whole, hours }: Row): Success {
  const { target, bound } = TARGETS[metric];
  const value = whole > 0 ? part / whole : null;
  const met = value === null ? null : bound === "above" ? value > target : value < target;
  return { metric, value, target, bound, met, part, whole, hours };
}

/** Every success metric in its usual order. Throws forbidden. */
export async function readSuccess(tx: Tx, workspaceId: string): Promise<Success[]> {
  const rows = await tx.execute<Row>(
    sql`select metric, part, whole, hours from launch.read_success(${workspaceId}::uuid)`,
  );
  return SUCCESS_METRICS.map((metric) =>
    judge(rows.find((row) => row.metric === metric) ?? { metric, part: 0, whole: 0, hours: 24 }),
  );
}
