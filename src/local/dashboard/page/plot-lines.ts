import type uPlot from 'uplot';
import type { Line } from '../../cloudwatch/dashboard/dashboard.ts';
import { readableColor } from './colors.ts';
import { currentTheme } from './theme.ts';

/** Draws horizontal lines across a plot, each with its label. */
export const drawLines = (plot: uPlot, lines: readonly Line[]): void => {
  for (const line of lines) drawLine(plot, line);
};

const drawLine = ({ ctx, bbox, valToPos }: uPlot, { value, label, color, side }: Line): void => {
  const { background, text, font } = currentTheme();
  const ratio = devicePixelRatio;
  const y = Math.round(valToPos(value, side, true));
  const stroke = color === undefined ? text : readableColor(color, background);
  ctx.save();
  Object.assign(ctx, { strokeStyle: stroke, fillStyle: stroke, lineWidth: ratio });
  ctx.setLineDash([4 * ratio, 3 * ratio]);
  ctx.beginPath();
  ctx.moveTo(bbox.left, y);
  ctx.lineTo(bbox.left + bbox.width, y);
  ctx.stroke();
  Object.assign(ctx, { font: scaleFont(font, ratio), textAlign: 'right', textBaseline: 'top' });
  if (label) ctx.fillText(label, bbox.left + bbox.width, y + 4 * ratio);
  ctx.restore();
};

const scaleFont = (font: string, ratio: number): string =>
  font.replace(/^(\d+)px/, (_, size) => `${Number(size) * ratio}px`);
