import { z } from "zod";
import {
  CapAnswer,
  CapCheck,
  CapCheckBatch,
  CapCheckId,
  IdempotencyKey,
  Receipt,
  Settlement,
} from "#lib/launch/schema.ts";
import { Problem } from "#lib/problem.ts";
import type { Operation } from "./operation.ts";

const keyHeader = z.object({
  "Idempotency-Key": IdempotencyKey.meta({
    examples: ["sign-up-42"],
    description:
      "Quoted or bare, at most 255 characters. Seen again within 48 hours it gets the recorded answer and consumes nothing.",
  }),
});

/** Asking, settling and reading cap checks. */
export const CAP_CHECK_OPERATIONS: Operation[] = [
  {
    method: "post",
    path: "/api/v1/cap-checks",
    tag: "Cap checks",
    id: "check_cap",
    summary: "Ask whether something may happen",
    description:
      "Takes the units when it may. The answer is sent after its commit. A refusal is an answer (200), not an error; an error (503) is never a refusal.",
    scope: "caps.check",
    headers: keyHeader,
    body: CapCheck,
    example: { country: "PL", operation: "user", subject: "account-42", hold_seconds: 600 },
    answer: CapAnswer,
    answerExample: {
      id: "019ab0c4-5e1f-7c3a-9d52-6f0e8b7a4c11",
      allowed: true,
      reason: "granted",
      country: "PL",
      operation: "user",
      units: 1,
      cap: 1000,
      remaining: 587,
      resets_at: "2026-11-23T23:00:00.000Z",
      retry_after: null,
      policy_version: 3,
      throttle_level: 0,
      decided_at: "2026-11-23T14:07:31.204Z",
      reservation: { expires_at: "2026-11-23T14:17:31.204Z" },
    },
    decides: true,
    refuses: [
      "invalid_input",
      "idempotency_key_required",
      "amount_required",
      "currency_mismatch",
      "key_reused",
    ],
  },
  {
    method: "post",
    path: "/api/v1/cap-checks/batch",
    tag: "Cap checks",
    id: "check_caps",
    summary: "Ask up to 1,000 checks",
    description:
      "Each with its own key, answered in order. One check's misuse is its own problem and does not touch the others.",
    scope: "caps.check",
    body: CapCheckBatch,
    example: {
      checks: [
        {
          idempotency_key: "order-1001",
          country: "PL",
          operation: "payment",
          amount: { minor: 499, currency: "PLN" },
        },
        { idempotency_key: "sign-up-7", country: "IT", operation: "user" },
      ],
    },
    answer: z.object({ data: z.array(z.union([CapAnswer, z.object({ problem: Problem })])) }),
    refuses: ["invalid_input"],
  },
  {
    method: "get",
    path: "/api/v1/cap-checks/{id}",
    tag: "Cap checks",
    id: "read_receipt",
    summary: "Read a receipt, explained",
    scope: "caps.check",
    params: CapCheckId,
    answer: Receipt,
    refuses: ["invalid_input", "not_found"],
  },
  {
    method: "post",
    path: "/api/v1/cap-checks/{id}/commit",
    tag: "Cap checks",
    id: "commit_reservation",
    summary: "Keep a reservation's units",
    description: "Fails with 409 once the lease has ended: its units were returned.",
    scope: "caps.check",
    params: CapCheckId,
    answer: Settlement,
    refuses: ["invalid_input", "not_found", "reservation_conflict"],
  },
  {
    method: "post",
    path: "/api/v1/cap-checks/{id}/release",
    tag: "Cap checks",
    id: "release_reservation",
    summary: "Give a reservation's units back",
    description: "Once, to the day they came from, however often it is asked.",
    scope: "caps.check",
    params: CapCheckId,
    answer: Settlement,
    refuses: ["invalid_input", "not_found", "reservation_conflict"],
  },
];
