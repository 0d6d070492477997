// @ts-check
/** Work that many events ask for, done at most every so often and never twice at once. */

/**
 * @param {number} milliseconds least time from one start to the next
 * @param {() => Promise<void> | void} task
 * @returns {() => void} ask for it
 */
export function paced(milliseconds, task) {
  let asked = false;
  let busy = false;
  let last = -Infinity;

  async function run() {
    busy = true;
    asked = false;
    last = performance.now();
    try {
      await task();
    } finally {
      busy = false;
      if (asked) later();
    }
  }

  function later() {
    busy = true;
    setTimeout(run, Math.max(0, last + milliseconds - performance.now()));
  }

  return () => {
    asked = true;
    if (!busy) later();
  };
}

/**
 * Wait until nobody asked for a while: for what follows typing.
 * @param {number} milliseconds
 * @param {() => void} task
 */
export function settled(milliseconds, task) {
  let timer = 0;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(task, milliseconds);
  };
}
