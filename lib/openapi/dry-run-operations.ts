import { DryRun, DryRunHead } from "#lib/dryrun/answers.ts";
import { DryRunId, DryRunRequest } from "#lib/dryrun/schema.ts";
import { PageQuery } from "#lib/page.ts";
import { type Operation, page } from "./operation.ts";

const path = "/api/v1/dry-runs";
const tag = "Dry runs";

/** Trying a policy on recorded traffic. */
export const DRY_RUN_OPERATIONS: Operation[] = [
  {
    method: "get",
    path,
    tag,
    id: "list_dry_runs",
    summary: "Dry runs without what they found, newest first",
    scope: "dryruns.read",
    query: PageQuery,
    answer: page(DryRunHead),
    refuses: ["invalid_input"],
  },
  {
    method: "post",
    path,
    tag,
    id: "start_dry_run",
    summary: "Ask what another policy would have done",
    description: `Recorded checks of the last days are decided again by the proposal; nothing changes. An empty one replays the policy as it was. A job takes the run
up within a minute: read it until its \`status\` is \`done\`, \`failed\` or \`cancelled\`. Asked again while it is under way, the answer is the same run. Five at
most are under way in a workspace. A \`scorecard\` needs the scope \`risk.read\` too, \`threats\` need \`threats.read\`.`,
    scope: "dryruns.run",
    body: DryRunRequest,
    example: { proposal: { countries: { PL: { user_units: 1500 } } }, days: 7 },
    status: 202,
    answer: DryRunId,
    refuses: ["invalid_input", "duplicate"],
  },
  {
    method: "get",
    path: `${path}/{id}`,
    tag,
    id: "read_dry_run",
    summary: "One dry run with what it has found so far",
    description: "One result for each country, operation and local day with a recorded check.",
    scope: "dryruns.read",
    params: DryRunId,
    answer: DryRun,
    refuses: ["invalid_input", "not_found"],
  },
  {
    method: "post",
    path: `${path}/{id}/cancel`,
    tag,
    id: "cancel_dry_run",
    summary: "End a dry run",
    description: "What it found is kept. One that has ended stays as it is.",
    scope: "dryruns.run",
    params: DryRunId,
    refuses: ["invalid_input", "not_found"],
  },
];
