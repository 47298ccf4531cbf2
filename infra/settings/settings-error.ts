/** A settings file is missing or invalid. The message names it and lists everything wrong. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';

  constructor(file: string, problems: readonly string[], options?: ErrorOptions) {
    const [only] = problems;
    const list = problems.map((problem) => `\n  ${problem}`).join('');
    super(problems.length === 1 ? `${file}: ${only}` : `${file}:${list}`, options);
  }
}
