"use client";

import { Button, Select } from "@mantine/core";
import { IconFilterOff, IconWorld } from "@tabler/icons-react";
import { useState } from "react";
import { AddCountries, type CountryChoice } from "#app/(console)/[workspace]/countries/add-countries.tsx";
import {
  COUNTRY_COLUMNS,
  countrySearchText,
  HIDDEN_COLUMNS,
} from "#app/(console)/[workspace]/countries/columns.tsx";
import { CountryDialogs } from "#app/(console)/[workspace]/countries/country-dialogs.tsx";
import { DataTable } from "#components/data-table.tsx";
import { EmptyState } from "#components/empty-state.tsx";
import { phaseLabel } from "#components/phase-badge.tsx";
import type { CountryToday } from "#lib/launch/country-pages.ts";
import { PHASES, type Phase } from "#lib/launch/vocabulary.ts";
import type { Permission } from "#lib/workspace/vocabulary.ts";

type Props = {
  slug: string;
  countries: readonly CountryToday[];
  /** Countries that aren't listed yet. */
  choices: readonly CountryChoice[];
  permissions: readonly Permission[];
  initialPhase: Phase | null;
};

function PhaseFilter({
  countries,
  phase,
  onChange,
}: {
  countries: Props["countries"];
  phase: Phase | null;
  onChange: (phase: Phase | null) => void;
}) {
  const count = (each: Phase) => countries.filter((country) => country.phase === each).length;
  return (
    <Select
      w={172}
      aria-label="Phase"
      placeholder="All phases"
      clearable
      data={PHASES.map((each) => ({ value: each, label: `${phaseLabel(each)} (${count(each)})` }))}
      value={phase}
      onChange={(value) => onChange(value as Phase | null)}
    />
  );
}

/** The countries of a workspace, with the dialogs that change them. The phase filter is kept in the address. */
export function CountriesView({ slug, countries, choices, permissions, initialPhase }: Props) {
  const [phase, setPhase] = useState(initialPhase);
  const filter = (next: Phase | null) => {
    setPhase(next);
    window.history.replaceState(null, "", next === null ? window.location.pathname : `?phase=${next}`);
  };
  const nothing = permissions.includes("countries.manage") ? (
    <EmptyState
      icon={<IconWorld />}
      title="No country is listed yet"
      action={<AddCountries slug={slug} choices={choices} />}
    >
      Add the countries you plan to open. Listed countries let nobody in until you activate them.
    </EmptyState>
  ) : (
    <EmptyState icon={<IconWorld />} title="No country is listed yet">
      An owner or admin of this workspace can add the first ones.
    </EmptyState>
  );
  const noneInPhase = (
    <EmptyState
      icon={<IconFilterOff />}
      title="No country is in this phase"
      action={
        <Button variant="default" onClick={() => filter(null)}>
          Show all phases
        </Button>
      }
    />
  );
  return (
    <CountryDialogs slug={slug} countries={countries} permissions={permissions}>
      <DataTable
        id="countries"
        label="Countries"
        noun={{ one: "country", many: "countries" }}
        columns={COUNTRY_COLUMNS}
        rows={phase === null ? countries : countries.filter((country) => country.phase === phase)}
        rowId={(country) => country.code}
        rowHref={(country) => `/${slug}/countries/${country.code}`}
        searchText={countrySearchText}
        initialSort={[{ id: "name", desc: false }]}
        hidden={HIDDEN_COLUMNS}
        csvName="countries"
        filters={
          countries.length > 0 && <PhaseFilter countries={countries} phase={phase} onChange={filter} />
        }
        empty={countries.length === 0 ? nothing : noneInPhase}
      />
    </CountryDialogs>
  );
}
