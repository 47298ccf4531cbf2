import { expect, it } from 'vitest';
import { isAdmitted } from '../../src/settings/counter-lists.ts';

it('finds whether a list admits a counter; that of the site always is', () => {
  const entries = ['about', 'blog/*'];
  const admitted = ['site', 'about', 'blog/a', 'blog', 'shop'].filter((name) =>
    isAdmitted(name, entries),
  );
  expect(admitted).toEqual(['site', 'about', 'blog/a']);
});
