import { describe, expect, it } from 'vitest';
import { createMeter, createMeterTo } from '../../src/metrics/meter.ts';
import { METRIC } from '../../src/metrics/metric-names.ts';
import { captureOutput } from '../support/captured-output.ts';
import { readMetricLines } from '../support/metric-lines.ts';

describe('a meter', () => {
  it('emits values measured together as one line, under the name of its counter', () => {
    const output = captureOutput();
    createMeter('my-page')({ [METRIC.visits]: 1, [METRIC.counted]: 0 });
    expect(readMetricLines(output())).toEqual([
      {
        namespace: 'SessionCounter',
        dimensionSets: [['service']],
        dimensions: { service: 'my-page' },
        metrics: { Visits: 1, Counted: 0 },
        units: { Visits: 'Count', Counted: 'Count' },
      },
    ]);
    expect(output().match(/\n/g)).toHaveLength(1);
  });

  it('adds a reason to the name, for that line only', () => {
    const output = captureOutput();
    const meter = createMeter('my-page');
    meter({ [METRIC.refused]: 1 }, 'bot');
    meter({ [METRIC.visits]: 1 });
    expect(readMetricLines(output()).map(({ dimensions }) => dimensions)).toEqual([
      { service: 'my-page', reason: 'bot' },
      { service: 'my-page' },
    ]);
  });

  it('adds properties that are no dimensions, for that line only', () => {
    const output = captureOutput();
    const meter = createMeter('my-page');
    meter({ [METRIC.refused]: 1 }, 'automation', { rule: 'headless-brand' });
    meter({ [METRIC.refused]: 1 }, 'bot');
    const [found, other] = output().trim().split('\n');
    expect(JSON.parse(found ?? '')).toMatchObject({ rule: 'headless-brand' });
    expect(other).not.toContain('rule');
    expect(readMetricLines(output())).toMatchObject([
      { dimensionSets: [['service', 'reason']], dimensions: { reason: 'automation' } },
      { dimensionSets: [['service', 'reason']], dimensions: { reason: 'bot' } },
    ]);
  });

  it('of a watched counter adds its name to each line, as a dimension', () => {
    const output = captureOutput();
    const meter = createMeter('my-page', 'blog/first');
    meter({ [METRIC.activeSessions]: 1 });
    meter({ [METRIC.activeSessions]: 2 });
    createMeter('my-page')({ [METRIC.activeSessions]: 3 });
    const lines = readMetricLines(output());
    expect(lines.map(({ dimensions }) => dimensions)).toEqual([
      { service: 'my-page', counter: 'blog/first' },
      { service: 'my-page', counter: 'blog/first' },
      { service: 'my-page' },
    ]);
    expect(lines[0]?.dimensionSets).toEqual([['service', 'counter']]);
  });

  it('keeps nothing from one line to the next', () => {
    const output = captureOutput();
    const meter = createMeter('my-page');
    meter({ [METRIC.visits]: 1 });
    meter({ [METRIC.counted]: 1 });
    expect(readMetricLines(output()).map(({ metrics }) => metrics)).toEqual([
      { Visits: 1 },
      { Counted: 1 },
    ]);
  });

  it('keeps nothing that it could not emit', () => {
    const output = captureOutput();
    const meter = createMeter('my-page');
    const broken = { [METRIC.visits]: 1, [METRIC.counted]: 'many' as unknown as number };
    expect(() => meter(broken, 'bot', { rule: 'bot' })).toThrow();
    meter({ [METRIC.counted]: 1 });
    expect(readMetricLines(output())).toMatchObject([
      { dimensions: { service: 'my-page' }, metrics: { Counted: 1 } },
    ]);
    expect(output()).not.toContain('bot');
  });

  it('emits a size in bytes', () => {
    const output = captureOutput();
    createMeter('my-page')({ [METRIC.counterItemBytes]: 102_400 });
    expect(readMetricLines(output())).toMatchObject([
      { metrics: { CounterItemBytes: 102_400 }, units: { CounterItemBytes: 'Bytes' } },
    ]);
  });

  it('emits nothing for a counter without a name', () => {
    const output = captureOutput();
    createMeter(undefined)({ [METRIC.visits]: 1 });
    expect(output()).toBe('');
  });
});

describe('a meter to another place', () => {
  it('writes there the line that CloudWatch would get, and nothing to standard output', () => {
    const output = captureOutput();
    const lines: string[] = [];
    const meter = createMeterTo((line) => lines.push(line))('my-page', 'blog');
    meter({ [METRIC.visits]: 1 }, 'bot');
    meter({ [METRIC.visits]: 2 });
    expect(output()).toBe('');
    const there = readMetricLines(lines.join('\n'));
    const standard = createMeter('my-page', 'blog');
    standard({ [METRIC.visits]: 1 }, 'bot');
    standard({ [METRIC.visits]: 2 });
    expect(there).toEqual(readMetricLines(output()));
    expect(there).toHaveLength(2);
  });

  it('writes nothing without a name', () => {
    const lines: string[] = [];
    createMeterTo((line) => lines.push(line))(undefined)({ [METRIC.visits]: 1 });
    expect(lines).toEqual([]);
  });
});
