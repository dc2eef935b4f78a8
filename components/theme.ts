import { type CSSVariablesResolver, createTheme } from "@mantine/core";
import { ACCENT, BLUE, DARK, GRAY, GREEN, ORANGE, RED, VIOLET, YELLOW } from "#components/palette.ts";

// Named families come before `system-ui`, which on a bare Linux is a font too wide for dense tables.
const SANS =
  '-apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, "Noto Sans", "Open Sans", "Liberation Sans", system-ui, sans-serif';

/** The console's look: slate neutrals, one teal accent, 14 px base text on a 4 px grid. */
export const theme = createTheme({
  primaryColor: "accent",
  primaryShade: { light: 7, dark: 7 },
  colors: {
    gray: GRAY,
    dark: DARK,
    accent: ACCENT,
    violet: VIOLET,
    blue: BLUE,
    green: GREEN,
    red: RED,
    yellow: YELLOW,
    orange: ORANGE,
  },
  black: "#191e27",
  fontFamily: SANS,
  fontSizes: { xs: "0.75rem", sm: "0.8125rem", md: "0.875rem", lg: "1rem", xl: "1.125rem" },
  lineHeights: { xs: "1.35", sm: "1.45", md: "1.5", lg: "1.5", xl: "1.45" },
  spacing: { xs: "0.5rem", sm: "0.75rem", md: "1rem", lg: "1.5rem", xl: "2rem" },
  radius: { xs: "3px", sm: "5px", md: "7px", lg: "10px", xl: "14px" },
  defaultRadius: "sm",
  headings: {
    fontFamily: SANS,
    fontWeight: "620",
    textWrap: "balance",
    sizes: {
      h1: { fontSize: "1.375rem", lineHeight: "1.3" },
      h2: { fontSize: "1.0625rem", lineHeight: "1.4" },
      h3: { fontSize: "0.9375rem", lineHeight: "1.45" },
      h4: { fontSize: "0.875rem", lineHeight: "1.45" },
      h5: { fontSize: "0.8125rem", lineHeight: "1.45" },
      h6: { fontSize: "0.75rem", lineHeight: "1.45" },
    },
  },
  shadows: {
    xs: "0 1px 2px rgb(16 22 32 / 6%)",
    sm: "0 1px 3px rgb(16 22 32 / 8%), 0 1px 2px rgb(16 22 32 / 5%)",
    md: "0 4px 12px rgb(16 22 32 / 10%), 0 1px 3px rgb(16 22 32 / 6%)",
    lg: "0 12px 32px rgb(16 22 32 / 14%), 0 2px 6px rgb(16 22 32 / 6%)",
    xl: "0 24px 56px rgb(16 22 32 / 20%)",
  },
  cursorType: "pointer",
  respectReducedMotion: true,
  components: {
    ActionIcon: { defaultProps: { variant: "subtle", color: "gray" } },
    Badge: { defaultProps: { radius: "sm", variant: "light" } },
    Button: { defaultProps: { size: "sm" } },
    Menu: { defaultProps: { shadow: "md", withInitialFocusPlaceholder: false } },
    Modal: {
      defaultProps: {
        centered: true,
        padding: "lg",
        radius: "lg",
        overlayProps: { backgroundOpacity: 0.5, blur: 2 },
        closeButtonProps: { "aria-label": "Close" },
        // A `header` element inside a dialog counts as the page's banner otherwise.
        attributes: { header: { role: "none" } },
      },
    },
    Notification: { defaultProps: { closeButtonProps: { "aria-label": "Close this notice" } } },
    Paper: { defaultProps: { radius: "md" } },
    PasswordInput: { defaultProps: { size: "sm" } },
    Select: { defaultProps: { size: "sm", checkIconPosition: "right" } },
    Textarea: { defaultProps: { size: "sm" } },
    TextInput: { defaultProps: { size: "sm" } },
    Tooltip: { defaultProps: { withArrow: true, openDelay: 250, multiline: true, maw: 320, fz: "xs" } },
  },
});

const TINTED = ["accent", "violet", "blue", "green", "red", "yellow", "orange"];

/** Backgrounds of badges, alerts and soft buttons in the dark scheme: tinted glass, where Mantine's own are nearly black. */
function darkTints(): Record<string, string> {
  const tints: Record<string, string> = {
    "--mantine-color-gray-light": DARK[5],
    "--mantine-color-gray-light-hover": DARK[4],
    "--mantine-color-gray-light-color": DARK[0],
  };
  for (const name of TINTED) {
    const shade = (index: number) => `var(--mantine-color-${name}-${index})`;
    tints[`--mantine-color-${name}-light`] = `color-mix(in srgb, ${shade(6)} 20%, transparent)`;
    tints[`--mantine-color-${name}-light-hover`] = `color-mix(in srgb, ${shade(6)} 30%, transparent)`;
    tints[`--mantine-color-${name}-light-color`] = shade(2);
  }
  return tints;
}

/** Colours by meaning; a component reads these instead of picking a shade. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    "--g-canvas": GRAY[0],
    "--g-surface": "#ffffff",
    "--g-sunken": GRAY[1],
    "--g-line": GRAY[2],
    "--g-line-strong": GRAY[4],
    "--g-text-muted": GRAY[6],
    "--g-link": ACCENT[7],
    "--g-focus": ACCENT[6],
    "--g-track": GRAY[2],
    "--mantine-color-body": "#ffffff",
    "--mantine-color-text": GRAY[9],
    "--mantine-color-dimmed": GRAY[6],
    "--mantine-color-placeholder": GRAY[6],
    "--mantine-color-anchor": ACCENT[7],
    "--mantine-color-error": RED[7],
    "--mantine-color-default-border": GRAY[3],
  },
  dark: {
    "--g-canvas": DARK[8],
    "--g-surface": DARK[7],
    "--g-sunken": DARK[6],
    "--g-line": DARK[5],
    "--g-line-strong": DARK[4],
    "--g-text-muted": DARK[2],
    "--g-link": ACCENT[4],
    "--g-focus": ACCENT[4],
    "--g-track": DARK[5],
    "--mantine-color-body": DARK[7],
    "--mantine-color-text": DARK[0],
    "--mantine-color-dimmed": DARK[2],
    "--mantine-color-placeholder": DARK[2],
    "--mantine-color-anchor": ACCENT[4],
    "--mantine-color-error": RED[4],
    ...darkTints(),
    "--mantine-color-default-border": DARK[4],
  },
});
