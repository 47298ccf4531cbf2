import type { Page } from 'playwright-core';

/** What a reader sees of one element in its container. */
export interface Look {
  readonly place: string;
  /** The number of its text lines. */
  readonly lines: number;
  /** Whether the text about active sessions starts below the one about visitors. */
  readonly isBroken: boolean;
  /** How much wider the element is than its text, in digit widths. */
  readonly gap: number;
  /** Pixels by which the content overflows the container. */
  readonly overflow: number;
  /** The boxes of the container and the other elements in it, in pixels. */
  readonly neighbours: readonly number[];
}

/** How the element looks in each `[data-place]` of the page; its neighbours are the `b` elements. */
export const lookAtPlaces = (page: Page): Promise<Look[]> =>
  page.evaluate(() => {
    const rectsOf = (node: Node | null | undefined): DOMRect[] => {
      if (!node) return [];
      const range = document.createRange();
      range.selectNodeContents(node);
      return [...range.getClientRects()].filter(({ width }) => width > 0);
    };
    const boxOf = ({ left, top, width, height }: DOMRect): number[] =>
      [left + scrollX, top + scrollY, width, height].map((pixels) => Math.round(pixels * 64) / 64);
    const digits = new Map<string, number>();
    const digitOf = ({ font }: CSSStyleDeclaration): number => {
      const context = document.createElement('canvas').getContext('2d');
      if (!context || digits.has(font)) return digits.get(font) ?? 0;
      context.font = font;
      digits.set(font, context.measureText('0').width);
      return digitOf({ font } as CSSStyleDeclaration);
    };

    return [...document.querySelectorAll<HTMLElement>('[data-place]')].map((place) => {
      const element = place.querySelector('session-counter');
      const text = element?.shadowRoot?.querySelector('[role=status]');
      const style = getComputedStyle(place);
      const isBelow = (one = 0, other = 0) => one - other > Number.parseFloat(style.fontSize) / 2;
      const rects = rectsOf(text);
      const tops = rects.map(({ top }) => top).sort((one, other) => one - other);
      const [visitors, active] = ['visitors', 'active'].map((part) =>
        rectsOf(text?.querySelector(`[part=${part}]`)),
      );
      const left = Math.min(...rects.map((rect) => rect.left));
      const right = Math.max(...rects.map((rect) => rect.right));
      const width = element?.getBoundingClientRect().width ?? 0;
      return {
        place: place.dataset.place ?? '',
        lines: 1 + tops.filter((top, index) => index && isBelow(top, tops[index - 1])).length,
        isBroken: isBelow(active?.[0]?.top, visitors?.at(-1)?.top),
        gap: (width - (right - left)) / digitOf(style),
        overflow: place.scrollWidth - place.clientWidth,
        neighbours: [place, ...place.querySelectorAll('b')].flatMap((it) =>
          boxOf(it.getBoundingClientRect()),
        ),
      };
    });
  });
