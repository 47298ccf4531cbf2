/** Which alarms began and ended, as sentences; empty if none did. */
export const describeChanges = (before: ReadonlySet<string>, now: ReadonlySet<string>): string => {
  const began = [...now].filter((name) => !before.has(name));
  const ended = [...before].filter((name) => !now.has(name));
  return [
    ...began.map((name) => `${name} went into alarm.`),
    ...ended.map((name) => `${name} is no longer in alarm.`),
  ].join(' ');
};
