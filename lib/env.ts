import { z } from "zod";

const flag = z.enum(["0", "1"]).default("0");

/** What the data plane (the gate) needs. */
const DataEnv = z.object({
  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, "a postgres:// address"),
  /** "0" behind a transaction pooler such as Supavisor, which keeps no prepared statements. */
  DATABASE_PREPARE: z.enum(["0", "1"]).default("1"),
  DATABASE_POOL: z.coerce.number().int().min(1).max(100).default(10),
  GANTRY_GATE_PORT: z.coerce.number().int().min(0).max(65535).default(4000),
  GANTRY_GATE_HOST: z.string().default("127.0.0.1"),
  /** Proxies before this process that add whom they heard from to X-Forwarded-For. 0: no address is believed. */
  GANTRY_TRUSTED_PROXIES: z.coerce.number().int().min(0).max(10).default(0),
  /** When set, the metrics route asks for it as a bearer token. */
  GANTRY_METRICS_TOKEN: z.string().min(16).optional(),
  GANTRY_LOG_LEVEL: z.enum(["silent", "error", "warn", "info", "debug"]).default("info"),
});

/** What gives tickets of the onboarding queue: the gate and the console alike. */
const TicketEnv = z.object({
  /** Signs tickets and invitation links. At least 32 characters, the same for the gate and the console. */
  GANTRY_SECRET: z.string().min(32),
  /** The console's public address. */
  GANTRY_SITE_URL: z.url(),
});

/** What the console needs besides. */
const ServerEnv = DataEnv.extend(TicketEnv.shape).extend({
  NEXT_PUBLIC_SUPABASE_URL: z.url(),
  NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY: z.string().min(1),
  NEXT_PUBLIC_GOOGLE_ENABLED: flag,
  /** CIDR blocks, with commas between them, that webhooks and other calls to the outside may reach besides the public internet. */
  GANTRY_PRIVATE_TARGETS: z.string().default(""),
});

let data: z.infer<typeof DataEnv> | undefined;
let tickets: z.infer<typeof TicketEnv> | undefined;
let server: z.infer<typeof ServerEnv> | undefined;

/** The data plane's settings, read and checked once. Throws with the name of each variable that is missing or odd. */
export function dataEnv(): z.infer<typeof DataEnv> {
  data ??= DataEnv.parse(process.env);
  return data;
}

/** The settings of whatever gives tickets, read and checked once. Throws like `dataEnv`. */
export function ticketEnv(): z.infer<typeof TicketEnv> {
  tickets ??= TicketEnv.parse(process.env);
  return tickets;
}

/** The console's settings, read and checked once. Throws like `dataEnv`. */
export function serverEnv(): z.infer<typeof ServerEnv> {
  server ??= ServerEnv.parse(process.env);
  return server;
}
