import { expect, it } from 'vitest';
import { parseScheduleExpression } from '../../../../src/local/observation/schedules/schedule-expression.ts';
import { createScheduler } from '../../../../src/local/observation/schedules/scheduler.ts';
import { createKeptLog } from '../../../support/kept-log.ts';

const MINUTE = 60_000;
const SCHEDULES = [
  { functionName: 'reporter', rhythm: parseScheduleExpression('rate(1 minute)') },
  { functionName: 'audit', rhythm: parseScheduleExpression('cron(30 6 * * ? *)') },
];

const start = () => {
  const calls: string[] = [];
  const log = createKeptLog();
  const scheduler = createScheduler(log);
  for (const name of ['reporter', 'audit']) {
    scheduler.setFunction(name, async () => void calls.push(name));
  }
  return { calls, log, scheduler };
};

it('calls a function when its time has come, once for all times that were missed', async () => {
  const { calls, scheduler } = start();
  await scheduler.runDue(SCHEDULES, 0);
  await scheduler.runDue(SCHEDULES, MINUTE - 1);
  expect(calls).toEqual([]);
  await scheduler.runDue(SCHEDULES, MINUTE);
  await scheduler.runDue(SCHEDULES, 5 * MINUTE);
  expect(calls).toEqual(['reporter', 'reporter']);
  await scheduler.runDue(SCHEDULES, 390 * MINUTE);
  expect(calls).toEqual(['reporter', 'reporter', 'reporter', 'audit']);
});

it('calls nothing again when the clock is corrected', async () => {
  const { calls, scheduler } = start();
  for (const now of [0, MINUTE, MINUTE - 1, MINUTE]) await scheduler.runDue(SCHEDULES, now);
  expect(calls).toEqual(['reporter']);
});

it('goes on calling when the clock was set back', async () => {
  const { calls, scheduler } = start();
  for (const now of [60, 0, 1].map((minute) => minute * MINUTE)) {
    await scheduler.runDue(SCHEDULES, now);
  }
  expect(calls).toEqual(['reporter']);
});

it('logs the error of a function, and calls it again at its next time', async () => {
  const { log, scheduler } = start();
  scheduler.setFunction('reporter', async () => {
    throw new Error('no table');
  });
  for (const now of [0, MINUTE, 2 * MINUTE]) await scheduler.runDue(SCHEDULES, now);
  const failed = ['The scheduled run of reporter failed', new Error('no table')];
  expect(log.lines).toEqual([failed, failed]);
});

it('calls nothing after it stopped, and then logs no error', async () => {
  const { calls, log, scheduler } = start();
  await scheduler.runDue(SCHEDULES, 0);
  const { promise, reject } = Promise.withResolvers<void>();
  scheduler.setFunction('reporter', () => promise);
  const running = scheduler.runDue(SCHEDULES, MINUTE);
  scheduler.stop();
  reject(new Error('the database is gone'));
  await running;
  await scheduler.runDue(SCHEDULES, 400 * MINUTE);
  expect({ calls, lines: log.lines }).toEqual({ calls: [], lines: [] });
});
