import { sql } from "drizzle-orm";
import { service, type Tx } from "./service.ts";

export interface Claims {
  sub: string;
  email?: string;
}

/**
 * Runs `work` in one transaction as the signed-in person: role authenticated, row-level security on, auth.uid() theirs. Both settings end
 * with the transaction, so nothing leaks to the pooled connection.
 */
export async function asUser<T>(claims: Claims, work: (tx: Tx) => Promise<T>): Promise<T> {
  const jwt = JSON.stringify({ sub: claims.sub, email: claims.email, role: "authenticated" });
  return service().transaction(async (tx) => {
    await tx.execute(
      sql`select set_config('role', 'authenticated', true), set_config('request.jwt.claims', ${jwt}, true)`,
    );
    return work(tx);
  });
}
