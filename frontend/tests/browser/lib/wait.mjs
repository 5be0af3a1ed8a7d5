/** Thrown by what is asked when there is nothing left to wait for. */
export class Hopeless extends Error {}

/** Asks again and again until the answer is neither false, null nor undefined, and gives it back. */
export async function until(what, ask, { seconds = 60, every = 100 } = {}) {
  const end = Date.now() + seconds * 1000;
  let last;
  for (;;) {
    try {
      const answer = await ask();
      if (answer !== false && answer !== null && answer !== undefined) {
        return answer;
      }
      last = undefined;
    } catch (error) {
      if (error instanceof Hopeless) {
        throw error;
      }
      last = error;
    }
    if (Date.now() > end) {
      throw new Error(`waited ${seconds} s in vain until ${what}${last ? `: ${last.message ?? last}` : ""}`);
    }
    await pause(every);
  }
}

export function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

export async function within(seconds, what, promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} took more than ${seconds} s`)), seconds * 1000);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
