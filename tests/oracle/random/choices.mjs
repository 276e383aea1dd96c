/** What the programs are made by: choices that a seed decides. */

/** A small generator of pseudo-random numbers (mulberry32). */
function randomNumbers(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Makes choices; the same ones for the same seed. */
export class Choices {
  /** @param {number} seed */
  constructor(seed) {
    this.random = randomNumbers(seed);
  }

  chance(p) {
    return this.random() < p;
  }

  count(max) {
    return Math.floor(this.random() * (max + 1));
  }

  pick(list) {
    return list[Math.floor(this.random() * list.length)];
  }

  list(max, make) {
    return Array.from({ length: this.count(max) }, () => make());
  }
}
