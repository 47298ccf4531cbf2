const SCHEME = matchMedia('(prefers-color-scheme: dark)');

/** The colours that charts are drawn with: those of the style sheet. */
export interface Theme {
  readonly background: string;
  readonly text: string;
  readonly rule: string;
  readonly font: string;
}

const readTheme = (): Theme => {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string): string => style.getPropertyValue(name).trim();
  return {
    ...{ background: read('--card'), text: read('--quiet'), rule: read('--rule') },
    font: `11px ${read('--sans')}`,
  };
};

let theme: Theme | undefined;

/** The colours now, light or dark. */
export const currentTheme = (): Theme => {
  theme ??= readTheme();
  return theme;
};

/** Calls `redraw` after each change between light and dark. */
export const onThemeChange = (redraw: () => void): void =>
  SCHEME.addEventListener('change', () => {
    theme = undefined;
    redraw();
  });
