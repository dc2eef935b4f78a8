import Link from "next/link";
import type { ReactNode } from "react";
import classes from "#app/(auth)/auth.module.css";
import { Logo } from "#components/logo.tsx";

/** The frame of the sign-in pages: one card, the mark above it. */
export default function AuthLayout({ children }: { children: ReactNode }) {
  return (
    <main className={classes.frame}>
      <Link href="/" className={classes.brand}>
        <Logo />
      </Link>
      <div className={classes.card}>{children}</div>
      <p className={classes.foot}>Opens a product to the world one country at a time.</p>
    </main>
  );
}
