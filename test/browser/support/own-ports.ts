import { globSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';

/**
 * The TCP ports, on any address, where this process or a process that it started listens. Ports of
 * other programs are left out: the tests of another worker may count the requests to theirs. Linux only.
 */
export const ownListeningPorts = (): number[] => {
  const own = new Set(ownProcesses().flatMap(socketsOf));
  const ports = listeningSockets().flatMap(({ inode, port }) => (own.has(inode) ? [port] : []));
  return [...new Set(ports)];
};

const ownProcesses = (): string[] => {
  const parents = new Map(globSync('/proc/[0-9]*').map((folder) => [folder, parentOf(folder)]));
  const isOwn = (folder: string | undefined): boolean =>
    folder !== undefined && (folder === `/proc/${process.pid}` || isOwn(parents.get(folder)));
  return [...parents.keys()].filter(isOwn);
};

// A process may end between listing and reading.
const orIfGone = <Value>(read: () => Value, gone: Value): Value => {
  try {
    return read();
  } catch {
    return gone;
  }
};

const parentOf = (folder: string): string => {
  const status = orIfGone(() => readFileSync(`${folder}/status`, 'utf8'), '');
  return `/proc/${/^PPid:\s*(\d+)$/m.exec(status)?.[1]}`;
};

const socketsOf = (folder: string): string[] => {
  const descriptors = orIfGone(() => readdirSync(`${folder}/fd`), []);
  return descriptors.flatMap((descriptor) => {
    const target = orIfGone(() => readlinkSync(`${folder}/fd/${descriptor}`), '');
    return /^socket:\[(\d+)\]$/.exec(target)?.slice(1) ?? [];
  });
};

const LISTENING = '0A';

/** @see https://docs.kernel.org/networking/proc_net_tcp.html */
const listeningSockets = (): { inode: string; port: number }[] =>
  ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((table) =>
    orIfGone(() => readFileSync(table, 'utf8'), '')
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .filter((columns) => columns[3] === LISTENING)
      .map((columns) => ({
        inode: columns[9] ?? '',
        port: Number.parseInt(columns[1]?.split(':')[1] ?? '', 16),
      })),
  );
