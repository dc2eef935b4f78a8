import { Badge } from "@mantine/core";
import { LEVEL_WORDS } from "#app/(console)/[workspace]/regions/words.ts";
import type { RiskLevel } from "#lib/regions/vocabulary.ts";

const COLORS: Record<RiskLevel, string> = {
  insufficient_data: "gray",
  low: "green",
  medium: "yellow",
  high: "orange",
  critical: "red",
};

/** A risk level in words and colour, with its points where there are any. */
export function RiskBadge({ level, score }: { level: RiskLevel; score?: number | null }) {
  return (
    <Badge tt="none" miw="max-content" color={COLORS[level]}>
      {LEVEL_WORDS[level]}
      {score == null ? "" : `, ${score}`}
    </Badge>
  );
}
