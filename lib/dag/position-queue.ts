/**
 * Takes whole numbers in any order and gives the lowest first, each once however often it was added while it waited. Adding
 * and taking cost the logarithm of how many wait: a binary heap.
 */
export class PositionQueue {
  readonly #heap: number[] = [];
  readonly #waiting = new Set<number>();

  add(position: number): void {
    if (this.#waiting.has(position)) return;
    this.#waiting.add(position);
    let at = this.#heap.push(position) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (this.#at(parent) <= position) break;
      this.#heap[at] = this.#at(parent);
      at = parent;
    }
    this.#heap[at] = position;
  }

  /** The lowest that waits; null when none does. */
  take(): number | null {
    const [lowest] = this.#heap;
    const last = this.#heap.pop();
    if (lowest === undefined || last === undefined) return null;
    this.#waiting.delete(lowest);
    if (this.#heap.length > 0) this.#sink(last);
    return lowest;
  }

  /** Puts a number where it belongs, from the top. */
  #sink(position: number): void {
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      const child = this.#at(left + 1) < this.#at(left) ? left + 1 : left;
      if (this.#at(child) >= position) break;
      this.#heap[at] = this.#at(child);
      at = child;
    }
    this.#heap[at] = position;
  }

  /** Beyond the end nothing is lower. */
  #at(index: number): number {
    return this.#heap[index] ?? Number.POSITIVE_INFINITY;
  }
}
