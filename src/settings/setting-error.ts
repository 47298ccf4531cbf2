/** A setting is missing or malformed. The message names it, what was expected and what was found. */
export class SettingError extends Error {
  override readonly name = 'SettingError';
  readonly setting: string;
  readonly expected: string;
  /** Undefined for a missing setting, and always for a secret one. */
  readonly actual: string | undefined;

  constructor(setting: string, expected: string, actual?: string) {
    const found = actual === undefined ? '' : `, but it is ${JSON.stringify(actual)}`;
    super(`${setting} must be ${expected}${found}`);
    this.setting = setting;
    this.expected = expected;
    this.actual = actual;
  }
}
