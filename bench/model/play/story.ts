import { randomUUID } from 'node:crypto';

/** What was done in a sequence, for a reader, and the names by which it speaks of ids. */
export class Story {
  private readonly lines: string[] = [];
  private readonly names = new Map<string, string>();

  /** New in each sequence: DynamoDB remembers for ten minutes what it was asked, also of rows that are gone. */
  newId(name: string): string {
    const id = randomUUID();
    this.names.set(id, name);
    return id;
  }

  tell(line: string): void {
    this.lines.push(line);
  }

  named(id: string): string {
    return this.names.get(id) ?? id;
  }

  readable(text: string): string {
    return [...this.names].reduce((line, [id, name]) => line.replaceAll(id, name), text);
  }

  /** All of it, numbered, and how it ended. */
  endingWith(why: string): string {
    return [...this.lines.map((line, index) => `${index + 1}. ${line}`), why].join('\n');
  }
}
