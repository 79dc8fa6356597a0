import { createTheme, type MantineColorsTuple } from '@mantine/core';

// White on shades 7 and 8 reaches a contrast of 4.5 (WCAG 2.2, 1.4.3), and so do links of shade 8 on white and of shade 4 on the dark ground.
const ember: MantineColorsTuple = ['#fff3ec', '#fde4d7', '#fac5aa', '#f7a57a', '#f48a51', '#e76a29', '#d9560f', '#c2470a', '#a83b06', '#7f2c03'];

export const theme = createTheme({
  primaryColor: 'ember',
  primaryShade: { light: 8, dark: 7 },
  autoContrast: true,
  colors: { ember },
  defaultRadius: 'md',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
  headings: { fontWeight: '650' },
  cursorType: 'pointer',
  components: {
    // A link within a text must not be told by its colour alone (WCAG 2.2, 1.4.1).
    Anchor: { defaultProps: { underline: 'always' } },
    Tooltip: { defaultProps: { openDelay: 400 } },
    Modal: { defaultProps: { centered: true } },
    // In its own colour a title on the light ground of an alert falls short of 4.5.
    Alert: { styles: { title: { color: 'var(--mantine-color-text)' } } },
  },
});
