import { randomBytes } from "node:crypto";
import { and, asc, eq, isNull, sql } from "drizzle-orm";
import { channels } from "#lib/db/delivery-schema.ts";
import type { Tx } from "#lib/db/service.ts";
import { serverEnv } from "#lib/env.ts";
import { AppError } from "#lib/errors.ts";
import { checkTarget } from "#lib/outbound-lookup.ts";
import { readNetworks, TargetRefused } from "#lib/outbound-target.ts";
import type { ChannelChange, NewChannel } from "./schema.ts";
import type { CHANNEL_KINDS, DISABLED_REASONS, MESSAGE_TYPES } from "./vocabulary.ts";

/** A channel as the console shows it: without its secret, of which `hint` is the end. */
export interface ChannelRow {
  id: string;
  kind: (typeof CHANNEL_KINDS)[number];
  name: string;
  url: string | null;
  recipients: string[] | null;
  message_types: (typeof MESSAGE_TYPES)[number][];
  minimum_severity: "warning" | "critical";
  alert_kinds: string[] | null;
  enabled: boolean;
  disabled_reason: (typeof DISABLED_REASONS)[number] | null;
  hint: string | null;
  rotation_ends_at: string | null;
  last_success_at: string | null;
  failing_since: string | null;
  last_error: string | null;
  version: number;
}

/** The workspace's channels by name. Empty for who may not manage them. */
export async function readChannels(tx: Tx, workspaceId: string): Promise<ChannelRow[]> {
  return tx
    .select({
      id: channels.id,
      kind: sql<ChannelRow["kind"]>`${channels.kind}`,
      name: channels.name,
      url: channels.url,
      recipients: channels.recipients,
      message_types: sql<ChannelRow["message_types"]>`${channels.message_types}`,
      minimum_severity: sql<ChannelRow["minimum_severity"]>`${channels.minimum_severity}`,
      alert_kinds: channels.alert_kinds,
      enabled: channels.enabled,
      disabled_reason: sql<ChannelRow["disabled_reason"]>`${channels.disabled_reason}`,
      hint: channels.hint,
      rotation_ends_at: sql<
        string | null
      >`case when ${channels.rotation_ends_at} > launch.now() then ${channels.rotation_ends_at} end`,
      last_success_at: channels.last_success_at,
      failing_since: channels.failing_since,
      last_error: channels.last_error,
      version: channels.version,
    })
    .from(channels)
    .where(and(eq(channels.workspace_id, workspaceId), isNull(channels.deleted_at)))
    .orderBy(asc(sql`lower(${channels.name})`));
}

/**
 * Refuses a Slack or webhook address that may not be called: invalid_input, with its field. Looks its name up, so it is asked before a
 * transaction begins.
 */
export async function requireTarget(channel: NewChannel | ChannelChange): Promise<void> {
  const field = channel.kind === "webhook" ? "url" : "secret";
  const address =
    channel.kind === "webhook" ? channel.url : channel.kind === "slack" ? channel.secret : undefined;
  if (address === undefined) return;
  const { GANTRY_PRIVATE_TARGETS, GANTRY_SITE_URL } = serverEnv();
  const networks = { own: readNetworks(GANTRY_PRIVATE_TARGETS), ownHosts: [new URL(GANTRY_SITE_URL).host] };
  try {
    await checkTarget(address, networks);
  } catch (error) {
    if (!(error instanceof TargetRefused)) throw error;
    throw new AppError("invalid_input", error.message, { details: { field }, cause: error });
  }
}

const drawSigningSecret = (): string => `whsec_${randomBytes(32).toString("base64")}`;

/** A channel's inputs as the functions take them. */
function parts(channel: NewChannel | ChannelChange) {
  return {
    name: channel.name,
    secret: "secret" in channel ? (channel.secret ?? null) : null,
    url: channel.kind === "webhook" ? channel.url : null,
    recipients: channel.kind === "email" ? sql.param(channel.recipients) : null,
    types: sql.param(channel.message_types),
    severity: channel.minimum_severity,
    kinds: channel.alert_kinds.length === 0 ? null : sql.param(channel.alert_kinds),
  };
}

/** Makes a channel. Resolves with a webhook's signing secret, which nobody reads again; null for the others. Throws invalid_input, duplicate, forbidden. */
export async function createChannel(
  tx: Tx,
  workspaceId: string,
  channel: NewChannel,
): Promise<string | null> {
  const drawn = channel.kind === "webhook" ? drawSigningSecret() : null;
  const { name, secret, url, recipients, types, severity, kinds } = parts(channel);
  await tx.execute(sql`select app.create_channel(${workspaceId}::uuid, ${channel.kind}, ${name}, ${drawn ?? secret}, ${url},
    ${recipients}::text[], ${types}::text[], ${severity}, ${kinds}::text[])`);
  return drawn;
}

/** Changes a channel; a secret left out stays. Throws invalid_input, duplicate, not_found, version_conflict, forbidden. */
export async function changeChannel(tx: Tx, workspaceId: string, channel: ChannelChange): Promise<void> {
  const { name, secret, url, recipients, types, severity, kinds } = parts(channel);
  await tx.execute(sql`select app.change_channel(${workspaceId}::uuid, ${channel.id}::uuid, ${name}, ${secret}, ${url},
    ${recipients}::text[], ${types}::text[], ${severity}, ${kinds}::text[], ${channel.expected_version}::int)`);
}

/**
 * Replaces a webhook's signing secret; the old one signs as well for `overlap` seconds more. Resolves with the new one. Throws not_found,
 * invalid_input, forbidden.
 */
export async function rotateChannelSecret(
  tx: Tx,
  workspaceId: string,
  id: string,
  overlap: number,
): Promise<string> {
  const secret = drawSigningSecret();
  await tx.execute(
    sql`select app.rotate_channel_secret(${workspaceId}::uuid, ${id}::uuid, ${secret}, ${overlap}::int)`,
  );
  return secret;
}

/** Switches a channel on or off. Off, what waits for it becomes dead letters. Throws not_found, forbidden. */
export async function switchChannel(
  tx: Tx,
  workspaceId: string,
  id: string,
  enabled: boolean,
): Promise<void> {
  await tx.execute(sql`select app.switch_channel(${workspaceId}::uuid, ${id}::uuid, ${enabled})`);
}

/** Deletes a channel and its secrets. Throws not_found, forbidden. */
export async function deleteChannel(tx: Tx, workspaceId: string, id: string): Promise<void> {
  await tx.execute(sql`select app.delete_channel(${workspaceId}::uuid, ${id}::uuid)`);
}
