/** What `work` resolves to, and what it writes to standard output, kept from the terminal. */
export const captureOutput = async <Result>(
  work: () => Promise<Result>,
): Promise<{ readonly result: Result; readonly output: string }> => {
  const write = process.stdout.write;
  let output = '';
  process.stdout.write = (chunk) => {
    output += chunk.toString();
    return true;
  };
  try {
    const result = await work();
    return { result, output };
  } finally {
    process.stdout.write = write;
  }
};

/** How long the one line in `output` is, without its end. Throws when it is not one line. */
export const lineBytesOf = (output: string): number => {
  const line = output.trimEnd();
  if (line !== '' && !line.includes('\n')) return Buffer.byteLength(line);
  throw new RangeError(`One line was expected, but the output is ${JSON.stringify(output)}`);
};
