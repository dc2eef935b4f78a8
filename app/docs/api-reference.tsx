"use client";

import { Alert, useComputedColorScheme } from "@mantine/core";
import type { createApiReference } from "@scalar/api-reference";
import { useEffect, useRef, useState } from "react";

declare global {
  interface Window {
    /** Set by viewer.js. */
    Scalar?: { createApiReference: typeof createApiReference };
  }
}

// The console's accent, and a table that breaks between words only.
const LOOK = `
  .light-mode, .dark-mode { --scalar-color-accent: var(--mantine-color-anchor); }
  .markdown :is(th, td) { padding-inline: 10px !important; }
  .markdown :is(th, td, td code) { word-break: normal !important; overflow-wrap: normal !important; }
  .markdown td code { white-space: nowrap !important; }
  @media (max-width: 600px) {
    .markdown td code { white-space: normal !important; overflow-wrap: anywhere !important; }
  }
`;

let loading: Promise<void> | undefined;

function loadViewer(): Promise<void> {
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = "/docs/viewer.js";
    script.onload = () => resolve();
    script.onerror = () => reject(new Error("The viewer could not be loaded."));
    document.head.append(script);
  });
  return loading;
}

/** Mounts the viewer. It loads no fonts, sends nothing anywhere and asks through no proxy. */
export function ApiReference() {
  const place = useRef<HTMLDivElement>(null);
  const scheme = useComputedColorScheme("light");
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let unmount: (() => void) | undefined;
    let left = false;
    const mount = () => {
      if (left || place.current === null) return;
      const viewer = window.Scalar?.createApiReference(place.current, {
        url: "/api/v1/openapi.json",
        withDefaultFonts: false,
        telemetry: false,
        hideClientButton: true,
        showDeveloperTools: "never",
        agent: { disabled: true },
        mcp: { disabled: true },
        documentDownloadType: "json",
        customCss: LOOK,
        forceDarkModeState: scheme,
        hideDarkModeToggle: true,
        defaultHttpClient: { targetKey: "shell", clientKey: "curl" },
      });
      unmount = () => viewer?.destroy();
    };
    loadViewer().then(mount, () => setFailed(true));
    return () => {
      left = true;
      unmount?.();
    };
  }, [scheme]);
  if (failed) {
    return (
      <Alert color="red" m="xl" title="The viewer could not be loaded">
        Load the page again, or read the <a href="/api/v1/openapi.json">OpenAPI document</a> itself.
      </Alert>
    );
  }
  return <div ref={place} />;
}
