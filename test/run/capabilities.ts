import type { System } from '../../src/local/emulator-binary.ts';

/** What a machine has for the tests. */
export interface Machine extends System {
  readonly hasEmulator: boolean;
  /** Whether AWS_ENDPOINT_URL_DYNAMODB names another DynamoDB. */
  readonly hasOtherDynamoDB: boolean;
}

/** Something that some tests need and that not every machine has. */
export interface Capability {
  /** Continues the sentence “12 files need …”. */
  readonly name: string;
  readonly isMissing: (machine: Machine) => boolean;
  /** Whether a file that a test imports, directly or not, shows that the test needs it. */
  readonly isUsedIn: (file: string, text: string) => boolean;
}

// Not test/run, whose files name all that they look for.
const isOfTests = (file: string): boolean => /^test\/(?!run\/)/.test(file);

/** All of them. A test file that needs a missing one is skipped. */
export const CAPABILITIES: readonly Capability[] = [
  {
    name: 'a DynamoDB',
    isMissing: ({ hasEmulator, hasOtherDynamoDB }) => !hasEmulator && !hasOtherDynamoDB,
    isUsedIn: (file) => file === 'src/local/embedded-dynamodb.ts',
  },
  {
    name: 'the embedded DynamoDB, whatever AWS_ENDPOINT_URL_DYNAMODB names',
    isMissing: ({ hasEmulator, hasOtherDynamoDB }) => !hasEmulator && hasOtherDynamoDB,
    isUsedIn: (file, text) =>
      !file.startsWith('src/') &&
      file !== 'test/support/embedded-database.ts' &&
      /\b(use|start)EmbeddedDynamoDB\(/.test(text),
  },
  {
    name: 'the Chromium of @sparticuz/chromium, for Linux on x64',
    isMissing: ({ platform, arch }) => platform !== 'linux' || arch !== 'x64',
    isUsedIn: (file) => file === 'test/support/chromium.ts',
  },
  {
    name: 'the folder /proc or the device /dev/full of Linux',
    isMissing: ({ platform }) => platform !== 'linux',
    isUsedIn: (file, text) => isOfTests(file) && /['"`]\/(proc\/|dev\/full)/.test(text),
  },
  {
    name: 'a POSIX system, with its shells, signals, file modes, links and devices',
    isMissing: ({ platform }) => platform === 'win32',
    isUsedIn: (file, text) => isOfTests(file) && POSIX.test(text),
  },
];

const POSIX =
  /'(sh|bash|cp)'|['"`]\/(dev|tmp)\b|SIG(INT|TERM|HUP|STOP)|\b(chmodSync|getuid)\b|symlinkSync\((?!.*'junction')|\.mode &|node_modules\/\.bin/;
