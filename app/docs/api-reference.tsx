"use client";

import "@scalar/api-reference/style.css";
import { useComputedColorScheme } from "@mantine/core";
import { useEffect, useRef } from "react";

/** Mounts the bundled viewer. It loads no fonts, sends nothing anywhere and asks through no proxy. */
export function ApiReference() {
  const place = useRef<HTMLDivElement>(null);
  const scheme = useComputedColorScheme("light");
  useEffect(() => {
    let unmount: (() => void) | undefined;
    let left = false;
    void import("@scalar/api-reference").then(({ createApiReference }) => {
      if (left || place.current === null) return;
      const viewer = createApiReference(place.current, {
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
      unmount = () => viewer.destroy();
    });
    return () => {
      left = true;
      unmount?.();
    };
  }, [scheme]);
  return <div ref={place} />;
}
