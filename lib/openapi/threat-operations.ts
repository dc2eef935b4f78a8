import { Block, BlockQuery, ThreatRule } from "#lib/threats/schema.ts";
import { type Operation, page } from "./operation.ts";

/** Reading the blocklist and the threat shield's rules. */
export const THREAT_OPERATIONS: Operation[] = [
  {
    method: "get",
    path: "/api/v1/blocklist",
    tag: "Threats",
    id: "list_blocks",
    summary: "The blocklist, newest first",
    scope: "threats.read",
    query: BlockQuery,
    answer: page(Block),
    refuses: ["invalid_input"],
  },
  {
    method: "get",
    path: "/api/v1/threat-rules",
    tag: "Threats",
    id: "list_threat_rules",
    summary: "The rules of the threat shield, with their precision",
    scope: "threats.read",
    answer: page(ThreatRule),
    refuses: [],
  },
];
