/** What a deployment decides about its counter, as its settings file says it. */
export interface CounterSettings {
  readonly name: string;
  readonly allowedOrigins: '*' | readonly string[];
  readonly activeWindowMinutes: number;
  readonly activeShards: number;
  readonly touchIntervalSeconds: number;
  readonly activeReadUnitsPerSecond: number;
  readonly retentionDays: number | 'forever';
  readonly hashScheme: 'hmac-sha256' | 'sha256';
  readonly ratePerSecond: number;
  readonly burst: number;
  readonly alarmEmail: string | null;
  readonly keepTables: boolean;
  readonly runbookUrl: string | null;
}

export type SettingName = keyof CounterSettings;

/** What holds for each setting that a file leaves out; also the defaults of the construct. */
export const DEFAULTS: CounterSettings = {
  name: 'session-counter',
  allowedOrigins: '*',
  activeWindowMinutes: 60,
  activeShards: 4,
  touchIntervalSeconds: 0,
  activeReadUnitsPerSecond: 5,
  retentionDays: 395,
  hashScheme: 'hmac-sha256',
  ratePerSecond: 50,
  burst: 100,
  alarmEmail: null,
  keepTables: true,
  runbookUrl: null,
};

/** The settings by name, in the order of the file and of the documentation. */
export const SETTING_NAMES = Object.keys(DEFAULTS) as SettingName[];

export const isSettingName = (name: string): name is SettingName => Object.hasOwn(DEFAULTS, name);
