import { join } from "node:path";
import postgres from "postgres";
import { startAuth } from "./auth.ts";
import { bootstrap, setPasswords } from "./bootstrap.ts";
import type { Config } from "./config.ts";
import { startCron } from "./cron.ts";
import { functionNames, jobSecret, startFunctions } from "./functions.ts";
import { keepPostgres } from "./kept-postgres.ts";
import { startMail } from "./mail.ts";
import { migrate } from "./migrate.ts";
import type { Parts } from "./parts.ts";
import type { Printer } from "./print.ts";
import type { Secrets } from "./secrets.ts";
import { StackError } from "./stack-error.ts";

const INVALID_PASSWORD = "28P01";

export interface ServicesOptions {
  config: Config;
  secrets: Secrets;
  print: Printer;
  /** Start functions again when their source changes. */
  watch: boolean;
  /** For what libraries and jobs have to say. */
  log: (line: string) => void;
}

/** Where the services are, for whoever uses them. */
export interface Addresses {
  /** As the superuser. For the stack itself. */
  adminUrl: string;
  /** As gantry_service. For the app, the gate and the functions. */
  serviceUrl: string;
  /** As supabase_auth_admin. For the auth server alone. */
  authUrl: string;
  apiUrl: string;
  functionsUrl: string;
  siteUrl: string;
  smtpUrl: string;
}

/** The addresses that a configuration gives its services. */
function addressesOf({ ports }: Config, { passwords }: Secrets): Addresses {
  const database = (role: string, password: string) =>
    `postgres://${role}:${encodeURIComponent(password)}@127.0.0.1:${ports.db}/postgres`;
  return {
    adminUrl: database("postgres", passwords.postgres),
    serviceUrl: database("gantry_service", passwords.gantry_service),
    authUrl: database("supabase_auth_admin", passwords.supabase_auth_admin),
    apiUrl: `http://127.0.0.1:${ports.api}`,
    functionsUrl: `http://127.0.0.1:${ports.functions}/functions/v1`,
    siteUrl: `http://127.0.0.1:${ports.web}`,
    smtpUrl: `smtp://127.0.0.1:${ports.smtp}?ignoreTLS=true`,
  };
}

/**
 * Starts all that hosted Supabase would be: Postgres, roles, migrations, mail, auth, functions and cron, in that order.
 * Each is added to `parts` as it starts, so that stopping the parts undoes whatever has been reached.
 */
export async function startServices(options: ServicesOptions, parts: Parts): Promise<Addresses> {
  const { config, print } = options;
  const addresses = addressesOf(config, options.secrets);
  await step(print, parts, "Postgres", () => startDatabase(options, parts));
  await step(print, parts, "Migrations", () => migrateDatabase(options, addresses));
  await step(print, parts, "Mail and sign-in", () => startSignIn(options, addresses, parts));
  await step(print, parts, "Functions and jobs", () => startJobs(options, addresses, parts));
  return addresses;
}

/** Runs one step of a start, showing how long it takes. Throws instead of beginning when the stack is being stopped. */
export async function step(
  print: Printer,
  parts: Parts,
  title: string,
  work: () => Promise<string | undefined>,
): Promise<void> {
  parts.throwIfStopping();
  const shown = print.step(title);
  try {
    shown.done(await work());
  } catch (error) {
    shown.failed();
    throw error;
  }
}

async function startDatabase({ config, secrets, print }: ServicesOptions, parts: Parts): Promise<undefined> {
  const { dataDir, ports } = config;
  const server = await keepPostgres(
    {
      dataDir: join(dataDir, "db"),
      port: ports.db,
      passwords: secrets.passwords,
      logFile: join(dataDir, "logs", "postgres.log"),
    },
    print.line,
  );
  parts.add("Postgres", server);
  const { keep, url } = server.current();
  const vaultKeyFile = keep("vault-key", secrets.vaultKey);
  try {
    await bootstrap({ url: url(), vaultKeyFile, passwords: secrets.passwords });
  } catch (error) {
    if (!(error instanceof postgres.PostgresError && error.code === INVALID_PASSWORD)) throw error;
    throw new StackError(
      `The database wasn't made with the passwords in ${join(dataDir, "secrets.json")}.`,
      "Put the file that belongs to it back, or start afresh with: npm run reset",
      { cause: error },
    );
  }
}

async function migrateDatabase(
  options: ServicesOptions,
  { adminUrl, functionsUrl }: Addresses,
): Promise<string> {
  const { config, secrets } = options;
  const applied = await migrate(adminUrl, join(config.root, "supabase", "migrations"));
  await setPasswords(adminUrl, secrets.passwords);
  const kept = new Map([["functions_url", functionsUrl]]);
  for (const name of functionNames(config.root)) {
    kept.set(`job_secret_${name}`, jobSecret(secrets.cronSecret, name));
  }
  const db = postgres(adminUrl, { max: 1, onnotice: () => undefined });
  try {
    for (const [name, secret] of kept) {
      await db`
        with changed as (select vault.update_secret(id, ${secret}) from vault.secrets where name = ${name})
        select vault.create_secret(${secret}, ${name}) where not exists (select from changed)`;
    }
  } finally {
    await db.end();
  }
  return applied.length ? `${applied.length} applied` : "nothing new";
}

async function startSignIn(options: ServicesOptions, addresses: Addresses, parts: Parts): Promise<undefined> {
  const { config, secrets } = options;
  const { ports } = config;
  parts.add(
    "mail",
    await startMail({ smtpPort: ports.smtp, inboxPort: ports.mail, dir: join(config.dataDir, "mail") }),
  );
  const auth = await startAuth({
    ...secrets,
    port: ports.api,
    databaseUrl: addresses.authUrl,
    siteUrl: addresses.siteUrl,
    smtpPort: ports.smtp,
    google: config.google,
  });
  parts.add("auth", auth);
}

async function startJobs(options: ServicesOptions, addresses: Addresses, parts: Parts): Promise<string> {
  const { config, secrets, print, log } = options;
  parts.add("cron", await startCron({ databaseUrl: addresses.adminUrl, log }));
  const functions = await startFunctions({
    port: config.ports.functions,
    root: config.root,
    env: {
      ...config.functionEnv,
      SUPABASE_URL: addresses.apiUrl,
      SUPABASE_DB_URL: addresses.serviceUrl,
      GANTRY_SECRET: secrets.gantrySecret,
      GANTRY_SITE_URL: addresses.siteUrl,
      GANTRY_PRIVATE_TARGETS: config.privateTargets,
      SMTP_URL: addresses.smtpUrl,
      MAIL_FROM: "Gantry <no-reply@gantry.local>",
    },
    cronSecret: secrets.cronSecret,
    logDir: join(config.dataDir, "logs"),
    cacheDir: join(config.dataDir, "deno"),
    watch: options.watch,
    report: print.line,
  });
  parts.add("functions", functions);
  return functions.names.join(", ");
}
