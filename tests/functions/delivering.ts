import { setClock, type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { newWorkspace, type Workspace } from "#tests/setup/people.ts";
import { createOutbound } from "../../supabase/functions/_shared/outbound.ts";
import { type Deps, handle } from "../../supabase/functions/outbox/index.ts";
import type { Report } from "../../supabase/functions/outbox/run.ts";
import { smtpSender } from "../../supabase/functions/outbox/smtp.ts";
import { type MailServer, startMailServer } from "./mail-server.ts";
import { type Received, type Receiver, startReceiver } from "./receiver.ts";

export const SITE = "https://console.example.com";

/** One attempt as it was kept. */
export interface Attempt {
  attempt: number;
  status: number | null;
  error: string | null;
  response: string | null;
}

/** The outbox function with a database, a mail server and a receiver of its own. */
export interface Delivering {
  db: TestDatabase;
  mail: MailServer;
  receiver: Receiver;
  /** Runs the function once. */
  run(changed?: Partial<Deps>): Promise<Report>;
  /** Sets the database's clock so many seconds after now. */
  seconds(after: number): Promise<void>;
  attempts(): Promise<Attempt[]>;
  states(): Promise<string[]>;
  /** The one request that arrived. */
  only(): Received;
  /** Forgets what was, and makes a new workspace. */
  reset(): Promise<Workspace>;
  close(): Promise<void>;
}

/** Starts all of it. Only this machine may be called. */
export async function startDelivering(): Promise<Delivering> {
  const db = await testDatabase();
  const mail = await startMailServer();
  const receiver = await startReceiver();
  const deps: Deps = {
    sql: db.service,
    send: smtpSender(mail.url, "Gantry <no-reply@gantry.local>"),
    now: () => performance.now(),
    date: () => new Date(),
    outbound: createOutbound({ own: ["127.0.0.0/8"] }),
    pagerdutyUrl: `${receiver.url}/v2/enqueue`,
    jobSecret: "starts this one job",
    secret: "a secret that makes links, for tests only",
    siteUrl: SITE,
  };
  return {
    db,
    mail,
    receiver,
    async run(changed = {}) {
      const headers = { "x-gantry-job-secret": deps.jobSecret };
      const request = new Request("http://functions.local/outbox", { method: "POST", headers });
      return (await (await handle(request, { ...deps, ...changed })).json()) as Report;
    },
    seconds: (after) => setClock(db, new Date(Date.now() + after * 1000).toISOString()),
    attempts: () => db.owner<Attempt[]>`
      select attempt, status, error, response from app.delivery_attempts order by delivery_id, attempt`,
    states: async () =>
      (await db.owner`select state from app.deliveries order by id`).map((row) => row.state),
    only() {
      const [request, ...rest] = receiver.received;
      if (request === undefined || rest.length > 0) throw new Error("one request should have arrived");
      return request;
    },
    async reset() {
      await setClock(db, null);
      await db.owner`truncate app.messages, app.deliveries, app.delivery_attempts, launch.job_runs, launch.job_results`;
      receiver.reset();
      mail.reset();
      return newWorkspace(db);
    },
    async close() {
      await Promise.all([mail.close(), receiver.close()]);
      await db.close();
    },
  };
}
