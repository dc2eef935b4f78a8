import { isStarter, notStarter } from "../_shared/job.ts";
import { createOutbound } from "../_shared/outbound.ts";
import { jobDeps, networks, optional, setting } from "../_shared/settings.ts";
import { type DeliverDeps, deliverBatch } from "./deliver.ts";
import { type MailDeps, mailBatch } from "./mails.ts";
import { claimRun, finishRun, type Report, Tally } from "./run.ts";
import { smtpSender } from "./smtp.ts";

/** What the function needs of the world. */
export interface Deps extends DeliverDeps, MailDeps {
  /** What the caller must show. */
  jobSecret: string;
}

// pg_net hangs up after 10 s and cron starts another run every 10 s: this one ends while its last claims still hold.
const RUNNING_MS = 45_000;

/**
 * Delivers what is due, at least once: invitations and reports by mail, and messages to the channels of each workspace. A message is claimed, handed over,
 * and only then settled, so that a crash in between delivers it again when its claim has ended. 401 without the job's own secret.
 */
export async function handle(request: Request, deps: Deps): Promise<Response> {
  if (!isStarter(request, deps.jobSecret)) return notStarter();
  const run = await claimRun(request, deps);
  const tally = new Tally();
  const startedAt = deps.now();
  try {
    await drain(deps, tally, startedAt + RUNNING_MS);
    await finishRun(run, tally, null, deps);
  } catch (error) {
    await finishRun(run, tally, error instanceof Error ? error.message : String(error), deps);
    throw error;
  }
  return Response.json(tally.total() satisfies Report);
}

async function drain(deps: Deps, tally: Tally, until: number): Promise<void> {
  let isMore = true;
  while (isMore && deps.now() < until) {
    const [mails, deliveries] = await Promise.all([
      mailBatch(deps, (workspaceId, fate) => tally.count(workspaceId, fate)),
      deliverBatch(deps, ({ workspace_id }, { outcome }) => tally.countOutcome(workspace_id, outcome)),
    ]);
    isMore = mails || deliveries;
  }
}

declare const Deno: {
  serve(handler: (request: Request) => Promise<Response>): unknown;
};

if (import.meta.main) {
  const deps: Deps = {
    ...jobDeps("outbox"),
    outbound: createOutbound(networks()),
    send: smtpSender(setting("SMTP_URL"), setting("MAIL_FROM")),
    date: () => new Date(),
    secret: setting("GANTRY_SECRET"),
    siteUrl: setting("GANTRY_SITE_URL"),
    pagerdutyUrl: optional("GANTRY_PAGERDUTY_URL") ?? "https://events.pagerduty.com/v2/enqueue",
  };
  Deno.serve((request) => handle(request, deps));
}
