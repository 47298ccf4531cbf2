/** One line of a chart; both coordinates of a point must be above 0. */
export interface Line {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}

export interface Chart {
  readonly title: string;
  readonly x: string;
  readonly y: string;
  readonly lines: readonly Line[];
}

const WIDTH = 720;
const HEIGHT = 400;
const PLOT = { left: 70, right: 530, top: 50, bottom: 340 };
const COLORS = ['#cf222e', '#bf8700', '#1f6feb', '#2da44e'];

// Readable on white and on black backgrounds.
const STYLE = `text{font:13px system-ui,sans-serif;fill:#57606a}.title{font-size:15px;font-weight:600}
.grid{stroke:#8c959f55}.line{fill:none;stroke-width:2.5}
@media (prefers-color-scheme:dark){text{fill:#c9d1d9}}`;

/** A line chart with two logarithmic axes, as SVG; identical for identical numbers. */
export const lineChart = ({ title, x, y, lines }: Chart): string => {
  const points = lines.flatMap((line) => line.points);
  const across = createAxis(
    points.map(([value]) => value),
    PLOT.left,
    PLOT.right,
  );
  const up = createAxis(
    points.map(([, value]) => value),
    PLOT.bottom,
    PLOT.top,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img">`,
    `<title>${title}</title><style>${STYLE}</style>`,
    text(PLOT.left, 28, title, 'class="title"'),
    ...across.ticks.map((tick) => verticalRule(across.place(tick), tick)),
    ...up.ticks.map((tick) => horizontalRule(up.place(tick), tick)),
    text((PLOT.left + PLOT.right) / 2, HEIGHT - 16, x, 'text-anchor="middle"'),
    text(PLOT.left, PLOT.top - 4, y),
    ...lines.map((line, place) => drawLine(line, COLORS[place] ?? '', { across, up })),
    '</svg>',
  ].join('\n');
};

interface Axis {
  readonly place: (value: number) => number;
  readonly ticks: readonly number[];
}

/** An axis from the power of ten at or below the minimum to the one at or above the maximum. */
const createAxis = (values: readonly number[], from: number, to: number): Axis => {
  const least = Math.floor(Math.log10(Math.min(...values)));
  const greatest = Math.max(least + 1, Math.ceil(Math.log10(Math.max(...values))));
  const scale = (to - from) / (greatest - least);
  return {
    place: (value) => rounded(from + (Math.log10(value) - least) * scale),
    ticks: Array.from({ length: greatest - least + 1 }, (_, step) => 10 ** (least + step)),
  };
};

const verticalRule = (x: number, tick: number): string =>
  `<path class="grid" d="M${x} ${PLOT.top}V${PLOT.bottom}"/>${text(x, PLOT.bottom + 20, format(tick), 'text-anchor="middle"')}`;

const horizontalRule = (y: number, tick: number): string =>
  `<path class="grid" d="M${PLOT.left} ${y}H${PLOT.right}"/>${text(PLOT.left - 8, y + 4, format(tick), 'text-anchor="end"')}`;

const drawLine = (
  { name, points }: Line,
  color: string,
  { across, up }: { readonly across: Axis; readonly up: Axis },
): string => {
  const places = points.map(([x, y]) => `${across.place(x)} ${up.place(y)}`);
  const [lastX = 1, lastY = 1] = points.at(-1) ?? [];
  const dots = places.map(
    (place) => `<circle r="3.5" fill="${color}" cx="${place.replace(' ', '" cy="')}"/>`,
  );
  const [endX, endY] = [across.place(lastX), up.place(lastY)];
  // To the right of the plot, or above the end of a line that ends inside it.
  const label =
    endX === PLOT.right
      ? text(endX + 10, endY + 4, name, `style="fill:${color}"`)
      : text(endX - 8, endY - 8, name, `style="fill:${color}" text-anchor="end"`);
  return `<path class="line" stroke="${color}" d="M${places.join('L')}"/>${dots.join('')}${label}`;
};

const text = (x: number, y: number, content: string, attributes = ''): string =>
  `<text x="${x}" y="${y}" ${attributes}>${content}</text>`;

const format = (value: number): string =>
  value >= 1 ? value.toLocaleString('en') : String(rounded(value));

const rounded = (value: number): number => Math.round(value * 100) / 100;
