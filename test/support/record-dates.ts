interface Page {
  readonly Records?: readonly {
    readonly dynamodb: { ApproximateCreationDateTime?: number; readonly NewImage?: Image };
  }[];
}

interface Image {
  readonly last_accessed?: { readonly S: string };
}

/**
 * A response of DynamoDB in which each record of a written session has the date of the visit that wrote it, in place of
 * the time of the emulator, whose clock no test can set. A record of a deletion keeps its date.
 */
export const dateRecordsByVisit = (operation: string, answer: string): string => {
  if (operation !== 'GetRecords') return answer;
  const page: Page = JSON.parse(answer);
  for (const { dynamodb } of page.Records ?? []) {
    const visitedAt = dynamodb.NewImage?.last_accessed?.S;
    if (visitedAt !== undefined) {
      dynamodb.ApproximateCreationDateTime = Math.floor(Date.parse(visitedAt) / 1_000);
    }
  }
  return JSON.stringify(page);
};
