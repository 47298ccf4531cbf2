const LOOPBACK_NAMES: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Whether a Host header, with or without a port, is one of the names of this machine or of
 * `others`. Nobody can let those lead elsewhere first, as the owner of any other name can (DNS
 * rebinding). The port may be any: a tunnel has its own.
 */
export const isAllowedHost = (host: string, others: readonly string[]): boolean => {
  const [, name = ''] = /^(\[[^\]]*\]|[^:]*)(?::\d*)?$/.exec(host.toLowerCase()) ?? [];
  return LOOPBACK_NAMES.has(name) || others.includes(name);
};

/** Whether an Origin header names a page of such a host. */
export const hasAllowedHost = (origin: string, others: readonly string[]): boolean =>
  isAllowedHost(/^https?:\/\/(.*)$/i.exec(origin)?.[1] ?? '', others);
