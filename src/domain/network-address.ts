import ipaddr from 'ipaddr.js';

// Of eight 16-bit parts.
const NETWORK_PARTS = 4; // a /64
const WIDE_NETWORK_PARTS = 3; // a /48

/**
 * The canonical form of a visitor's network address: lower case, an IPv4-mapped IPv6 address as IPv4,
 * any other IPv6 address as its /64, because privacy extensions change the rest every day. Text that
 * is not an address is returned in lower case. Never throws.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8981 temporary addresses keep the /64
 */
export const normalizeAddress = (address: string): string => {
  const parsed = parseAddress(address);
  return parsed instanceof ipaddr.IPv6 ? prefixOf(parsed, NETWORK_PARTS) : String(parsed);
};

/**
 * The /48 of an IPv6 address, such as `2001:db8:1::/48`; undefined for any other address, and for text that is not an
 * address. Never throws.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6177 a site is assigned a prefix of up to 48 bits
 */
export const wideNetworkOf = (address: string): string | undefined => {
  const parsed = parseAddress(address);
  return parsed instanceof ipaddr.IPv6 ? `${prefixOf(parsed, WIDE_NETWORK_PARTS)}/48` : undefined;
};

const parseAddress = (address: string): ipaddr.IPv4 | ipaddr.IPv6 | string => {
  const text = address.trim().toLowerCase();
  return ipaddr.isValid(text) ? ipaddr.process(text) : text;
};

const prefixOf = ({ parts }: ipaddr.IPv6, count: number): string =>
  new ipaddr.IPv6(parts.map((part, place) => (place < count ? part : 0))).toString();
