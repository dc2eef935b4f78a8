"use client";

import { Button, type ButtonProps } from "@mantine/core";
import Link from "next/link";
import type { ReactNode } from "react";

type Look = Pick<ButtonProps, "variant" | "size" | "color" | "leftSection" | "rightSection" | "fullWidth">;

type LinkButtonProps = Look & {
  href: string;
  /** False keeps the page where it is scrolled to. */
  scroll?: boolean;
  children: ReactNode;
};

/** A link to another page that looks like a button; usable in server components, which can't hand `Link` to Mantine. */
export function LinkButton(props: LinkButtonProps) {
  return <Button component={Link} {...props} />;
}
