import { Sequence } from "#lib/sequence/schema.ts";
import type { Operation } from "./operation.ts";

/** The market sequence. */
export const SEQUENCE_OPERATIONS: Operation[] = [
  {
    method: "get",
    path: "/api/v1/sequence",
    tag: "Sequence",
    id: "read_sequence",
    summary: "The order in which countries open, and what each waits for",
    scope: "sequence.read",
    answer: Sequence,
    refuses: [],
  },
];
