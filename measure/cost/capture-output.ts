/** The result of `work`, and what it wrote to standard output, which is not shown. */
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

/** The length of the single line in `output`, without its end. Throws unless it is one line. */
export const lineBytesOf = (output: string): number => {
  const line = output.trimEnd();
  if (line !== '' && !line.includes('\n')) return Buffer.byteLength(line);
  throw new RangeError(`Expected one line, got ${JSON.stringify(output)}`);
};
