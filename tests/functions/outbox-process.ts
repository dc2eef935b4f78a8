import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Functions, jobSecret, startFunctions } from "#stack/functions.ts";
import { freePort } from "#stack/ports.ts";
import type { TestDatabase } from "#tests/setup/database.ts";
import { SITE } from "./delivering.ts";
import type { MailServer } from "./mail-server.ts";

const CRON_SECRET = "derives the job's secret";

/** Signs the links in its mails. */
export const LINK_SECRET = "a secret that makes links, for tests only";

/** The outbox function as it runs in production: a Deno process of its own, which can be killed and started again. */
export interface OutboxProcess {
  start(): Promise<void>;
  /** Does what cron does. */
  deliver(): Promise<Response>;
  /** kill -9. Resolves when it is gone. */
  kill(): Promise<void>;
  /** Stops it and takes its folder away. */
  close(): Promise<void>;
}

/** Makes one for this database and mail server, not yet started. Only this machine may be called. */
export async function outboxProcess(db: TestDatabase, mail: MailServer): Promise<OutboxProcess> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), "gantry-outbox-"));
  let running: Functions | undefined;
  return {
    async start() {
      running = await startFunctions({
        port,
        root: process.cwd(),
        only: ["outbox"],
        env: {
          DATABASE_URL: db.serviceUrl,
          GANTRY_SECRET: LINK_SECRET,
          GANTRY_SITE_URL: SITE,
          GANTRY_PRIVATE_TARGETS: "127.0.0.0/8",
          SMTP_URL: mail.url,
          MAIL_FROM: "Gantry <no-reply@gantry.local>",
        },
        cronSecret: CRON_SECRET,
        logDir: folder,
        cacheDir: join(folder, "deno"),
        watch: false,
        report: () => undefined,
      });
    },
    deliver: () =>
      fetch(`http://127.0.0.1:${port}/functions/v1/outbox`, {
        method: "POST",
        headers: { "x-gantry-job-secret": jobSecret(CRON_SECRET, "outbox") },
      }),
    async kill() {
      running?.kill();
      await running?.stop();
    },
    async close() {
      await running?.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
