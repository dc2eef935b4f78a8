"use client";

import { notifications } from "@mantine/notifications";
import { useRouter } from "next/navigation";
import { useMemo } from "react";
import { unlist } from "#app/(console)/[workspace]/countries/actions.ts";
import { type AboutCountry, CountryDialog } from "#app/(console)/[workspace]/countries/country-dialog.tsx";

/** Takes a country that was never activated off the list. */
export function UnlistDialog({ slug, country, ...dialog }: AboutCountry) {
  const router = useRouter();
  const action = useMemo(() => unlist.bind(null, slug), [slug]);
  const onDone = () => {
    notifications.show({ color: "green", message: `${country.name} is off the list` });
    router.push(`/${slug}/countries`);
  };
  return (
    <CountryDialog
      {...dialog}
      country={country}
      guarded={false}
      title={`Take ${country.name} off the list`}
      explanation="It was never activated, so nothing is lost. It can be added again at any time."
      action={action}
      reason="none"
      danger
      submitLabel="Take off the list"
      onDone={onDone}
    />
  );
}
