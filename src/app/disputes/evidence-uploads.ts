import { Service, computed, inject, signal } from '@angular/core';
import { MAX_FILES, MAX_FILE_BYTES, MAX_FILE_NAME, isFileType } from '../../../domain/evidence';
import { codeOf } from '../shared/api/api-error';
import type { ErrorCode } from '../shared/api/api-error';
import { FileTransfer } from '../shared/api/file-transfer';
import { fileSize } from '../shared/disputes/file-size';
import { NewId } from '../shared/ids/new-id';
import { errorWords } from '../shared/wording/error-words';
import { DisputeStore } from './dispute-store';

/** A file on its way. */
export interface Upload {
  readonly key: string;
  readonly fileName: string;
  readonly state: 'WAITING' | 'SENDING' | 'CHECKING' | 'FAILED';
  /** How much has gone, from 0 to 1. */
  readonly part: number;
  /** Why it failed, in words. */
  readonly failure: string | undefined;
  /** Trying the same file again may help. */
  readonly retriable: boolean;
}

/** What may be different the next time. */
const PASSING: ReadonlySet<ErrorCode> = new Set(['OFFLINE', 'TRY_AGAIN', 'UNEXPECTED']);

interface Task {
  readonly file: File;
  /** The file has arrived there and waits to be taken on record. */
  uploadId: string | undefined;
}

/** Files that a party adds to a dispute, one after the other: checked here first, sent, then checked by the server. */
@Service({ autoProvided: false })
export class EvidenceUploads {
  readonly #store = inject(DisputeStore);
  readonly #transfer = inject(FileTransfer);
  readonly #newId = inject(NewId);
  readonly #uploads = signal<readonly Upload[]>([]);
  readonly #tasks = new Map<string, Task>();
  #busy: Promise<void> = Promise.resolve();

  readonly uploads = this.#uploads.asReadonly();
  readonly #running = computed(() => this.#uploads().filter(({ state }) => state !== 'FAILED').length);

  /** How many more files one's own side may add. */
  readonly left = computed(() => {
    const viewer = this.#store.view()?.viewer;
    const own = this.#store
      .evidence()
      .filter(({ kind, authorRole }) => kind === 'FILE' && authorRole === viewer).length;
    return Math.max(0, MAX_FILES - own - this.#running());
  });

  add(files: readonly File[]): void {
    for (const file of files) {
      const key = this.#newId.uuid();
      const failure = this.#refusalOf(file);
      this.#uploads.update((uploads) => [
        ...uploads,
        {
          key,
          fileName: file.name,
          state: failure === undefined ? 'WAITING' : 'FAILED',
          part: 0,
          failure,
          retriable: false,
        },
      ]);
      if (failure === undefined) this.#start(key, { file, uploadId: undefined });
    }
  }

  retry(key: string): void {
    const task = this.#tasks.get(key);
    if (!task) return;
    this.#change(key, { state: 'WAITING', part: 0, failure: undefined, retriable: false });
    this.#start(key, task);
  }

  /** Forgets a file that failed. */
  dismiss(key: string): void {
    this.#tasks.delete(key);
    this.#uploads.update((uploads) => uploads.filter((upload) => upload.key !== key));
  }

  /** What the server would refuse is refused before it is sent. */
  #refusalOf(file: File): string | undefined {
    if (this.left() === 0) return $localize`:@@upload.tooMany:You can add ${MAX_FILES}:count: files at most.`;
    if (!isFileType(file.type))
      return $localize`:@@upload.type:Only images (JPEG, PNG, WebP, GIF) and PDFs can be added.`;
    if (file.size > MAX_FILE_BYTES)
      return $localize`:@@upload.size:It has ${fileSize(file.size)}:size:, and ${fileSize(MAX_FILE_BYTES)}:most: are the most.`;
    return file.size === 0 ? $localize`:@@upload.empty:It is empty.` : undefined;
  }

  /** One after the other: each is numbered when it is taken on record. */
  #start(key: string, task: Task): void {
    this.#tasks.set(key, task);
    this.#busy = this.#busy.then(() => this.#send(key, task));
  }

  async #send(key: string, task: Task): Promise<void> {
    const fileName = shortened(task.file.name);
    try {
      task.uploadId ??= await this.#put(key, task.file, fileName);
      const { uploadId } = task;
      this.#change(key, { state: 'CHECKING', part: 1 });
      await this.#store.add((client, id) => client.addFile(id, uploadId, fileName));
      this.dismiss(key);
    } catch (error) {
      const retriable = PASSING.has(codeOf(error));
      this.#change(key, { state: 'FAILED', failure: errorWords(error), retriable });
    }
  }

  async #put(key: string, file: File, fileName: string): Promise<string> {
    this.#change(key, { state: 'SENDING' });
    const place = await this.#store.ask((client, id) => client.uploadPlace(id, file, fileName));
    await this.#transfer.put(place.url, place.contentType, file, (part) => {
      this.#change(key, { part });
    });
    return place.uploadId;
  }

  #change(key: string, change: Partial<Upload>): void {
    this.#uploads.update((uploads) =>
      uploads.map((upload) => (upload.key === key ? { ...upload, ...change } : upload)),
    );
  }
}

/** A name that the server takes: the end is kept, for it tells the kind. */
const shortened = (name: string): string =>
  name.length <= MAX_FILE_NAME ? name : `…${name.slice(1 - MAX_FILE_NAME)}`;
