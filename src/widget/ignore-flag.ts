const KEY = 'session-counter';

/**
 * Whether this browser asked not to be counted on this site: by opening a page with
 * `#session-counter=ignore`, until one is opened with `#session-counter=count`. Where storage is
 * blocked the wish holds for this page load alone.
 */
export const isIgnored = (): boolean => {
  let wish = location.hash.split(`#${KEY}=`)[1];
  try {
    if (wish) localStorage[KEY] = wish;
    else wish = localStorage[KEY];
  } catch {}
  return wish === 'ignore';
};
