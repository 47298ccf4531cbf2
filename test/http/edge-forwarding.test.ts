import { expect, it } from 'vitest';
import {
  FORWARDED_HEADERS,
  READ_PARAMETERS,
  VISIT_PARAMETERS,
} from '../../src/http/edge-forwarding.ts';
import { VIEWER_ADDRESS_HEADER } from '../../src/http/edge-header-names.ts';
import { OPENAPI } from '../../src/query/openapi.ts';

interface Operation {
  readonly parameters?: readonly { readonly in: string; readonly name: string }[];
}

/** The parameters that the description of the API has for these methods. */
const describedFor = (methods: readonly string[]): Set<string> =>
  new Set(
    Object.values<Record<string, object>>(OPENAPI.paths)
      .flatMap((path) => methods.map((method): Operation | undefined => path[method]))
      .flatMap((operation) => operation?.parameters ?? [])
      .filter((parameter) => parameter.in === 'query')
      .map(({ name }) => name),
  );

it('has the parameters of all reads, and those of visits', () => {
  expect(new Set(READ_PARAMETERS)).toEqual(describedFor(['get']));
  expect(new Set(VISIT_PARAMETERS)).toEqual(describedFor(['post', 'delete']));
});

it('has the address of the viewer', () => {
  const names = FORWARDED_HEADERS.map((name) => name.toLowerCase());
  expect(names).toContain(VIEWER_ADDRESS_HEADER);
});

it('has as many headers as a policy of CloudFront may have', () => {
  expect(FORWARDED_HEADERS.length).toBeLessThanOrEqual(10);
});
