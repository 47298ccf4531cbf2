import { isIP, SocketAddress } from 'node:net';

const ADDRESS_AND_PORT = /^([\da-f:.]{2,45}):(\d{1,5})$/i;

/**
 * The address in a CloudFront-Viewer-Address header, such as `198.51.100.10:46532` or `2001:db8::1:46532`: an address of
 * IPv6 has no brackets, and the last colon separates the port. Undefined for anything else. In the canonical form,
 * which API Gateway has, because the hash of the older counter distinguishes the forms of an address. Never throws.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/adding-cloudfront-headers.html
 */
export const parseViewerAddress = (text = ''): string | undefined => {
  const [, address = '', port] = ADDRESS_AND_PORT.exec(text) ?? [];
  const version = isIP(address);
  if (version === 0 || Number(port) > 65_535) return undefined;
  return new SocketAddress({ address, family: version === 6 ? 'ipv6' : 'ipv4' }).address;
};
