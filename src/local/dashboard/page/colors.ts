/**
 * The colours of CloudWatch for series without one, in their order; the first eight have names in the CDK.
 *
 * @see https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_cloudwatch.Color.html
 */
const PALETTE = [
  ...['#1f77b4', '#ff7f0e', '#2ca02c', '#d62728', '#9467bd'],
  ...['#8c564b', '#e377c2', '#7f7f7f', '#bcbd22', '#17becf'],
];

/** The colour of the series at `index`, if it has none of its own. */
export const paletteColor = (index: number): string => PALETTE[index % PALETTE.length] ?? '#7f7f7f';

type Rgb = readonly number[];

const parseColor = (color: string): Rgb =>
  [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));

const formatColor = (rgb: Rgb): string =>
  `#${rgb.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;

/** @see https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
const luminanceOf = (rgb: Rgb): number => {
  const [red = 0, green = 0, blue = 0] = rgb
    .map((part) => part / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};

/**
 * The contrast of two colours such as `#1f77b4`, from 1 to 21.
 *
 * @see https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
 */
export const contrastOf = (one: string, other: string): number => {
  const [darker = 0, lighter = 0] = [one, other]
    .map((color) => luminanceOf(parseColor(color)))
    .sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
};

/** WCAG's least contrast for graphics. */
const LEAST_CONTRAST = 3;

/** The colour, moved away from the background only as far as a contrast of 3 needs. */
export const readableColor = (color: string, background: string): string => {
  const target = luminanceOf(parseColor(background)) > 0.18 ? 0 : 255;
  const mixed = (share: number): string =>
    formatColor(parseColor(color).map((part) => part + (target - part) * share));
  const shares = Array.from({ length: 21 }, (_, i) => i / 20);
  const share = shares.find((it) => contrastOf(mixed(it), background) >= LEAST_CONTRAST);
  return mixed(share ?? 1);
};
