import { AsyncLocalStorage } from "node:async_hooks";
import { join } from "node:path";
import { getRequestListener } from "@hono/node-server";
import { App, type EmailDriver } from "@supabase/lite";
import { createPostgresConnection } from "@supabase/lite/postgres";
import { createTransport } from "nodemailer";
import type { GoogleClient } from "./config.ts";
import { serveHttp } from "./http-server.ts";
import { plainText } from "./mime.ts";
import type { Part } from "./part.ts";

export interface AuthOptions {
  port: number;
  /** Connection string of supabase_auth_admin. Never of the superuser: what this server may do ends at its grants. */
  databaseUrl: string;
  /** The console's address: links in mails lead there, and only there may sign-ins return to. */
  siteUrl: string;
  smtpPort: number;
  jwtSecret: string;
  publishableKey: string;
  secretKey: string;
  google?: GoogleClient | undefined;
}

const TEMPLATES = join(import.meta.dirname, "..", "supabase", "templates");
/** Where the request being served wants its mail's link to lead in the end. */
const wantedRedirect = new AsyncLocalStorage<string | null>();
const SENDER = "Gantry <no-reply@gantry.local>";

/**
 * Serves Supabase Auth at /auth/v1 and the Data API at /rest/v1, with confirmations by mail on.
 * Every request needs the publishable key (role anon), and row-level security and grants decide the rest.
 */
export async function startAuth(options: AuthOptions): Promise<Part> {
  const connection = createPostgresConnection({
    url: options.databaseUrl,
    postgresOptions: { max: 5, onnotice: () => undefined, connection: { application_name: "auth" } },
  });
  // Left to itself the library would, at its first request, grant all on every table that has policies to anon.
  Object.assign(connection, { rlsState: "active" });
  const app = new App({
    connection,
    api: { schemas: ["public"], external_url: `http://127.0.0.1:${options.port}` },
    auth: authSettings(options),
    studio: { enabled: false },
    storage: { enabled: false },
    options: {
      drivers: { email: smtpDriver(options) },
      server: { admin: false, disableStudio: true },
    },
  });
  await app.init();
  const server = await serveHttp(
    options.port,
    getRequestListener(async (request) => {
      // The library's own pages (/_system) tell the connection string to whoever asks.
      const { pathname, searchParams } = new URL(request.url);
      if (!/^\/(auth|rest)\/v1(\/|$)/.test(pathname))
        return Response.json({ message: "not found" }, { status: 404 });
      return wantedRedirect.run(searchParams.get("redirect_to"), () => app.fetch(request));
    }),
  );
  return {
    async stop() {
      await server.stop();
      await connection.driver.end({ timeout: 2 });
    },
  };
}

function authSettings(options: AuthOptions) {
  const { jwtSecret, publishableKey, secretKey, siteUrl, google } = options;
  return {
    enabled: true,
    jwt_secret: jwtSecret,
    publishable_key: publishableKey,
    secret_key: secretKey,
    site_url: siteUrl,
    additional_redirect_urls: [`${siteUrl}/**`],
    jwt_expiry: 3600,
    enable_refresh_token_rotation: true,
    refresh_token_reuse_interval: 10,
    enable_signup: true,
    minimum_password_length: 10,
    email: {
      enable_signup: true,
      enable_confirmations: true,
      double_confirm_changes: true,
      otp_length: 8,
      otp_expiry: 3600,
      template: {
        confirmation: template("confirmation", "Confirm your e-mail address"),
        recovery: template("recovery", "Set a new password"),
        magic_link: template("magic_link", "Sign in to Gantry"),
        email_change: template("email_change", "Confirm your new e-mail address"),
        invite: template("invite", "You have been invited to Gantry"),
      },
    },
    external: {
      google: {
        enabled: google !== undefined,
        client_id: google?.clientId ?? "",
        secret: google?.clientSecret ?? "",
      },
    },
  };
}

function template(name: string, subject: string) {
  return { subject, content_path: join(TEMPLATES, `${name}.html`) };
}

/**
 * Sends the templates' HTML with a text made from it: the library's own text links to an address nobody serves.
 * The library fills in the site's address for .RedirectTo whatever was asked, so the page asked for is put in here.
 */
function smtpDriver({ smtpPort, siteUrl }: AuthOptions): EmailDriver {
  const transport = createTransport({ host: "127.0.0.1", port: smtpPort, secure: false, ignoreTLS: true });
  return {
    async send({ to, subject, html = "" }) {
      const wanted = wantedRedirect.getStore();
      const redirect = wanted?.startsWith(`${siteUrl}/`) ? wanted : siteUrl;
      const filled = html.replaceAll(`next=${siteUrl}"`, `next=${encodeURIComponent(redirect)}"`);
      await transport.sendMail({ from: SENDER, to, subject, html: filled, text: plainText(filled) });
    },
  };
}
