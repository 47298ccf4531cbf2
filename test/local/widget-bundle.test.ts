import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { buildWidget, checkBudget, integrityOf } from '../../src/local/widget-bundle.ts';

describe('the widget', () => {
  it('is at most 1,800 bytes gzipped, and depends on nothing', async () => {
    const text = await buildWidget();
    expect(gzipSync(text, { level: 9 }).length).toBeLessThanOrEqual(1_800);
    expect(text).toContain('"session-counter"');
    expect(text).not.toMatch(/\bimport\s*[{*"'(]|\bconsole\b|innerHTML|document\.cookie/);
  });

  it('refers to no file beside it, which a bundler would look for', async () => {
    expect(await buildWidget()).not.toContain('new URL');
  });

  it.each(['README.md', 'docs/widget.md'])('has the size that %s states', async (file) => {
    const { length } = gzipSync(await buildWidget(), { level: 9 });
    expect(readFileSync(file, 'utf8')).toContain(`${(length / 1000).toFixed(1)} kB`);
  });

  it('does not build if it is larger', () => {
    const text = randomBytes(1_800).toString('hex');
    expect(() => checkBudget(text)).toThrow(/^The widget is \d+ bytes gzipped; the limit is 1800$/);
  });

  it('has an integrity value that a browser accepts', () => {
    expect(integrityOf('')).toBe(
      'sha384-OLBgp1GsljhM2TJ+sbHjaiH9txEUvgdDTAzHv2P24donTt6/529l+9Ua0vFImLlb',
    );
  });
});
