import {
  Button,
  type CSSVariablesResolver,
  createTheme,
  type MantineColorsTuple,
  Table,
  Tooltip,
} from '@mantine/core';

const shades = (...list: MantineColorsTuple): MantineColorsTuple => list;
const EMOJI = '"Apple Color Emoji", "Segoe UI Emoji", "Noto Color Emoji"';

/** Mantine's side of the look: colours, type, space and shape. What it has no name for is in tokens.css. */
export const theme = createTheme({
  colors: {
    // biome-ignore format: one line a colour
    plum: shades('#fcf3f7', '#fae3ee', '#f3c6dc', '#e89fc4', '#d97aad', '#c35693', '#ad3d7f', '#8c2c64', '#6e214e', '#4e1837'),
    // biome-ignore format: one line a colour
    gray: shades('#fbf9fb', '#f5f3f5', '#ebe9eb', '#dfdddf', '#cec9cd', '#aba6aa', '#837e82', '#635f63', '#3e3a3e', '#201d20'),
    // biome-ignore format: one line a colour
    dark: shades('#e8e5e9', '#ccc9cd', '#b3b0b5', '#837e84', '#403b40', '#332f33', '#29252a', '#1e1a1f', '#171318', '#100d11'),
  },
  primaryColor: 'plum',
  primaryShade: 6,
  black: '#201d20',
  autoContrast: true,
  luminanceThreshold: 0.2,
  fontFamily: `system-ui, -apple-system, "Segoe UI Variable Text", "Segoe UI", Inter, Roboto, "Noto Sans", Ubuntu, Cantarell, sans-serif, ${EMOJI}`,
  fontFamilyMonospace: `ui-monospace, SFMono-Regular, "Cascadia Mono", "JetBrains Mono", Menlo, Consolas, "Noto Sans Mono", monospace, ${EMOJI}`,
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.25rem' },
  lineHeights: { xs: '1.333', sm: '1.385', md: '1.4286', lg: '1.5', xl: '1.4' },
  headings: {
    fontWeight: '600',
    textWrap: 'balance',
    sizes: {
      h1: { fontSize: '1.25rem', lineHeight: '1.75rem' },
      h2: { fontSize: '0.75rem', lineHeight: '1rem' },
      h3: { fontSize: '0.875rem', lineHeight: '1.25rem' },
    },
  },
  spacing: { xs: '0.25rem', sm: '0.5rem', md: '0.75rem', lg: '1rem', xl: '1.5rem' },
  radius: { xs: '0.25rem', sm: '0.375rem', md: '0.625rem', lg: '0.875rem', xl: '1.125rem' },
  defaultRadius: 'sm',
  respectReducedMotion: true,
  focusRing: 'auto',
  cursorType: 'default',
  components: {
    Button: Button.extend({ styles: { label: { fontWeight: 500 } } }),
    Table: Table.extend({ defaultProps: { verticalSpacing: 6, horizontalSpacing: 'lg' } }),
    Tooltip: Tooltip.extend({
      defaultProps: { openDelay: 500, events: { hover: true, focus: true, touch: false } },
    }),
  },
});

/** Names that Mantine sets itself and that the page wants otherwise. */
export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#5c575c',
    '--mantine-color-placeholder': '#6d686c',
    '--mantine-color-default-border': '#dfdddf',
    '--mantine-color-error': '#b62c0f',
  },
  dark: {
    '--mantine-color-dimmed': '#b3b0b5',
    '--mantine-color-placeholder': '#9a969b',
    '--mantine-color-default-border': '#3a353b',
    '--mantine-color-error': '#ffa28e',
    '--mantine-color-default': '#29252a',
  },
});
