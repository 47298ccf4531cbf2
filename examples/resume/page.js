// What this page adds to the counter: the last 30 days as a sparkline, and "forget me".
const DAYS = 30;
const SVG = 'http://www.w3.org/2000/svg';

const api = new URL('.', document.querySelector('script[src$="widget.js"]').src);
const trend = document.querySelector('.trend');
const forgetting = document.querySelector('.forgetting');

const language = document.documentElement.lang;
const numbers = new Intl.NumberFormat();
const dates = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'long', timeZone: 'UTC' });
const dateOf = ({ day }) => dates.format(new Date(day));

function create(name, attributes, ...content) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...content);
  return element;
}

// One bar per day. A day without visitors gets a hairline: no bar would look like missing data.
function drawBars(days) {
  const most = Math.max(1, ...days.map((day) => day.new_sessions));
  const bars = days.map(({ new_sessions: count }, index) => {
    const height = count === 0 ? 1 : Math.max(3, (48 * count) / most);
    return create('rect', { x: index * 10, y: 50 - height, width: 7, height });
  });
  const viewBox = `0 0 ${days.length * 10 - 3} 50`;
  return create('svg', { viewBox, preserveAspectRatio: 'none', 'aria-hidden': true }, ...bars);
}

function describe(days) {
  const sum = days.reduce((total, day) => total + day.new_sessions, 0);
  if (sum === 0) return `No new visitors in ${days.length} days`;
  const busiest = days.reduce((best, day) => (day.new_sessions > best.new_sessions ? day : best));
  const most = numbers.format(busiest.new_sessions);
  return `${numbers.format(sum)} new in ${days.length} days, ${most} of them on ${dateOf(busiest)}`;
}

function fillTable(days) {
  const rows = trend.querySelector('tbody');
  rows.replaceChildren();
  for (const day of days) {
    const row = rows.insertRow();
    row.insertCell().textContent = dateOf(day);
    row.insertCell().textContent = numbers.format(day.new_sessions);
  }
}

const timeout = () => AbortSignal.timeout(10_000);

async function showTrend() {
  const response = await fetch(new URL(`history?days=${DAYS}`, api), { signal: timeout() });
  if (!response.ok) throw new Error(`The API responded with ${response.status}`);
  const { days, as_of } = await response.json();
  trend.querySelector('.bars').replaceChildren(drawBars(days));
  trend.querySelector('figcaption').textContent = describe(days);
  fillTable(days);
  trend.dataset.state = 'drawn';
  return Date.parse(as_of);
}

async function forgetMe() {
  const address = new URL('sessions/me', api);
  const response = await fetch(address, { method: 'DELETE', signal: timeout() });
  if (!response.ok) throw new Error(`The API responded with ${response.status}`);
}

let total;
let trendMs;
// From a visit until the page reads the history, at most.
const VISIT_MS = 10_000;
// A changed total means a new session today. The widget adds the reader's own session to the total before
// the history contains it, so the trend also follows when a visit has been counted that came since, or
// shortly before.
addEventListener('session-counts', async ({ detail }) => {
  const isCounted = Date.parse(detail.counted_until) > trendMs - VISIT_MS;
  if (detail.unique_session_count === total && !isCounted) return;
  total = detail.unique_session_count;
  // If the history could not be read, try again with the next counts.
  trendMs = await showTrend().catch(() => {
    total = undefined;
  });
});

forgetting.hidden = false;
forgetting.querySelector('button').addEventListener('click', async () => {
  const outcome = await forgetMe().then(
    () => 'done',
    () => 'failed',
  );
  const message = document.getElementById(outcome).content.cloneNode(true);
  forgetting.querySelector('[role=status]').replaceChildren(message);
});
