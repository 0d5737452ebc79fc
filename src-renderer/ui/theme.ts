import {
  Badge,
  Button,
  Checkbox,
  type CSSVariablesResolver,
  createTheme,
  Input,
  type MantineColorsTuple,
  Menu,
  Modal,
  Radio,
  SegmentedControl,
  Switch,
  Table,
  Tabs,
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
    // biome-ignore format: one line a colour
    green: shades('#ebf9f0', '#d1f1dc', '#aae5be', '#80d3a0', '#59c085', '#34ab6d', '#1b945a', '#0c7a48', '#0a5f38', '#084628'),
    // biome-ignore format: one line a colour
    yellow: shades('#fff5e8', '#ffe9cc', '#ffd7a0', '#ffc166', '#f5ae39', '#e49c0d', '#c38400', '#9c6900', '#7b5100', '#5e3d00'),
    // biome-ignore format: one line a colour
    red: shades('#fff3f0', '#ffe2dc', '#ffc7ba', '#ffa28e', '#f87a60', '#ea5538', '#d3391a', '#b62c0f', '#93250e', '#6f1b0a'),
    // biome-ignore format: one line a colour
    blue: shades('#f0f7ff', '#dcecff', '#bcdbff', '#91c2fa', '#67a9f0', '#3d8fe4', '#1c77cd', '#0763b1', '#094e8c', '#053b6c'),
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
    Badge: Badge.extend({
      styles: { label: { textTransform: 'none', fontWeight: 500 }, section: { marginInlineEnd: 6 } },
    }),
    Button: Button.extend({ styles: { label: { fontWeight: 500 } } }),
    Checkbox: Checkbox.extend({
      styles: { description: { fontSize: 'var(--mantine-font-size-sm)', lineHeight: '18px' } },
    }),
    InputWrapper: Input.Wrapper.extend({
      styles: {
        label: { fontWeight: 500, marginBottom: 4 },
        description: { fontSize: 'var(--mantine-font-size-sm)', lineHeight: '18px', marginTop: 4 },
        error: { fontSize: 'var(--mantine-font-size-sm)', lineHeight: '18px', marginTop: 4 },
      },
    }),
    Menu: Menu.extend({
      // A menu holds its items and nothing else; the first of them is focused.
      defaultProps: { withInitialFocusPlaceholder: false },
      styles: { dropdown: { padding: 6 }, item: { minHeight: 34, padding: '6px 10px' } },
    }),
    Modal: Modal.extend({
      defaultProps: { padding: 'xl', radius: 'lg', shadow: 'xl' },
      styles: { title: { fontSize: 'var(--mantine-font-size-xl)', lineHeight: '28px', fontWeight: 600 } },
    }),
    Radio: Radio.extend({
      styles: {
        description: { fontSize: 'var(--mantine-font-size-sm)', lineHeight: '18px' },
        label: { fontWeight: 500 },
      },
    }),
    SegmentedControl: SegmentedControl.extend({
      defaultProps: { withItemsBorders: false },
      styles: { label: { fontWeight: 500 } },
    }),
    Switch: Switch.extend({
      defaultProps: { withThumbIndicator: false },
      styles: { description: { fontSize: 'var(--mantine-font-size-sm)', lineHeight: '18px' } },
    }),
    Tabs: Tabs.extend({ styles: { tab: { paddingBlock: 12, paddingInline: 'var(--bm-tab-gap, 10px)' } } }),
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
    '--mantine-color-red-outline': '#ffa28e',
  },
});
