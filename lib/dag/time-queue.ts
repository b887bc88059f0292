/** Gives back what was added by its time, then in the order of adding: a binary heap. */
export class TimeQueue<Item> {
  readonly #heap: Entry<Item>[] = [];
  #added = 0;

  /** @param atSeconds  on whatever clock the caller has */
  add(atSeconds: number, item: Item): void {
    const entry = { atSeconds, number: this.#added, item };
    this.#added += 1;
    let at = this.#heap.push(entry) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = this.#heap[parent];
      if (above === undefined || !isBefore(entry, above)) break;
      this.#heap[at] = above;
      at = parent;
    }
    this.#heap[at] = entry;
  }

  /** When the next is due; null when nothing waits. */
  get nextSeconds(): number | null {
    return this.#heap[0]?.atSeconds ?? null;
  }

  /** The next item; null when nothing waits. */
  take(): Item | null {
    const [first] = this.#heap;
    const last = this.#heap.pop();
    if (first === undefined || last === undefined) return null;
    if (this.#heap.length > 0) this.#sink(last);
    return first.item;
  }

  /** Puts an entry where it belongs, from the top. */
  #sink(entry: Entry<Item>): void {
    let at = 0;
    for (;;) {
      const [left, right] = [this.#heap[2 * at + 1], this.#heap[2 * at + 2]];
      if (left === undefined) break;
      const isRight = right !== undefined && isBefore(right, left);
      const child = isRight ? right : left;
      if (!isBefore(child, entry)) break;
      this.#heap[at] = child;
      at = 2 * at + (isRight ? 2 : 1);
    }
    this.#heap[at] = entry;
  }
}

type Entry<Item> = { readonly atSeconds: number; readonly number: number; readonly item: Item };

const isBefore = (one: Entry<unknown>, other: Entry<unknown>): boolean =>
  one.atSeconds < other.atSeconds || (one.atSeconds === other.atSeconds && one.number < other.number);
