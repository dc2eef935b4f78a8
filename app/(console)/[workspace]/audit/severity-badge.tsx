import { Badge } from "@mantine/core";
import type { Severity } from "#lib/workspace/audit.ts";

const COLORS: Record<Severity, string> = { info: "gray", notice: "blue", high: "orange", critical: "red" };

/** How much an entry matters. */
export function SeverityBadge({ severity }: { severity: Severity }) {
  return (
    <Badge tt="none" color={COLORS[severity]}>
      {severity}
    </Badge>
  );
}
