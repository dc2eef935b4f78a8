import { IconBolt, IconListCheck, IconPlayerPause } from "@tabler/icons-react";
import classes from "#app/landing.module.css";
import { LandingPanel } from "#app/landing-panel.tsx";
import { LinkButton } from "#components/link-button.tsx";
import { Logo } from "#components/logo.tsx";

const PROMISES = [
  {
    icon: IconBolt,
    title: "Never one too many",
    text: "However many services ask at once, a country's day never takes in more than its cap.",
  },
  {
    icon: IconPlayerPause,
    title: "A pause is immediate",
    text: "Once a pause is saved, no later check is granted, and none in flight slips past.",
  },
  {
    icon: IconListCheck,
    title: "Every change is on record",
    text: "Who did it, when and why, in a chain of entries that an auditor can verify.",
  },
];

/** What a visitor who isn't signed in sees. */
export function Landing() {
  return (
    <div className={classes.page}>
      <header className={classes.bar}>
        <Logo />
        <nav aria-label="Start" className={classes.links}>
          <a href="/docs">API reference</a>
          <LinkButton href="/sign-in" variant="default">
            Sign in
          </LinkButton>
        </nav>
      </header>
      <main className={classes.main}>
        <div className={classes.pitch}>
          <h1 className={classes.title}>Open to the world, one country at a time</h1>
          <p className={classes.lead}>
            Your services ask Gantry before each sign-up, purchase and creator. It answers in milliseconds,
            and it never lets in more than the country's cap for the day.
          </p>
          <div className={classes.actions}>
            <LinkButton href="/sign-in" size="md">
              Sign in
            </LinkButton>
            <LinkButton href="/sign-up" size="md" variant="default">
              Make an account
            </LinkButton>
          </div>
        </div>
        <LandingPanel />
        <ul className={classes.promises}>
          {PROMISES.map(({ icon: Icon, title, text }) => (
            <li key={title}>
              <Icon size={20} stroke={1.7} aria-hidden />
              <h2>{title}</h2>
              <p>{text}</p>
            </li>
          ))}
        </ul>
      </main>
    </div>
  );
}
