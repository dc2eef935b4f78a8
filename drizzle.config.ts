/**
 * For drizzle-kit's studio and introspection: where the read-side mirror is and which schemas it mirrors. Migrations are hand-written SQL in
 * supabase/migrations; drizzle-kit's generate and push are not used here.
 */
export default {
  dialect: "postgresql",
  schema: ["./lib/db/app-schema.ts", "./lib/db/launch-schema.ts"],
  schemaFilter: ["app", "launch"],
  out: "./.gantry/drizzle",
  dbCredentials: { url: process.env.DATABASE_URL ?? "postgres://127.0.0.1:54322/postgres" },
} as const;
