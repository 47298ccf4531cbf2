import type { BadgeStyle } from './badge-style.ts';

const HEIGHT = 20;
const PADDING = 7;
const FONT_SIZE = 11;
const LABEL_COLOR = '24292f';

/**
 * A flat badge with two halves, the label and the number. Each text is fitted to its reserved width,
 * whatever font the viewer has; screen readers announce both.
 */
export const drawBadge = ({ label, color }: Omit<BadgeStyle, 'metric'>, count: number): string => {
  const number = count.toLocaleString('en');
  const left = halfOf(label, 0, LABEL_COLOR);
  const right = halfOf(number, left.width, color);
  const width = left.width + right.width;
  const title = escapeXml(`${label}: ${number}`);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${HEIGHT}" role="img" aria-label="${title}">`,
    `<title>${title}</title>`,
    `<clipPath id="r"><rect width="${width}" height="${HEIGHT}" rx="3"/></clipPath>`,
    `<g clip-path="url(#r)" shape-rendering="crispEdges">${left.box}${right.box}</g>`,
    `<g font-family="Verdana,DejaVu Sans,sans-serif" font-size="${FONT_SIZE}" text-rendering="geometricPrecision">${left.text}${right.text}</g>`,
    '</svg>',
  ].join('');
};

const halfOf = (text: string, x: number, background: string) => {
  const textWidth = estimateWidth(text);
  const width = textWidth + 2 * PADDING;
  const escaped = escapeXml(text);
  return {
    width,
    box: `<rect x="${x}" width="${width}" height="${HEIGHT}" fill="#${background}"/>`,
    text: `<text x="${x + PADDING}" y="14" textLength="${textWidth}" lengthAdjust="spacingAndGlyphs" fill="${textColorOn(background)}">${escaped}</text>`,
  };
};

// Approximate widths in Verdana at 11 pixels; textLength corrects the difference.
const WIDTHS: readonly (readonly [RegExp, number])[] = [
  [/[ijl.,:;|!' ]/, 4],
  [/[frt()[\]/-]/, 5],
  [/[A-Z#&%@mwMW]/, 8.5],
  [/[\u0020-\u024f]/, 7],
];
const WIDE = 11;

const estimateWidth = (text: string): number =>
  Math.ceil(
    [...text].reduce(
      (sum, character) => sum + (WIDTHS.find(([kind]) => kind.test(character))?.[1] ?? WIDE),
      0,
    ),
  );

/** Black or white, whichever has more contrast with the background. */
const textColorOn = (background: string): string =>
  relativeLuminance(background) > EVEN_LUMINANCE ? '#000' : '#fff';

// The luminance with the same contrast to white and to black.
const EVEN_LUMINANCE = 0.179;

// https://www.w3.org/TR/WCAG22/#dfn-relative-luminance
const relativeLuminance = (color: string): number => {
  const [red = 0, green = 0, blue = 0] = (color.match(/../g) ?? []).map((digits) => {
    const part = Number.parseInt(digits, 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escapeXml = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
