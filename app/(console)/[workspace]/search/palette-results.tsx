import { SpotlightAction, SpotlightActionsGroup } from "@mantine/spotlight";
import {
  IconAlertOctagon,
  IconBell,
  IconHistory,
  IconPlayerPause,
  IconReceipt,
  IconSpeakerphone,
  IconWorld,
  type TablerIcon,
} from "@tabler/icons-react";
import type { Found, FoundKind } from "#lib/overview/search.ts";

const GROUPS: Record<FoundKind, { heading: string; icon: TablerIcon }> = {
  country: { heading: "Countries", icon: IconWorld },
  campaign: { heading: "Campaigns", icon: IconSpeakerphone },
  alert: { heading: "Alerts", icon: IconBell },
  incident: { heading: "Incidents", icon: IconAlertOctagon },
  receipt: { heading: "Receipts", icon: IconReceipt },
  audit: { heading: "Audit", icon: IconHistory },
};

/** A country that may be paused from here. */
export type Pausable = NonNullable<Found["pause"]>;
type Props = {
  found: readonly Found[];
  onGo: (found: Found) => void;
  onPause: (country: Pausable) => void;
};

/** "Pause Poland" for each country found that the person may pause. */
function Pauses({ found, onPause }: Pick<Props, "found" | "onPause">) {
  const pausable = found.flatMap(({ pause }) => (pause === undefined ? [] : [pause]));
  if (pausable.length === 0) return null;
  return (
    <SpotlightActionsGroup label="Do">
      {pausable.map((country) => (
        <SpotlightAction
          key={country.code}
          label={`Pause ${country.name}`}
          description="Asks for a reason first"
          leftSection={<IconPlayerPause size={18} stroke={1.7} />}
          onClick={() => onPause(country)}
        />
      ))}
    </SpotlightActionsGroup>
  );
}

/** What a search found, under one heading for each kind. */
export function PaletteResults({ found, onGo, onPause }: Props) {
  const kinds = [...Map.groupBy(found, ({ kind }) => kind)];
  return (
    <>
      {kinds.map(([kind, results]) => {
        const { heading, icon: Icon } = GROUPS[kind];
        return (
          <SpotlightActionsGroup key={kind} label={heading}>
            {results.map((result) => (
              <SpotlightAction
                key={result.id}
                label={result.title}
                description={result.detail}
                leftSection={<Icon size={18} stroke={1.7} />}
                highlightQuery
                onClick={() => onGo(result)}
              />
            ))}
          </SpotlightActionsGroup>
        );
      })}
      <Pauses found={found} onPause={onPause} />
    </>
  );
}
