import type { Command } from './command.ts';

/** The commands by name, in the order of the help. */
export const COMMANDS: Readonly<Record<string, Command>> = {};
