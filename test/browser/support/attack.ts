// Attacks by a page whose author knows the counter's source, tests included. The text of each function
// is evaluated in the page, so it must not use anything from outside.

/** The ports of 127.0.0.1 where a DynamoDB responds to this page, each with its tables. */
export const scanPorts = async (ports: number[]): Promise<[number, string[]][]> => {
  const headers = {
    'content-type': 'application/x-amz-json-1.0',
    'x-amz-target': 'DynamoDB_20120810.ListTables',
    'x-amz-date': '20260101T000000Z',
    authorization:
      'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
  };
  const found: [number, string[]][] = [];
  const scan = async () => {
    for (let port = ports.pop(); port !== undefined; port = ports.pop()) {
      try {
        const signal = AbortSignal.timeout(2_000);
        const request = { method: 'POST', headers, body: '{}', signal };
        const answer = await fetch(`http://127.0.0.1:${port}/`, request);
        const { TableNames } = await answer.json();
        if (TableNames) found.push([port, TableNames]);
      } catch {}
    }
  };
  await Promise.all(Array.from({ length: 200 }, scan));
  return found;
};

/** Tries `count` random addresses of 127.0.0.0/8; returns those that respond in any way. */
export const guessAddresses = async (count: number): Promise<string[]> => {
  let left = count;
  const found: string[] = [];
  const guess = async () => {
    while (left-- > 0) {
      const [a = 0, b = 0, c = 0, port = 0] = crypto.getRandomValues(new Uint16Array(4));
      const name = `127.${1 + (a % 254)}.${b % 256}.${1 + (c % 254)}`;
      const host = `${name}:${16_384 + (port % 16_384)}`;
      const signal = AbortSignal.timeout(2_000);
      const isThere = await fetch(`http://${host}/`, { mode: 'no-cors', signal }).then(
        () => true,
        () => false,
      );
      if (isThere) found.push(host);
    }
  };
  await Promise.all(Array.from({ length: 200 }, guess));
  return found;
};

/** Everything that a page can read in the counter's responses to many kinds of requests. */
export const requestEverything = async (api: string): Promise<string> => {
  const paths = [
    ...['/', '/counts', '/sessions', '/sessions/me', '/history?days=90', '/history?days=x'],
    ...['/badge.svg', '/badge.svg?label=%00', '/widget.js', '/openapi.json', '/page.js'],
    ...[
      '/style.css',
      '/nowhere',
      '/%',
      '//',
      '/instance.json',
      '/data/instance.json',
      '/.git/config',
    ],
    ...['/..%2f..%2fdata/instance.json', '/%2e%2e/%2e%2e/data/instance.json'],
  ];
  const responses: string[] = [];
  for (const path of paths) {
    for (const method of ['GET', 'POST', 'DELETE', 'HEAD', 'PUT', 'OPTIONS']) {
      try {
        const answer = await fetch(api + path, { method });
        responses.push(
          [method, path, answer.status, ...answer.headers].join(' '),
          await answer.text(),
        );
      } catch (error) {
        responses.push(String(error));
      }
    }
  }
  return responses.join('\n');
};
