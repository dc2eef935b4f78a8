"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef, useState, useTransition } from "react";
import { type Feed, openFeed } from "#app/(console)/[workspace]/live-feed.ts";
import { LiveIndicator } from "#components/live-indicator.tsx";

const REFRESH_MS = 1000;

/**
 * Keeps the page's numbers fresh: reads them again when something of the workspace changed, at most once a second and never in a hidden tab.
 * A refresh keeps what is typed, focused and open.
 */
export function LiveRefresh({ slug }: { slug: string }) {
  const router = useRouter();
  const [state, setState] = useState<Feed["state"]>("polling");
  const [refreshing, startRefresh] = useTransition();
  const [wanted, setWanted] = useState(0);
  const done = useRef({ wanted: 0, at: 0 });

  useEffect(
    () => openFeed(`/${slug}/live`, { onState: setState, onChange: () => setWanted((count) => count + 1) }),
    [slug],
  );

  useEffect(() => {
    if (refreshing || wanted === done.current.wanted) return;
    const wait = Math.max(0, done.current.at + REFRESH_MS - Date.now());
    const timer = setTimeout(() => {
      done.current = { wanted, at: Date.now() };
      startRefresh(() => router.refresh());
    }, wait);
    return () => clearTimeout(timer);
  }, [wanted, refreshing, router]);

  return <LiveIndicator state={state} />;
}
