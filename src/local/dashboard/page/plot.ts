import UPlot from 'uplot';
import { hasValues } from './chart-columns.ts';
import { nextIndex } from './plot-keys.ts';
import type { PlotModel } from './plot-model.ts';
import { plotOptions } from './plot-options.ts';

/** A plot in an element, as large as that. */
export interface Plot {
  readonly draw: (model: PlotModel) => void;
  readonly redraw: () => void;
  readonly destroy: () => void;
}

/**
 * Draws into `host` what `draw` gets. `onHover` gets the index of the time under the pointer, or the one that the
 * arrow keys chose; undefined without one.
 */
export const createPlot = (
  host: HTMLElement,
  onHover: (index: number | undefined) => void,
): Plot => {
  let plot: UPlot | undefined;
  let model: PlotModel | undefined;
  const create = (first: PlotModel): void => {
    const { left = -1, top = -1 } = plot?.cursor ?? {};
    plot?.destroy();
    plot = new UPlot(
      plotOptions(() => model ?? first, sizeOf(host), onHover),
      dataOf(first),
      host,
    );
    if (left >= 0) plot.setCursor({ left, top });
  };
  const resizing = new ResizeObserver(() => plot?.setSize(sizeOf(host)));
  resizing.observe(host);
  host.addEventListener('keydown', (event) => plot && moveCursor(plot, event));
  return {
    draw: (next) => {
      const isSame = model !== undefined && shapeOf(model) === shapeOf(next);
      model = next;
      if (isSame) plot?.setData(dataOf(next));
      else create(next);
    },
    redraw: () => plot?.redraw(false, true),
    destroy: () => {
      resizing.disconnect();
      plot?.destroy();
    },
  };
};

const sizeOf = ({ clientWidth, clientHeight }: HTMLElement) => ({
  ...{ width: clientWidth, height: clientHeight },
});

const dataOf = ({ times, columns }: PlotModel): UPlot.AlignedData =>
  [times, ...columns] as unknown as UPlot.AlignedData;

// What uPlot cannot change later.
const shapeOf = ({ series, columns, sides, isStacked, areWhole }: PlotModel): string =>
  JSON.stringify([
    ...[series.map(({ side }) => side), columns.map(hasValues)],
    ...[sides, isStacked, areWhole],
  ]);

const moveCursor = (plot: UPlot, event: KeyboardEvent): void => {
  const index = nextIndex(event.key, plot.cursor.idx ?? undefined, plot.data[0]);
  if (index === undefined) return;
  event.preventDefault();
  const left = plot.valToPos(plot.data[0][index] ?? 0, 'x');
  plot.setCursor({ left, top: plot.bbox.height / devicePixelRatio / 2 }, true);
};
