/**
 * What is wrong with the lines that a function wrote: each must be a JSON object, and each of the requests must be
 * named in one of them.
 */
export const findLogProblems = (
  lines: readonly string[],
  requestIds: readonly string[],
): string[] => [
  ...lines
    .filter((line) => !isJsonObject(line))
    .map((line) => `must log JSON objects, but it wrote ${line}`),
  ...requestIds
    .filter((id) => !lines.some((line) => line.includes(`"${id}"`)))
    .map((id) => `must log request ${id}, but no line has its id`),
];

const isJsonObject = (line: string): boolean => {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null;
  } catch {
    return false;
  }
};
