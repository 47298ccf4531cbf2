/** How someone calls the commands: by the npm scripts of a checkout, or by the installed package. */
export type Caller = 'npm run' | 'npx session-counter' | 'session-counter';

// esbuild defines it in the package: see package/build-package.ts.
declare const IS_PACKAGE: true | undefined;

/** Whether this code runs from the installed package, not from a checkout. */
export const isPackage = typeof IS_PACKAGE !== 'undefined';

/** Who called this process. npm sets `npm_command` for npx and for the scripts of a project. */
export const findCaller = (isInstalled: boolean, env: NodeJS.ProcessEnv): Caller => {
  if (!isInstalled) return 'npm run';
  return env.npm_command === undefined ? 'session-counter' : 'npx session-counter';
};

// The commands that have an npm script of their own; the script `counter` runs all others.
const SCRIPTS = ['deploy', 'synth', 'destroy'];

/** Formats the command line that runs `command`, with `options` if there are any. */
export const formatCommandLine = (caller: Caller, command: string, options = ''): string => {
  if (caller !== 'npm run') return [caller, command, options].filter(Boolean).join(' ');
  if (command === 'start') return ['npm start', options].filter(Boolean).join(' -- ');
  if (SCRIPTS.includes(command))
    return [`npm run ${command}`, options].filter(Boolean).join(' -- ');
  return ['npm run counter --', command, options].filter(Boolean).join(' ');
};

const CALLER = findCaller(isPackage, process.env);

/**
 * The command line, to copy, that runs `command`: named as the user of this process called it. For
 * help, messages and errors.
 */
export const commandLine = (command: string, options?: string): string =>
  formatCommandLine(CALLER, command, options);

/**
 * The same, but independent of how this process was called. For what is deployed, such as the text of
 * an alarm: who synthesizes a template must not change it.
 */
export const documentedCommandLine = (command: string, options?: string): string =>
  formatCommandLine(isPackage ? 'npx session-counter' : 'npm run', command, options);

/**
 * The command line, to copy, that installs the optional package `name` where this process finds it. In a
 * checkout it leaves package.json and the lock file as they are.
 */
export const installCommandLine = (name: string, isInstalled = isPackage): string =>
  isInstalled ? `npm install ${name}` : `npm install --no-save ${name}`;
