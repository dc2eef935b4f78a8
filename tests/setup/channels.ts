import { randomBytes } from "node:crypto";
import { MESSAGE_TYPES } from "#lib/delivery/vocabulary.ts";
import type { TestDatabase } from "./database.ts";
import { asPerson, type Workspace } from "./people.ts";

/** A channel to make: what is left out takes a value that fits its kind. */
export interface TestChannel {
  kind?: "slack" | "pagerduty" | "email" | "webhook";
  name?: string;
  secret?: string | null;
  url?: string | null;
  recipients?: string[] | null;
  messageTypes?: string[];
  minimumSeverity?: string;
  alertKinds?: string[] | null;
}

/** Draws a signing secret. */
export const newSigningSecret = (bytes = 32) => `whsec_${randomBytes(bytes).toString("base64")}`;

export const ROUTING_KEY = "R0123456789abcdefghijklmnopqrstu";

function fitting(kind: NonNullable<TestChannel["kind"]>) {
  if (kind === "webhook") return { secret: newSigningSecret(), url: "https://example.com/hook" };
  if (kind === "slack") return { secret: "https://hooks.slack.com/services/T0/B0/secret" };
  if (kind === "pagerduty") return { secret: ROUTING_KEY };
  return { recipients: ["ops@example.com"] };
}

/** Makes a channel as the workspace's owner. Resolves with its id. */
export async function newChannel(
  db: TestDatabase,
  workspace: Workspace,
  partial: TestChannel = {},
): Promise<string> {
  const kind = partial.kind ?? "webhook";
  const alerts = MESSAGE_TYPES.filter((type) => type.startsWith("alert."));
  const channel = {
    name: `${kind} ${randomBytes(3).toString("hex")}`,
    secret: null,
    url: null,
    recipients: null,
    messageTypes: kind === "webhook" ? [...MESSAGE_TYPES] : alerts,
    minimumSeverity: "warning",
    alertKinds: null,
    ...fitting(kind),
    ...partial,
  };
  const [row] = await asPerson(
    db,
    workspace.owner,
    (sql) => sql<{ id: string }[]>`
      select app.create_channel(${workspace.id}, ${kind}, ${channel.name}, ${channel.secret}, ${channel.url}, ${channel.recipients}::text[],
        ${channel.messageTypes}::text[], ${channel.minimumSeverity}, ${channel.alertKinds}::text[]) as id`,
  );
  if (row === undefined) throw new Error("create_channel returned nothing");
  return row.id;
}

/** Raises an alert of the workspace. */
export async function raiseAlert(
  db: TestDatabase,
  workspace: Workspace,
  fingerprint: string,
  {
    severity = "warning",
    kind = "load",
    step = 0,
    evidence = {},
  }: { severity?: string; kind?: string; step?: number; evidence?: object } = {},
): Promise<void> {
  await db.owner`select private.raise_alert(${workspace.id}, ${kind}, ${fingerprint}, ${severity}, ${`Alert ${fingerprint}`}, 'PL', null,
    ${JSON.stringify(evidence)}::text::jsonb, ${step})`;
}

/** Ends the condition of an alert. */
export async function settleAlert(db: TestDatabase, { id }: Workspace, fingerprint: string): Promise<void> {
  await db.owner`select private.settle_alert(${id}, ${fingerprint}, 'It is over.')`;
}
