import { readIngestSettings } from '../../src/settings/settings.ts';

/** The rules of a counter whose owner chooses none. */
export const DEFAULT_RULES = readIngestSettings({ SESSIONS_TABLE: 'sessions' }).rules;
