"use client";

import { Button, Loader } from "@mantine/core";
import {
  SpotlightActionsList,
  SpotlightEmpty,
  SpotlightFooter,
  SpotlightRoot,
  SpotlightSearch,
} from "@mantine/spotlight";
import { IconSearch } from "@tabler/icons-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { PauseDialog } from "#app/(console)/[workspace]/countries/pause-dialog.tsx";
import { PermissionsContext } from "#app/(console)/[workspace]/countries/permissions-context.ts";
import classes from "#app/(console)/[workspace]/search/palette.module.css";
import { PalettePages } from "#app/(console)/[workspace]/search/palette-pages.tsx";
import { PaletteResults, type Pausable } from "#app/(console)/[workspace]/search/palette-results.tsx";
import { keepRecent, type Recent, readRecent } from "#app/(console)/[workspace]/search/recent.ts";
import { useSearch } from "#app/(console)/[workspace]/search/use-search.ts";
import type { ShellWorkspace } from "#app/(console)/[workspace]/shell.tsx";
import type { Permission } from "#lib/workspace/vocabulary.ts";

type Props = { slug: string; permissions: readonly Permission[]; workspaces: readonly ShellWorkspace[] };
type Opened = { country: Pausable; opening: number; opened: boolean };

function Failed({ onAgain }: { onAgain: () => void }) {
  return (
    <div className={classes.failed} role="alert">
      The search did not answer.
      <Button size="compact-sm" variant="default" onClick={onAgain}>
        Search again
      </Button>
    </div>
  );
}

/** Every page, country, campaign, receipt, alert, incident and audit entry within reach of the keyboard: Ctrl+K or ⌘K. */
export function CommandPalette({ slug, permissions, workspaces }: Props) {
  const router = useRouter();
  const [query, setQuery] = useState("");
  const [recent, setRecent] = useState<Recent[]>([]);
  const [pausing, setPausing] = useState<Opened | null>(null);
  const { state, found, again } = useSearch(slug, query);
  const go = ({ path, title }: Recent) => {
    keepRecent(slug, { path, title });
    router.push(`/${slug}/${path}`);
  };
  const pause = (country: Pausable) =>
    setPausing((last) => ({ country, opening: (last?.opening ?? 0) + 1, opened: true }));
  const isSearching = state === "searching";
  return (
    <PermissionsContext value={permissions}>
      <SpotlightRoot
        query={query}
        onQueryChange={setQuery}
        onSpotlightOpen={() => setRecent(readRecent(slug))}
        attributes={{ content: { "aria-label": "Search and commands" } }}
        scrollable
        maxHeight={440}
        size={640}
      >
        <SpotlightSearch
          leftSection={<IconSearch size={18} stroke={1.7} />}
          rightSection={isSearching ? <Loader size={16} aria-label="Searching" /> : null}
          placeholder="Search, or go to…"
          aria-label="Search the workspace, or go to a page"
          maxLength={200}
        />
        <SpotlightActionsList>
          <PaletteResults found={found} onGo={go} onPause={pause} />
          <PalettePages {...{ slug, permissions, workspaces, query, recent }} onGo={go} />
          {state === "done" && found.length === 0 && (
            <SpotlightEmpty className={classes.empty ?? ""}>
              Nothing found by that. Receipts are found by id, idempotency key or whole subject.
            </SpotlightEmpty>
          )}
        </SpotlightActionsList>
        {state === "failed" && <Failed onAgain={again} />}
        <SpotlightFooter className={classes.footer ?? ""} aria-hidden>
          <span>
            <kbd>↑</kbd> <kbd>↓</kbd> to choose
          </span>
          <span>
            <kbd>↵</kbd> to open
          </span>
          <span>
            <kbd>esc</kbd> to close
          </span>
        </SpotlightFooter>
      </SpotlightRoot>
      {pausing !== null && (
        <PauseDialog
          key={pausing.opening}
          slug={slug}
          country={{ ...pausing.country, lastChange: null }}
          opened={pausing.opened}
          onClose={() => setPausing({ ...pausing, opened: false })}
        />
      )}
    </PermissionsContext>
  );
}
