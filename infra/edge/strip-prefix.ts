/**
 * The code of a CloudFront Function that takes a prefix off the path of a request: `/counter/counts` becomes
 * `/counts`. Other paths stay as they are.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-event-structure.html
 */
export const stripPrefixCode = (prefix: string): string => `function handler(event) {
  var request = event.request;
  var prefix = ${JSON.stringify(prefix)};
  if (request.uri.startsWith(prefix + '/')) request.uri = request.uri.slice(prefix.length);
  return request;
}
`;
