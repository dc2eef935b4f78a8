import { Body } from "@react-email/body";
import { Button } from "@react-email/button";
import { Container } from "@react-email/container";
import { Head } from "@react-email/head";
import { Heading } from "@react-email/heading";
import { Html } from "@react-email/html";
import { Preview } from "@react-email/preview";
import { Text } from "@react-email/text";
import type { ReactNode } from "react";

const FONT = "-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif";
const SMALL = { margin: "0 0 8px", fontSize: 13, lineHeight: 1.5, color: "#5b6472" };

interface LayoutProps {
  title: string;
  preview: string;
  /** The one thing to do, when there is one. */
  action?: { label: string; href: string };
  /** What is said in small letters at the end. */
  small?: string;
  /** Where the reader can stop such mails. */
  stop?: string;
  children: ReactNode;
}

/** Every mail of Gantry: one card, one button. It loads nothing. */
export function Layout({ title, preview, action, small, stop, children }: LayoutProps) {
  return (
    <Html lang="en">
      <Head>
        <title>{title}</title>
        <meta name="color-scheme" content="light dark" />
      </Head>
      <Preview>{preview}</Preview>
      <Body
        style={{
          margin: 0,
          padding: "32px 16px",
          backgroundColor: "#f1f3f6",
          color: "#191e27",
          fontFamily: FONT,
        }}
      >
        <Container
          style={{
            maxWidth: 480,
            padding: 32,
            backgroundColor: "#ffffff",
            border: "1px solid #dfe3e9",
            borderRadius: 14,
          }}
        >
          <Text style={{ margin: "0 0 24px", fontSize: 15, fontWeight: 700, color: "#0b6e69" }}>Gantry</Text>
          <Heading as="h1" style={{ margin: "0 0 12px", fontSize: 21, lineHeight: 1.3, color: "#191e27" }}>
            {title}
          </Heading>
          {children}
          {action && <Action {...action} />}
          {small && <Text style={{ ...SMALL, margin: 0 }}>{small}</Text>}
          {stop && (
            <Text style={{ ...SMALL, margin: "16px 0 0" }}>
              <a href={stop} style={{ color: "#0b6e69" }}>
                Stop these mails
              </a>
            </Text>
          )}
        </Container>
      </Body>
    </Html>
  );
}

function Action({ label, href }: { label: string; href: string }) {
  return (
    <>
      <Button
        href={href}
        style={{
          margin: "0 0 24px",
          padding: "12px 22px",
          backgroundColor: "#0b6e69",
          color: "#ffffff",
          fontSize: 15,
          fontWeight: 600,
          borderRadius: 8,
        }}
      >
        {label}
      </Button>
      <Text style={SMALL}>
        Or open this address:
        <br />
        <span style={{ wordBreak: "break-all" }}>{href}</span>
      </Text>
    </>
  );
}

/** A paragraph of a mail. */
export function Paragraph({ children }: { children: ReactNode }) {
  return (
    <Text style={{ margin: "0 0 24px", fontSize: 15, lineHeight: 1.55, color: "#3a4250" }}>{children}</Text>
  );
}

const CELL = {
  padding: "7px 0",
  borderTop: "1px solid #e6e9ee",
  fontSize: 14,
  lineHeight: 1.45,
  verticalAlign: "top" as const,
};

/** What is known, a line each: its name beside it. */
export function Facts({ facts }: { facts: readonly (readonly [label: string, value: string])[] }) {
  return (
    <table width="100%" cellPadding={0} cellSpacing={0} role="presentation" style={{ margin: "0 0 24px" }}>
      <tbody>
        {facts.map(([label, value]) => (
          <tr key={label}>
            <td width="38%" style={{ ...CELL, paddingRight: 12, color: "#5b6472" }}>
              {label}
            </td>
            <td style={{ ...CELL, color: "#191e27", fontWeight: 600 }}>{value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
