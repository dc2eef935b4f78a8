import { ClaimInput, Ticket, TicketParams } from "#lib/queue/schema.ts";
import type { Operation } from "./operation.ts";

const shared = {
  tag: "Onboarding queue",
  scope: "caps.check",
  params: TicketParams,
  answer: Ticket,
} satisfies Partial<Operation>;

/** Tickets of the onboarding queue: a check with `queue` gives them. */
export const TICKET_OPERATIONS: Operation[] = [
  {
    ...shared,
    method: "get",
    path: "/api/v1/tickets/{token}",
    id: "read_ticket",
    summary: "How a ticket stands",
    description:
      "A check with `queue: true` that met a closed door carries a ticket. Look again after `poll_after_seconds`, or send the person to `page`, which does it for you.",
    refuses: ["not_found"],
  },
  {
    ...shared,
    method: "post",
    path: "/api/v1/tickets/{token}/claim",
    id: "claim_ticket",
    summary: "Claim a ready ticket",
    description:
      "Only the state `claimed` is a yes: the units are then held under `reservation.id` until you commit or release them. Any other state is an answer too. Repeating it gives the same answer.",
    body: ClaimInput,
    example: { hold_seconds: 600 },
    refuses: ["not_found"],
  },
  {
    ...shared,
    method: "delete",
    path: "/api/v1/tickets/{token}",
    id: "leave_queue",
    summary: "Leave the queue",
    description:
      "The place goes to the next, and a ready ticket's units return. A ticket that is through or over stays as it is.",
    refuses: ["not_found"],
  },
];
