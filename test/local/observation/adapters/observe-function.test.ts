import { expect, it } from 'vitest';
import { observeFunction } from '../../../../src/local/observation/adapters/observe-function.ts';
import { keptValues } from '../../../support/kept-values.ts';

const metricsOf = (functionName: string, errors: number) => [
  ['AWS/Lambda', 'Errors', { FunctionName: functionName }, errors, 'Count'],
  ['AWS/Lambda', 'Throttles', { FunctionName: functionName }, 0, 'Count'],
  ['AWS/Lambda', 'Duration', { FunctionName: functionName }, expect.any(Number), 'Milliseconds'],
];

it('measures a call, and passes on what it gets and returns', async () => {
  const { put, values } = keptValues();
  const add = observeFunction('query', async (one: number, other: number) => one + other, put);
  expect(await add(1, 2)).toBe(3);
  expect(values()).toEqual(metricsOf('query', 0));
});

it('measures an error, and passes it on', async () => {
  const { put, values } = keptValues();
  const error = new Error('no table');
  const fail = observeFunction('audit', () => Promise.reject(error), put);
  await expect(fail()).rejects.toBe(error);
  expect(values()).toEqual(metricsOf('audit', 1));
});
