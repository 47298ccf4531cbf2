import { describe, expect, it } from 'vitest';
import { SMALL_BOUNDS } from '../../../proof/specification/bounds.ts';
import { breakRule } from '../../../proof/specification/break-rule.ts';
import { BROKEN_RULES } from '../../../proof/specification/broken-rules.ts';
import * as counterSpecification from '../../../proof/specification/counter-specification.ts';
import type { Specification } from '../../../proof/specification/next-states.ts';
import { searchStates } from '../../../proof/specification/search.ts';

const violationOf = (specification: Specification): string | undefined => {
  for (const bounds of SMALL_BOUNDS) {
    const { violation } = searchStates(specification, bounds);
    if (violation) return violation.invariant;
  }
  return undefined;
};

describe('the specification', () => {
  it.each(SMALL_BOUNDS)('keeps the counter exact in all states of $name', (bounds) => {
    const { violation, states } = searchStates(counterSpecification, bounds);
    expect(violation).toBeUndefined();
    expect(states).toBeGreaterThan(500);
  });

  it('visits each state once, whatever path leads to it', () => {
    const [insert, one] = [{ kind: 'insert' }, { losses: 0, rebuilds: 0, drops: true }] as const;
    const bounds = { name: 'one record in each of two shards', until: 1, ...one };
    // The record is absent, waiting or counted.
    expect(searchStates(counterSpecification, { ...bounds, shards: [[insert]] })).toMatchObject({
      states: 3,
      steps: 2,
    });
  });
});

describe('a specification with a broken rule is detected', () => {
  it.each(BROKEN_RULES)('$rule', async (broken) => {
    expect(violationOf(await breakRule(broken))).toBeDefined();
  });

  it('with a shortest trace', async () => {
    const [broken] = BROKEN_RULES;
    const bounds = SMALL_BOUNDS.find(({ name }) => name === 'three shards');
    if (!broken || !bounds) throw new Error('There are none');
    expect(searchStates(await breakRule(broken), bounds).violation).toEqual({
      invariant: 'The rows are those counted or corrected',
      trace: [
        'shard 0 receives a record: insert',
        'shard 0 up to 1, planned on checkpoint none, watermark 0',
        'shard 0 up to 1, planned on checkpoint none, watermark 0',
      ],
    });
  });

  it('only if its text is found', async () => {
    const gone = { rule: 'a rule that is gone', find: 'no such text', replace: '' };
    await expect(breakRule(gone)).rejects.toThrow(
      'The text of "a rule that is gone" occurs 0 times',
    );
  });
});
