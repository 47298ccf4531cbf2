/**
 * The header in which the edge sends the edge secret. CloudFront refuses to add headers that begin with `X-Edge-` or
 * `X-Amz-`.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/add-origin-custom-headers.html
 */
export const EDGE_SECRET_HEADER = 'x-counter-edge-secret';

/**
 * The header in which CloudFront sends the address of the viewer.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/adding-cloudfront-headers.html
 */
export const VIEWER_ADDRESS_HEADER = 'cloudfront-viewer-address';
