const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;

/** An object with these properties and no others; those that end in `!` are required. */
const object = (properties: Readonly<Record<string, object>>) => ({
  type: 'object',
  additionalProperties: false,
  required: Object.keys(properties).flatMap((name) =>
    name.endsWith('!') ? name.slice(0, -1) : [],
  ),
  properties: Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => [name.replace('!', ''), schema]),
  ),
});

const list = (items: object, maxItems: number) => ({ type: 'array', items, minItems: 1, maxItems });
const integer = (minimum: number, maximum?: number) => ({
  ...{ type: 'integer', minimum },
  ...(maximum !== undefined && { maximum }),
});

// 1, 5, 10 or 30 seconds, or whole minutes up to a day.
const period = {
  anyOf: [{ enum: [1, 5, 10, 30] }, { ...integer(60, 86_400), multipleOf: 60 }],
};
const stat = {
  type: 'string',
  pattern: '^(Average|Minimum|Maximum|Sum|SampleCount|p\\d+(\\.\\d+)?)$',
};
const id = { type: 'string', pattern: '^[a-z][a-zA-Z0-9_]*$', maxLength: 255 };
const color = { type: 'string', pattern: '^#[0-9a-f]{6}$' };

// The last entry of a metric.
const options = object({
  ...{ id, label: text, color, period, stat, visible: flag, region: text },
  ...{ expression: { ...text, maxLength: 1_024 }, yAxis: { enum: ['left', 'right'] } },
});

// A namespace, a name, names and values of up to 30 dimensions, and options; or the options of an expression.
const metric = {
  anyOf: [
    {
      ...{ type: 'array', minItems: 2, maxItems: 63, items: { anyOf: [text, options] } },
      contains: text,
    },
    { ...list({ ...options, required: ['expression'] }, 1) },
  ],
};

const axis = object({
  label: text,
  min: { type: 'number' },
  max: { type: 'number' },
  showUnits: flag,
});

const annotation = object({
  ...{ 'value!': { type: 'number' }, label: text, color },
  ...{ fill: { enum: ['above', 'below'] }, visible: flag, yAxis: { enum: ['left', 'right'] } },
});

const PROPERTIES = {
  text: object({ 'markdown!': text, background: { enum: ['solid', 'transparent'] } }),
  alarm: object({
    ...{ 'alarms!': list(text, 100), title: text },
    sortBy: { enum: ['default', 'stateUpdatedTimestamp', 'timestamp'] },
    states: list({ enum: ['ALARM', 'INSUFFICIENT_DATA', 'OK'] }, 3),
  }),
  metric: object({
    ...{ 'metrics!': list(metric, 500), 'region!': text, title: text, period, stat },
    ...{ view: { enum: ['timeSeries', 'singleValue', 'gauge', 'bar', 'pie'] }, stacked: flag },
    ...{ liveData: flag, singleValueFullPrecision: flag, setPeriodToTimeRange: flag },
    ...{ sparkline: flag, legend: object({ position: { enum: ['right', 'bottom', 'hidden'] } }) },
    yAxis: object({ left: axis, right: axis }),
    annotations: object({ horizontal: list(annotation, 500) }),
  }),
};

const widgets = Object.entries(PROPERTIES).map(([type, properties]) =>
  object({
    ...{ 'type!': { const: type }, 'properties!': properties },
    ...{ x: integer(0, 23), y: integer(0), width: integer(1, 24), height: integer(1, 1_000) },
  }),
);

/**
 * What a dashboard body may hold, as a JSON schema, for the kinds of widgets and properties that the dashboard uses or
 * may use. No package has it: it is written from the documentation.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
 */
export const DASHBOARD_BODY_SCHEMA = object({
  ...{ start: { type: 'string', pattern: '^-?P' }, end: text },
  periodOverride: { enum: ['auto', 'inherit'] },
  'widgets!': { type: 'array', maxItems: 500, items: { oneOf: widgets } },
});
