/** What a case gives, read key by key; an absent or odd key fails the case with its name. */
export class Given {
  constructor(private readonly values: unknown) {}

  has(key: string): boolean {
    return this.get(key) !== undefined;
  }

  get(key: string): unknown {
    return new Map<string, unknown>(Object.entries(Object(this.values))).get(key);
  }

  number(key: string, fallback?: number): number {
    const value = this.get(key) ?? fallback;
    if (typeof value !== "number") throw new Error(`“${key}” is not a number`);
    return value;
  }

  text(key: string): string {
    const value = this.get(key);
    if (typeof value !== "string") throw new Error(`“${key}” is not a text`);
    return value;
  }

  numbers(key: string): number[] {
    return this.list(key).map(toNumber);
  }

  texts(key: string): string[] {
    return this.list(key).map(String);
  }

  /** A list of positions. */
  points(key: string): number[][] {
    return this.list(key).map((one) => asList(one, key).map(toNumber));
  }

  rows(key: string): Given[] {
    return this.list(key).map((one) => new Given(one));
  }

  part(key: string): Given {
    return new Given(this.get(key));
  }

  private list(key: string): unknown[] {
    return asList(this.get(key), key);
  }
}

function asList(value: unknown, key: string): unknown[] {
  if (!Array.isArray(value)) throw new Error(`“${key}” is not a list`);
  return value;
}

function toNumber(value: unknown): number {
  if (typeof value !== "number") throw new Error(`${JSON.stringify(value)} is not a number`);
  return value;
}
