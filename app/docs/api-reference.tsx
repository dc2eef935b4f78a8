"use client";

import { useComputedColorScheme } from "@mantine/core";
import type { createApiReference } from "@scalar/api-reference";
import { useEffect, useRef } from "react";

declare global {
  interface Window {
    /** Set by viewer.js. */
    Scalar?: { createApiReference: typeof createApiReference };
  }
}

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
  useEffect(() => {
    let unmount: (() => void) | undefined;
    let left = false;
    void loadViewer().then(() => {
      if (left || place.current === null) return;
      const viewer = window.Scalar?.createApiReference(place.current, {
        url: "/api/v1/openapi.json",
        withDefaultFonts: false,
        telemetry: false,
        hideClientButton: true,
        showDeveloperTools: "never",
        agent: { disabled: true },
        forceDarkModeState: scheme,
        hideDarkModeToggle: true,
        defaultHttpClient: { targetKey: "shell", clientKey: "curl" },
      });
      unmount = () => viewer?.destroy();
    });
    return () => {
      left = true;
      unmount?.();
    };
  }, [scheme]);
  return <div ref={place} />;
}
