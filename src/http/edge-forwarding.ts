import { VIEWER_ADDRESS_HEADER } from './edge-headers.ts';

/**
 * What the functions need of a viewer's request besides the path, its parameters and `CORS_HEADERS`; an edge must
 * forward it, or visits are counted wrongly. A policy of CloudFront holds ten headers by default, so the others are in
 * the cache policy, whose headers are forwarded, too.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-policies
 */
export const FORWARDED_HEADERS = [
  ...[VIEWER_ADDRESS_HEADER, 'user-agent', 'accept-language'],
  ...['sec-gpc', 'dnt', 'sec-purpose', 'purpose'],
  ...['sec-fetch-site', 'sec-fetch-mode', 'sec-ch-ua'],
];

/** What the functions need to answer pages of other origins. */
export const CORS_HEADERS = [
  'origin',
  'access-control-request-method',
  'access-control-request-headers',
];

/** The parameters of all GET requests that may be cached, which are those in openapi.json. */
export const READ_PARAMETERS = ['counter', 'total', 'by', 'days', 'metric', 'label', 'color'];

/** The parameters of visits and of their removal. */
export const VISIT_PARAMETERS = ['counter'];
