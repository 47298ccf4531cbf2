import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createCollector } from '../../../src/local/observation/collector.ts';
import { createEvaluation } from '../../../src/local/observation/evaluation.ts';
import { openHistory } from '../../../src/local/observation/history/history.ts';
import { createKeptLog } from '../../support/kept-log.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const MINUTE = 60_000;
const METRIC = { namespace: 'App', name: 'Requests', dimensions: {} };
const STAGE = {
  Type: 'AWS::ApiGatewayV2::Stage',
  Properties: { AccessLogSettings: { Format: '' } },
};
const TEMPLATE = JSON.stringify({ Resources: { STAGE }, Conditions: {}, paths: {} });

const start = async () => {
  const file = join(temporaryFolder(), 'history-metrics.jsonl');
  const history = await openHistory(join(file, '..'));
  onTestFinished(history.release);
  const log = createKeptLog();
  const collector = createCollector(log);
  const tables = { SESSIONS_TABLE: 'sessions', COUNTS_TABLE: 'counts' };
  const loadTemplate = async () => TEMPLATE;
  const evaluation = createEvaluation({ tables, loadTemplate, history, log }, collector);
  await evaluation.load();
  const put = () => collector.put(METRIC, 1, 'Count');
  const kept = () => readFileSync(file, 'utf8').split('\n').length - 1;
  return { ...evaluation, file, log, put, kept };
};

it('keeps the history once a minute, and at the end', async () => {
  const { evaluate, stop, put, kept } = await start();
  const now = Math.floor(Date.now() / MINUTE) * MINUTE;
  const keptAfter = (act: () => void): number => {
    put();
    act();
    return kept();
  };
  expect([
    keptAfter(() => evaluate(now)),
    keptAfter(() => evaluate(now + 1_000)),
    keptAfter(() => evaluate(now + MINUTE)),
    keptAfter(() => stop(now + MINUTE)),
  ]).toEqual([1, 1, 2, 3]);
});

it('logs once a minute that the history cannot be kept', async () => {
  const { evaluate, put, file, log } = await start();
  rmSync(file);
  mkdirSync(file);
  const now = Math.floor(Date.now() / MINUTE) * MINUTE;
  for (const time of [now, now + 1_000, now + 2_000, now + MINUTE]) {
    put();
    evaluate(time);
  }
  const failure = 'The alarms could not be evaluated, or the history not be kept';
  expect(log.lines).toEqual([
    [failure, expect.any(Error)],
    [failure, expect.any(Error)],
  ]);
});
