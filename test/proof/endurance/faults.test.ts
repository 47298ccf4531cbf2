import { expect, it, vi } from 'vitest';
import { createDraw } from '../../../proof/endurance/draw.ts';
import {
  type Answer,
  createFaultSource,
  FAULTS,
  type Fault,
  playFault,
} from '../../../proof/endurance/faults.ts';
import { planRun } from '../../../proof/endurance/plan.ts';

const ANSWER: Answer = { status: 200, headers: {}, body: Buffer.from('{}') };

const play = async (fault: Fault | undefined) => {
  const forward = vi.fn(async () => ANSWER);
  const answer = await playFault({ fault, delayMs: 1 }, forward);
  return { status: answer?.status, reached: forward.mock.calls.length };
};

it.each([
  { fault: undefined, status: 200, reached: 1 },
  { fault: 'request delayed', status: 200, reached: 1 },
  { fault: 'answer delayed', status: 200, reached: 1 },
  { fault: 'answer lost after the commit', status: undefined, reached: 1 },
  { fault: '400 ThrottlingException', status: 400, reached: 0 },
  { fault: '500 before the commit', status: 500, reached: 0 },
  { fault: '500 after the commit', status: 500, reached: 1 },
] as const)('$fault: the sender receives $status', async ({ fault, ...expected }) => {
  expect(await play(fault)).toEqual(expected);
});

it('the same seed gives the same faults, and every kind of them', () => {
  const drawn = [1, 2].map(() => {
    const { nextFault, faults } = createFaultSource(createDraw(7));
    const sequence = Array.from({ length: 1_000 }, nextFault);
    expect([...faults.keys()].sort()).toEqual([...FAULTS].sort());
    return sequence;
  });
  expect(drawn[0]).toEqual(drawn[1]);
});

it('injects no more faults once stopped', () => {
  const { nextFault, stopFaults } = createFaultSource(createDraw(7));
  stopFaults();
  expect(Array.from({ length: 100 }, () => nextFault().fault)).toEqual(Array(100).fill(undefined));
});

it('a run of 10,000 sessions has five kills of the emulator and fifty of the event source', () => {
  const { visitors, pageLoads, kills } = planRun(1, 10_000);
  expect(new Set(visitors.map(({ userAgent }) => userAgent)).size).toBe(10_000);
  expect(kills.filter(({ target }) => target === 'emulator')).toHaveLength(5);
  expect(kills.filter(({ target }) => target === 'event source')).toHaveLength(50);
  expect(kills.every(({ afterLoads }) => afterLoads >= 0 && afterLoads < pageLoads)).toBe(true);
  expect(planRun(1, 10_000)).toEqual(planRun(1, 10_000));
  expect(planRun(2, 10_000)).not.toEqual(planRun(1, 10_000));
});
