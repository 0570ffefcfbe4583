import { createWriteStream, mkdirSync, type WriteStream } from 'node:fs';
import { join } from 'node:path';

/** Where functions' output goes: one file each in `directory`, and to whoever else listens. */
export class FunctionLogs {
  private readonly directory: string | undefined;
  private readonly listener: ((title: string, text: string) => void) | undefined;
  private readonly files = new Map<string, WriteStream>();

  constructor(directory: string | undefined, listener?: (title: string, text: string) => void) {
    this.directory = directory;
    this.listener = listener;
    if (directory !== undefined) mkdirSync(directory, { recursive: true });
  }

  write(title: string, text: string): void {
    this.listener?.(title, text);
    if (this.directory === undefined) return;
    let file = this.files.get(title);
    if (!file) {
      file = createWriteStream(join(this.directory, `${title.replace(/[^\w.-]/g, '_')}.log`), { flags: 'a' });
      this.files.set(title, file);
    }
    file.write(text);
  }

  async close(): Promise<void> {
    await Promise.all(
      [...this.files.values()].map((file) => new Promise<void>((resolve) => file.end(resolve))),
    );
  }
}
