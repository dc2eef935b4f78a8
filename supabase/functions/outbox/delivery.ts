import type { Outbound } from "../_shared/outbound.ts";
import type { Mail } from "./invitation-mail.tsx";

/** One claimed delivery, with all that is needed to send it. */
export interface Delivery {
  id: string;
  attempt: number;
  workspace_id: string;
  workspace: string;
  slug: string;
  message_id: string;
  type: string;
  at: Date;
  subject: string;
  data: Record<string, unknown>;
  channel_id: string;
  kind: string;
  url: string | null;
  recipients: string[] | null;
  secret: string | null;
  old_secret: string | null;
}

/**
 * What became of an attempt. failed is tried again; refused never is; gone switches the channel off as well; held was not sent and is no
 * attempt. `status` is what the other side answered, `response` the beginning of its words, `retryAfter` the seconds it asked for.
 */
export interface Outcome {
  /** Of a mail: who has it now, who was refused for good, and every refusal of this attempt. */
  mail?: { reached: string[]; refused: string[]; refusals: (Refusal & { final: boolean })[] };
  outcome: "delivered" | "failed" | "refused" | "gone" | "held";
  status?: number | null;
  error?: string | null;
  response?: string | null;
  retryAfter?: number | null;
}

/** One recipient whom the mail server refused, with the beginning of its answer. */
export interface Refusal {
  recipient: string;
  status: number | null;
  response: string;
}

/** What sending needs of the world. */
export interface SendDeps {
  outbound: Outbound;
  /**
   * Hands a mail to the mail server, and resolves with the recipients that it refused while it took others; rejects when it took none.
   * `id` is the same each time a message is tried.
   */
  send(mail: Mail, id: string): Promise<Refusal[]>;
  /** The time that signatures carry. */
  date(): Date;
  siteUrl: string;
  /** Where PagerDuty takes events. */
  pagerdutyUrl: string;
}

const LONGEST_WAIT_S = 86_400;

/** Seconds of a Retry-After header, a number or a date; null without one that says something. At most a day. */
export function retryAfter(header: string | undefined, now: Date): number | null {
  if (header === undefined) return null;
  const seconds = /^\s*\d+\s*$/.test(header)
    ? Number(header)
    : Math.ceil((Date.parse(header) - now.getTime()) / 1000);
  return Number.isNaN(seconds) || seconds <= 0 ? null : Math.min(seconds, LONGEST_WAIT_S);
}
