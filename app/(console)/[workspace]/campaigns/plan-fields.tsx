"use client";

import { Group, Input, NumberInput, Select, SimpleGrid, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { DateTimeInput } from "#components/date-time-input.tsx";
import { planFromFollowers } from "#lib/campaigns/plan-from-followers.ts";
import type { Campaign } from "#lib/campaigns/schema.ts";
import { INSTALL_DAYS, LATER_DAYS, MOST_INSTALL_DAYS, MOST_LATER_DAYS } from "#lib/campaigns/vocabulary.ts";
import { MINOR_DIGITS } from "#lib/launch/currencies.ts";

const DAY = 86_400_000;
const SHAPES = [
  { value: "spike", label: "A spike that halves every six hours" },
  { value: "even", label: "Evenly over its window" },
];

export type Choice = { code: string; name: string };
type Props = {
  campaign: Campaign | null;
  countries: readonly Choice[];
  problem: (name: string) => string | undefined;
};

function costText(campaign: Campaign | null): number | string {
  const cost = campaign?.cost;
  if (cost === null || cost === undefined) return "";
  const digits = Reflect.get(MINOR_DIGITS, cost.currency) as number | undefined;
  return cost.minor / 10 ** (digits ?? 2);
}

/** The forecast: numbers that follow from the followers until somebody changes them. */
function ForecastFields({ campaign, problem }: Omit<Props, "countries">) {
  const [followers, setFollowers] = useState<number | string>(campaign?.followers ?? "");
  const [plan, setPlan] = useState({
    traffic_forecast: campaign?.traffic_forecast ?? 0,
    expected_installs: campaign?.expected_installs ?? 0,
    creator_inflow: campaign?.creator_inflow ?? 0,
  });
  const follow = (value: number | string) => {
    setFollowers(value);
    if (typeof value === "number") setPlan(planFromFollowers(value));
  };
  const number = (name: keyof typeof plan, label: string) => (
    <NumberInput
      name={name}
      label={label}
      value={plan[name]}
      onChange={(value) => setPlan({ ...plan, [name]: Number(value) })}
      min={0}
      allowDecimal={false}
      hideControls
      error={problem(name)}
    />
  );
  return (
    <>
      <NumberInput
        name="followers"
        label="Followers"
        description="Fills in a starting point: a tenth click, two in a hundred install, one in a thousand becomes a creator."
        value={followers}
        onChange={follow}
        min={0}
        allowDecimal={false}
        hideControls
        error={problem("followers")}
      />
      <Group grow align="start">
        {number("traffic_forecast", "Clicks")}
        {number("expected_installs", "Installs")}
        {number("creator_inflow", "Creators")}
      </Group>
      <Select
        name="shape"
        label="They come"
        data={SHAPES}
        defaultValue={campaign?.shape ?? "spike"}
        allowDeselect={false}
      />
    </>
  );
}

/** How long after a touch something still belongs to the campaign. */
function WindowFields({ campaign, problem }: Omit<Props, "countries">) {
  const days = (
    name: "install_window_days" | "later_window_days",
    label: string,
    usual: number,
    most: number,
  ) => (
    <NumberInput
      name={name}
      label={label}
      defaultValue={campaign?.[name] ?? usual}
      min={1}
      max={most}
      clampBehavior="none"
      allowDecimal={false}
      rightSection="days"
      rightSectionWidth={52}
      hideControls
      error={problem(name)}
    />
  );
  return (
    <Input.Wrapper
      label="Counts for this campaign"
      labelElement="div"
      description="What follows the last touch within so many days. A change holds for what comes from then on."
    >
      <Group grow align="start" mt={6}>
        {days("install_window_days", "Installs within", INSTALL_DAYS, MOST_INSTALL_DAYS)}
        {days("later_window_days", "Later steps within", LATER_DAYS, MOST_LATER_DAYS)}
      </Group>
    </Input.Wrapper>
  );
}

/** What plans a campaign. */
export function PlanFields({ campaign, countries, problem }: Props) {
  const starts = campaign === null ? new Date(Date.now() + DAY) : new Date(campaign.starts_at);
  const ends = campaign === null ? new Date(Date.now() + 3 * DAY) : new Date(campaign.ends_at);
  return (
    <Stack gap="sm">
      <TextInput
        name="name"
        label="Name"
        defaultValue={campaign?.name ?? ""}
        error={problem("name")}
        required
        withAsterisk={false}
      />
      <TextInput
        name="influencer"
        label="Influencer"
        defaultValue={campaign?.influencer ?? ""}
        error={problem("influencer")}
      />
      <Select
        name="country"
        label="Country"
        data={countries.map(({ code, name }) => ({ value: code, label: name }))}
        defaultValue={campaign?.country ?? countries[0]?.code ?? null}
        allowDeselect={false}
        error={problem("country")}
      />
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md">
        <div>
          <DateTimeInput
            name="starts_at"
            label="Starts"
            defaultValue={starts}
            error={problem("starts_at")}
            required
          />
        </div>
        <div>
          <DateTimeInput
            name="ends_at"
            label="Ends"
            defaultValue={ends}
            error={problem("ends_at")}
            required
          />
        </div>
      </SimpleGrid>
      <ForecastFields campaign={campaign} problem={problem} />
      <Group grow align="start">
        <NumberInput
          name="cost"
          label="Cost"
          defaultValue={costText(campaign)}
          min={0}
          hideControls
          error={problem("cost")}
        />
        <Select
          name="cost_currency"
          label="Currency"
          searchable
          data={Object.keys(MINOR_DIGITS)}
          defaultValue={campaign?.cost?.currency ?? "USD"}
          allowDeselect={false}
          error={problem("cost_currency")}
        />
      </Group>
      <NumberInput
        name="sub_quota"
        label="Keep for it"
        description="Users of the country's cap that nobody else gets, each local day while it is live. Cap checks name the campaign. Left blank, it keeps none."
        defaultValue={campaign?.sub_quota ?? ""}
        min={1}
        clampBehavior="none"
        allowDecimal={false}
        hideControls
        error={problem("sub_quota")}
      />
      <WindowFields campaign={campaign} problem={problem} />
    </Stack>
  );
}
