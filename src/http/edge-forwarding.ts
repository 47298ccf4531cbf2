/**
 * What the functions need of a viewer's request besides the path, its parameters and `CORS_HEADERS`; an edge must
 * forward it, or visits are counted wrongly. A policy of CloudFront holds ten headers by default, so the others are in
 * the cache policy, whose headers are forwarded, too.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-policies
 */
export const FORWARDED_HEADERS = [
  ...['CloudFront-Viewer-Address', 'User-Agent', 'Accept-Language'],
  ...['Sec-GPC', 'DNT', 'Sec-Purpose', 'Purpose'],
  ...['Sec-Fetch-Site', 'Sec-Fetch-Mode', 'Sec-CH-UA'],
];

/** What the functions need to answer pages of other origins. */
export const CORS_HEADERS = [
  'Origin',
  'Access-Control-Request-Method',
  'Access-Control-Request-Headers',
];

/** The parameters of all GET requests that may be cached, which are those in openapi.json. */
export const READ_PARAMETERS = ['counter', 'total', 'by', 'days', 'metric', 'label', 'color'];

/** The parameters of visits and of their removal. */
export const VISIT_PARAMETERS = ['counter'];
