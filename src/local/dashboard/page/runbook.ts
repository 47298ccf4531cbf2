/** The description of an alarm: what it means, and where more is written. */
export interface AlarmHelp {
  readonly text: string;
  readonly url: string | undefined;
}

const DESCRIPTION = /^(?<text>.*?)\s*(?<url>https?:\/\/\S+)?$/s;

/** Splits the description of an alarm, which ends with the address of its section in the runbook if there is one. */
export const readAlarmHelp = (description: string): AlarmHelp => {
  const { text = description, url } = DESCRIPTION.exec(description)?.groups ?? {};
  return { text, url };
};
