// Such as `2.0 2f66aa06710fece8ed203ab0ea81eb56.cloudfront.net (CloudFront)`, after the proxies of the viewer.
const CLOUDFRONT = /(?:^|,)\s*[\d.]+ [\da-z]+\.cloudfront\.net \(CloudFront\)\s*$/;

/**
 * The Via header of a viewer in one to which CloudFront has added itself; undefined if the viewer sent none. Without
 * this, every request would look as if a proxy of the viewer had changed it, and no automation rule would apply.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/RequestAndResponseBehaviorCustomOrigin.html
 */
export const viewerVia = (via: string | undefined): string | undefined =>
  via?.replace(CLOUDFRONT, '').trim() || undefined;
