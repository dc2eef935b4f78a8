import { Badge } from "@mantine/core";

const COLORS = {
  info: "gray",
  notice: "blue",
  low: "gray",
  medium: "yellow",
  warning: "yellow",
  high: "orange",
  critical: "red",
} as const;

/** How much something matters, in words and colour: an audit entry, an alert, a finding. */
export function SeverityBadge({ severity }: { severity: keyof typeof COLORS }) {
  return (
    <Badge tt="none" color={COLORS[severity]}>
      {severity}
    </Badge>
  );
}
