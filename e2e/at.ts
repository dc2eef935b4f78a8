import { z } from "zod";

const Settings = z.object({
  E2E_SITE: z.url(),
  E2E_GATE: z.url(),
  E2E_MAIL: z.url(),
  E2E_EMAIL: z.email(),
  E2E_PASSWORD: z.string(),
  E2E_KEY: z.string(),
  E2E_AUTH: z.url(),
  E2E_AUTH_KEY: z.string(),
  E2E_DATABASE: z.url(),
  E2E_LOGS: z.string(),
  /** Where a journey may listen for what goes to PagerDuty. */
  E2E_PAGERDUTY_PORT: z.coerce.number().default(0),
});

/** Where the running product is, and its demo sign-in. */
export const at = Settings.parse(process.env);
