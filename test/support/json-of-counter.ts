/** The JSON that a command printed, with the result of this counter, the only one, beside what is about all. */
export const jsonOfCounter = (output: string, counter = 'site') => {
  const { counters, ...rest } = JSON.parse(output);
  const { [counter]: only, ...others } = counters;
  if (only === undefined || Object.keys(others).length > 0)
    throw new Error(`${counter} must be the only counter: ${output}`);
  return { ...rest, ...only };
};
