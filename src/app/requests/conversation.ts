import { CdkTextareaAutosize } from '@angular/cdk/text-field';
import {
  Component,
  DOCUMENT,
  DestroyRef,
  ElementRef,
  computed,
  effect,
  inject,
  input,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import { FormField, form } from '@angular/forms/signals';
import { MatButton, MatIconButton } from '@angular/material/button';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { mdiAlertCircleOutline, mdiSend } from '@mdi/js';
import { LoadFailed } from '../shared/feedback/load-failed';
import { Skeleton } from '../shared/feedback/skeleton';
import { Icon } from '../shared/icon/icon';
import { MomentPipe } from '../shared/time/moment-pipe';
import { ServerClock } from '../shared/time/server-clock';
import { errorWords } from '../shared/wording/error-words';
import { daysOf } from './conversation-days';
import { ConversationStore } from './conversation-store';
import { countWords, messageDraftSchema } from './message-draft';
import type { MessageDraft } from './message-draft';

const MINUTE_MS = 60_000;
/** Screen readers look at what is new a moment after it is there. */
const READING_BACK_MS = 1_000;

/** What the two parties of a request say to each other, live. */
@Component({
  selector: 'app-conversation',
  imports: [
    CdkTextareaAutosize,
    FormField,
    Icon,
    LoadFailed,
    MatButton,
    MatFormFieldModule,
    MatIconButton,
    MatInput,
    MomentPipe,
    Skeleton,
  ],
  providers: [ConversationStore],
  templateUrl: './conversation.html',
  styleUrl: './conversation.scss',
  host: { class: 'card' },
})
export class Conversation {
  readonly #clock = inject(ServerClock);
  readonly #window = inject(DOCUMENT).defaultView;
  protected readonly store = inject(ConversationStore);
  readonly requestId = input.required<string>();
  readonly otherName = input.required<string>();

  protected readonly log = viewChild<ElementRef<HTMLElement>>('log');
  readonly #draft = signal<MessageDraft>({ text: '' });
  protected readonly form = form(this.#draft, messageDraftSchema);
  protected readonly icons = { send: mdiSend, failed: mdiAlertCircleOutline };
  protected readonly count = computed(() => countWords(this.#draft().text));
  protected readonly canSend = computed(() => this.form().valid() && this.#draft().text.trim() !== '');
  readonly #minute = computed(() => Math.floor(this.#clock.now() / MINUTE_MS) * MINUTE_MS);
  protected readonly days = computed(() => daysOf(this.store.lines(), this.#minute()));
  /** What was said before is not news: a screen reader is not to read it out when it is fetched. */
  protected readonly readingBack = signal(false);
  protected readonly failure = computed(() => {
    const error = this.store.received.error();
    return error === undefined ? undefined : errorWords(error);
  });

  #later: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    inject(DestroyRef).onDestroy(() => {
      clearTimeout(this.#later);
    });
    effect(() => {
      const requestId = this.requestId();
      untracked(() => void this.store.open(requestId));
    });
  }

  protected send(): void {
    if (!this.canSend()) return;
    const text = this.#draft().text.trim();
    this.form().reset({ text: '' });
    void this.store.send(text);
    this.log()?.nativeElement.scrollTo({ top: 0 }); // the end: the log is laid out from its last line up
  }

  /**
   * Enter, and no other key with it, sends where there is a keyboard; on a phone, or while a word is being composed, it
   * does what it always does.
   */
  protected sendByKey(event: Event): void {
    if (!(event instanceof KeyboardEvent) || event.isComposing) return;
    if (this.#window?.matchMedia('(pointer: coarse)').matches) return;
    event.preventDefault();
    this.send();
  }

  protected async showEarlier(): Promise<void> {
    clearTimeout(this.#later);
    this.readingBack.set(true);
    await this.store.received.loadMore();
    this.#later = setTimeout(() => {
      this.readingBack.set(false);
    }, READING_BACK_MS);
  }
}
