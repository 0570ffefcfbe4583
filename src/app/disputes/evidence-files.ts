import { Component, computed, inject, input } from '@angular/core';
import { MatButton, MatIconButton } from '@angular/material/button';
import { MatProgressBar } from '@angular/material/progress-bar';
import { mdiClose, mdiPaperclip, mdiRefresh } from '@mdi/js';
import { FILE_TYPES, MAX_FILES, MAX_FILE_BYTES } from '../../../domain/evidence';
import type { Evidence, EvidenceFile } from '../shared/api/dispute';
import { FileCard } from '../shared/disputes/file-card';
import { fileSize } from '../shared/disputes/file-size';
import { Icon } from '../shared/icon/icon';
import { authorOf } from './dispute-view';
import type { DisputeView } from './dispute-view';
import { EvidenceUploads } from './evidence-uploads';

/** The pictures and PDFs that both sides added, and the place to add some. */
@Component({
  selector: 'app-evidence-files',
  imports: [FileCard, Icon, MatButton, MatIconButton, MatProgressBar],
  providers: [EvidenceUploads],
  templateUrl: './evidence-files.html',
  styleUrl: './evidence-files.scss',
})
export class EvidenceFiles {
  readonly #uploads = inject(EvidenceUploads);
  readonly view = input.required<DisputeView>();
  readonly evidence = input.required<readonly Evidence[]>();

  protected readonly icons = { add: mdiPaperclip, dismiss: mdiClose, retry: mdiRefresh };
  protected readonly accept = FILE_TYPES.join(',');
  protected readonly most = MAX_FILES;
  protected readonly mostBytes = fileSize(MAX_FILE_BYTES);
  protected readonly uploads = this.#uploads.uploads;
  protected readonly left = this.#uploads.left;
  protected readonly files = computed(() =>
    this.evidence()
      .filter((laid): laid is EvidenceFile => laid.kind === 'FILE')
      .map((file) => ({ file, by: authorOf(this.view(), file.authorRole).by })),
  );

  /** Takes what was picked; the picker is emptied, so that the same file can be picked again. */
  protected pick(picker: HTMLInputElement): void {
    this.#uploads.add([...(picker.files ?? [])]);
    picker.value = '';
  }

  protected retry(key: string): void {
    this.#uploads.retry(key);
  }

  protected dismiss(key: string): void {
    this.#uploads.dismiss(key);
  }
}
