import { getRequestListener } from "@hono/node-server";
import { App } from "@supabase/lite";
import { createPostgresConnection } from "@supabase/lite/postgres";
import { createAuthMails, template } from "./auth-mails.ts";
import { resendConfirmation, signUpToResend } from "./auth-resend.ts";
import type { GoogleClient } from "./config.ts";
import { serveHttp } from "./http-server.ts";
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
  const mails = createAuthMails(options.smtpPort, options.siteUrl);
  const apiKeys = [options.publishableKey, options.secretKey];
  const app = new App({
    connection,
    api: { schemas: ["public"], external_url: `http://127.0.0.1:${options.port}` },
    auth: authSettings(options),
    studio: { enabled: false },
    storage: { enabled: false },
    options: {
      drivers: { email: mails.driver },
      server: { admin: false, disableStudio: true },
    },
  });
  await app.init();
  const server = await serveHttp(
    options.port,
    getRequestListener(async (request) => {
      // The library's own pages (/_system) tell the connection string to whoever asks.
      const { pathname, searchParams } = new URL(request.url);
      if (!/^\/(auth|rest)\/v1(\/|$)/.test(pathname)) {
        return Response.json({ message: "not found" }, { status: 404 });
      }
      const email = await signUpToResend(request, apiKeys);
      return mails.returningTo(searchParams.get("redirect_to"), () =>
        email === undefined ? app.fetch(request) : resendConfirmation(connection.driver, mails, email),
      );
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
        confirmation: template("confirmation"),
        recovery: template("recovery"),
        magic_link: template("magic_link"),
        email_change: template("email_change"),
        invite: template("invite"),
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
