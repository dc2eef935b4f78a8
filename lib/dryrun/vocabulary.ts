/** Where a dry run stands; the last three are ends. */
export const DRY_RUN_STATUSES = ["queued", "running", "done", "failed", "cancelled"] as const;
export type DryRunStatus = (typeof DRY_RUN_STATUSES)[number];

/** Whether a run goes on by itself. */
export function isUnderWay(status: DryRunStatus): boolean {
  return status === "queued" || status === "running";
}
