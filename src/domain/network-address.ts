import ipaddr from 'ipaddr.js';

const NETWORK_PARTS = 4; // of eight 16-bit parts: a /64

/**
 * The canonical form of a visitor's network address: lower case, an IPv4-mapped IPv6 address as IPv4,
 * any other IPv6 address as its /64, because privacy extensions change the rest every day. Text that
 * is not an address is returned in lower case. Never throws.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8981 temporary addresses keep the /64
 */
export const normalizeAddress = (address: string): string => {
  const text = address.trim().toLowerCase();
  if (!ipaddr.isValid(text)) return text;
  const parsed = ipaddr.process(text);
  return parsed instanceof ipaddr.IPv6 ? networkOf(parsed) : parsed.toString();
};

const networkOf = ({ parts }: ipaddr.IPv6): string =>
  new ipaddr.IPv6([...parts.slice(0, NETWORK_PARTS), 0, 0, 0, 0]).toString();
