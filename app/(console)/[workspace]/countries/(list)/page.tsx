import type { Metadata } from "next";
import { z } from "zod";
import { AddCountries } from "#app/(console)/[workspace]/countries/add-countries.tsx";
import { CountriesView } from "#app/(console)/[workspace]/countries/countries-view.tsx";
import { LiveRefresh } from "#app/(console)/[workspace]/live-refresh.tsx";
import { PageHeader } from "#components/page-header.tsx";
import { asUser } from "#lib/db/as-user.ts";
import { COUNTRY_CODES } from "#lib/launch/country-codes.ts";
import { countryName } from "#lib/launch/country-name.ts";
import { readCountriesToday } from "#lib/launch/country-pages.ts";
import { PHASES } from "#lib/launch/vocabulary.ts";
import { requireMember } from "#lib/workspace/session.ts";

export const metadata: Metadata = { title: "Countries" };

const Query = z.object({ phase: z.enum(PHASES).optional().catch(undefined) });

type Props = { params: Promise<{ workspace: string }>; searchParams: Promise<Record<string, unknown>> };

export default async function CountriesPage({ params, searchParams }: Props) {
  const { workspace: slug } = await params;
  const { phase } = Query.parse(await searchParams);
  const member = await requireMember(slug);
  const countries = await asUser(member.claims, (tx) => readCountriesToday(tx, member.workspace.id));
  const listed = new Set(countries.map((country) => country.code));
  const choices = COUNTRY_CODES.filter((code) => !listed.has(code))
    .map((code) => ({ value: code, label: `${countryName(code)} (${code})` }))
    .toSorted((a, b) => a.label.localeCompare(b.label, "en"));
  return (
    <>
      <PageHeader
        title="Countries"
        badge={<LiveRefresh slug={slug} />}
        description="What each country may take in its local day, and how much of that is used."
        actions={
          member.permissions.includes("countries.manage") &&
          countries.length > 0 && <AddCountries slug={slug} choices={choices} />
        }
      />
      <CountriesView
        slug={slug}
        countries={countries}
        choices={choices}
        permissions={member.permissions}
        initialPhase={phase ?? null}
      />
    </>
  );
}
