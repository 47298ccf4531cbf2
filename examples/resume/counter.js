// Records one visit, then keeps the page's two numbers current while somebody is looking.
const REFRESH_MS = 2_000;
const LONGEST_WAIT_MS = 60_000;
const TIMEOUT_MS = 10_000;

const panel = document.querySelector('[data-session-counter]');
const numbers = new Intl.NumberFormat();
const times = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const state = { hasNumbers: false, busy: false, failures: 0, timer: 0 };

async function request(path, options) {
  // A request that hangs would end the refreshing for good, so it is treated as a failed one.
  const response = await fetch(path, { ...options, signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  return response.json();
}

function write(name, text) {
  const slot = panel.querySelector(`[data-${name}]`);
  // Writing the same text again would make some screen readers announce it again.
  if (slot.textContent === text) return;
  // The first number replaces a dash; only later ones are news worth a highlight.
  slot.toggleAttribute('data-changed', state.hasNumbers);
  slot.textContent = text;
}

function show(counts) {
  // The date goes first: it throws on an answer that is no count, before a number is touched.
  write('as-of', times.format(new Date(counts.as_of)));
  const minutes = counts.active_window_minutes;
  write('window', minutes === 60 ? 'hour' : `${numbers.format(minutes)} minutes`);
  write('count="unique"', numbers.format(counts.unique_session_count));
  write('count="active"', numbers.format(counts.active_sessions));
  Object.assign(state, { hasNumbers: true, failures: 0 });
  panel.dataset.state = 'live';
}

function keepLast() {
  state.failures += 1;
  panel.dataset.state = state.hasNumbers ? 'stale' : 'missing';
}

async function refresh() {
  // Nobody reads a hidden page: stop here, and let visibilitychange start again.
  if (state.busy || document.hidden) return;
  clearTimeout(state.timer);
  state.busy = true;
  await request('/counts').then(show).catch(keepLast);
  state.busy = false;
  state.timer = setTimeout(refresh, Math.min(REFRESH_MS * 2 ** state.failures, LONGEST_WAIT_MS));
}

// Once a highlight has played it is put away, so that the next change can play it again.
panel.addEventListener('animationend', ({ target }) => target.removeAttribute('data-changed'));
document.addEventListener('visibilitychange', refresh);
// A visit that cannot be recorded must not cost the reader the numbers.
await request('/sessions', { method: 'POST', keepalive: true }).catch(() => undefined);
await refresh();
