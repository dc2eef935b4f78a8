import { Alert, AlertId, AlertQuery } from "#lib/alerts/schema.ts";
import { type Operation, page } from "./operation.ts";

/** Reading alerts. */
export const ALERT_OPERATIONS: Operation[] = [
  {
    method: "get",
    path: "/api/v1/alerts",
    tag: "Alerts",
    id: "list_alerts",
    summary: "Alerts, newest first",
    scope: "alerts.read",
    query: AlertQuery,
    answer: page(Alert),
    refuses: ["invalid_input"],
  },
  {
    method: "get",
    path: "/api/v1/alerts/{id}",
    tag: "Alerts",
    id: "read_alert",
    summary: "One alert",
    scope: "alerts.read",
    params: AlertId,
    answer: Alert,
    refuses: ["invalid_input", "not_found"],
  },
];
