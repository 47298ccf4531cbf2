import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { drawCharts } from '../../../measure/bench/charts/charts.ts';
import { fillDocument } from '../../../measure/bench/charts/document.ts';
import { lineChart } from '../../../measure/bench/charts/line-chart.ts';
import { formatFindings } from '../../../measure/bench/format.ts';
import type { Results } from '../../../measure/bench/results.ts';

const FOLDER = 'docs/performance';
const readResults = (): Results => JSON.parse(readFileSync(`${FOLDER}/results.json`, 'utf8'));

describe('the documents', () => {
  it('show the charts of the stored results', () => {
    for (const [name, chart] of Object.entries(drawCharts(readResults()))) {
      expect(readFileSync(`${FOLDER}/${name}`, 'utf8')).toBe(`${chart}\n`);
    }
  });

  it('show the tables of the stored results', () => {
    const document = readFileSync('docs/performance.md', 'utf8');
    expect(fillDocument(document, readResults())).toBe(document);
    for (const name of Object.keys(readResults().parts)) {
      expect(document).toContain(`<!-- bench:${name} -->`);
    }
  });

  it('show no figure to more than two decimals', () => {
    const document = readFileSync('docs/performance.md', 'utf8');
    expect(document.match(/(?<![\d.])\d+\.\d{3,}(?![\d.])/g)).toBeNull();
    const goal = {
      goal: 'flat',
      kind: 'counted',
      isMet: true,
      measured: [2.52333, 6_000],
    } as const;
    const findings = { title: 'A part', rows: [], goals: [goal] };
    expect(formatFindings(findings)).toContain('flat: 2.52; 6,000');
  });

  it('cannot show a part that did not run', () => {
    const results = { ...readResults(), parts: {} };
    expect(() => drawCharts(results)).toThrow('run the benchmark without --only');
    const block = '<!-- bench:projector -->\n<!-- /bench -->';
    expect(() => fillDocument(block, results)).toThrow('The results have no part projector');
  });
});

describe('a chart', () => {
  const svg = lineChart({
    ...{ title: 'Time', x: 'rows', y: 'ms' },
    lines: [
      {
        name: 'slow',
        points: [
          [1, 1],
          [100, 100],
        ],
      },
      {
        name: 'fast',
        points: [
          [1, 1],
          [100, 1],
        ],
      },
    ],
  });
  const pathOf = (color: string) => new RegExp(`stroke="${color}" d="([^"]*)"`).exec(svg)?.[1];

  it('has powers of ten at equal distances on both axes', () => {
    expect(pathOf('#cf222e')).toBe('M70 340L530 50');
    expect(svg.match(/>(1|10|100)<\/text>/g)).toHaveLength(6);
    expect(svg).toContain('x="300" y="360" text-anchor="middle">10<');
  });

  it('draws a constant as a horizontal line', () => {
    expect(pathOf('#bf8700')).toBe('M70 340L530 340');
    expect(svg).toContain('>fast</text>');
  });
});
