const minSlots = 4_096;

/**
 * Numbers that were seen, in 16 bytes each at most: a list may have a million, and a `Set` takes three times as much.
 * Open addressing with linear probing; 0 marks a free slot.
 */
export class NumberSet {
  #slots: Float64Array;
  #size = 0;
  /** So that nobody can write a list whose numbers all fall on the same slot. */
  readonly #seed = Math.floor(Math.random() * 0x1_0000_0000);

  /** @param expected how many there may be; more are taken as well, but to grow takes half as much again. */
  constructor(expected = 0) {
    let slots = minSlots;
    while (slots < expected * 2) slots *= 2;
    this.#slots = new Float64Array(slots);
  }

  /**
   * Adds a number; false when it is there already.
   * @param number a positive integer up to 2^53
   */
  add(number: number): boolean {
    if ((this.#size + 1) * 2 > this.#slots.length) this.#grow();
    if (!this.#put(this.#slots, number)) return false;
    this.#size += 1;
    return true;
  }

  #grow(): void {
    const grown = new Float64Array(this.#slots.length * 2);
    for (const number of this.#slots) if (number !== 0) this.#put(grown, number);
    this.#slots = grown;
  }

  #put(slots: Float64Array, number: number): boolean {
    const mask = slots.length - 1;
    for (let at = this.#hash(number) & mask; ; at = (at + 1) & mask) {
      const there = slots[at];
      if (there === number) return false;
      if (there !== 0) continue;
      slots[at] = number;
      return true;
    }
  }

  /** The end of MurmurHash3, over both halves of the number. */
  #hash(number: number): number {
    let hash = (number >>> 0) ^ this.#seed ^ Math.imul(Math.floor(number / 0x1_0000_0000), 0x9e37_79b1);
    hash = Math.imul(hash ^ (hash >>> 16), 0x85eb_ca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2_ae35);
    return hash ^ (hash >>> 16);
  }
}
