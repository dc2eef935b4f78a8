import classes from "#app/status-page.module.css";
import { Logo } from "#components/logo.tsx";
import { PageMissing } from "#components/page-missing.tsx";

export default function NotFound() {
  return (
    <main className={classes.page}>
      <Logo />
      <PageMissing href="/" label="Go to the start" />
    </main>
  );
}
