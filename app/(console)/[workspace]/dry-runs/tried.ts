import { z } from "zod";
import { asUser } from "#lib/db/as-user.ts";
import { readProposal } from "#lib/dryrun/dry-runs.ts";
import type { Proposal } from "#lib/dryrun/schema.ts";
import type { Member } from "#lib/workspace/session.ts";

/** What a change form is to begin with, as its address says it: a dry run, and which of the things it tried. */
export const TriedQuery = z.object({
  tried: z.uuid().optional().catch(undefined),
  change: z.enum(["caps", "pause", "resume", "activate"]).optional().catch(undefined),
  limit: z.string().max(200).optional().catch(undefined),
  rule: z.string().max(100).optional().catch(undefined),
});

/** What a dry run tried; null where there is none, or the member may not see it. */
export async function readTried(member: Member, id: string | undefined): Promise<Proposal | null> {
  if (id === undefined || !member.permissions.includes("dryruns.read")) return null;
  return asUser(member.claims, (tx) => readProposal(tx, member.workspace.id, id));
}
