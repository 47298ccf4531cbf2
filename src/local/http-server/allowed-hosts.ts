const LOOPBACK_NAMES = ['localhost', '127.0.0.1', '[::1]'];

/** The names that requests are answered for: the loopback names and `others`. */
export const answeredHosts = (others: readonly string[]): string[] => [
  ...new Set([...LOOPBACK_NAMES, ...others]),
];

/**
 * Whether a Host header, with or without a port, is a loopback name or one of `others`. This stops
 * DNS rebinding: an attacker can point any other name at this machine. Any port is allowed, because
 * a tunnel has its own.
 */
export const isAllowedHost = (host: string, others: readonly string[]): boolean => {
  const [, name = ''] = /^(\[[^\]]*\]|[^:]*)(?::\d*)?$/.exec(host.toLowerCase()) ?? [];
  return answeredHosts(others).includes(name);
};

/** Whether an Origin header names a page on such a host. */
export const hasAllowedHost = (origin: string, others: readonly string[]): boolean =>
  isAllowedHost(/^https?:\/\/(.*)$/i.exec(origin)?.[1] ?? '', others);
