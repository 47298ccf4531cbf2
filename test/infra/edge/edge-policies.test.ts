import { Construct } from 'constructs';
import { expect, it } from 'vitest';
import { READ_PARAMETERS, VISIT_PARAMETERS } from '../../../src/http/edge-forwarding.ts';
import { createReadWidget } from '../../../src/query/read-widget.ts';
import { addCounter, emptyStack, readTemplate, synthesize } from '../synthesize.ts';
import { cachePolicyOf, originRequestPolicyOf } from './distribution-config.ts';

const synthesis = synthesize({ edge: true });
const listed = synthesize({ edge: true, allowedOrigins: ['https://blog.example'] });
const reads = cachePolicyOf(synthesis, 'Reads');
const visits = cachePolicyOf(synthesis, 'Visits');
const originRequests = originRequestPolicyOf(synthesis);

it('caches an answer for as long as it says, and not at all if it does not say it', () => {
  expect(reads).toMatchObject({ MinTTL: 0, DefaultTTL: 0, MaxTTL: 86_400 });
  expect(reads.ParametersInCacheKeyAndForwardedToOrigin).toMatchObject({
    CookiesConfig: { CookieBehavior: 'none' },
    EnableAcceptEncodingGzip: true,
    EnableAcceptEncodingBrotli: true,
  });
});

it('keeps the widget, whose time is the longest, for as long as it says', async () => {
  const { headers } = await createReadWidget('')({ headers: {} } as never);
  expect(headers['Cache-Control']).toBe(`public, max-age=${reads.MaxTTL}`);
});

it('distinguishes answers by the origin of the page only where origins are listed', () => {
  const headersOf = (policy: typeof reads) =>
    policy.ParametersInCacheKeyAndForwardedToOrigin.HeadersConfig;
  expect(headersOf(reads)).toEqual({ HeaderBehavior: 'none' });
  expect(headersOf(cachePolicyOf(listed, 'Reads'))).toEqual({
    HeaderBehavior: 'whitelist',
    Headers: ['Origin'],
  });
});

// A parameter that the key lacks would be missing in the request, and its answers would be mixed up. That the lists have
// all parameters of the API is a test of edge-forwarding.ts.
it('distinguishes answers by every parameter of the API', () => {
  const listsOf = ({ ParametersInCacheKeyAndForwardedToOrigin }: typeof reads) =>
    ParametersInCacheKeyAndForwardedToOrigin.QueryStringsConfig.QueryStrings;
  expect(listsOf(reads)).toEqual(READ_PARAMETERS);
  expect(listsOf(visits)).toEqual(VISIT_PARAMETERS);
});

it('forwards with visits what decides whether they count, and never Host or cookies', () => {
  const forwarded = [
    ...(originRequests.HeadersConfig.Headers ?? []),
    ...(visits.ParametersInCacheKeyAndForwardedToOrigin.HeadersConfig.Headers ?? []),
  ].map((name) => name.toLowerCase());
  expect(forwarded.sort()).toEqual([
    ...['accept-language', 'access-control-request-headers', 'access-control-request-method'],
    ...['cloudfront-viewer-address', 'dnt', 'origin', 'purpose'],
    ...['sec-ch-ua', 'sec-fetch-mode', 'sec-fetch-site', 'sec-gpc', 'sec-purpose', 'user-agent'],
  ]);
  expect(originRequests.CookiesConfig.CookieBehavior).toBe('none');
  expect(visits.ParametersInCacheKeyAndForwardedToOrigin.CookiesConfig).toEqual({
    CookieBehavior: 'none',
  });
});

it('has no time for which CloudFront might keep the answer to a visit', () => {
  // 1 s, because 0 would admit no headers; the answers have no-store.
  expect(visits).toMatchObject({ MinTTL: 0, DefaultTTL: 0, MaxTTL: 1 });
});

it('is named after the region, since names of policies are unique in an account', () => {
  const names = Object.values(synthesis.ofType('AWS::CloudFront::CachePolicy')).map(
    ({ Properties }) => (Properties.CachePolicyConfig as { Name: string }).Name,
  );
  for (const name of [...names, originRequests.Name]) expect(name).toMatch(/-AWS::Region$/);
});

it('has names of its own for the policies of a counter whose id is long', () => {
  const stack = emptyStack();
  addCounter(new Construct(stack, 'c'.repeat(120)), { edge: true });
  const { ofType } = readTemplate(stack);
  const names = Object.values(ofType('AWS::CloudFront::CachePolicy')).map(({ Properties }) =>
    JSON.stringify((Properties.CachePolicyConfig as { readonly Name: unknown }).Name),
  );
  expect(new Set(names).size).toBe(2);
});
