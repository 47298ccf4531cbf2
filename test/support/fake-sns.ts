import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';

/** A published message. */
export interface Published {
  readonly topicArn: string;
  readonly subject: string;
  readonly message: string;
}

/** A running fake of SNS. */
export interface FakeSns {
  readonly url: string;
  readonly published: Published[];
}

const XMLNS = 'xmlns="http://sns.amazonaws.com/doc/2010-03-31/"';

const SUCCESS = `<PublishResponse ${XMLNS}><PublishResult><MessageId>m-1</MessageId></PublishResult></PublishResponse>`;

const REFUSAL = `<ErrorResponse ${XMLNS}><Error><Type>Sender</Type><Code>AuthorizationError</Code><Message>no</Message></Error></ErrorResponse>`;

/** Starts a fake of SNS with one topic, which keeps what is published to it; to another, nobody may publish. */
export const startSns = async (topicArn: string): Promise<FakeSns> => {
  const published: Published[] = [];
  const server = createServer(async (request, response) => {
    const fields = new URLSearchParams(await text(request));
    const read = (name: string): string => fields.get(name) ?? '';
    response.setHeader('content-type', 'text/xml');
    if (read('Action') !== 'Publish' || read('TopicArn') !== topicArn) {
      response.writeHead(403).end(REFUSAL);
      return;
    }
    published.push({ topicArn, subject: read('Subject'), message: read('Message') });
    response.end(SUCCESS);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, published };
};
