import { expect, it } from 'vitest';
import { findLogProblems } from '../../../measure/runtime/log-problems.ts';

it('finds nothing in JSON lines that name every request', () => {
  expect(findLogProblems(['{"requestId":"a"}', '{"function_request_id":"b"}'], ['a', 'b'])).toEqual(
    [],
  );
});

it.each(['Error: broken', '"text"', 'null', '{"cut'])('finds the line %s', (line) => {
  expect(findLogProblems([line], [])).toEqual([`must log JSON objects, but it wrote ${line}`]);
});

it('finds a request that no line names', () => {
  expect(findLogProblems(['{"requestId":"ab"}'], ['a'])).toEqual([
    'must log request a, but no line has its id',
  ]);
});
