import { expect, it } from 'vitest';
import { viewerVia } from '../../src/http/viewer-via.ts';

const CLOUDFRONT = '2.0 2f66aa06710fece8ed203ab0ea81eb56.cloudfront.net (CloudFront)';

it.each([
  [undefined, undefined],
  [CLOUDFRONT, undefined],
  [`1.1 proxy, ${CLOUDFRONT}`, '1.1 proxy'],
  [`1.1 proxy,${CLOUDFRONT} `, '1.1 proxy'],
  // Only the last one is from the edge of the counter.
  [`${CLOUDFRONT}, ${CLOUDFRONT}`, CLOUDFRONT],
  ['1.1 proxy', '1.1 proxy'],
  [`${CLOUDFRONT}, 1.1 proxy`, `${CLOUDFRONT}, 1.1 proxy`],
  ['1.1 cloudfront.net.example (CloudFront)', '1.1 cloudfront.net.example (CloudFront)'],
])('turns %j into %j', (via, expected) => {
  expect(viewerVia(via)).toBe(expected);
});
